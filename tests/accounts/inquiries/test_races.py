"""The same things at once: fifty presses of one button, two members, a seeker who leaves meanwhile."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts import inquiries
from accounts.models import Inquiry, InquiryMessage
from careerportal.outbox.models import Delivery
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps):
    """Run the steps in threads of their own; what each returned or raised."""

    def run(step):
        try:
            return step()
        except inquiries.InquiryRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, steps))


def test_fifty_presses_of_ask_are_one_thread_one_message_one_mail():
    seeker, employer = UserFactory(), EmployerFactory(inbox_email="jobs@a.example", inbox_confirmed_at=NOW)
    form = {"text": "Do you train?", "token": secrets.token_hex(16), "now": NOW}

    at_once(*[lambda: inquiries.ask(seeker=seeker, employer=employer, **form)] * 50)

    assert (Inquiry.objects.count(), InquiryMessage.objects.count()) == (1, 1)
    assert Delivery.objects.filter(kind="inquiry_employer").count() == 1


def test_two_windows_with_different_words_are_one_thread_and_both_words():
    seeker, employer = UserFactory(), EmployerFactory()

    def ask(text):
        return lambda: inquiries.ask(seeker=seeker, employer=employer, text=text, token=secrets.token_hex(16), now=NOW)

    at_once(ask("One"), ask("Two"))

    assert (Inquiry.objects.count(), InquiryMessage.objects.count()) == (1, 2)


def test_twenty_a_day_hold_however_many_windows():
    seeker = UserFactory()
    employers = EmployerFactory.create_batch(25)

    at_once(
        *[
            lambda one=one: inquiries.ask(seeker=seeker, employer=one, text="Hi", token=secrets.token_hex(16), now=NOW)
            for one in employers
        ]
    )

    assert Inquiry.objects.count() == 20


def test_fifty_presses_of_answer_are_one_message():
    inquiry = InquiryFactory()
    member = MembershipFactory(employer=inquiry.employer)
    form = {"text": "Yes.", "token": secrets.token_hex(16), "now": NOW}

    at_once(*[lambda: inquiries.answer(inquiry=inquiry, by=member.user, **form)] * 50)

    assert inquiry.messages.filter(from_seeker=False).count() == 1
    assert Delivery.objects.filter(kind="inquiry_seeker").count() == 1


def test_a_seeker_who_leaves_while_somebody_answers_leaves_no_words_behind():
    inquiry = InquiryFactory(text="Marked words")
    member = MembershipFactory(employer=inquiry.employer)

    def answer():
        return inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=secrets.token_hex(16), now=NOW)

    at_once(answer, lambda: inquiries.leave(seeker=inquiry.seeker, now=NOW), answer)

    inquiry.refresh_from_db()
    assert inquiry.seeker is None
    assert not InquiryMessage.objects.filter(text__contains="Marked").exists()
