"""One reminder before something ends: a saved opening closes, a license lapses. Told in the person's alert mail of the day.

A reminder is an item of the ledger, so it comes once ever: `closing:<opening>`, and for a license
`lapse:<row>-<day>`, so that a renewed one is spoken of again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from accounts.models import ProfileCredential, SavedListing, TrackedApplication
from careerportal.outbox import ledger
from careerportal.outbox.models import Item, Recipient, StreamStop, Suppression, normalize_address
from employers.models import Listing

CLOSING, LAPSE = "closing", "lapse"
DAYS_BEFORE_CLOSING = 3
DAYS_BEFORE_LAPSE = 60
STREAM = "alerts"
MOST_CLOSING = 10  # in one mail; the rest comes the next day


@dataclass
class Due:
    """What one person is to be reminded of: ids of openings, and (row id, day) of licenses."""

    openings: list = field(default_factory=list)
    licences: list = field(default_factory=list)

    def items(self):
        """As items of the ledger."""
        closing = [ledger.Told(CLOSING, pk) for pk in self.openings[:MOST_CLOSING]]
        return closing + [ledger.Told(LAPSE, lapse_key(pk, day)) for pk, day in self.licences]


def lapse_key(pk, day) -> str:
    """The item key of a license row that lapses on a day: "12-2027-01-31"."""
    return f"{pk}-{day.isoformat()}"


def closing_saves(*, now: datetime, at_once: bool = False):
    """Saved openings that close within DAYS_BEFORE_CLOSING days, still live and not on the list of applications.

    Who saved one just now needs no mail about it: without `at_once` only what was saved half a day ago counts.
    """
    today = localdate(now)
    applied = TrackedApplication.objects.filter(user=OuterRef("user"), listing=OuterRef("listing"))
    live = Listing.objects.live(at=now).filter(closes_on__range=(today, today + timedelta(days=DAYS_BEFORE_CLOSING)))
    saves = SavedListing.objects.filter(listing__in=live, user__is_active=True).exclude(Exists(applied))
    return saves if at_once else saves.filter(created_at__lt=now - timedelta(hours=12))


def lapsing_licences(*, now: datetime):
    """Licenses that someone has and that lapse within DAYS_BEFORE_LAPSE days, of people who want to be reminded."""
    today = localdate(now)
    held = ProfileCredential.objects.filter(standing=ProfileCredential.Standing.HELD)
    held = held.filter(expires_on__range=(today, today + timedelta(days=DAYS_BEFORE_LAPSE)))
    return held.filter(profile__reminds_of_expiry=True, profile__user__is_active=True)


def due(*, now: datetime, whatever_the_hour: bool = False) -> dict[int, Due]:
    """Whom to remind at `now`, by recipient id: people with a confirmed address whose hour has come today.

    Less what the ledger told them already, and nobody who stopped alert mail or cannot get any.
    """
    by_user = defaultdict(Due)
    for user, listing in closing_saves(now=now).order_by("listing__closes_on", "pk").values_list("user", "listing"):
        by_user[user].openings.append(listing)
    lapsing = lapsing_licences(now=now).order_by("expires_on", "pk")
    for user, pk, day in lapsing.values_list("profile__user", "pk", "expires_on"):
        by_user[user].licences.append((pk, day))
    if not by_user:
        return {}
    recipients = _recipients(by_user, now=now, whatever_the_hour=whatever_the_hour)
    _drop_told({pk: by_user[user] for user, pk in recipients.items()})
    found = {pk: by_user[user] for user, pk in recipients.items()}
    return {pk: one for pk, one in found.items() if one.openings or one.licences}


def _recipients(users, *, now, whatever_the_hour):
    """The recipient of each user's main confirmed address, made when there is none: user id -> recipient id."""
    confirmed = EmailAddress.objects.filter(user__in=users, verified=True).order_by("user", "-primary", "pk")
    addresses = {}
    for user, email in confirmed.values_list("user", "email"):
        addresses.setdefault(user, normalize_address(email))
    known = set(Recipient.objects.filter(address__in=addresses.values()).values_list("address", flat=True))
    for address in sorted(set(addresses.values()) - known):
        Recipient.objects.for_address(address)
    may = Recipient.objects.filter(address__in=addresses.values())
    may = may.exclude(Exists(StreamStop.objects.filter(recipient=OuterRef("pk"), stream=STREAM)))
    may = may.exclude(Exists(Suppression.objects.filter(address=OuterRef("address"))))
    by_address = {
        one.address: one.pk
        for one in may
        if whatever_the_hour or now.astimezone(ZoneInfo(one.zone)).hour >= one.local_hour
    }
    return {user: by_address[address] for user, address in addresses.items() if address in by_address}


def _drop_told(by_recipient):
    told = set(
        Item.objects.filter(Q(kind=CLOSING) | Q(kind=LAPSE), recipient__in=by_recipient).values_list(
            "recipient_id", "kind", "object_id"
        )
    )
    for recipient, one in by_recipient.items():
        one.openings = [pk for pk in one.openings if (recipient, CLOSING, str(pk)) not in told]
        one.licences = [(pk, day) for pk, day in one.licences if (recipient, LAPSE, lapse_key(pk, day)) not in told]


def still_closing(listing_ids, recipient: Recipient, *, now: datetime):
    """Openings of these that the recipient still has saved and that still close soon, for the mail as it leaves."""
    saves = closing_saves(now=now).filter(listing__in=listing_ids, user__in=_users(recipient))
    ids = saves.values("listing")
    return list(Listing.objects.filter(pk__in=ids).with_card_details().order_by("closes_on", "pk"))


def still_lapsing(keys, recipient: Recipient, *, now: datetime):
    """Licenses of these item keys that still lapse on the day they say."""
    held = lapsing_licences(now=now).filter(profile__user__in=_users(recipient)).select_related("credential")
    return [one for one in held.order_by("expires_on", "pk") if lapse_key(one.pk, one.expires_on) in keys]


def _users(recipient):
    return EmailAddress.objects.filter(verified=True, email__iexact=recipient.address or "").values("user")
