"""What a reader says is not right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import Report


class ReportForm(forms.Form):
    """Why, and what happened. `website` is a field no person sees; only programs fill it."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example: they asked me to pay for a training kit. Leave out names and private data."),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_a_program(self):
        """True when the hidden field was filled. Needs a valid form."""
        return bool(self.cleaned_data["website"])
