"""What the search page shows for one query string: openings, counts, chips, the way out when nothing is found."""

from dataclasses import replace
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.places.place import Place
from careerportal.places.states import STATES
from employers.cards import opening_card
from employers.facets import Facets, facets, tally
from employers.filters import ListingFilterSet
from employers.models import Listing
from employers.panel import panel
from employers.searchlinks import SearchLinks

PAGE_SIZE = 20
WIDER_MILES = (50, 100)
ALERT_BOX_AFTER = 2  # results


def found(criteria, *, at):
    """The live openings that fit a ListingCriteria at the aware datetime `at`: what page and feed both show."""
    return Listing.objects.live(at=at).matching(criteria, at=at)


def heading(count, place):
    """The result in words: "12 openings within 25 miles of 12207 (Albany, NY)"."""
    said = {"count": f"{count:,}", "place": place.label if place else ""}
    if place is None:
        return ngettext("%(count)s opening", "%(count)s openings", count) % said
    if place.kind == "radius":
        return ngettext("%(count)s opening within %(place)s", "%(count)s openings within %(place)s", count) % said
    if place.kind == "remote":
        return ngettext("%(count)s remote opening", "%(count)s remote openings", count) % said
    return ngettext("%(count)s opening in %(place)s", "%(count)s openings in %(place)s", count) % said


class SearchPage:
    """One search, read from a QueryDict, as it stands at the aware datetime `at`. `page` is what was typed for it."""

    def __init__(self, data, *, at, page=""):
        self.at = at
        self.links = SearchLinks(data)
        self.filterset = ListingFilterSet(data)
        self.is_usable = self.filterset.is_usable
        self._page_asked = page

    @cached_property
    def criteria(self):
        return self.filterset.criteria

    @property
    def place(self):
        return self.filterset.form.place_found

    @cached_property
    def facets(self):
        return facets(self.criteria, at=self.at) if self.is_usable else Facets()

    @property
    def count(self):
        return self.facets.total

    @property
    def heading(self):
        if not self.is_usable:
            return _("No openings: we don't know part of this search")
        return heading(self.count, self.place)

    @cached_property
    def panel(self):
        return panel(self.filterset, self.links, self.facets if self.is_usable else None)

    @cached_property
    def page(self):
        """The page asked for; the first for what is no page number, the last beyond the end."""
        if not self.count:
            return Paginator([], PAGE_SIZE).page(1)
        openings = (
            found(self.criteria, at=self.at)
            .with_card_details()
            .with_miles(self.place)
            .sorted_by(self.filterset.sort_order)
        )
        paginator = Paginator(openings, PAGE_SIZE)
        paginator.count = self.count  # already counted, together with the facets
        asked = paginator.get_page(self._page_asked)
        return asked if not _is_below_one(self._page_asked) else paginator.page(1)

    @cached_property
    def cards(self):
        return [opening_card(listing, at=self.at, place=self.place) for listing in self.page.object_list]

    @property
    def cards_above_alert_box(self):
        return self.cards[:ALERT_BOX_AFTER]

    @property
    def cards_below_alert_box(self):
        return self.cards[ALERT_BOX_AFTER:]

    @property
    def alert_query(self):
        """The same search for an alert: how it is sorted, and how long ago things were posted, is of no use there."""
        return self.links.without("sort", "posted").query

    @cached_property
    def wider(self):
        """Other places for a search that found nothing near: label, query string and count of each that holds some."""
        place = self.place
        if not self.is_usable or self.count or place is None or place.kind == "remote":
            return []
        ways = {}
        if place.kind == "radius":
            for miles in WIDER_MILES:
                if miles > place.miles:
                    label = _("Within %(miles)s miles") % {"miles": miles}
                    ways[str(miles)] = (label, replace(place, miles=miles), self.links.changed(miles=miles))
        if place.kind != "state" and place.state in STATES:
            ways["state"] = (
                _("In %(state)s") % {"state": STATES[place.state]},
                Place(kind="state", state=place.state),
                self.links.at_place(place=STATES[place.state]),
            )
        ways["remote"] = (_("Remote"), Place(kind="remote"), self.links.at_place(place="remote"))
        counts = tally(
            {name: replace(self.criteria, place=where) for name, (_l, where, _q) in ways.items()}, at=self.at
        )
        return [
            {"label": label, "query": links.query, "count": counts[name]}
            for name, (label, _where, links) in ways.items()
            if counts[name]
        ]


def _is_below_one(text):
    try:
        return int(text) < 1
    except ValueError:
        return False
