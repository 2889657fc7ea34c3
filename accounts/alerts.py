"""The steps an alert takes: subscribe, confirm, pause, resume, stop."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts import doubleoptin
from accounts.models import AlertConfirmation, FacetsClass, JobAlert, PlaceClass, WordsClass
from accounts.tokens import confirmation_code
from careerportal.outbox.models import Recipient
from careerportal.outbox.stops import resume_stream
from careerportal.places.zones import zone_for_state
from employers.search import ListingCriteria

CODE_LIFETIME = timedelta(hours=1)
CODE_TRIES = 5
PAUSE_DAYS = 30
HOURS = range(8, 21)  # outside the quiet hours of careerportal.outbox.streams

State = JobAlert.State


class AlertRefused(Exception):
    """The alert cannot take this step; str(error) is fit to show."""


@dataclass(frozen=True)
class Subscription:
    """What `subscribe` did: the alert, and whether it still waits for its address to be confirmed."""

    alert: JobAlert
    waits: bool


@transaction.atomic
def subscribe(
    *, address: str, criteria: ListingCriteria, frequency: str, source: str, now: datetime, weekday: int = 0,
    language: str = "en", consent_text: str = "", verified: bool = False,
) -> Subscription:  # fmt: skip
    """Ask for an alert by mail address; a person with that address must confirm it before anything else is sent.

    `verified`: the asker is signed in and has proved the address, so the alert is on at once. Asking twice for the same
    makes one alert. Confirmation mails: at most three a day and address, ten minutes apart; a second one asked sooner
    waits its ten minutes. Raises BadAddress for an address that cannot get mail.
    """
    place = criteria.place
    zone = zone_for_state(place.state) if place is not None and place.state else None
    recipient = Recipient.objects.for_address(address, language=language, **({"zone": zone} if zone else {}))
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    alert, _is_new = JobAlert.objects.select_for_update(of=("self",)).get_or_create(
        recipient=recipient,
        place_class=PlaceClass.of(place),
        words_class=WordsClass.of(criteria.words),
        facets_class=FacetsClass.of(criteria),
        defaults={"frequency": frequency, "weekday": weekday},
    )  # fmt: skip
    if not alert.is_on(at=now) and (verified or alert.state != State.PAUSED):  # a stranger changes nothing of a pause
        alert.frequency, alert.weekday = frequency, weekday
        alert.consent_text, alert.consent_source = consent_text[:300], source[:60]
        alert.save(update_fields=["frequency", "weekday", "consent_text", "consent_source", "updated_at"])
    if verified:
        return Subscription(confirm(alert=alert, now=now), waits=False)
    if alert.state == State.STOPPED:
        alert.state = State.UNCONFIRMED
        alert.save(update_fields=["state", "updated_at"])
    _ask_to_confirm(alert, now)
    return Subscription(alert, waits=True)


def _ask_to_confirm(alert, now):
    recent = AlertConfirmation.objects.filter(alert__recipient=alert.recipient)
    doubleoptin.ask(recent=recent, kind="alert_confirm", recipient=alert.recipient, now=now, alert=alert)


@transaction.atomic
def confirm(*, alert: JobAlert, now: datetime) -> JobAlert:
    """Turn an alert on, because the person who reads the address said so; one that is on already stays as it is.

    A new yes to one alert also ends an earlier stop of all alert mail.
    """
    found = _locked(alert)
    resume_stream(found.recipient_id, "alerts")
    if found.is_on(at=now):
        return found
    found.state, found.confirmed_at, found.paused_until = State.ACTIVE, found.confirmed_at or now, None
    found.next_run_at = found.run_after(now)
    found.save(update_fields=["state", "confirmed_at", "paused_until", "next_run_at", "updated_at"])
    return found


def confirm_by_link(*, confirmation: AlertConfirmation, now: datetime) -> JobAlert:
    """Confirm the alert a mailed link belongs to; a used link again changes nothing.

    Raises AlertRefused when the link is older than a week, or the alert was stopped after it was used.
    """
    with transaction.atomic():
        found = AlertConfirmation.objects.select_for_update().get(pk=confirmation.pk)
        if found.used_at:
            return found.alert
        if found.expires_at <= now:
            raise AlertRefused(_("This link is older than a week. Ask for the alert again to get a new one."))
        found.used_at = now
        found.save(update_fields=["used_at"])
        return confirm(alert=found.alert, now=now)


def confirm_by_code(*, alert: JobAlert, code: str, now: datetime) -> JobAlert:
    """Confirm an alert by the code typed on the page. Raises AlertRefused for a wrong, old or too often tried code."""
    with transaction.atomic():
        open_ones = AlertConfirmation.objects.select_for_update().filter(
            alert=alert, used_at=None, due_at__gt=now - CODE_LIFETIME, tries__lt=CODE_TRIES
        )
        typed = "".join(character for character in code if character.isdigit())
        for confirmation in open_ones.order_by("-due_at", "-pk"):
            if constant_time_compare(typed, confirmation_code(confirmation.pk)):
                confirmation.used_at = now
                confirmation.save(update_fields=["used_at"])
                return confirm(alert=alert, now=now)
            confirmation.tries += 1
            confirmation.save(update_fields=["tries"])
    raise AlertRefused(_("That is not the code we sent, or it is too old. Use the link in the mail instead."))


def _locked(alert):
    return JobAlert.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=alert.pk)


@transaction.atomic
def pause(*, alert: JobAlert, now: datetime, days: int = PAUSE_DAYS) -> JobAlert:
    """Send nothing of this alert for some days. Raises AlertRefused when it is not on."""
    found = _locked(alert)
    if found.state not in (State.ACTIVE, State.PAUSED):
        raise AlertRefused(_("Only an alert that is on can be paused."))
    found.state, found.paused_until = State.PAUSED, now + timedelta(days=days)
    found.save(update_fields=["state", "paused_until", "updated_at"])
    return found


@transaction.atomic
def resume(*, alert: JobAlert, now: datetime) -> JobAlert:
    """Turn a paused or stopped alert on again, and alert mail if all of it was stopped.

    Raises AlertRefused when its address was never confirmed.
    """
    found = _locked(alert)
    if found.confirmed_at is None:
        raise AlertRefused(_("This alert is not confirmed yet. Use the link in the mail we sent."))
    resume_stream(found.recipient_id, "alerts")
    return _unpaused(found, now) if found.state == State.PAUSED else confirm(alert=found, now=now)


def _unpaused(alert, now):
    alert.state, alert.paused_until, alert.next_run_at = State.ACTIVE, None, alert.run_after(now)
    alert.save(update_fields=["state", "paused_until", "next_run_at", "updated_at"])
    return alert


@transaction.atomic
def stop(*, alert: JobAlert) -> JobAlert:
    """End one alert; again on a stopped one changes nothing."""
    found = _locked(alert)
    found.state, found.paused_until, found.next_run_at = State.STOPPED, None, None
    found.save(update_fields=["state", "paused_until", "next_run_at", "updated_at"])
    return found


@transaction.atomic
def reschedule(*, alert: JobAlert, frequency: str, weekday: int, now: datetime) -> JobAlert:
    """Change how often an alert mails. `weekday`: Monday is 0. Raises AlertRefused for an unknown choice."""
    if frequency not in JobAlert.Frequency.values or weekday not in range(7):
        raise AlertRefused(_("Choose every day, or once a week and a day."))
    found = _locked(alert)
    found.frequency, found.weekday = frequency, weekday
    if found.next_run_at is not None:
        found.next_run_at = found.run_after(now)
    found.save(update_fields=["frequency", "weekday", "next_run_at", "updated_at"])
    return found


@transaction.atomic
def change(*, alert: JobAlert, criteria: ListingCriteria, now: datetime) -> JobAlert:
    """Let an alert look for something else; what it told already is not told again.

    Raises AlertRefused when the same recipient has an alert for exactly this, or the alert is gone.
    """
    classes = {
        "place_class": PlaceClass.of(criteria.place),
        "words_class": WordsClass.of(criteria.words),
        "facets_class": FacetsClass.of(criteria),
    }
    try:
        found = _locked(alert)
    except JobAlert.DoesNotExist:
        raise AlertRefused(_("This alert is deleted.")) from None
    for name, row in classes.items():
        setattr(found, name, row)
    if found.next_run_at is not None:
        found.next_run_at = found.run_after(now)
    try:
        with transaction.atomic():
            found.save(update_fields=[*classes, "next_run_at", "updated_at"])
    except IntegrityError:
        raise AlertRefused(
            _("You have an alert for exactly this already. Change something, or delete one of them.")
        ) from None
    return found


@transaction.atomic
def delete(*, alert: JobAlert) -> None:
    """Delete an alert for good. The ledger keeps what it told, so that nothing is told twice; again changes nothing."""
    JobAlert.objects.filter(pk__in=JobAlert.objects.select_for_update().filter(pk=alert.pk)).delete()


@transaction.atomic
def set_hour(*, recipient_id: int, hour: int, now: datetime) -> None:
    """Mail a person at another hour of their day. Raises AlertRefused for an hour of the night."""
    if hour not in HOURS:
        raise AlertRefused(_("Choose an hour between 8 in the morning and 8 in the evening."))
    recipient = Recipient.objects.select_for_update().get(pk=recipient_id)
    if recipient.local_hour == hour:
        return
    recipient.local_hour = hour
    recipient.save(update_fields=["local_hour"])
    for alert in JobAlert.objects.select_for_update().filter(recipient=recipient, next_run_at__isnull=False):
        alert.recipient = recipient
        alert.next_run_at = alert.run_after(now)
        alert.save(update_fields=["next_run_at", "updated_at"])
