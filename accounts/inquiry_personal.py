"""Threads and resumes in the registry of personal data (accounts.personal)."""

from accounts import inquiries, personal, resumes
from accounts.models import Inquiry, InquiryMessage, Resume, ResumeDownload
from accounts.resumefiles import folder


def register():
    """Let threads and resumes be exported, erased and merged."""
    personal.register("inquiries", export=export, erase=erase, merge=merge)


def export(user):
    """Threads, their messages of both sides, resumes as rows and as files, and when they were downloaded."""
    own = Inquiry.objects.of_seeker(user)
    yield (
        "inquiries",
        [
            {
                "inquiry": one.pk, "employer": one.employer.name, "opening": one.about, "kind": one.kind,
                "called": one.called, "state": one.state, "opened_at": one.opened_at, "answered_at": one.answered_at,
                "closed_at": one.closed_at, "closed_by": one.closed_by, "withdrew_resume_at": one.withdrew_resume_at,
            }
            for one in own.with_people().order_by("pk")
        ],
    )  # fmt: skip
    said = InquiryMessage.objects.filter(inquiry__in=own).order_by("inquiry", "at", "pk")
    yield (
        "inquiry-messages",
        [
            {
                "inquiry": one.inquiry_id,
                "from": "you" if one.from_seeker else "employer",
                "at": one.at,
                "text": one.text,
            }
            for one in said
        ],
    )
    files = list(Resume.objects.filter(user=user).order_by("pk"))
    yield (
        "resumes",
        [
            {"file": f"resume-{one.pk}.{one.kind}", "name": one.name, "inquiry": one.inquiry_id, "bytes": one.size,
             "sha256": one.sha256, "created_at": one.created_at}
            for one in files
        ],
    )  # fmt: skip
    downloads = ResumeDownload.objects.filter(inquiry__in=own).order_by("at", "pk")
    yield "resume-downloads", [{"inquiry": one.inquiry_id, "at": one.at} for one in downloads]
    for one in files:
        try:
            yield f"files/resume-{one.pk}.{one.kind}", folder.read(one.stored)
        except FileNotFoundError:  # the row says that there was one
            continue


def erase(user, now):
    """Empty what the person wrote, and delete their resumes."""
    inquiries.leave(seeker=user, now=now)


def merge(kept, gone, now):
    """Move threads and resumes. Where both wait at one place, the thread of the account that goes is closed, not lost."""
    own = Inquiry.objects.of_seeker(kept).unfinished()
    for inquiry in Inquiry.objects.of_seeker(gone).order_by("pk"):
        if not inquiry.is_closed:
            same = own.filter(employer=inquiry.employer_id, about="")
            if inquiry.listing_id is not None:
                same = own.filter(listing=inquiry.listing_id, kind=inquiry.kind)
            elif inquiry.about:
                same = own.none()
            if same.exists():
                inquiries.close_by_seeker(inquiry=inquiry, seeker=gone, now=now)
        Inquiry.objects.filter(pk=inquiry.pk).update(seeker=kept)
    InquiryMessage.objects.filter(author=gone, from_seeker=True).update(author=kept)
    there = set(Resume.objects.kept_by(kept).values_list("sha256", flat=True))
    for resume in Resume.objects.filter(user=gone).order_by("pk"):
        if resume.inquiry_id is None and resume.sha256 in there:
            resumes.delete(resume)
            continue
        Resume.objects.filter(pk=resume.pk).update(user=kept)
