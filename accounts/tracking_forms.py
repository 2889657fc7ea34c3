"""Forms of the list of applications."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import TrackedApplication

_DAY = {"type": "date"}


def _day_input():
    return forms.DateInput(attrs=_DAY, format="%Y-%m-%d")


class ApplicationForm(forms.ModelForm):
    """One application, here or elsewhere."""

    link = forms.URLField(label=_("Link to the ad"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = TrackedApplication
        fields = (
            "employer_name", "title", "place", "link", "state", "applied_on", "interview_on", "next_step", "next_step_on",
            "note",
        )  # fmt: skip
        labels = {
            "employer_name": _("Employer"),
            "title": _("Job"),
            "place": _("Place"),
            "state": _("How far is it?"),
            "applied_on": _("Applied on"),
            "interview_on": _("Interview on"),
            "next_step": _("Next step"),
            "next_step_on": _("By when"),
            "note": _("Your notes"),
        }
        help_texts = {
            "next_step": _("For example: call Ms. Ruiz, send my certificate."),
            "note": _("Names, what you asked, what they said. Only you read it."),
        }
        widgets = {
            "state": forms.RadioSelect,
            "applied_on": _day_input(),
            "interview_on": _day_input(),
            "next_step_on": _day_input(),
            "note": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {
            "employer_name": {"required": _("Type the name of the employer.")},
            "title": {"required": _("Type what the job is called.")},
        }

    def __init__(self, *args, without_state=False, **kwargs):
        """`without_state`: for one that exists; how far it is has buttons of its own."""
        super().__init__(*args, **kwargs)
        if without_state:
            del self.fields["state"]

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Type an address that begins with https:// or http://."))
        return link

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("next_step_on") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Say what the next step is, not only when."))
        return cleaned


class KitForm(forms.Form):
    """Notes for an interview."""

    interview_on = forms.DateField(label=_("Day of the interview"), required=False, widget=_day_input())
    note = forms.CharField(
        label=_("Your notes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Whom you meet, what you want to say, what they answered. Only you read it."),
    )
