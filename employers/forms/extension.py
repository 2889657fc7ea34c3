"""A later closing date for an opening."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_DAYS = 366  # a year, and the leap day


def checked_closing_date(day, *, today):
    """Return `day`. Raises ValidationError when it is over already or more than a year away."""
    if day < today:
        raise ValidationError(_("This date is in the past. Choose today or a later day."))
    if day > today + timedelta(days=LONGEST_DAYS):
        raise ValidationError(_("Choose a day within a year. You can extend the opening later."))
    return day


class ExtendForm(forms.Form):
    """The day on which a published opening closes; empty for "until filled". `today` is a date in the portal's zone."""

    closes_on = forms.DateField(
        label=_("New closing date"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year-month-day, such as 2027-01-31.")},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        return checked_closing_date(day, today=self.today) if day else None
