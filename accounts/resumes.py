"""Resumes of seekers: kept for later, sent along with an inquiry, taken back, and downloaded by the right people only.

A file is checked before it is taken (accounts.resumefiles). What is sent is a copy of its own: changing or deleting what
lies on the shelf changes nothing for the employer, and taking the sent one back leaves the shelf alone.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Inquiry, Resume, ResumeDownload
from accounts.models.resume import FILE_NAME_MAX_LENGTH
from accounts.resumefiles import MEDIA_TYPES, FileRefused, check, folder, scanning
from careerportal.core import audit
from employers.models import Membership

LINK_SECONDS = 300
ON_THE_SHELF = 5
ORPHANS_AFTER = timedelta(hours=1)
DOWNLOADERS = (Membership.Access.OWNER, Membership.Access.RECRUITER)
_LINKS = signing.TimestampSigner(salt="accounts.resumes", sep=".", algorithm="sha256")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|%;]')

__all__ = [
    "Checked",
    "FileRefused",
    "LinkOld",
    "ResumeGone",
    "attach",
    "checked",
    "delete",
    "keep",
    "link",
    "open_link",
]


class LinkOld(Exception):
    """The link is older than five minutes."""


class ResumeGone(Exception):
    """The resume was taken back, or who asks may not have it."""


@dataclass(frozen=True)
class Checked:
    """A file that may be a resume: its bytes, kind, cleaned name, and whether a virus scanner looked."""

    content: bytes
    kind: str
    name: str
    is_scanned: bool

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def checked(*, content: bytes, name: str) -> Checked:
    """Return the Checked file for uploaded bytes and the name they came with. Raises FileRefused."""
    kind = check(content, name)
    return Checked(content, kind, clean_name(name, kind), scanning.scan(content))


def of_shelf(resume: Resume) -> Checked:
    """The Checked file of a resume that was taken before. Raises FileNotFoundError when the disk has lost it."""
    return Checked(folder.read(resume.stored), resume.kind, resume.name, resume.scanned_at is not None)


def clean_name(name: str, kind: str) -> str:
    """A file name without path, control and direction characters, at most FILE_NAME_MAX_LENGTH long, ending in `kind`."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(" " if unicodedata.category(one).startswith(("C", "Z")) else one for one in name)
    stem = " ".join(_NOT_IN_NAMES.sub(" ", name.rpartition(".")[0]).split()).strip(". ") or "resume"
    return f"{stem[: FILE_NAME_MAX_LENGTH - len(kind) - 1].strip()}.{kind}"


@transaction.atomic
def keep(*, user, file: Checked, now: datetime) -> Resume:
    """Keep a file on the shelf of a person; the same file again is the same resume.

    Raises FileRefused when ON_THE_SHELF files lie there already.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    shelf = Resume.objects.kept_by(user)
    if there := shelf.filter(sha256=file.sha256).first():
        return there
    if shelf.count() >= ON_THE_SHELF:
        raise FileRefused(_("You keep %(number)s files here already. Delete one first.") % {"number": ON_THE_SHELF})
    return _store(user, file, None, now)


def attach(*, inquiry: Inquiry, seeker, file: Checked, now: datetime) -> Resume:
    """Send a copy of a file along with an inquiry, which the caller has locked and which has none."""
    if inquiry.withdrew_resume_at is not None:
        inquiry.withdrew_resume_at = None
        inquiry.save(update_fields=["withdrew_resume_at", "updated_at"])
    return _store(seeker, file, inquiry, now)


def _store(user, file, inquiry, now):
    return Resume.objects.create(
        user=user,
        inquiry=inquiry,
        stored=folder.put(file.content, file.kind),
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        sha256=file.sha256,
        scanned_at=now if file.is_scanned else None,
    )


def is_attached(inquiry: Inquiry) -> bool:
    """Whether a resume goes with an inquiry at this moment."""
    return Resume.objects.filter(inquiry=inquiry).exists()


@transaction.atomic
def delete(resume: Resume) -> None:
    """Delete a resume, and its file once that is certain. One that is gone already is fine."""
    stored = resume.stored
    Resume.objects.filter(pk=resume.pk).delete()
    transaction.on_commit(lambda: folder.forget(stored))


@transaction.atomic
def delete_all(user) -> None:
    """Delete every resume of a person, the sent copies too, with their files."""
    for resume in Resume.objects.filter(user=user).order_by("pk"):
        delete(resume)


def link(*, inquiry: Inquiry, member) -> str:
    """The token of a link with which this member downloads this inquiry's resume within LINK_SECONDS."""
    return _LINKS.sign(f"{inquiry.pk}-{member.pk}")


@transaction.atomic
def open_link(token: str, *, inquiry: Inquiry, by, now: datetime):
    """Return (bytes, media type, file name) for a link opened by the person it was made for, and write down that it was.

    The name says nothing of the person. Raises LinkOld for a link that was ours and is over, and ResumeGone for one that
    is not ours, when it was made for another thread or person, when `by` is no owner or recruiter there any more, the
    inbox is closed, or the resume was taken back.
    """
    try:
        made_for = _LINKS.unsign(token, max_age=LINK_SECONDS)
    except signing.SignatureExpired as over:
        raise LinkOld from over
    except signing.BadSignature as bad:
        raise ResumeGone from bad
    resume = Resume.objects.select_related("inquiry__employer").filter(inquiry=inquiry).first()
    if resume is None or made_for != f"{inquiry.pk}-{by.pk}":
        raise ResumeGone
    inquiry = resume.inquiry
    may = inquiry.employer.memberships.filter(user=by, access__in=DOWNLOADERS).exists()
    if not may or not inquiry.employer.is_approved or not inquiry.employer.is_public:
        raise ResumeGone
    try:
        content = folder.read(resume.stored)
    except FileNotFoundError as lost:
        raise ResumeGone from lost
    ResumeDownload.objects.create(inquiry=inquiry, by=by, at=now)
    audit.record("resume.downloaded", about=inquiry, actor=by, employer=inquiry.employer_id, now=now)
    return content, MEDIA_TYPES[resume.kind], f"resume-{inquiry.pk}.{resume.kind}"


def sweep(*, now: datetime) -> int:
    """Delete files that no resume names: of accounts that are gone, or of a form that failed; return how many."""
    names = folder.stored(before=now - ORPHANS_AFTER)
    named = set(Resume.objects.filter(stored__in=names).values_list("stored", flat=True))
    orphans = [name for name in names if name not in named]
    for name in orphans:
        folder.forget(name)
    return len(orphans)
