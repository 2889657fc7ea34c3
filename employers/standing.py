"""How an organization stands, in words for its team: what waits, for how long, and what to do meanwhile."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from employers import waits
from employers.models import Employer, Verification


@dataclass(frozen=True)
class Standing:
    """`code` for tests, `tone` of the notice, its title and sentences; `to_verification`: that page is the way on."""

    code: str
    tone: str
    title: str
    sentences: tuple
    to_verification: bool = False


def standing_of(employer: Employer):
    """What a member should know first; None when all is well. At most one query."""
    if employer.is_suspended:
        said = _("Its page and openings are hidden. Reason: %(reason)s") % {"reason": employer.suspended_reason}
        return Standing("suspended", "error", _("Your organization is suspended"), (said,))
    if employer.held_at is not None:
        said = (
            _("Something about your organization was reported or looked unusual."),
            _("A person looks at it, %(when)s. You can go on preparing openings.") % {"when": waits.usually()},
        )
        return Standing("held", "warning", _("Hidden until a moderator has looked"), said)
    last = employer.verifications.order_by("-created_at", "-pk").first()
    if not employer.is_approved:
        return _unverified(last)
    if last is not None and last.status == Verification.Status.OPEN and last.reason == Verification.Reason.CHANGE:
        said = _("Until a person has looked, %(when)s, everyone sees the present one.") % {"when": waits.usually()}
        return Standing("change", "info", _("Your new name or website waits for a check"), (said,), True)
    if employer.trusted_at is None:
        said = (
            _("A person looks at the first opening you publish, %(when)s.") % {"when": waits.usually()},
            _("After that yours are published at once."),
        )
        return Standing("first", "info", _("You are verified. Your first opening gets one look"), said)
    return None


def _unverified(last):
    if last is not None and last.status == Verification.Status.REJECTED:
        said = (_("Reason: %(reason)s") % {"reason": last.decision}, _("You can offer other evidence."))
        return Standing("refused", "error", _("We could not verify your organization"), said, True)
    if last is not None and last.reason == Verification.Reason.IDLE:
        said = _("Nobody was here for 180 days, so your openings are hidden until the organization is verified again.")
        return Standing("lapsed", "warning", _("Please show once more who you are"), (said,), True)
    said = (
        _("A person checks your organization, %(when)s.") % {"when": waits.usually()},
        _("Meanwhile, prepare your openings and your team: you can publish them as soon as you are approved."),
    )
    return Standing("waiting", "warning", _("Waiting for approval"), said, True)
