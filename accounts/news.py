"""The steps of a subscription to career news: subscribe, confirm, resume, stop; and planning the monthly mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts import doubleoptin
from accounts.models import NewsConfirmation, NewsSubscription
from careerportal.outbox import ledger, stops
from careerportal.outbox.models import Recipient, Suppression
from careers.models import NewsItem

STREAM, ITEM_KIND = "news", "news"
NEWS_IN_A_MAIL = 8
NEWS_AGE = timedelta(days=62)  # older news is no news, also to someone who has just subscribed
RECIPIENTS_A_BATCH = 200

State = NewsSubscription.State


class NewsRefused(Exception):
    """The subscription cannot take this step; str(error) is fit to show."""


def is_on(subscription):
    """Whether its recipient gets the monthly mail: confirmed, not stopped here nor by the mail program's button."""
    return subscription.state == State.ACTIVE and not stops.is_stopped(subscription.recipient_id, STREAM)


@transaction.atomic
def subscribe(
    *,
    address: str,
    now: datetime,
    language: str = "en",
    consent_text: str = "",
    source: str = "",
    verified: bool = False,
) -> NewsSubscription:
    """Ask for career news by mail address; a person with that address must confirm it before any comes.

    `verified`: the asker is signed in and has proved the address, so it is on at once. Asking again changes nothing of
    what is on; the confirmation mails are limited as those of alerts are: three a day and address, ten minutes apart.
    Raises BadAddress for an address that cannot get mail.
    """
    recipient = Recipient.objects.for_address(address, language=language)
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    subscription = NewsSubscription.objects.get_or_create(recipient=recipient)[0]
    if not is_on(subscription):
        subscription.consent_text, subscription.consent_source = consent_text[:300], source[:60]
        subscription.save(update_fields=["consent_text", "consent_source", "updated_at"])
    if verified:
        return confirm(subscription=subscription, now=now)
    _ask_to_confirm(subscription, now)
    return subscription


def _ask_to_confirm(subscription, now):
    recent, about = subscription.confirmations.all(), {"subscription": subscription}
    doubleoptin.ask(recent=recent, kind="news_confirm", recipient=subscription.recipient, now=now, **about)


def _locked(subscription):
    return NewsSubscription.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=subscription.pk)


@transaction.atomic
def confirm(*, subscription: NewsSubscription, now: datetime) -> NewsSubscription:
    """Turn it on, because the person who reads the address said so; this ends an earlier stop. Again changes nothing."""
    found = _locked(subscription)
    was_stopped = stops.resume_stream(found.recipient_id, STREAM)
    if found.state != State.ACTIVE or was_stopped:
        found.state, found.confirmed_at = State.ACTIVE, found.confirmed_at or now
        found.next_run_at = found.run_after(now)
        found.save(update_fields=["state", "confirmed_at", "next_run_at", "updated_at"])
    return found


@transaction.atomic
def confirm_by_link(*, confirmation: NewsConfirmation, now: datetime) -> NewsSubscription:
    """Confirm the subscription a mailed link belongs to; a used link again changes nothing.

    Raises NewsRefused when the link is older than a week.
    """
    found = NewsConfirmation.objects.select_for_update().get(pk=confirmation.pk)
    if found.used_at:
        return found.subscription
    if found.expires_at <= now:
        raise NewsRefused(_("This link is older than a week. Ask for the news again to get a new one."))
    found.used_at = now
    found.save(update_fields=["used_at"])
    return confirm(subscription=found.subscription, now=now)


@transaction.atomic
def resume(*, subscription: NewsSubscription, now: datetime) -> NewsSubscription:
    """Turn a stopped one on again. Raises NewsRefused when its address was never confirmed."""
    found = _locked(subscription)
    if found.confirmed_at is None:
        raise NewsRefused(_("This address is not confirmed yet. Use the link in the mail we sent."))
    return confirm(subscription=found, now=now)


@transaction.atomic
def stop(*, subscription: NewsSubscription, now: datetime) -> NewsSubscription:
    """End the monthly mail, what waits of it too; alerts go on. Again on a stopped one changes nothing."""
    found = _locked(subscription)
    found.state, found.next_run_at = State.STOPPED, None
    found.save(update_fields=["state", "next_run_at", "updated_at"])
    ledger.cancel_waiting(found.recipient_id, stream=STREAM, reply="the recipient stopped the news")
    return found


# --- The monthly mail ---------------------------------------------------------------------------
@dataclass
class Plan:
    """What planning did: recipients looked at, mails queued."""

    recipients: int = 0
    deliveries: int = 0


def due(*, at, whatever_the_day=False):
    """Subscriptions whose mail is due at the aware datetime `at`; with `whatever_the_day` all that are on."""
    found = NewsSubscription.objects.filter(state=State.ACTIVE, recipient__address__isnull=False)
    found = found.exclude(recipient__stops__stream=STREAM)
    found = found.exclude(Exists(Suppression.objects.filter(address=OuterRef("recipient__address"))))
    return found if whatever_the_day else found.filter(next_run_at__lte=at)


def plan(*, now: datetime, whatever_the_day: bool = False) -> Plan:
    """Queue this month's mail for each recipient who is due and was not told all of the news; safe at any time, twice, or
    at once: one mail per recipient and local month, each item once ever. Without news nothing is queued.
    """
    news = list(
        NewsItem.objects.out(at=now).filter(published_at__gt=now - NEWS_AGE).newest_first().values_list("pk", flat=True)
    )
    done, last = Plan(), 0
    while True:
        with transaction.atomic():
            batch = list(
                due(at=now, whatever_the_day=whatever_the_day)
                .filter(pk__gt=last)
                .select_related("recipient")
                .order_by("pk")
                .select_for_update(of=("self",), skip_locked=True)[:RECIPIENTS_A_BATCH]
            )
            if not batch:
                return done
            _plan_batch(batch, news, now=now, ignore_quiet=whatever_the_day, done=done)
            last = batch[-1].pk


def _plan_batch(subscriptions, news, *, now, ignore_quiet, done):
    told = ledger.told(ITEM_KIND, news, [one.recipient_id for one in subscriptions])
    mails = []
    for one in subscriptions:
        fresh = [pk for pk in news if pk not in told.get(one.recipient_id, ())][:NEWS_IN_A_MAIL]
        if fresh:
            mails.append(_mail(one.recipient, fresh, now=now, ignore_quiet=ignore_quiet))
        one.next_run_at, one.updated_at = one.run_after(now), now
    done.deliveries += len(ledger.enqueue_many(mails, now=now))
    done.recipients += len(subscriptions)
    NewsSubscription.objects.bulk_update(subscriptions, ["next_run_at", "updated_at"])


def _mail(recipient, news, *, now, ignore_quiet):
    month = now.astimezone(ZoneInfo(recipient.zone)).strftime("%Y-%m")
    return ledger.NewDelivery(
        idem_key=f"news:{recipient.pk}:{month}",
        recipient_id=recipient.pk,
        stream=STREAM,
        kind="news_monthly",
        items=[ledger.Told(ITEM_KIND, pk) for pk in news],
        due_at=now,
        ignore_quiet=ignore_quiet,
    )
