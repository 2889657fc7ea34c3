"""What a reader says is wrong about an employer's entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models.correction import CorrectionRequest


class CorrectionForm(forms.Form):
    """What it is about, in the reader's words, and an address for an answer if they want one."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=CorrectionRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("What is wrong, and what is right?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example: the street is right, the phone number is of another office."),
        error_messages={"required": _("Say in a few words what is wrong.")},
    )
    email = forms.EmailField(
        label=_("Your email address"),
        required=False,
        max_length=254,
        help_text=_("Only if you want an answer. We use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
