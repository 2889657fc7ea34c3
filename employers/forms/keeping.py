"""Short forms about an opening's time: how it ended, until when it is open, when it goes out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from employers import lifecycle
from employers.forms.extension import checked_closing_date
from employers.models import Listing

BAD_DATE = _("Write the date as year-month-day, such as 2027-01-31.")
BAD_TIME = _("Write the time as hours and minutes, such as 09:00.")


class OutcomeForm(forms.Form):
    """How an opening ended; empty for "rather not say"."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        required=False,
        choices=[*Listing.Outcome.choices, ("", _("Rather not say"))],
        widget=forms.RadioSelect,
        initial="",
        help_text=_("We ask once. The answer counts in your figures and in totals without names."),
    )


def _date_field(label, **kwargs):
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), error_messages={"invalid": BAD_DATE},
        **kwargs,
    )  # fmt: skip


class ReopenForm(forms.Form):
    """The last day of an opening that is opened again; empty for "until filled". `today`: in the portal's zone."""

    closes_on = _date_field(
        _("Closing date"), required=False, help_text=_("Its last day. Leave it empty to keep it open until filled.")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        return checked_closing_date(day, today=self.today) if day else None


class KeepForm(ReopenForm):
    """A later closing date, and why."""

    reason = forms.CharField(
        label=_("Why it stays open"),
        required=False,
        max_length=lifecycle.REASON_LENGTH,
        strip=True,
        help_text=_(
            "One line for your team, such as “nobody with a license yet”. It stands in the activity log. Seekers "
            "don't see it."
        ),
    )


class ScheduleForm(forms.Form):
    """When a draft goes out by itself: a day and a time of day in the portal's zone."""

    day = _date_field(_("Day"))
    at = forms.TimeField(
        label=_("Time"),
        initial=time(9),
        widget=forms.TimeInput({"type": "time", "step": 60}, format="%H:%M"),
        error_messages={"invalid": BAD_TIME},
        help_text=_("New York time."),
    )

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        today = localtime(now).date()
        self.fields["day"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + timedelta(days=lifecycle.SCHEDULED_DAYS)).isoformat(),
        }

    def clean(self):
        """Add `publish_at` (aware). Refuses a time that is over; how far ahead it may be is the verb's business."""
        values = super().clean()
        if values.get("day") and values.get("at"):
            zone = ZoneInfo(settings.TIME_ZONE)
            values["publish_at"] = datetime.combine(values["day"], values["at"].replace(tzinfo=None), tzinfo=zone)
            if values["publish_at"] <= self.now:
                raise ValidationError({"at": _("This time is over. Choose a later one.")})
        return values
