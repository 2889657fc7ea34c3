"""Forms about one's own data and mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.support_grant import GRANT_DAYS_AT_MOST, REASON_MAX_LENGTH
from careerportal.outbox.addresses import BadAddress, normalize_address

DAY_CHOICES = [(1, _("1 day")), (3, _("3 days")), (GRANT_DAYS_AT_MOST, _("7 days"))]


class AddressForm(forms.Form):
    """A mail address, in the one spelling we keep."""

    email = forms.EmailField(
        label=_("Email address of the other account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the address of the other account.")},
    )

    def clean_email(self):
        try:
            return normalize_address(self.cleaned_data["email"])
        except BadAddress as bad:
            raise forms.ValidationError(str(bad)) from bad


class GrantForm(forms.Form):
    """Why support may look, and how long."""

    reason = forms.CharField(
        label=_("What should we look at?"),
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    days = forms.TypedChoiceField(label=_("For how long?"), coerce=int, choices=DAY_CHOICES, initial=3)


class SupportAskForm(GrantForm):
    """Staff ask a person for leave."""

    email = forms.EmailField(
        label=_("Address the person wrote from"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "reason", "days")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why do you need to look? The person reads this.")


class ConsentForm(forms.Form):
    """A yes in so many words."""

    yes = forms.BooleanField(
        label=_("I want mail from you again: the alerts and news I choose here."),
        error_messages={"required": _("Tick the box if you want our mail again.")},
    )
