"""What a person's own page says first: what needs them, in the order in which it cannot wait."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts import closing
from accounts.models import Inquiry, TrackedApplication
from employers import wording

MOST = 6
SOON_DAYS = 7


@dataclass(frozen=True)
class Need:
    """One thing to do: when, in words; what; where to do it, and the word on that link."""

    on: date
    when: str
    text: str
    address: str
    action: str


def needs(user, *, now: datetime) -> list[Need]:
    """Answers to read, openings that close, steps and interviews that come up, licenses that lapse; the nearest first."""
    today = localdate(now)
    found = [*_answers(user, today), *_closing(user, now), *_steps(user, today), *_interviews(user, today)]
    return sorted([*found, *_licences(user, now)], key=lambda need: need.on)[:MOST]


def _answers(user, today):
    answered = Inquiry.objects.of_seeker(user).filter(state=Inquiry.State.ANSWERED).with_people().newest_first()
    for inquiry in answered[:3]:
        yield Need(
            localdate(inquiry.last_at),
            _("New answer"),
            _("%(employer)s answered you.") % {"employer": inquiry.employer.name},
            reverse("me_inquiry", args=[inquiry.pk]),
            _("Read it"),
        )


def _closing(user, now):
    today = localdate(now)
    for saved in closing.closing_saves(now=now, at_once=True).filter(user=user).select_related("listing__employer")[:3]:
        yield Need(
            saved.listing.closes_on,
            wording.closes_text(saved.listing, today=today),
            _("%(opening)s at %(employer)s, which you saved")
            % {"opening": saved.listing.headline, "employer": saved.listing.employer.name},
            saved.listing.get_absolute_url(),
            _("See it"),
        )


def _steps(user, today):
    going = user.applications.exclude(state=TrackedApplication.State.CLOSED).filter(next_step_on__isnull=False)
    for one in going.order_by("next_step_on", "pk")[:3]:
        if (one.next_step_on - today).days > SOON_DAYS:
            continue
        yield Need(
            one.next_step_on,
            _("Since %(day)s") % {"day": wording.day(one.next_step_on, today=today)}
            if one.next_step_on < today
            else wording.day(one.next_step_on, today=today),
            f"{one.next_step} ({one.employer_name})",
            reverse("application", args=[one.pk]),
            _("Open it"),
        )


def _interviews(user, today):
    coming = user.applications.filter(state=TrackedApplication.State.INTERVIEW, interview_on__gte=today)
    for one in coming.order_by("interview_on", "pk")[:3]:
        yield Need(
            one.interview_on,
            wording.day(one.interview_on, today=today),
            _("Interview at %(employer)s: %(title)s") % {"employer": one.employer_name, "title": one.title},
            reverse("application_kit", args=[one.pk]),
            _("Interview kit"),
        )


def _licences(user, now):
    lapsing = closing.lapsing_licences(now=now).filter(profile__user=user).select_related("credential")
    for one in lapsing.order_by("expires_on", "pk")[:3]:
        yield Need(
            one.expires_on,
            wording.day(one.expires_on),
            _("%(licence)s lapses") % {"licence": one.credential.name},
            reverse("me_profile") + "#p-licences",
            _("Change the day"),
        )
