"""Employers near a place: the query string of /employers/ and what it finds."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerportal.places.names import clean
from careerportal.places.place import PlaceUnknown, resolve
from employers.cards import employer_card
from employers.filters import DEFAULT_MILES, MILES_CHOICES
from employers.models import Employer

PAGE_SIZE = 20
_NAMES = ("zip", "place", "miles")


class DirectoryForm(forms.Form):
    """A ZIP code or a place, and miles around it."""

    zip = forms.CharField(label=gettext_lazy("ZIP code"), max_length=10, required=False)
    place = forms.CharField(label=gettext_lazy("ZIP code, town or state"), max_length=100, required=False)
    miles = forms.CharField(label=gettext_lazy("Within"), max_length=20, required=False)

    place_found = None

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            self.place_found = resolve(**{name: cleaned.get(name) or "" for name in _NAMES})
        except PlaceUnknown as unknown:
            self.add_error(unknown.field, ValidationError(str(unknown)))
        if self.place_found is not None and self.place_found.kind == "remote":
            self.place_found = None
            self.add_error("place", ValidationError(_("Employers have places. Type a ZIP code, a town or a state.")))
        return cleaned


class DirectoryPage:
    """Employers for one query string (a QueryDict) at the aware datetime `at`. `page` is what was typed for it."""

    def __init__(self, data, *, at, page=""):
        self.at = at
        self.form = DirectoryForm(data)
        self.is_usable = self.form.is_valid()
        self._typed = {name: data.get(name, "").replace("\0", "").strip() for name in _NAMES}
        self._page_asked = page

    @property
    def place(self):
        return self.form.place_found

    @cached_property
    def page(self):
        """The page asked for; the first for what is no page number, the last beyond the end."""
        if not self.is_usable:
            return Paginator([], PAGE_SIZE).page(1)
        employers = Employer.objects.public()
        if self.place is not None:
            employers = employers.near(self.place)
        employers = employers.with_miles(self.place).with_open_count(at=self.at).nearest_first()
        paginator = Paginator(employers.select_related("care_setting").prefetch_related("sites"), PAGE_SIZE)
        return paginator.get_page(self._page_asked)

    @property
    def count(self):
        return self.page.paginator.count

    @cached_property
    def cards(self):
        return [employer_card(employer) for employer in self.page.object_list]

    @property
    def heading(self):
        if not self.is_usable:
            return _("No employers: we don't know this place")
        said = {"count": f"{self.count:,}", "place": self.place.label if self.place else ""}
        if self.place is None:
            return ngettext("%(count)s employer", "%(count)s employers", self.count) % said
        if self.place.kind == "radius":
            return (
                ngettext("%(count)s employer within %(place)s", "%(count)s employers within %(place)s", self.count)
                % said
            )
        return ngettext("%(count)s employer in %(place)s", "%(count)s employers in %(place)s", self.count) % said

    @property
    def query(self):
        """The query string without the page."""
        return urlencode({name: value for name, value in self._typed.items() if value})

    @property
    def place_typed(self):
        return self._typed["zip"] or self._typed["place"]

    @property
    def place_error(self):
        return " ".join([*self.form.errors.get("zip", ()), *self.form.errors.get("place", ())])

    @property
    def miles_error(self):
        return " ".join(self.form.errors.get("miles", ()))

    @property
    def miles_choices(self):
        """Choices of the miles field: value, label, whether chosen. What was typed is among them."""
        asked = self._typed["miles"] or str(DEFAULT_MILES)
        values = [str(miles) for miles in MILES_CHOICES]
        return [
            (value, _miles_label(value), value == asked) for value in values + ([asked] if asked not in values else [])
        ]


def _miles_label(value):
    if value.isdecimal() and len(value) < 4:
        return ngettext("%(miles)s mile", "%(miles)s miles", int(value)) % {"miles": value}
    return clean(value)
