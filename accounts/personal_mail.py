"""Alerts and career news as personal data: they hang on the recipients of a person."""

from datetime import datetime

from accounts import personal
from accounts.models import JobAlert, NewsSubscription
from employers.criteria_wording import criteria_text

SAME_ALERT = ("place_class_id", "words_class_id", "facets_class_id")


def register() -> None:
    """Register alerts and news."""
    personal.register("alerts", export=export_alerts, erase=erase_alerts, merge_mail=merge_alerts)
    personal.register("news", export=export_news, erase=erase_news, merge_mail=merge_news)


def export_alerts(user):
    """Each alert: what it asks in words, how often it mails, since when, and what was agreed to."""
    alerts = JobAlert.objects.filter(recipient__in=personal.recipients_of(user)).order_by("pk")
    alerts = alerts.select_related("recipient", "place_class", "words_class", "facets_class")
    rows = [
        {
            "asks": criteria_text(alert.criteria),
            "to": alert.recipient.address,
            "frequency": alert.frequency,
            "weekday": alert.weekday if alert.frequency == JobAlert.Frequency.WEEKLY else None,
            "state": alert.state,
            "paused_until": alert.paused_until,
            "created_at": alert.created_at,
            "confirmed_at": alert.confirmed_at,
            "next_run_at": alert.next_run_at,
            "agreed_to": alert.consent_text,
            "asked_on": alert.consent_source,
        }
        for alert in alerts
    ]
    yield "alerts", rows


def erase_alerts(user, now: datetime) -> None:
    """Delete the alerts of all addresses of a user."""
    JobAlert.objects.filter(recipient__in=personal.recipients_of(user)).delete()


def merge_alerts(kept, gone, now: datetime) -> None:
    """Move alerts to `kept`; of two that ask the same the one that sends survives, and what `kept` chose decides."""
    mine = {_criteria(alert): alert for alert in JobAlert.objects.select_for_update().filter(recipient=kept)}
    for alert in JobAlert.objects.select_for_update().filter(recipient=gone).order_by("pk"):
        same = mine.get(_criteria(alert))
        if same and _strength(same) >= _strength(alert):
            _first_digest(same, alert)
            alert.delete()
            continue
        if same:
            _first_digest(alert, same)
            same.delete()
        alert.recipient = kept
        if alert.next_run_at is not None:
            alert.next_run_at = alert.run_after(now)
        alert.save(update_fields=["recipient", "next_run_at", "first_digest_at", "updated_at"])


def _criteria(alert):
    return tuple(getattr(alert, name) for name in SAME_ALERT)


def _strength(alert):
    """What a person wants most comes last: a pause is a wish about an alert that is on."""
    order = (JobAlert.State.UNCONFIRMED, JobAlert.State.STOPPED, JobAlert.State.PAUSED, JobAlert.State.ACTIVE)
    return order.index(alert.state)


def _first_digest(survivor, other):
    """The 14 days of a first digest are over for a person who got one already."""
    times = [one.first_digest_at for one in (survivor, other) if one.first_digest_at]
    if times and survivor.first_digest_at != min(times):
        survivor.first_digest_at = min(times)
        survivor.save(update_fields=["first_digest_at", "updated_at"])


def export_news(user):
    """The subscription to career news."""
    found = NewsSubscription.objects.filter(recipient__in=personal.recipients_of(user)).select_related("recipient")
    rows = [
        {
            "to": one.recipient.address,
            "state": one.state,
            "created_at": one.created_at,
            "confirmed_at": one.confirmed_at,
            "next_run_at": one.next_run_at,
            "agreed_to": one.consent_text,
            "asked_on": one.consent_source,
        }
        for one in found.order_by("pk")
    ]
    yield "career-news", rows


def erase_news(user, now: datetime) -> None:
    """Delete the subscriptions of all addresses of a user."""
    NewsSubscription.objects.filter(recipient__in=personal.recipients_of(user)).delete()


def merge_news(kept, gone, now: datetime) -> None:
    """One subscription is left: on if one of the two was on."""
    theirs = NewsSubscription.objects.select_for_update().filter(recipient=gone).first()
    if theirs is None:
        return
    mine = NewsSubscription.objects.select_for_update().filter(recipient=kept).first()
    if mine is not None and (mine.state == mine.State.ACTIVE or theirs.state != theirs.State.ACTIVE):
        theirs.delete()
        return
    if mine is not None:
        mine.delete()
    theirs.recipient = kept
    if theirs.next_run_at is not None:
        theirs.next_run_at = theirs.run_after(now)
    theirs.save(update_fields=["recipient", "next_run_at", "updated_at"])
