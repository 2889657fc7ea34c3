"""What notices say and what they never say; who no longer gets them."""

import secrets
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.conf import settings

from accounts import inquiries
from careerportal.outbox import streams
from careerportal.outbox.headers import finish_message
from careerportal.outbox.models import Delivery
from employers.models import Membership
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory

pytestmark = pytest.mark.django_db
MARKED = "marked-seeker@example.org"


@pytest.fixture
def told():
    """A thread with a question and an answer, and the two deliveries about them."""
    employer = EmployerFactory(name="Hudson Care", slug="hudson-care")
    member = MembershipFactory(employer=employer, user=UserFactory(email="marked-member@hudson.example"))
    listing = ListingFactory(published=True, employer=employer, headline="RN Case Manager")
    inquiry, _ = inquiries.ask(
        seeker=UserFactory(email=MARKED, name="Marked Name"), employer=employer, listing=listing, called="Marked",
        text="Marked words of a question", token=secrets.token_hex(16), now=NOW,
    )  # fmt: skip
    inquiries.answer(
        inquiry=inquiry, by=member.user, text="Marked words of an answer", token=secrets.token_hex(16), now=NOW
    )
    return inquiry


def built(kind):
    delivery = Delivery.objects.select_related("recipient").get(kind=kind)
    return delivery, streams.handler_for(kind).build(delivery, [], now=NOW)


@pytest.mark.parametrize(
    ("kind", "subject", "path"),
    [
        ("inquiry_employer", "A question about RN Case Manager", "/hiring/hudson-care/inbox/"),
        ("inquiry_seeker", "Hudson Care answered you", "/me/inquiries/"),
    ],
)
def test_a_notice_says_where_to_read_and_neither_words_nor_people(told, kind, subject, path):
    delivery, message = built(kind)
    whole = message.subject + message.body + message.alternatives[0][0] + str(message.extra_headers)

    assert message.subject == subject
    assert message.to == [delivery.address]
    assert f"{settings.PORTAL_URL}{path}{told.pk}/" in message.body
    assert "marked" not in whole.lower()
    assert f"{settings.PORTAL_URL}{path}{told.pk}/" in message.alternatives[0][0]


def test_replies_go_to_the_portal(told):
    for kind in ("inquiry_employer", "inquiry_seeker"):
        delivery, message = built(kind)
        sent = message_from_bytes(finish_message(delivery, message, now=NOW).data)
        assert settings.SUPPORT_EMAIL in sent["Reply-To"]
        assert (sent["Cc"], sent["Bcc"], sent["To"]) == (None, None, delivery.address)


def test_an_answered_question_is_not_announced_any_more(told):
    delivery, _message = built("inquiry_employer")

    assert not streams.handler_for("inquiry_employer").still_wanted(delivery, [], now=NOW)


@pytest.mark.parametrize("change", ["removed", "viewer", "suspended"])
def test_who_no_longer_answers_gets_no_notice(told, change):
    later = NOW + timedelta(hours=2)
    inquiries.write(inquiry=told, seeker=told.seeker, text="More", token=secrets.token_hex(16), now=later)
    delivery = Delivery.objects.filter(kind="inquiry_employer").latest("due_at")
    handler = streams.handler_for("inquiry_employer")
    assert handler.still_wanted(delivery, [], now=later)

    if change == "suspended":
        told.employer.suspended_at, told.employer.suspended_reason = NOW, "No."
        told.employer.save()
    elif change == "viewer":
        Membership.objects.update(access="viewer")
    else:
        Membership.objects.all().delete()

    assert not handler.still_wanted(delivery, [], now=later)


def test_who_left_gets_no_notice(told):
    delivery, _message = built("inquiry_seeker")
    handler = streams.handler_for("inquiry_seeker")
    assert handler.still_wanted(delivery, [], now=NOW)

    inquiries.leave(seeker=told.seeker, now=NOW)

    assert not handler.still_wanted(delivery, [], now=NOW)


def test_a_question_to_the_employer_itself_names_the_employer():
    member = MembershipFactory(employer__name="Hudson Care")
    inquiry = InquiryFactory(employer=member.employer)
    inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="Hi", token=secrets.token_hex(16), now=NOW)

    message = built("inquiry_employer")[1]
    assert message.subject == "A question to Hudson Care"
    assert "Somebody asked Hudson Care a question." in message.body
    assert "about Hudson Care" not in message.body
