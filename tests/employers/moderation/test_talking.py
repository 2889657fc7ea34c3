"""Comments both ways, notes among staff, and typing errors that a moderator corrects."""

import pytest
from django.urls import reverse

from careerportal.outbox import streams
from careerportal.outbox.models import Delivery
from employers import casetalk, moderation, reports
from employers.casetalk import TalkRefused
from employers.models import Case, CaseMessage, Listing, Membership
from tests.clock import NOW
from tests.employers_factories import ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def ask(case, by, text="Which hours?", **fields):
    return casetalk.say(case=case, by=by, text=text, now=NOW, **fields)


@pytest.fixture
def owner(first_opening):
    return first_opening.employer.memberships.get().user


@pytest.fixture
def thread(first_opening):
    return reverse("hiring_message", args=[first_opening.employer.slug, first_opening.pk])


def test_a_question_is_read_and_answered_on_the_site(client, first_opening, moderator, owner, thread):
    ask(first_opening, moderator)
    client.force_login(owner)

    assert "Which hours?" in client.get(thread).content.decode()
    assert client.post(thread, {"text": "Nine to five."}).url == thread
    said = [(message.from_staff, message.text) for message in first_opening.messages.order_by("pk")]
    assert said == [(True, "Which hours?"), (False, "Nine to five.")]


def test_mail_only_says_that_there_is_something(first_opening, moderator, owner, thread):
    ask(first_opening, moderator)
    delivery = Delivery.objects.get(kind="employer_case")
    handler = streams.handler_for("employer_case")

    assert handler.still_wanted(delivery, [], now=NOW)
    text = handler.build(delivery, [], now=NOW).body
    assert thread in text
    assert "Which hours?" not in text
    Membership.objects.all().delete()
    assert not handler.still_wanted(delivery, [], now=NOW)


def test_a_note_is_for_staff_alone(client, first_opening, moderator, owner, thread):
    ask(first_opening, moderator)
    ask(first_opening, moderator, "Smells like the agency from May.", is_internal=True)
    client.force_login(owner)

    assert "Smells like" not in client.get(thread).content.decode()
    assert Delivery.objects.filter(kind="employer_case").count() == 1


def test_the_same_words_sent_twice_are_one_message(first_opening, moderator):
    for _time in range(2):
        ask(first_opening, moderator)

    assert CaseMessage.objects.count() == Delivery.objects.filter(kind="employer_case").count() == 1


def test_a_viewer_reads_and_does_not_answer(client, first_opening, moderator, thread):
    ask(first_opening, moderator)
    client.force_login(MembershipFactory(employer=first_opening.employer, access="viewer").user)

    page = client.get(thread)
    assert "You are a viewer" in page.content.decode()
    assert client.post(thread, {"text": "Hello."}).status_code == 403


def test_strangers_find_no_thread_and_staff_are_sent_to_the_case(client, first_opening, moderator, thread):
    ask(first_opening, moderator)
    client.force_login(UserFactory())
    assert client.get(thread).status_code == 404
    client.force_login(moderator)
    assert client.get(thread).status_code == 403


def test_nobody_answers_a_decided_case(first_opening, moderator, owner):
    ask(first_opening, moderator)
    moderation.decide(case=first_opening, by=moderator, decision="accept", now=NOW)

    with pytest.raises(TalkRefused, match="decided"):
        casetalk.answer(case=first_opening, by=owner, text="Nine to five.", now=NOW)


def test_a_case_nobody_wrote_about_is_not_the_employers_to_see(client, first_opening, owner, thread):
    client.force_login(owner)

    assert client.get(thread).status_code == 404
    page = client.get(reverse("hiring_messages", args=[first_opening.employer.slug]))
    assert "No messages" in page.content.decode()


def test_the_employer_reads_why_and_never_what_readers_said(client, moderator):
    listing = ListingFactory(published=True)
    owner = MembershipFactory(employer=listing.employer).user
    said = "The night nurse was asked for $40."
    reports.report(employer=listing.employer, listing=listing, reason="scam", text=said, address="192.0.2.1", now=NOW)
    case = Case.objects.get(kind="report")
    moderation.decide(case=case, by=moderator, decision="take-down", words="It asks for money.", now=NOW)
    client.force_login(owner)

    text = client.get(reverse("hiring_message", args=[listing.employer.slug, case.pk])).content.decode()
    assert "It asks for money." in text
    assert "night nurse" not in text


def test_a_rivals_request_is_not_shown_to_the_team(client, request_case, moderator):
    moderation.decide(case=request_case, by=moderator, decision="refuse", words="They do not know you.", now=NOW)
    Membership.objects.all().delete()
    member = MembershipFactory(employer=request_case.employer).user
    address = reverse("hiring_message", args=[request_case.employer.slug, request_case.pk])

    client.force_login(member)
    assert client.get(address).status_code == 404
    client.force_login(request_case.verification.user)
    assert "They do not know you." in client.get(address).content.decode()


# --- Typing errors --------------------------------------------------------------------------------
TEXT = "You keep trakc of who does what for each person, and you call them.\nYou work in Albany."


def mend(case, by, **changes):
    return casetalk.mend(case=case, by=by, changes=changes, now=NOW)


def test_typing_errors_are_corrected_and_the_difference_is_shown(first_opening, moderator):
    Listing.objects.update(description=TEXT)
    mend(first_opening, moderator, description=TEXT.replace("trakc", "track"))

    assert "keep track of" in Listing.objects.get().description
    message = CaseMessage.objects.get()
    assert "- You keep trakc of" in message.text
    assert "+ You keep track of" in message.text
    assert "Albany" not in message.text
    assert not message.is_internal


@pytest.mark.parametrize(
    ("changes", "why"), [({"description": "A whole new text."}, "more than typing"), ({}, "Nothing is different")]
)
def test_an_ad_is_not_rewritten(first_opening, moderator, changes, why):
    with pytest.raises(TalkRefused, match=why):
        mend(first_opening, moderator, **changes)
    assert not CaseMessage.objects.exists()
