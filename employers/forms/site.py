"""A place of work, the counties it covers, and where its pin stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers import sites
from employers.forms.address import AddressForm


class SiteForm(AddressForm):
    """Add or change a site."""

    name = forms.CharField(
        label=_("Name of the site"), max_length=160, required=False, help_text=_("For example: Main Street clinic")
    )
    counties = forms.CharField(
        label=_("Counties covered from here"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "For work that takes people around: Albany, Rensselaer. One of another state with its letters: Hudson, NJ."
        ),
    )
    field_order = ["name", "address1", "zip", "city", "state", "counties"]

    covered = ()

    def clean(self):
        cleaned = super().clean()
        if self.site_fields:
            try:
                self.covered = sites.counties_of(cleaned.get("counties", ""), state=self.site_fields["state"])
            except sites.SiteRefused as refusal:
                self.add_error(refusal.field, str(refusal))
        return cleaned

    def fields_of_site(self):
        """Return what `sites.save` takes."""
        return {**self.site_fields, "name": self.cleaned_data["name"], "counties": self.covered}


class PinForm(forms.Form):
    """Where exactly a site is, in degrees; both empty for the middle of its ZIP code."""

    lat = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, help_text=_("For example 42.6526"),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    lng = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, help_text=_("For example -73.7562"),
        widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if not self.errors and (cleaned.get("lat") is None) != (cleaned.get("lng") is None):
            empty = "lat" if cleaned.get("lat") is None else "lng"
            self.add_error(empty, _("Type both numbers, or leave both empty."))
        return cleaned
