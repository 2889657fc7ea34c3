"""What moderators and employers write about a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.casetalk import FIXABLE
from employers.models import CannedReason, Listing


class DecisionForm(forms.Form):
    """Which decision, a reason that is often given, and one's own words. The chosen reason is filled in by the server."""

    decision = forms.CharField(max_length=20, required=False)
    canned = forms.ModelChoiceField(
        label=_("A reason we often give"),
        queryset=CannedReason.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("None: only my own words"),
    )
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Added below the chosen reason. The employer reads both."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = CannedReason.objects.filter(kinds__contains=[kind]).order_by("position", "pk")
        self.fields["canned"].queryset = reasons
        self.fields["canned"].label_from_instance = lambda reason: reason.title

    @property
    def said(self):
        """The chosen reason and the own words, as one text. Needs a valid form."""
        canned = self.cleaned_data["canned"]
        return "\n\n".join(filter(None, [canned.text if canned else "", self.cleaned_data["words"].strip()]))[:2000]


class MessageForm(forms.Form):
    """One message about a case."""

    text = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )


class CallForm(forms.Form):
    """The call-back sheet: which of the register's numbers was called, how it went, and what was said."""

    RESULTS = [
        ("reached", _("Reached: they know the person and the request")),
        ("not-reached", _("Not reached")),
        ("not-them", _("Reached: they say it is not them")),
    ]
    phone = forms.ChoiceField(label=_("Number called"))
    result = forms.ChoiceField(
        label=_("How did it go?"),
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the call went.")},
    )
    note = forms.CharField(
        label=_("Whom did you speak to, and what did they say?"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down whom you spoke to, or when you tried.")},
    )

    def __init__(self, *args, phones, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].choices = [(one.key, f"{one.number} ({one.register})") for one in phones]


class MendForm(forms.ModelForm):
    """The texts of an opening whose typing errors a moderator may correct."""

    class Meta:
        model = Listing
        fields = FIXABLE
        widgets = {"description": forms.Textarea(attrs={"rows": 16})}


class BlockForm(forms.Form):
    """A domain to keep out, and why."""

    domain = forms.CharField(label=_("Domain"), max_length=253)
    reason = forms.CharField(label=_("Why?"), max_length=300)
