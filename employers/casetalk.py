"""What moderators and employers say to each other about a case, on the site; mail only says that there is something."""

import difflib
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import case_mail, drafts, searchrow
from employers.models import Case, CaseMessage, Listing, Membership

FIXABLE = ("headline", "description", "benefits", "caseload")
SHORT = 400  # letters
ALIKE_FROM = 0.8  # less of a text left as it was is no typing error any more
WITH_ANSWER = (Case.Kind.OPENING, Case.Kind.EDIT, Case.Kind.GROUP, Case.Kind.ORGANIZATION)
AGAINST = ("taken-down", "suspended")


class TalkRefused(Exception):
    """This cannot be said or mended; str(error) is fit to show."""


def told_to(user, employer):
    """The cases of an employer that this person may read about: those with a message or an answer for the employer.

    A request for verification is its asker's and, once they are a member, the team's; what readers said never is.
    """
    messages = CaseMessage.objects.filter(case=OuterRef("pk"), is_internal=False)
    is_member = employer.memberships.filter(user=user).exists()
    members = Membership.objects.filter(employer=employer, user=OuterRef("verification__user"))
    ours = Q(verification=None) | Q(verification__user=user) | Exists(members)
    mine = ours if is_member else Q(verification__user=user, verification__isnull=False)
    answered = ~Q(reason="") & (Q(kind__in=WITH_ANSWER) | Q(kind=Case.Kind.REPORT, outcome__in=AGAINST))
    return (
        Case.objects.filter(mine, Exists(messages) | answered, employer=employer)
        .select_related("listing", "verification")
        .order_by("-updated_at", "-pk")
    )


def may_answer(user, case):
    """Whether a person may answer for the employer: its owners and recruiters, and who asked for the verification."""
    asker = case.verification is not None and case.verification.user_id == user.pk
    members = case.employer.memberships.filter(user=user, access__in=["owner", "recruiter"])
    return asker or members.exists()


@transaction.atomic
def say(*, case: Case, by, text: str, now: datetime, is_internal=False) -> CaseMessage:
    """Add what a moderator says about a case: to the employer, or with `is_internal` a note that only staff see.

    The same words once more right away are the same message. Raises TalkRefused without words.
    """
    message, is_new = _add(case, by, text, from_staff=True, is_internal=is_internal)
    if is_new:
        audit.record("case.noted" if is_internal else "case.asked", about=case, actor=by, now=now)
        if not is_internal:
            case_mail.tell(case, about=f"message:{message.pk}", now=now)
    return message


@transaction.atomic
def answer(*, case: Case, by, text: str, now: datetime) -> CaseMessage:
    """Add what the employer answers. Raises TalkRefused without words, for a viewer, or when the case is decided."""
    if not may_answer(by, case):
        raise TalkRefused(_("You may read this, but only an owner or a recruiter answers."))
    message, is_new = _add(case, by, text, from_staff=False, is_internal=False)
    if is_new:
        audit.record("case.answered", about=case, actor=by, now=now)
    return message


def _add(case, by, text, *, from_staff, is_internal):
    said = text.strip().replace("\r\n", "\n")[:4000]
    if not said:
        raise TalkRefused(_("Write something first."))
    found = Case.objects.select_for_update().get(pk=case.pk)  # the same form sent twice waits here
    if found.decided_at is not None and not from_staff:
        raise TalkRefused(_("This is decided, so nobody waits for an answer any more."))
    last = found.messages.order_by("-pk").first()
    fields = {"author_id": by.pk, "from_staff": from_staff, "is_internal": is_internal, "text": said}
    if last is not None and all(getattr(last, name) == value for name, value in fields.items()):
        return last, False
    return CaseMessage.objects.create(case=found, **fields), True


@transaction.atomic
def mend(*, case: Case, by, changes: dict, now: datetime) -> Listing:
    """Correct typing errors in the opening of a case; the employer gets the difference as a message. Return it as saved.

    `changes` are texts by names of FIXABLE. Raises TalkRefused when nothing differs, or when it is more than typing
    errors: an ad is its employer's, and what is wrong with it is said to them.
    """
    searchrow.hold(employer_id=case.employer_id)
    listing = Listing.objects.select_for_update(of=("self",)).get(pk=case.listing_id)
    changed = {name: text.strip() for name, text in changes.items() if text.strip() != getattr(listing, name).strip()}
    if not changed:
        raise TalkRefused(_("Nothing is different."))
    lines = [_("A moderator corrected typing errors in this opening:")]
    for name, text in changed.items():
        before = getattr(listing, name)
        if not text or _share_left(before, text) < ALIKE_FROM:
            raise TalkRefused(_("That is more than typing errors. Send it back with a reason instead."))
        lines += ["", _label(name), *_difference(before, text)]
    listing = drafts.revise(listing=listing, content=changed)
    message, _is_new = _add(case, by, "\n".join(lines), from_staff=True, is_internal=False)
    audit.record(
        "listing.corrected", about=listing, actor=by, employer=listing.employer_id, now=now, fields=sorted(changed)
    )
    case_mail.tell(case, about=f"message:{message.pk}", now=now)
    return listing


def _share_left(before, after):
    """The share of a text that stays, 0 to 1: of short ones by letters, of long ones by words."""
    one, other = (before, after) if len(before) < SHORT else (before.split(), after.split())
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _difference(before, after):
    """The lines that differ: "- " what stood there, "+ " what stands there now."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line.startswith(("- ", "+ "))]


def _label(name):
    return {
        "headline": _("Headline"),
        "description": _("Description"),
        "benefits": _("What they offer"),
        "caseload": _("Caseload"),
    }[name]
