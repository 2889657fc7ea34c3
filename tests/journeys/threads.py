"""Threads between seekers and employers in the small portal, and the pages that show them."""

from django.urls import reverse

from accounts.models import Inquiry

NAMES = (
    "thread of a seeker",
    "waiting thread of a seeker",
    "thread in the inbox",
    "waiting thread in the inbox",
    "ask",
    "apply",
)


def make(now, *, listing):
    """Where the sample threads and the forms about `listing` are found, by name."""
    answered = Inquiry.objects.filter(state=Inquiry.State.ANSWERED).order_by("pk").first()
    waiting = Inquiry.objects.filter(state=Inquiry.State.WAITING).order_by("pk").first()
    return {
        "thread of a seeker": reverse("me_inquiry", args=[answered.pk]),
        "waiting thread of a seeker": reverse("me_inquiry", args=[waiting.pk]),
        "thread in the inbox": reverse("hiring_inquiry", args=["harborview", answered.pk]),
        "waiting thread in the inbox": reverse("hiring_inquiry", args=["harborview", waiting.pk]),
        "ask": reverse("ask_opening", args=[listing.pk]),
        "apply": reverse("apply_opening", args=[listing.pk]),
    }


def visits(visit, found):
    """Every kind of page about threads; `visit` makes one visit."""
    return [
        visit("", "asking", found["ask"]),
        visit("", "asking, errors", found["ask"], press="Go on to sign in"),
        visit("", "asking an employer", "/employers/maplebridge/ask/"),
        visit("seeker", "applying", found["apply"]),
        visit("seeker", "applying, errors", found["apply"], press="Send the application"),
        visit("seeker", "my questions", "/me/inquiries/"),
        visit("seeker", "a thread", found["thread of a seeker"]),
        visit("seeker", "a waiting thread, errors", found["waiting thread of a seeker"], press="Send"),
        visit("seeker", "resumes", "/me/resumes/"),
        visit("seeker", "resumes, errors", "/me/resumes/", press="Keep this file"),
        visit("owner", "inbox, everything", "/hiring/harborview/inbox/?state=all"),
        visit("owner", "inbox, unknown view", "/hiring/harborview/inbox/?state=moon&opening=x&page=x"),
        visit("owner", "a thread in the inbox", found["thread in the inbox"]),
        visit(
            "owner",
            "a waiting thread in the inbox, errors",
            found["waiting thread in the inbox"],
            press="Send the answer",
        ),
        visit("owner", "templates for answers", "/hiring/harborview/inbox/replies/"),
        visit("owner", "templates, errors", "/hiring/harborview/inbox/replies/", press="Keep the template"),
        visit("viewer", "a waiting thread in the inbox", found["waiting thread in the inbox"]),
        visit("moderator", "inbox of others", "/hiring/harborview/inbox/"),
    ]
