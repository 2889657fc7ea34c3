"""A person's own list of applications: add, move, edit, delete; and what a next step is."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import TrackedApplication
from employers import wording
from employers.models import Listing

State = TrackedApplication.State
ORDER = list(State)
MOST = 300  # applications one person may keep


class TrackingRefused(Exception):
    """The list cannot take this; str(error) is fit to show."""


def of_opening(listing: Listing):
    """What the list says of an opening, as fields of TrackedApplication: its names may change or go later."""
    return {
        "employer_name": listing.employer.name[:200],
        "title": listing.headline[:200],
        "place": wording.place_text(listing)[:120],
    }


@transaction.atomic
def add(*, user, now: datetime, listing: Listing | None = None, **fields) -> TrackedApplication:
    """Put an application on the list; one for an opening that is on it already is returned unchanged.

    `fields` are those of TrackedApplication. Raises TrackingRefused when the list is full.
    """
    if listing is not None and (held := user.applications.filter(listing=listing).first()):
        return held
    if user.applications.count() >= MOST:
        raise TrackingRefused(
            _("Your list is full with %(most)s applications. Delete old ones first.") % {"most": MOST}
        )
    if listing is not None:
        fields = {**of_opening(listing), **fields}
    new = TrackedApplication(user=user, listing=listing, **fields)
    _fill_day(new, on=localdate(now))
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        return user.applications.get(listing=listing)  # pressed twice at once
    return new


@transaction.atomic
def move(*, application: TrackedApplication, to: str, now: datetime, on: date | None = None) -> TrackedApplication:
    """Say how far an application has come, since the day `on` (today when not given). Raises TrackingRefused.

    Steps may be skipped and taken back; days of states that are not reached any more are forgotten.
    """
    if to not in State.values:
        raise TrackingRefused(_("We did not understand that. Use one of the buttons on this page."))
    found = TrackedApplication.objects.select_for_update().get(pk=application.pk)
    state = State(to)
    if state != State.CLOSED:
        for later in ORDER[ORDER.index(state) + 1 :]:
            setattr(found, TrackedApplication.DAYS[later], None)
    found.state = state
    if on is not None:
        setattr(found, TrackedApplication.DAYS[state], on)
    _fill_day(found, on=localdate(now))
    found.save()
    return found


def _fill_day(application, *, on):
    name = TrackedApplication.DAYS[State(application.state)]
    if getattr(application, name) is None:
        setattr(application, name, on)


def steps(application: TrackedApplication):
    """The five states as the page draws them: label, day or None, and whether it is done or now."""
    now_at = ORDER.index(State(application.state))
    return [
        {
            "state": state,
            "label": state.label,
            "on": getattr(application, TrackedApplication.DAYS[state]),
            "is_now": index == now_at,
            "is_done": index < now_at and getattr(application, TrackedApplication.DAYS[state]) is not None,
        }
        for index, state in enumerate(ORDER)
    ]
