"""The four address fields that a registration and a site share."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from careerportal.places.states import STATES
from employers import sites

_FIVE_DIGITS = RegexValidator(r"^[0-9]{5}$", _("A ZIP code has five digits, such as 12207."))


class AddressForm(forms.Form):
    """Street, town, state and ZIP code. After `is_valid()`, `site_fields` holds the fields of Site."""

    address1 = forms.CharField(
        label=_("Street address"), max_length=160, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    zip = forms.CharField(
        label=_("ZIP code"),
        max_length=5,
        validators=[_FIVE_DIGITS],
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"max_length": _FIVE_DIGITS.message, "required": _("Type the ZIP code.")},
    )
    city = forms.CharField(
        label=_("Town"), max_length=80, required=False, help_text=_("Leave it empty and we take it from the ZIP code.")
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("As the ZIP code says")), *STATES.items()]
    )

    site_fields = None

    def clean(self):
        cleaned = super().clean()
        if not {"zip", "city", "state", "address1"} & self.errors.keys():
            try:
                found = sites.locate(zip_code=cleaned["zip"], city=cleaned["city"], state=cleaned["state"])
            except sites.SiteRefused as refusal:
                self.add_error(refusal.field, str(refusal))
            else:
                self.site_fields = {**found, "address1": cleaned["address1"]}
        return cleaned
