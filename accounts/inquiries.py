"""Threads between seekers and employers: asked, answered, closed. The only writers of Inquiry.state.

The employer learns what the seeker typed and nothing else. Mail only says that there is something to read
(accounts.inquiry_mail).
"""

import re
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import inquiry_mail, resumes
from accounts.models import Inquiry, InquiryMessage
from accounts.models.inquiry import CALLED_MAX_LENGTH, TEXT_MAX_LENGTH
from careerportal.core import audit
from employers import counting
from employers.models import Employer, Listing, Membership

NEW_A_DAY = 20  # new threads of one seeker
IN_A_ROW = 10  # messages of a seeker without an answer between them
ANSWERERS = (Membership.Access.OWNER, Membership.Access.RECRUITER)

State, ClosedBy = Inquiry.State, Inquiry.ClosedBy


class InquiryRefused(Exception):
    """This cannot be asked, said or closed now; str(error) is fit to show."""


def why_not(*, employer: Employer, listing: Listing | None = None, user=None, at: datetime) -> str:
    """Why `user` cannot write to an employer, or about one of its openings, at `at`; "" when nothing stands against it."""
    if not employer.takes_inquiries:
        return _("This organization's inbox is closed, so nobody would read what you write.")
    if listing is not None and not listing.is_live(at=at):
        return _("This opening is closed. You can still write to the employer itself.")
    if user is not None and user.is_authenticated and employer.memberships.filter(user=user).exists():
        return _("You act for this organization yourself, so you can't write to it.")
    return ""


def opened_by(user, *, employer, listing=None, kind=Inquiry.Kind.QUESTION):
    """The unfinished thread this person has there already, or None."""
    if user is None or not user.is_authenticated:
        return None
    own = Inquiry.objects.of_seeker(user).of_employer(employer).unfinished()
    return own.filter(listing=listing, kind=kind).first() if listing is not None else own.filter(about="").first()


