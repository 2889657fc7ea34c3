"""How many openings are live now by title, care setting and role, and the newest of them: beside words about the work."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Window

from employers.cards import opening_card
from employers.models import Listing
from employers.search import ListingCriteria


@dataclass(frozen=True)
class OpenNow:
    """Live openings counted by slug. `pairs` has (setting, title); a mix of both roles counts for `cc` and for `cm`."""

    total: int = 0
    titles: Counter = field(default_factory=Counter)
    settings: Counter = field(default_factory=Counter)
    roles: Counter = field(default_factory=Counter)
    pairs: Counter = field(default_factory=Counter)


def open_now(*, at):
    """Count what is live at the aware datetime `at`, in one statement.

    Each count is what the search finds for the same question with `same_work=0`; openings in two settings count in both.
    """
    rows = (
        Listing.objects.live(at=at)
        .order_by()
        .values_list("search__title", "search__settings", "search__roles")
        .annotate(found=Count("pk"))
    )
    titles, settings, roles, pairs, total = Counter(), Counter(), Counter(), Counter(), 0
    for title, places, kinds, found in rows:
        total += found
        titles[title] += found
        for place in places:
            settings[place] += found
            pairs[place, title] += found
        for kind in kinds:
            roles[kind] += found
    return OpenNow(total=total, titles=titles, settings=settings, roles=roles, pairs=pairs)


@dataclass(frozen=True)
class Newest:
    """How many openings fit, cards of the newest, and the query strings that find them and that ask for an alert."""

    count: int
    cards: tuple
    query: str
    alert_query: str


def newest(*, at, title="", setting="", role="", limit=3):
    """Return the Newest openings live at the aware datetime `at` with this title, setting and role (slugs; "" asks nothing).

    A title means this title only, so `count` is what the search finds under `query`; an alert takes in the same work.
    """
    criteria = ListingCriteria(
        titles=(title,) if title else (),
        settings=(setting,) if setting else (),
        roles=(role,) if role else (),
        same_work=False,
    )
    found = Listing.objects.live(at=at).matching(criteria, at=at).newest_first().with_card_details()
    listings = list(found.annotate(found_in_all=Window(Count("pk")))[:limit])
    asked = {name: value for name, value in (("role", role), ("setting", setting), ("title", title)) if value}
    return Newest(
        count=listings[0].found_in_all if listings else 0,
        cards=tuple(opening_card(listing, at=at, brief=True) for listing in listings),
        query=urlencode({**asked, "same_work": "0"} if title else asked),
        alert_query=urlencode(asked),
    )
