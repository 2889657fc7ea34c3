"""What an organization says about itself, and the group it proposes to belong to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.models import CareSetting
from employers.models import Employer


class ProfileForm(forms.ModelForm):
    """The public profile. A new name or website is proposed, not saved: `proposed` holds both after `is_valid()`."""

    name = forms.CharField(
        label=_("Name"), max_length=160, help_text=_("A new name is checked before everyone sees it.")
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        help_text=_("A new website is checked before everyone sees it."),
    )  # fmt: skip
    care_setting = forms.ModelChoiceField(
        label=_("Kind of organization"), queryset=CareSetting.objects.order_by("name"), required=False,
        empty_label=_("We are something else"),
    )  # fmt: skip

    class Meta:
        model = Employer
        fields = ["name", "website", "summary", "phone", "care_setting"]
        labels = {"summary": _("What you do, in a few sentences"), "phone": _("Phone for applicants")}
        widgets = {"summary": forms.Textarea({"rows": 6})}

    field_order = ["name", "website", "summary", "phone", "care_setting"]

    def details(self):
        """What is saved at once, by field name."""
        return {name: self.cleaned_data[name] for name in ("summary", "phone", "care_setting")}


class GroupForm(forms.Form):
    """The health system or group an organization says it belongs to."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=160, help_text=_("The health system or network you are part of.")
    )
