"""What /employers/ shows for one query string: cards in order, counts on both tabs, the filters as they were typed."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, Subquery, Value, Window
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.places.names import clean
from employers.directory import found_employers, ranked
from employers.directory_cards import directory_cards
from employers.directory_filters import MANY, PARAMETERS, SORT_CHOICES, DirectoryForm
from employers.filters import DEFAULT_MILES, MILES_CHOICES
from employers.models import Listing
from employers.panel import SHOWN_UNKNOWN, Choice, Group
from employers.search import ListingCriteria

PAGE_SIZE = 20
PLACE_NAMES = ("zip", "place", "miles")


class DirectoryPage:
    """Employers for one query string (a QueryDict) at the aware datetime `at`. `page` is what was typed for it."""

    def __init__(self, data, *, at, page=""):
        self.at = at
        self.form = DirectoryForm(data)
        self.is_usable = self.form.is_valid()
        self.criteria = self.form.criteria
        self._pairs = list(dict.fromkeys(_given(data)))
        self._page_asked = page

    @property
    def place(self):
        return self.criteria.place if self.is_usable else None

    @cached_property
    def _looked_up(self):
        """(rows of the page asked for, employers in all, openings in all): one statement unless that page is empty."""
        if not self.is_usable:
            return [], 0, 0
        openings = Listing.objects.live(at=self.at).matching(self._openings_asked, at=self.at).order_by()
        counted = Subquery(openings.values(one=Value(1)).annotate(found=Count("pk")).values("found"))
        rows = ranked(self.criteria, sort=self.form.sort_order, at=self.at)
        rows = rows.annotate(total=Window(Count("*")), openings=counted)
        start = (_page_number(self._page_asked) - 1) * PAGE_SIZE
        if found := list(rows[start : start + PAGE_SIZE]):
            return [row[:2] for row in found], found[0][2], found[0][3] or 0
        if not start:
            return [], 0, openings.count()
        total = found_employers(self.criteria, at=self.at).count()
        start = max(0, (total - 1) // PAGE_SIZE * PAGE_SIZE)
        return [row[:2] for row in rows[start : start + PAGE_SIZE]], total, openings.count()

    @property
    def count(self):
        """How many employers fit."""
        return self._looked_up[1]

    @property
    def openings_count(self):
        """How many openings are live in the same place and setting: what the other tab finds."""
        return self._looked_up[2]

    @property
    def count_text(self):
        return f"{self.count:,}"

    @property
    def openings_count_text(self):
        return f"{self.openings_count:,}"

    @property
    def _openings_asked(self):
        return ListingCriteria(place=self.place, settings=self.criteria.settings)

    @cached_property
    def page(self):
        """The page asked for; the first for what is no page number, the last beyond the end."""
        paginator = Paginator(range(self.count), PAGE_SIZE)
        return paginator.page(min(_page_number(self._page_asked), paginator.num_pages))

    @cached_property
    def cards(self):
        return directory_cards(self._looked_up[0], place=self.place, at=self.at)

    @property
    def openings_url(self):
        query = urlencode([pair for pair in self._pairs if pair[0] in (*PLACE_NAMES, "setting")])
        return reverse("openings") + (f"?{query}" if query else "")

    @property
    def map_url(self):
        return reverse("employers_map") + (f"?{self.query}" if self.query else "")

    @property
    def heading(self):
        if not self.is_usable:
            return _("No employers: we don't know part of this search")
        said = {"count": f"{self.count:,}", "place": self.place.label if self.place else ""}
        if self.place is None:
            return ngettext("%(count)s employer", "%(count)s employers", self.count) % said
        if self.place.kind == "radius":
            return (
                ngettext("%(count)s employer within %(place)s", "%(count)s employers within %(place)s", self.count)
                % said
            )
        return ngettext("%(count)s employer in %(place)s", "%(count)s employers in %(place)s", self.count) % said

    # --- The form as it was typed -------------------------------------------------------------------
    @property
    def query(self):
        """The query string without the page."""
        return urlencode(self._pairs)

    def typed(self, name):
        return next((value.replace("\0", "") for given, value in self._pairs if given == name), "")

    @property
    def q_typed(self):
        return self.typed("q")

    @property
    def place_typed(self):
        return self.typed("zip") or self.typed("place")

    @property
    def q_error(self):
        return " ".join(self.form.errors.get("q", ()))

    @property
    def place_error(self):
        return " ".join([*self.form.errors.get("zip", ()), *self.form.errors.get("place", ())])

    @property
    def miles_error(self):
        return " ".join(self.form.errors.get("miles", ()))

    @property
    def bar_errors(self):
        """(id of the field, what is wrong) of the fields in the search bar."""
        errors = {"q": self.q_error, "place": self.place_error, "miles": self.miles_error}
        return [(name, text) for name, text in errors.items() if text]

    @property
    def miles_choices(self):
        """Choices of the miles field: value, label, whether chosen. What was typed is among them."""
        asked = self.typed("miles") or str(DEFAULT_MILES)
        values = [str(miles) for miles in MILES_CHOICES]
        return [
            (value, _miles_label(value), value == asked) for value in values + ([asked] if asked not in values else [])
        ]

    @cached_property
    def groups(self):
        """Setting and register as groups of boxes to tick."""
        return [self._group("setting"), self._group("source")]

    @property
    def boxes(self):
        """The two boxes: name, label, whether ticked, error, and the value as typed if it is none we know."""
        return [
            {
                "name": name,
                "label": self.form.fields[name].label,
                "is_ticked": bool(self.typed(name)) and self.form.cleaned_data.get(name) is not False,
                "error": " ".join(self.form.errors.get(name, ())),
                "value": self.typed(name) if name in self.form.errors else "1",
            }
            for name in ("hiring", "open")
        ]

    @property
    def sort_choices(self):
        """Ways to sort: value, label, whether chosen. What was typed is among them."""
        asked = self.typed("sort") or SORT_CHOICES[0][0]
        choices = [(value, str(label), value == asked) for value, label in SORT_CHOICES]
        return choices if any(chosen for _v, _l, chosen in choices) else [*choices, (asked, clean(asked), True)]

    @property
    def sort_error(self):
        return self._choice_error("sort")

    @property
    def filters_on(self):
        """How many filters are on, words and place not counted."""
        return sum(name in (*MANY, "hiring", "open") for name, _value in self._pairs)

    def _group(self, name):
        chosen = [value for given, value in self._pairs if given == name]
        choices = [
            Choice(value=value, label=str(label), is_chosen=value in chosen)
            for value, label in self.form.fields[name].choices
        ]
        known = {choice.value for choice in choices}
        unknown = [value for value in chosen if value not in known][:SHOWN_UNKNOWN]
        choices += [Choice(value=value.replace("\0", ""), label=clean(value), is_chosen=True) for value in unknown]
        return Group(name, str(self.form.fields[name].label), choices, is_folded=True, error=self._choice_error(name))

    def _choice_error(self, name):
        if name not in self.form.errors:
            return ""
        return _("We don't know one of these choices. Remove it, or choose from the list.")


def _given(data):
    """Pairs of name and value that say something; of a parameter that takes one value the last one counts."""
    for name in PARAMETERS:
        values = [value.strip() for value in data.getlist(name) if value.strip()]
        yield from ((name, value) for value in (values if name in MANY else values[-1:]))


def _page_number(typed):
    """The number of a page: 1 for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 7 and int(typed) else 1


def _miles_label(value):
    if value.isdecimal() and len(value) < 4:
        return ngettext("%(miles)s mile", "%(miles)s miles", int(value)) % {"miles": value}
    return clean(value)
