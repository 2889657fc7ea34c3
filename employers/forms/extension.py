"""Which closing dates an opening may have."""

from datetime import timedelta

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
