"""Two threads of the sample seeker with Harborview: one that was answered, one that waits."""

from datetime import datetime, timedelta

from accounts.models import Inquiry, InquiryMessage, ReplyTemplate
from employers.models import Employer, Listing, Membership

EMPLOYER = "harborview"
QUESTION = (
    "I have worked in home care for five years and know many agencies in Albany, but I have not been a care coordinator. "
    "Do you train people who come from home care?"
)
ANSWER = (
    "Thank you for asking. Yes: the first six weeks you go along with a colleague, and you get your own people one by one. "
    "Home care is a good start for this. Do apply, or ask us more."
)
OTHER = "How many home visits are there in a usual week, and is there parking near your office?"
TEMPLATE = ("Yes, we train", ANSWER)


def load(*, seeker, now: datetime) -> None:
    """Make the threads of `seeker` that are missing, dated before `now`. No mail is sent about them."""
    employer = Employer.objects.get(slug=EMPLOYER)
    if Inquiry.objects.of_seeker(seeker).of_employer(employer).exists():
        return
    owner = employer.memberships.filter(access=Membership.Access.OWNER).order_by("pk").first()
    listing = employer.listings.filter(status=Listing.Status.PUBLISHED).order_by("pk").first()
    asked, answered = now - timedelta(days=6), now - timedelta(days=4)
    first = Inquiry.objects.create(
        seeker=seeker, employer=employer, listing=listing, about=listing.headline if listing else "",
        kind=Inquiry.Kind.QUESTION, called="Sam", state=Inquiry.State.ANSWERED, opened_at=asked, last_at=answered,
        answered_at=answered,
    )  # fmt: skip
    _say(first, "sample-question", QUESTION, seeker, asked, from_seeker=True)
    _say(first, "sample-answer", ANSWER, owner.user if owner else None, answered, from_seeker=False)
    if listing is not None:
        second = Inquiry.objects.create(
            seeker=seeker, employer=employer, kind=Inquiry.Kind.QUESTION, opened_at=answered, last_at=answered,
            waiting_since=answered,
        )  # fmt: skip
        _say(second, "sample-other", OTHER, seeker, answered, from_seeker=True)
    ReplyTemplate.objects.get_or_create(employer=employer, name=TEMPLATE[0], defaults={"text": TEMPLATE[1]})


def _say(inquiry, token, text, author, at, *, from_seeker):
    InquiryMessage.objects.create(
        inquiry=inquiry, from_seeker=from_seeker, author=author, text=text, at=at, token=token
    )
