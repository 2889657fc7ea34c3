"""What a page says of one thread, for either side: its state in words, its messages, its resume."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.inquiry_mail import about_what
from accounts.inquiry_timers import CLOSE_DAYS
from accounts.models import Inquiry, InquiryMessage, Resume

State, ClosedBy = Inquiry.State, Inquiry.ClosedBy


@dataclass(frozen=True)
class ThreadPage:
    """One thread: `about` in words, `messages` oldest first, the sent `resume` or None, when it closes by itself."""

    about: str
    messages: list[InquiryMessage]
    resume: Resume | None
    closes_at: datetime | None


def page_of(inquiry: Inquiry, *, at: datetime) -> ThreadPage:
    """The ThreadPage of a thread at `at`. Two queries."""
    return ThreadPage(
        about=about_what(inquiry),
        messages=list(inquiry.messages.order_by("at", "pk")),
        resume=Resume.objects.filter(inquiry=inquiry).first(),
        closes_at=inquiry.waiting_since + timedelta(days=CLOSE_DAYS) if inquiry.waiting_since else None,
    )


def state_words(inquiry: Inquiry, *, for_employer: bool) -> str:
    """How a thread stands, in a few words for one side."""
    if inquiry.state == State.WAITING:
        return _("Waits for your answer") if for_employer else _("Waiting for an answer")
    if inquiry.state == State.ANSWERED:
        return _("Answered")
    if inquiry.seeker_id is None:
        return _("The seeker has left")
    if inquiry.closed_by == ClosedBy.TIME:
        return _("Closed without an answer")
    by_them = (inquiry.closed_by == ClosedBy.SEEKER) == for_employer
    if not by_them:
        return _("Closed by you") if not for_employer else _("Closed by your team")
    return _("Closed by the seeker") if for_employer else _("Closed by the employer")
