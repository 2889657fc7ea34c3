"""A place of work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.forms.address import AddressForm


class SiteForm(AddressForm):
    """Add or change a site."""

    name = forms.CharField(
        label=_("Name of the site"), max_length=160, required=False, help_text=_("For example: Main Street clinic")
    )
    field_order = ["name", "address1", "zip", "city", "state"]

    def fields_of_site(self):
        """Return what `sites.save` takes."""
        return {**self.site_fields, "name": self.cleaned_data["name"]}
