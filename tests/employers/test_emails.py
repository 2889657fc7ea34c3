"""The mail that tells members of an approval."""

import pytest

from careerportal.outbox import streams
from careerportal.outbox.models import Delivery
from employers import emails
from tests.clock import NOW
from tests.employers_factories import ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory(employer__name="Hudson Care", employer__slug="hudson-care")


def test_it_names_the_employer_and_leads_to_its_workspace(member):
    ListingFactory(employer=member.employer)
    assert emails.tell_approved(member.employer, now=NOW) == 1

    message = streams.handler_for(emails.APPROVED).build(Delivery.objects.get(), [], now=NOW)

    assert message.subject == "Hudson Care is approved"
    assert message.to == [member.user.email]
    for body in (message.body, message.alternatives[0][0]):
        assert "/hiring/hudson-care/" in body
        assert "1 draft waits for you." in body
        assert "because you act for Hudson Care" in body


def test_the_same_approval_is_told_once(member):
    emails.tell_approved(member.employer, now=NOW)

    assert emails.tell_approved(member.employer, now=NOW) == 0
    assert Delivery.objects.count() == 1


def test_it_is_not_sent_after_suspension_or_to_who_has_left(member):
    emails.tell_approved(member.employer, now=NOW)
    handler, delivery = streams.handler_for(emails.APPROVED), Delivery.objects.get()
    assert handler.still_wanted(delivery, [], now=NOW)

    member.employer.suspended_at, member.employer.suspended_reason = NOW, "Asks for money."
    member.employer.save()
    assert not handler.still_wanted(delivery, [], now=NOW)
    member.employer.suspended_at = None
    member.employer.save()
    member.delete()
    assert not handler.still_wanted(delivery, [], now=NOW)
