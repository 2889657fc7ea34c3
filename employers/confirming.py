"""Is it still open? Each opening is confirmed again within 90 days, or hidden: who is asked, when, and by which link.

An opening's clock starts when it is published or confirmed. On day 60 a mail asks those who answer for it, on day 83 once
more, and after day 90 one says that it is hidden. The next confirmation starts the clock anew: a new round.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from careerportal.core.clock import timer
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress, normalize_address
from careerportal.outbox.models import Item, Recipient
from employers import lifecycle
from employers.models import Listing, Membership
from employers.models.listing import CONFIRMED_FOR_DAYS

STREAM = "employer"
KIND = "opening_keep"
ASK_DAYS, ASK_AGAIN_DAYS = 60, 83  # calendar days after the last confirmation
TOLD_HIDDEN_DAYS = 14  # after an outage we still tell of what was hidden this long ago, and of nothing older
ASK_AFTER = timedelta(days=ASK_DAYS)
PER_MAIL = 20
DAY_STARTS = 8  # o'clock in the portal's zone: nothing is mailed to employers before

FIRST, LAST, HIDDEN = "first", "last", "hidden"
ITEM_KINDS = {stage: f"keep-{stage}" for stage in (FIRST, LAST, HIDDEN)}
_LINKS = signing.Signer(salt="employers.keep", sep=".", algorithm="sha256")


@dataclass(frozen=True)
class KeepClock:
    """Where an opening's clock stands. `stage` is FIRST, LAST or HIDDEN once it is to be confirmed, else ""."""

    stage: str
    confirm_by: date  # the last whole day on which it is shown unless somebody confirms it
    hidden_since: datetime | None


@dataclass(frozen=True)
class Answerer:
    """Who answers by a link: a member (`user`), or somebody who reads the organization's inbox."""

    user: object
    via: str  # "mail" or "inbox", for the audit log


def round_of(listing):
    """The number of an opening's present round: when it was last confirmed, in microseconds."""
    return round(listing.confirmed_at.timestamp() * 1_000_000) if listing.confirmed_at else 0


def hides_at(listing):
    """When a published opening is hidden unless somebody confirms it (aware)."""
    return listing.confirmed_at + timedelta(days=CONFIRMED_FOR_DAYS)


def clock_of(listing, *, now: datetime):
    """The KeepClock of a published opening whose closing date is not over; None for every other."""
    today = localdate(now)
    if listing.status != Listing.Status.PUBLISHED or (listing.closes_on and listing.closes_on < today):
        return None
    ends = hides_at(listing)
    days = (today - localdate(listing.confirmed_at)).days
    stage = ""
    if now >= ends:
        stage = HIDDEN
    elif days >= ASK_AGAIN_DAYS and not (listing.closes_on and lifecycle.ends_at(listing.closes_on) <= ends):
        stage = LAST
    elif days >= ASK_DAYS:
        stage = FIRST
    return KeepClock(stage, localdate(ends) - timedelta(days=1), ends if stage == HIDDEN else None)


def due(*, now: datetime):
    """Published openings of organizations that may publish, which are to be confirmed on this day or were before."""
    today = localdate(now)
    return Listing.objects.filter(
        Q(closes_on=None) | Q(closes_on__gte=today),
        status=Listing.Status.PUBLISHED,
        held_at=None,
        confirmed_at__lt=lifecycle.ends_at(today - timedelta(days=ASK_DAYS)),
        employer__approved_at__isnull=False,
        employer__suspended_at=None,
        employer__held_at=None,
    )


class People:
    """The addresses that answer for openings, by employer, each looked up once."""

    def __init__(self):
        self._members = {}

    def of(self, listing):
        """Normalized addresses and the member behind each (None: the inbox): who wrote it, else owners; and the inbox."""
        members = self._of_employer(listing.employer)
        mine = [one for one in members if one.user_id == listing.created_by_id]
        asked = mine or [one for one in members if one.access == Membership.Access.OWNER]
        return _addresses(listing.employer, asked)

    def all_of(self, employer):
        """The same for everybody who may answer: owners, recruiters and the inbox."""
        return _addresses(employer, self._of_employer(employer))

    def _of_employer(self, employer):
        if employer.pk not in self._members:
            may = employer.memberships.filter(access__in=[Membership.Access.OWNER, Membership.Access.RECRUITER])
            self._members[employer.pk] = list(may.select_related("user").order_by("pk"))
        return self._members[employer.pk]


def _addresses(employer, members):
    found = {}
    for address, user in [(one.user.email, one.user) for one in members] + [(employer.inbox, None)]:
        try:
            found.setdefault(normalize_address(address), user)
        except BadAddress:
            continue  # mail cannot reach it
    return found


