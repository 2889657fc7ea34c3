"""What the page of one opening says: how it stands, how to apply, what is like it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from urllib.parse import urlsplit

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careerportal.places.place import Place
from employers import lifecycle, wording
from employers.models import Listing
from employers.models.listing import CONFIRMED_FOR_DAYS, NEVER_SHOWN
from employers.search import ListingCriteria
from employers.searchpage import found

SIMILAR = 3
SIMILAR_MILES = 50


class Standing(Enum):
    """How an opening stands towards strangers."""

    LIVE = "live"
    ENDED = "ended"  # closed, past its date, or not confirmed: the page stays and says so
    UNSEEN = "unseen"  # not published yet, or its employer is not approved yet
    GONE = "gone"  # taken down, or its employer is suspended


def standing(listing, *, at):
    """Return the Standing of an opening at the aware datetime `at`. Needs employer and search row loaded."""
    never_public = listing.status in NEVER_SHOWN or not listing.employer.is_approved
    if listing.status == Listing.Status.TAKEN_DOWN or (listing.employer.is_suspended and not never_public):
        return Standing.GONE
    if never_public or listing.published_at > at:
        return Standing.UNSEEN
    return Standing.LIVE if listing.is_live(at=at) else Standing.ENDED


@dataclass(frozen=True)
class Ending:
    """Since when an opening is over (a calendar date), and why, in a sentence."""

    on: date
    text: str


def ending(listing, *, at):
    """Return the Ending of an opening that is not live any more at the aware datetime `at`."""
    if listing.status == Listing.Status.CLOSED:
        on = lifecycle.ended_on(listing)
        if on == listing.closes_on:
            return Ending(on, _("This opening closed on %(date)s.") % {"date": wording.day(on)})
        return Ending(on, _("The employer closed this opening on %(date)s.") % {"date": wording.day(on)})
    if listing.closes_on and listing.closes_on < localdate(at):
        return Ending(
            listing.closes_on, _("This opening closed on %(date)s.") % {"date": wording.day(listing.closes_on)}
        )
    if listing.held_at is not None or listing.employer.held_at is not None:
        on = localdate(listing.held_at or listing.employer.held_at)
        return Ending(on, _("This opening is not shown at the moment: somebody is checking it."))
    on = localdate(listing.confirmed_at + timedelta(days=CONFIRMED_FOR_DAYS))
    text = _("This opening is closed since %(date)s: the employer has not told us that it is still open.")
    return Ending(on, text % {"date": wording.day(on)})


def may_preview(listing, user):
    """True for those who may see an opening before everyone: its employer's members, and moderators."""
    if not user.is_authenticated:
        return False
    return listing.employer.memberships.filter(user=user).exists() or user.has_perm("employers.view_listing")


def web_host(url):
    """The host of an http or https address, for words on a link: "jobs.example.org"; "" for any other address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def similar(listing, *, at):
    """Return up to SIMILAR live openings for the same work: near its first site, else the newest anywhere."""
    same_work = ListingCriteria(titles=(listing.title.slug,))
    nearby = _around(listing)
    if nearby is not None:
        near = ListingCriteria(titles=same_work.titles, place=nearby)
        openings = found(near, at=at).exclude(pk=listing.pk).with_miles(nearby).sorted_by("distance")
        if chosen := list(openings.with_card_details()[:SIMILAR]):
            return chosen
    return list(found(same_work, at=at).exclude(pk=listing.pk).newest_first().with_card_details()[:SIMILAR])


def _around(listing):
    point = next((site for site in wording.sites_of(listing) if site.lat is not None), None)
    if point is None:
        return None
    return Place(kind="radius", town=point.city, state=point.state, lat=point.lat, lng=point.lng, miles=SIMILAR_MILES)
