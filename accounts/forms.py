"""Forms of the seekers' side."""

from datetime import time

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.alerts import HOURS
from accounts.models import JobAlert
from accounts.models.saved import NOTE_MAX_LENGTH
from careerportal.outbox.models import BadAddress, normalize_address
from careers import vocabulary
from employers.filters import DEFAULT_MILES, MILES_CHOICES, ListingFilterSet

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
# Search parameters this form shows as fields; whatever else a search asked is carried along unseen and named in words.
SHOWN = ("q", "place", "miles", "role")
CARRIED = tuple(name for name in ListingFilterSet.base_filters if name not in (*SHOWN, "zip", "sort", "posted"))


def hour_choices():
    """The hours of the day at which mail may come: "8 a.m." to "8 p.m."."""
    return [(hour, date_format(time(hour), "P")) for hour in HOURS]


class FrequencyForm(forms.Form):
    """How often an alert mails."""

    frequency = forms.ChoiceField(
        label=_("How often"), choices=JobAlert.Frequency.choices, initial="daily", widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Day for a weekly email"), choices=WEEKDAYS, coerce=int, initial=0, empty_value=0, required=False
    )


class ScheduleForm(FrequencyForm):
    """When an alert mails, for someone with an account: how often, which day, at which hour."""

    hour = forms.TypedChoiceField(
        label=_("Hour, for all your alerts"), choices=hour_choices, coerce=int, required=False, empty_value=8
    )


class AlertForm(FrequencyForm):
    """Asks for an alert: an address and what to look for. `criteria` holds the checked search after is_valid()."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your email address.")},
    )
    place = forms.CharField(
        label=_("ZIP code, town or state"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        help_text=_("For example 12207, or Albany, NY. Leave it empty for everywhere."),
    )  # fmt: skip
    miles = forms.TypedChoiceField(
        label=_("Within"),
        required=False, coerce=int, initial=DEFAULT_MILES, empty_value=DEFAULT_MILES,
        choices=[(miles, _("%(miles)s miles") % {"miles": miles}) for miles in MILES_CHOICES],
    )  # fmt: skip
    role = forms.MultipleChoiceField(
        label=_("Kind of work"),
        choices=vocabulary.ROLE_SEARCH_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    q = forms.CharField(label=_("Title or keyword"), max_length=200, required=False)
    field_order = ("email", "place", "miles", "role", "q", "frequency", "weekday")

    criteria = None

    def __init__(self, *args, asked=None, verified_address="", **kwargs):
        """`asked`: the search it starts from, a QueryDict; `verified_address`: of the signed-in asker, who types none."""
        super().__init__(*args, **kwargs)
        self.asked = asked if asked is not None else QueryDict()
        self.verified_address = verified_address
        if verified_address:
            del self.fields["email"]
        given = self.asked.get("miles", "")
        if given.isdecimal() and len(given) <= 3 and int(given) not in MILES_CHOICES:
            self.fields["miles"].choices = [
                (given, _("%(miles)s miles") % {"miles": given}),
                *self.fields["miles"].choices,
            ]

    @property
    def carried(self):
        """(name, value) of search parameters this form has no field for, for hidden inputs."""
        return [(name, value) for name in CARRIED for value in self.asked.getlist(name) if value]

    def clean_email(self):
        try:
            return normalize_address(self.cleaned_data["email"])
        except BadAddress:
            raise forms.ValidationError(_("We can't send mail to this address. Check it for typing errors.")) from None

    def clean(self):
        cleaned = super().clean()
        search = QueryDict(mutable=True)
        for name, value in self.carried:
            search.appendlist(name, value)
        cleaned["place"] = cleaned.get("place") or self.asked.get("zip", "")  # the search's other name for a place
        for name in SHOWN:
            values = cleaned.get(name)
            search.setlist(name, values if isinstance(values, list) else [str(values or "")])
        found = ListingFilterSet(search)
        if found.is_usable:
            self.criteria = found.criteria
        else:
            for name, errors in found.form.errors.items():
                shown = "place" if name == "zip" else name
                self.add_error(shown if shown in self.fields else None, errors)
        return cleaned


class NewsForm(forms.Form):
    """Asks for the monthly career news: an address and nothing else."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your email address.")},
    )

    def __init__(self, *args, verified_address="", **kwargs):
        """`verified_address`: of the signed-in asker, who types none."""
        super().__init__(*args, **kwargs)
        if verified_address:
            del self.fields["email"]

    def clean_email(self):
        try:
            return normalize_address(self.cleaned_data["email"])
        except BadAddress:
            raise forms.ValidationError(_("We can't send mail to this address. Check it for typing errors.")) from None


class CodeForm(forms.Form):
    """The six digits from a confirmation mail."""

    code = forms.CharField(
        label=_("Code from the email"), max_length=20, help_text=_("Six digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the six digits from the email.")},
    )  # fmt: skip


class ConfirmCodeForm(forms.Form):
    """The code mailed to confirm that it is you."""

    code = forms.CharField(
        label=_("Code from the email"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code from the email.")},
    )  # fmt: skip


class NoteForm(forms.Form):
    """A note to oneself."""

    note = forms.CharField(
        label=_("Your note"),
        max_length=NOTE_MAX_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why you saved it, whom you know there, what to ask. Only you read it."),
    )
