"""What the page of one employer shows: places with their sources, openings, what is known and what is not."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from careerportal.places.place import PlaceUnknown, resolve
from employers import wording
from employers.cards import opening_card
from employers.directory_cards import employs_text, nearest_first, register_text
from employers.models import Employer, Listing, RegisterEntry, Site
from employers.openingpage import web_host

SHOWN_OPENINGS = 20
SHOWN_PLACES = 30


@dataclass(frozen=True)
class PlaceOfWork:
    """A site with its distance in words, how exact its point is, and the registers that list it."""

    site: Site
    miles_text: str
    exactness_text: str
    entries: list


class EmployerPage:
    """One employer at the aware datetime `at`; `data` may hold a ZIP code, from which places are sorted by distance."""

    def __init__(self, employer, data, *, at):
        self.employer = employer
        self.at = at
        self.place = _place(data)
        self.is_public = employer.is_public
        self.website_host = web_host(employer.website)

    @cached_property
    def entries(self):
        """The open register entries, newest first."""
        found = RegisterEntry.objects.filter(employer=self.employer, closed_at=None).select_related("kind")
        return list(found.order_by("-register_date", "source", "pk"))

    @cached_property
    def _places(self):
        by_site = {}
        for entry in self.entries:
            by_site.setdefault(entry.site_id, []).append(entry)
        return [
            PlaceOfWork(
                site=site,
                miles_text="" if miles is None else wording.miles_text(miles),
                exactness_text=exactness_text(site),
                entries=[
                    {"name": entry.name, "kind": entry.kind.name, "register": register_text(entry)}
                    for entry in by_site.get(site.pk, [])
                ],
            )
            for site, miles in nearest_first(self.employer.sites.all(), self.place)
        ]

    @property
    def places(self):
        return self._places[:SHOWN_PLACES]

    @property
    def more_places(self):
        """How many places are left out."""
        return max(0, len(self._places) - SHOWN_PLACES)

    @property
    def phone(self):
        """The employer's own phone; of an unclaimed one what the newest register says."""
        return self.employer.phone or next((entry.phone for entry in self.entries if entry.phone), "")

    @property
    def employs_text(self):
        return employs_text(self.employer)

    @property
    def registers(self):
        """Each register that lists the employer, with its date, once."""
        return list(dict.fromkeys(register_text(entry) for entry in self.entries))

    @property
    def is_unclaimed(self):
        return not self.employer.is_approved and self.employer.listed_from == Employer.ListedFrom.REGISTER

    @cached_property
    def group_members(self):
        """Other public employers of the same group; none when the group was not checked by a person."""
        group = self.employer.group
        if group is None or not group.curated:
            return []
        return list(group.employers.public().exclude(pk=self.employer.pk).order_by("name", "pk")[:SHOWN_PLACES])

    @cached_property
    def _live(self):
        return Listing.objects.live(at=self.at).filter(employer=self.employer)

    @cached_property
    def openings_count(self):
        return self._live.count()

    @property
    def more_openings(self):
        return max(0, self.openings_count - SHOWN_OPENINGS)

    @cached_property
    def cards(self):
        if not self.openings_count:
            return []
        return [
            opening_card(listing, at=self.at)
            for listing in self._live.newest_first().with_card_details()[:SHOWN_OPENINGS]
        ]


def exactness_text(site):
    """How exact a site's point on the map is, in words."""
    if site.lat is None:
        return _("We have no point on the map for it.")
    return {
        Site.Exactness.OWN: _("The point on the map is the place itself."),
        Site.Exactness.STREET: _("The point on the map is the street address."),
        Site.Exactness.ZIP: _("The point on the map is the middle of the ZIP code."),
        Site.Exactness.TOWN: _("The point on the map is the middle of the town."),
    }[site.exactness]


def _place(data):
    """The ZIP code or place named in a query string; None when it names none we know."""
    try:
        return resolve(zip=data.get("zip", "")[:20], place=data.get("place", "")[:100])
    except PlaceUnknown:
        return None
