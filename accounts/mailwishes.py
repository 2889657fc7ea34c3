"""What mail a person wants: each stream on or off, subjects that tell nothing, and mail that had to stop."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import news
from accounts.models import JobAlert, NewsSubscription
from careerportal.core import audit
from careerportal.outbox import stops
from careerportal.outbox.addresses import address_hashes
from careerportal.outbox.models import Recipient, Suppression
from careerportal.outbox.streams import STREAMS

Reason, Scope = Suppression.Reason, Suppression.Scope
CURABLE = (Reason.HARD_BOUNCE, Reason.SOFT)
FOR_MEMBERS = ("employer", "staff")  # answers to what one does for an organization; not among a seeker's wishes
LATER = ("opportunities",)  # nobody gets these yet; when they come they wait for a yes of their own
COMPLAINT_CONSENT = "I want mail from you again: the alerts and news I choose here."


class MailRefused(Exception):
    """This wish cannot be followed; str(error) is fit to show."""


@dataclass(frozen=True)
class Wish:
    """One stream as a person sees it."""

    stream: str
    title: str
    says: str
    is_on: bool
    can_change: bool


def streams() -> list[str]:
    """Names of the streams a seeker decides about."""
    return [name for name, stream in STREAMS.items() if stream.has_list_headers and name not in (*FOR_MEMBERS, *LATER)]


def wishes(recipient: Recipient) -> list[Wish]:
    """Each stream, on or off."""
    stopped = set(recipient.stops.values_list("stream", flat=True))
    subscription = NewsSubscription.objects.filter(recipient=recipient).first()
    found = []
    for name in streams():
        title, says = _words(name)
        is_on = name not in stopped
        if name == news.STREAM:
            is_on = subscription is not None and news.is_on(subscription)
        found.append(Wish(name, title, says, is_on, can_change=True))
    return found


def _words(name):
    return {
        "alerts": (
            _("New openings"),
            _(
                "What your alerts find, and one reminder before a saved opening closes or a license of yours lapses: one email "
                "a day at most."
            ),
        ),
        "news": (_("Career news"), _("Once a month: what changed in the work, its rules and its pay.")),
    }.get(name, (STREAMS[name].list_name, ""))


@transaction.atomic
def choose(*, recipient: Recipient, wanted: set[str], is_discreet: bool, is_verified: bool, now: datetime) -> None:
    """Keep what a person chose: `wanted` are the streams that are on. What is switched off is cancelled at once.

    `is_verified`: the person is signed in with that address, and may subscribe to news; a link from a mail only ends and
    resumes.
    """
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    for wish in wishes(recipient):
        if wish.is_on and wish.stream not in wanted:
            _off(recipient, wish.stream, now)
        elif not wish.is_on and wish.stream in wanted:
            _on(recipient, wish.stream, is_verified, now)
    if recipient.is_discreet != is_discreet:
        recipient.is_discreet = is_discreet
        recipient.save(update_fields=["is_discreet"])


def _off(recipient, stream, now):
    stops.stop_stream(recipient.pk, stream, now, source="preferences")
    subscription = NewsSubscription.objects.filter(recipient=recipient).first()
    if stream == news.STREAM and subscription is not None:
        news.stop(subscription=subscription, now=now)


def _on(recipient, stream, is_verified, now):
    stops.resume_stream(recipient.pk, stream)
    if stream != news.STREAM:
        return
    subscription = NewsSubscription.objects.filter(recipient=recipient).first()
    if subscription is not None and subscription.confirmed_at is not None:
        news.resume(subscription=subscription, now=now)
    elif is_verified:
        text = _("Email me career news once a month. I can stop at any time.")
        news.subscribe(address=recipient.address, verified=True, consent_text=text, source="preferences", now=now)


def alerts_on(recipient: Recipient, *, now: datetime) -> int:
    """How many alerts of this recipient are on."""
    return sum(alert.is_on(at=now) for alert in JobAlert.objects.filter(recipient=recipient))


# --- Mail that had to stop ----------------------------------------------------------------------
def held(recipient: Recipient) -> list[Suppression]:
    """What keeps us from mailing this address, the widest first."""
    if recipient.address is None:
        return []
    found = Suppression.objects.filter(address_hash__in=address_hashes(recipient.address))
    return sorted(found, key=lambda one: (one.scope != Scope.ALL, one.pk))


@transaction.atomic
def try_again(*, recipient: Recipient, now: datetime, actor=None) -> None:
    """After a bounce: let account mail through, so that a code can be sent; the rest waits until the code was typed.

    Raises MailRefused for an address that is held for another reason. When the mailbox refuses again, the sender holds it
    again.
    """
    found = [one for one in _locked(recipient) if one.scope == Scope.ALL]
    if any(one.reason not in CURABLE for one in found):
        raise MailRefused(_("We stopped mail to this address by hand. Write to us."))
    for one in found:
        others = Suppression.objects.filter(address_hash=one.address_hash, scope=Scope.COMMERCIAL)
        if others.exists():
            one.delete()
        else:
            one.scope = Scope.COMMERCIAL
            one.save(update_fields=["scope"])
    if found:
        audit.record("mail.tried_again", about=recipient, actor=actor, now=now)


@transaction.atomic
def cure(*, recipient: Recipient, now: datetime, actor=None) -> int:
    """A code that we mailed was typed: the mailbox works, and all mail may go again. Returns how many holds ended.

    A complaint stays; only `ask_again` ends it.
    """
    found = [one for one in _locked(recipient) if one.reason in CURABLE]
    for one in found:
        one.delete()
    if found:
        audit.record("mail.cured", about=recipient, actor=actor, now=now)
    return len(found)


@transaction.atomic
def ask_again(*, recipient: Recipient, now: datetime, actor=None) -> int:
    """Someone who called our mail spam asks for it again, in so many words and after a code; returns how many ended."""
    found = [one for one in _locked(recipient) if one.reason == Reason.COMPLAINT]
    for one in found:
        one.delete()
    if found:
        audit.record("mail.asked_again", about=recipient, actor=actor, now=now, agreed_to=COMPLAINT_CONSENT)
    return len(found)


def _locked(recipient):
    hashes = address_hashes(recipient.address) if recipient.address else []
    return list(Suppression.objects.select_for_update().filter(address_hash__in=hashes).order_by("pk"))
