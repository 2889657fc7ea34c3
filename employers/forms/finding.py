"""What an employer types to find its own organization among those we know."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerportal.places.place import PlaceUnknown, resolve
from employers.domains import registrable
from employers.search import clean_words


class FindingForm(forms.Form):
    """A name or a website, and where. After `is_valid()`, `wanted` holds what finding.find takes."""

    q = forms.CharField(
        label=_("Name or website of your organization"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    place = forms.CharField(
        label=_("ZIP code or town"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code"}),
    )

    wanted = None

    @property
    def asks_something(self):
        return any(self.wanted.values()) if self.wanted else False

    def clean(self):
        asked = super().clean()
        typed, place = asked.get("q", ""), None
        if asked.get("place"):
            try:
                place = resolve(place=asked["place"])
            except PlaceUnknown as unknown:
                self.add_error("place", str(unknown))
        if place is not None and place.kind == "remote":
            self.add_error("place", _("Employers have places. Type a ZIP code, a town or a state."))
        is_site = "." in typed and " " not in typed.strip() and registrable(typed)
        words = () if is_site else tuple(clean_words(typed).split())
        if typed and not is_site and not words:
            self.add_error("q", _("Type a word of the name."))
        if "q" in self.data and not typed and place is None and not self.errors:
            self.add_error("q", _("Type a name, a website or a ZIP code."))
        self.wanted = {"words": words, "domain": registrable(typed) if is_site else "", "place": place}
        return asked