@transaction.atomic
def ask(
    *, seeker, employer, text, token, now: datetime, listing=None, kind=Inquiry.Kind.QUESTION, called="", file=None
):
    """Begin a thread, or go on in the one that is open there; return (Inquiry, whether a message is new).

    `token` is the form's: the same form sent again changes nothing. `file` is a resumes.Checked to send along. Raises
    InquiryRefused when the employer, or the opening, cannot be written to, and beyond NEW_A_DAY.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=seeker.pk)  # forms sent at once wait here
    before = InquiryMessage.objects.filter(inquiry__seeker=seeker, token=token).select_related("inquiry").first()
    if before is not None:
        return before.inquiry, False
    employer = Employer.objects.get(pk=employer.pk)
    if listing is not None:
        listing = Listing.objects.select_related("search").get(pk=listing.pk, employer=employer)
    if reason := why_not(employer=employer, listing=listing, user=seeker, at=now):
        raise InquiryRefused(reason)
    open_one = opened_by(seeker, employer=employer, listing=listing, kind=kind)
    if open_one is not None:
        _message, is_new = write(inquiry=open_one, seeker=seeker, text=text, token=token, now=now)
        if file is not None and not resumes.is_attached(open_one):
            resumes.attach(inquiry=open_one, seeker=seeker, file=file, now=now)
        return Inquiry.objects.get(pk=open_one.pk), is_new
    if Inquiry.objects.of_seeker(seeker).filter(opened_at__gt=now - timedelta(days=1)).count() >= NEW_A_DAY:
        raise InquiryRefused(
            _("You have written to %(number)s places since yesterday. Write this one tomorrow: it is kept until then.")
            % {"number": NEW_A_DAY}
        )
    inquiry = Inquiry.objects.create(
        seeker=seeker,
        employer=employer,
        listing=listing,
        about=listing.headline if listing is not None else "",
        kind=kind,
        called=" ".join(called.split())[:CALLED_MAX_LENGTH],
        opened_at=now,
        last_at=now,
        waiting_since=now,
    )
    _add(inquiry, author=seeker, from_seeker=True, text=text, token=token, now=now)
    if file is not None:
        resumes.attach(inquiry=inquiry, seeker=seeker, file=file, now=now)
    if listing is not None:
        counting.count(listing.pk, "inquiries", now=now)
    inquiry_mail.tell_employer(inquiry, now=now)
    return inquiry, True


@transaction.atomic
def write(*, inquiry: Inquiry, seeker, text, token, now: datetime):
    """Add what the seeker says in an open thread; return (InquiryMessage, is_new).

    The employer's wait begins anew only when it had answered. Raises InquiryRefused for a closed thread, a closed
    inbox, and after IN_A_ROW messages without an answer.
    """
    found = _locked(inquiry)
    if found.seeker_id != seeker.pk:
        raise InquiryRefused(_("This is not your thread."))
    if said := found.messages.filter(token=token).first():
        return said, False
    _refuse_closed(found)
    if not found.employer.takes_inquiries:
        raise InquiryRefused(_("This organization's inbox is closed, so nobody would read what you write."))
    last = found.messages.filter(from_seeker=False).order_by("-at", "-pk").values_list("pk", flat=True).first() or 0
    if found.messages.filter(from_seeker=True, pk__gt=last).count() >= IN_A_ROW:
        raise InquiryRefused(_("You have sent a lot of messages in a row. Give them time to answer."))
    message = _add(found, author=seeker, from_seeker=True, text=text, token=token, now=now)
    _wait_for_employer(found, now=now)
    inquiry_mail.tell_employer(found, now=now)
    return message, True


@transaction.atomic
def attach_resume(*, inquiry: Inquiry, seeker, file, now: datetime) -> Inquiry:
    """Send a resume (a resumes.Checked) along in an open thread that has none. Raises InquiryRefused."""
    found = _locked(inquiry)
    if found.seeker_id != seeker.pk:
        raise InquiryRefused(_("This is not your thread."))
    _refuse_closed(found)
    if resumes.is_attached(found):
        raise InquiryRefused(_("A resume was sent here already. Take it back first, then send the other."))
    resumes.attach(inquiry=found, seeker=seeker, file=file, now=now)
    _wait_for_employer(found, now=now)
    inquiry_mail.tell_employer(found, now=now)
    return found


@transaction.atomic
def withdraw_resume(*, inquiry: Inquiry, seeker, now: datetime) -> Inquiry:
    """Take the sent resume back: nobody can download it from now on. A thread without one stays as it is."""
    found = _locked(inquiry)
    if found.seeker_id != seeker.pk:
        raise InquiryRefused(_("This is not your thread."))
    if resumes.is_attached(found):
        resumes.delete(found.resume)
        found.withdrew_resume_at = now
        found.save(update_fields=["withdrew_resume_at", "updated_at"])
    return found


@transaction.atomic
def answer(*, inquiry: Inquiry, by, text, token, now: datetime):
    """Add what the employer answers; return (InquiryMessage, is_new).

    Raises InquiryRefused unless `by` is an owner or recruiter at this moment, of an employer whose inbox is open, and for
    a closed thread.
    """
    found = _locked(inquiry)
    _refuse_stranger(found, by)
    if said := found.messages.filter(token=token).first():
        return said, False
    _refuse_closed(found)
    message = _add(found, author=by, from_seeker=False, text=text, token=token, now=now)
    found.state, found.waiting_since, found.last_at = State.ANSWERED, None, now
    found.answered_at = found.answered_at or now
    found.save(update_fields=["state", "waiting_since", "last_at", "answered_at", "updated_at"])
    inquiry_mail.tell_seeker(found, inquiry_mail.ANSWERED, now=now)
    audit.record("inquiry.answered", about=found, actor=by, employer=found.employer_id, now=now)
    return message, True


@transaction.atomic
def close_by_employer(*, inquiry: Inquiry, by, now: datetime, text="", token="") -> Inquiry:
    """Close a thread for the employer with last words to the seeker; a closed one stays as it is.

    Words are needed where nothing was answered yet. Raises InquiryRefused as `answer` does.
    """
    found = _locked(inquiry)
    _refuse_stranger(found, by)
    if found.is_closed:
        return found
    if text.strip() or found.answered_at is None:
        _add(found, author=by, from_seeker=False, text=text, token=token, now=now)
        found.last_at, found.answered_at = now, found.answered_at or now
    _close(found, ClosedBy.EMPLOYER, now=now)
    inquiry_mail.tell_seeker(found, inquiry_mail.CLOSED, now=now)
    audit.record("inquiry.closed", about=found, actor=by, employer=found.employer_id, now=now)
    return found


@transaction.atomic
def close_by_seeker(*, inquiry: Inquiry, seeker, now: datetime) -> Inquiry:
    """Close a thread for its seeker: nobody writes in it any more. A closed one stays as it is."""
    found = _locked(inquiry)
    if found.seeker_id != seeker.pk:
        raise InquiryRefused(_("This is not your thread."))
    if not found.is_closed:
        _close(found, ClosedBy.SEEKER, now=now)
    return found


@transaction.atomic
def close_by_time(*, inquiry: Inquiry, now: datetime) -> bool:
    """Close a thread that nobody answered, and tell the seeker; False when it does not wait any more."""
    found = _locked(inquiry)
    if found.state != State.WAITING:
        return False
    _close(found, ClosedBy.TIME, now=now)
    inquiry_mail.tell_seeker(found, inquiry_mail.TIME, now=now)
    return True


@transaction.atomic
def leave(*, seeker, now: datetime) -> int:
    """Take a person out of all their threads for good; return how many. Dates and the employer's own words stay.

    What the seeker wrote is emptied, resumes are deleted, and how they were called is taken out of the answers.
    """
    found = list(Inquiry.objects.of_seeker(seeker).select_for_update(of=("self",)).order_by("pk"))
    for inquiry in found:
        inquiry.messages.filter(from_seeker=True).update(text="", erased_at=now, updated_at=now)
        _forget_called(inquiry)
        if not inquiry.is_closed:
            _close(inquiry, ClosedBy.SEEKER, now=now)
        inquiry.seeker, inquiry.called = None, ""
        inquiry.save(update_fields=["seeker", "called", "updated_at"])
    resumes.delete_all(seeker)
    return len(found)


def _forget_called(inquiry):
    """Replace the name a seeker went by in what the employer wrote."""
    names = [inquiry.called, *(word for word in inquiry.called.split() if word[:1].isupper() and len(word) > 1)]
    names = [re.escape(name) for name in names if name]
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)
    for message in inquiry.messages.filter(from_seeker=False, erased_at=None):
        text = pattern.sub("…", message.text)
        if text != message.text:
            message.text = text
            message.save(update_fields=["text", "updated_at"])


def _locked(inquiry):
    return Inquiry.objects.select_for_update(of=("self",)).select_related("employer", "listing").get(pk=inquiry.pk)


def _refuse_closed(inquiry):
    if inquiry.seeker_id is None:
        raise InquiryRefused(_("The seeker has left the portal, so nobody would read this."))
    if inquiry.is_closed:
        raise InquiryRefused(_("This thread is closed, so nobody waits for a message in it any more."))


def _refuse_stranger(inquiry, user):
    if not inquiry.employer.memberships.filter(user=user, access__in=ANSWERERS).exists():
        raise InquiryRefused(_("Only an owner or a recruiter of this organization answers."))
    if not inquiry.employer.takes_inquiries:
        raise InquiryRefused(_("Your organization's inbox is closed while it is not verified or not shown."))


def _add(inquiry, *, author, from_seeker, text, token, now):
    said = text.strip().replace("\r\n", "\n")
    if not said:
        raise InquiryRefused(_("Write something first."))
    if len(said) > TEXT_MAX_LENGTH:
        raise InquiryRefused(_("This is too long: up to 4,000 characters fit."))
    return InquiryMessage.objects.create(
        inquiry=inquiry, author=author, from_seeker=from_seeker, text=said, token=token, at=now
    )


def _wait_for_employer(inquiry, *, now):
    if inquiry.state == State.ANSWERED:
        inquiry.state, inquiry.waiting_since, inquiry.reminded_days = State.WAITING, now, 0
    inquiry.last_at = now
    inquiry.save(update_fields=["state", "waiting_since", "reminded_days", "last_at", "updated_at"])


def _close(inquiry, who, *, now):
    inquiry.state, inquiry.waiting_since, inquiry.closed_at, inquiry.closed_by = State.CLOSED, None, now, who
    inquiry.save(
        update_fields=["state", "waiting_since", "closed_at", "closed_by", "last_at", "answered_at", "updated_at"]
    )