def asked_for(listing):
    """The addresses that are asked about an opening, as a list: who wrote it, or the owners; and the confirmed inbox."""
    return list(People().of(listing))


def answerer(listing, recipient):
    """Who a link mailed to `recipient` is today; None when that person has nothing to do with the employer any more."""
    people = People().all_of(listing.employer)
    if not recipient.address or recipient.address not in people:
        return None
    user = people[recipient.address]
    return Answerer(user, "mail" if user else "inbox")


def token(listing, recipient, number=None):
    """What the link in a mail to `recipient` carries; it acts in one round of one opening (the present one by default)."""
    return _LINKS.sign(f"{listing.pk}-{round_of(listing) if number is None else number}-{recipient.pk}")


def read_token(given):
    """(opening, round, recipient) that a token of ours names; None for any other text, and when one of them is gone."""
    try:
        listing_id, number, recipient_id = _LINKS.unsign(given).split("-")
    except (signing.BadSignature, ValueError):
        return None
    listing = Listing.objects.select_related("employer", "title").filter(pk=listing_id).first()
    recipient = Recipient.objects.filter(pk=recipient_id).first()
    return (listing, int(number), recipient) if listing and recipient else None


def keep_url(listing, recipient):
    """The absolute address at which `recipient` answers for an opening without signing in."""
    return settings.PORTAL_URL + reverse("hiring_keep", args=[token(listing, recipient)])


def others_due(listing, recipient, *, now: datetime):
    """Other openings of the same employer that wait for this person's answer, oldest first; at most PER_MAIL."""
    people = People()
    found = due(now=now).filter(employer=listing.employer_id).exclude(pk=listing.pk).select_related("employer")
    mine = [one for one in found.order_by("confirmed_at", "pk") if recipient.address in people.of(one)]
    return mine[:PER_MAIL]


def in_the_day(now: datetime):
    """When mail to employers planned at `now` is due: None for at once, or the morning while it is night."""
    local = localtime(now)
    if local.hour >= DAY_STARTS:
        return None
    return local.replace(hour=DAY_STARTS, minute=0, second=0, microsecond=0)


@timer("employers.keep_open")
def ask(now: datetime) -> int:
    """Queue one mail for each person with openings to confirm; return how many are new.

    A person hears of one opening three times a round at most, and gets one such mail a day. It goes out at the time of
    day at which the first of them was confirmed, with all that become due on the same day.
    """
    people, recipients, waiting = People(), {}, defaultdict(list)
    oldest = now - timedelta(days=CONFIRMED_FOR_DAYS + TOLD_HIDDEN_DAYS)
    found = due(now=now).filter(confirmed_at__gt=oldest).select_related("employer").defer("description")
    for listing in found.order_by("confirmed_at", "pk"):
        clock = clock_of(listing, now=now)
        for address in people.of(listing) if clock.stage else ():
            waiting[address].append((listing, clock.stage))
    for address in waiting:
        recipients[address] = Recipient.objects.for_address(address)
    told = set(
        Item.objects.filter(recipient__in=recipients.values(), kind__in=ITEM_KINDS.values()).values_list(
            "recipient_id", "kind", "object_id"
        )
    )
    new = []
    for address, openings in waiting.items():
        recipient = recipients[address]
        untold = [
            (listing, stage)
            for listing, stage in openings
            if (recipient.pk, ITEM_KINDS[stage], object_id(listing)) not in told
        ]
        if any(_is_time(listing, now=now) for listing, _stage in untold):
            new.append(_delivery(recipient, untold, now=now))
    return len(ledger.enqueue_many(new, now=now))


def _is_time(listing, *, now):
    return now >= listing.confirmed_at + ASK_AFTER


def object_id(listing):
    """How an item of the ledger names an opening in its present round."""
    return f"{listing.pk}:{round_of(listing)}"


def opening_of(item):
    """(opening's id, round) that an item tells about."""
    listing_id, _colon, number = item.object_id.partition(":")
    return int(listing_id), int(number)


def _delivery(recipient, openings, *, now):
    order = (HIDDEN, LAST, FIRST)
    first = sorted(openings, key=lambda one: (order.index(one[1]), one[0].confirmed_at, one[0].pk))
    return ledger.NewDelivery(
        recipient_id=recipient.pk,
        idem_key=f"{KIND}:{recipient.pk}:{localdate(now):%Y%m%d}",
        stream=STREAM,
        kind=KIND,
        payload={"total": len(openings)},
        items=[ledger.Told(ITEM_KINDS[stage], object_id(listing)) for listing, stage in first[:PER_MAIL]],
        due_at=in_the_day(now),
    )
