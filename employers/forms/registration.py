"""How an organization comes to the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.models import CareSetting
from employers import finding
from employers.forms.address import AddressForm
from employers.weblinks import leads_where_it_says


class RegistrationForm(AddressForm):
    """Name, place, mail and what the organization does. Likely doubles are asked about once."""

    name = forms.CharField(
        label=_("Name of your organization"),
        max_length=160,
        error_messages={"required": _("Type the name of your organization.")},
    )
    summary = forms.CharField(
        label=_("What you do"),
        error_messages={"required": _("Say in a few words what you do.")},
        max_length=1200,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Two or three sentences. People looking for work read this first."),
    )
    care_setting = forms.ModelChoiceField(
        label=_("Care setting"),
        queryset=CareSetting.objects.order_by("name", "pk"),
        to_field_name="slug",
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose the nearest care setting.")},
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text=_("For example: example.org"),
    )
    inbox_email = forms.EmailField(
        label=_("Inbox address of the organization"),
        error_messages={"required": _("Type an address that your organization reads.")},
        help_text=_("Where mail about your openings may go, such as jobs@example.org. It is not shown on the page."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    is_not_listed = forms.BooleanField(
        label=_("None of these is us. It is another organization: continue."), required=False
    )
    field_order = ["is_not_listed", "name", "care_setting", "summary", "website", "address1", "zip", "city", "state"]

    alike = ()

    def clean_website(self):
        website = self.cleaned_data["website"]
        if website and not website.startswith(("http://", "https://")):
            raise forms.ValidationError(_("A website begins with https://"))
        if not leads_where_it_says(website):
            raise forms.ValidationError(_("Give the plain address of the website, such as example.org."))
        return website

    def clean(self):
        cleaned = super().clean()
        if "name" in cleaned:
            self.alike = finding.likely_doubles(
                name=cleaned["name"], website=cleaned.get("website", ""), site=self.site_fields
            )
            if self.alike and not cleaned.get("is_not_listed"):
                self.add_error("is_not_listed", _("We already list an employer like this. Is it yours?"))
        return cleaned

    def details(self):
        """Return what `organizations.register` takes, besides the user."""
        kept = ("name", "summary", "care_setting", "website", "inbox_email")
        given = {name: self.cleaned_data[name] for name in kept}
        return given | {"site": self.site_fields, "is_same_name": bool(self.alike)}
