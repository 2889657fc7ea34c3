"""Threads: who may ask, answer and close, what repeats and mistakes do, and who is told."""

import secrets
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import inquiries
from accounts.models import Inquiry, InquiryMessage
from careerportal.outbox.models import Delivery
from employers.models import Employer, ListingDay, Membership
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory

pytestmark = pytest.mark.django_db


def token():
    return secrets.token_hex(16)


def ask(seeker, **given):
    fields = {"text": "Do you train people?", "token": token(), "now": NOW, **given}
    if "listing" in fields and "employer" not in fields:
        fields["employer"] = fields["listing"].employer
    return inquiries.ask(seeker=seeker, **fields)


def test_a_question_about_an_opening_waits_for_its_employer():
    listing = ListingFactory(published=True)

    inquiry, is_new = ask(UserFactory(), listing=listing, called="  Jo   Q ")

    assert is_new
    assert (inquiry.state, inquiry.employer, inquiry.about) == ("waiting", listing.employer, listing.headline)
    assert inquiry.called == "Jo Q"
    assert ListingDay.objects.get(listing=listing).inquiries == 1


def test_the_same_form_sent_again_is_one_message():
    employer, seeker, form = EmployerFactory(), UserFactory(), token()

    first, _ = ask(seeker, employer=employer, token=form)
    again, is_new = ask(seeker, employer=employer, token=form)

    assert again == first
    assert not is_new
    assert InquiryMessage.objects.count() == 1


def test_a_second_question_goes_on_in_the_open_thread():
    listing, seeker = ListingFactory(published=True), UserFactory()
    first, _ = ask(seeker, listing=listing)

    second, is_new = ask(seeker, listing=listing, text="And do you pay for parking?")

    assert second == first
    assert is_new
    assert first.messages.count() == 2
    assert ListingDay.objects.get(listing=listing).inquiries == 1


def test_a_question_and_an_application_are_two_threads():
    listing, seeker = ListingFactory(published=True), UserFactory()

    question, _ = ask(seeker, listing=listing)
    application, _ = ask(seeker, listing=listing, kind="application")

    assert question != application


@pytest.mark.parametrize("trait", ["unapproved", "suspended"])
def test_an_employer_that_is_not_verified_or_is_suspended_cannot_be_asked(trait):
    with pytest.raises(inquiries.InquiryRefused, match="inbox is closed"):
        ask(UserFactory(), employer=EmployerFactory(**{trait: True}))


def test_an_employer_that_only_a_register_lists_cannot_be_asked():
    with pytest.raises(inquiries.InquiryRefused, match="inbox is closed"):
        ask(UserFactory(), employer=EmployerFactory(unapproved=True, listed_from="register"))


def test_a_closed_opening_cannot_be_asked_about():
    with pytest.raises(inquiries.InquiryRefused, match="opening is closed"):
        ask(UserFactory(), listing=ListingFactory(closed=True))


def test_nobody_writes_to_their_own_organization():
    member = MembershipFactory()

    with pytest.raises(inquiries.InquiryRefused, match="act for this organization"):
        ask(member.user, employer=member.employer)


@pytest.mark.parametrize(("text", "words"), [("  \n", "Write something"), ("x" * 4001, "too long")])
def test_a_message_has_words_and_not_too_many(text, words):
    with pytest.raises(inquiries.InquiryRefused, match=words):
        ask(UserFactory(), employer=EmployerFactory(), text=text)

    assert not Inquiry.objects.exists()


def test_beyond_twenty_new_threads_a_day_one_waits():
    seeker = UserFactory()
    InquiryFactory.create_batch(20, seeker=seeker, opened_at=NOW - timedelta(hours=2))

    with pytest.raises(inquiries.InquiryRefused, match="20 places"):
        ask(seeker, employer=EmployerFactory())

    inquiry, _ = ask(seeker, employer=EmployerFactory(), now=NOW + timedelta(days=1))
    assert inquiry.pk


def test_an_answer_ends_the_wait_and_the_first_one_is_remembered():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer)

    inquiries.answer(inquiry=inquiry, by=member.user, text="Yes, we do.", token=token(), now=NOW + timedelta(days=2))
    inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="Thanks!", token=token(), now=NOW + timedelta(days=3))
    inquiries.answer(inquiry=inquiry, by=member.user, text="Welcome.", token=token(), now=NOW + timedelta(days=4))

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.waiting_since) == ("answered", None)
    assert inquiry.answered_at == NOW + timedelta(days=2)
    assert inquiry.last_at == NOW + timedelta(days=4)


def test_a_second_message_does_not_begin_the_wait_anew():
    inquiry = InquiryFactory(opened_at=NOW - timedelta(days=9))

    inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="Hello?", token=token(), now=NOW)

    inquiry.refresh_from_db()
    assert inquiry.waiting_since == NOW - timedelta(days=9)


@pytest.mark.parametrize("access", [Membership.Access.VIEWER, None])
def test_viewers_and_removed_members_do_not_answer(access):
    inquiry = InquiryFactory()
    member = MembershipFactory(employer=inquiry.employer, access=access or Membership.Access.OWNER)
    if access is None:
        member.delete()

    with pytest.raises(inquiries.InquiryRefused, match="owner or a recruiter"):
        inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=token(), now=NOW)


def test_another_employer_does_not_answer():
    with pytest.raises(inquiries.InquiryRefused):
        inquiries.answer(inquiry=InquiryFactory(), by=MembershipFactory().user, text="Yes.", token=token(), now=NOW)


def test_a_suspended_organization_neither_answers_nor_is_written_to():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer)
    Employer.objects.update(suspended_at=NOW, suspended_reason="Openings that do not exist.")

    with pytest.raises(inquiries.InquiryRefused, match="inbox is closed"):
        inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=token(), now=NOW)
    with pytest.raises(inquiries.InquiryRefused, match="inbox is closed"):
        inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="Hello?", token=token(), now=NOW)


def test_another_seeker_neither_writes_closes_nor_takes_back():
    inquiry, other = InquiryFactory(), UserFactory()

    for step in (
        lambda: inquiries.write(inquiry=inquiry, seeker=other, text="Hi", token=token(), now=NOW),
        lambda: inquiries.close_by_seeker(inquiry=inquiry, seeker=other, now=NOW),
        lambda: inquiries.withdraw_resume(inquiry=inquiry, seeker=other, now=NOW),
        lambda: inquiries.attach_resume(inquiry=inquiry, seeker=other, file=None, now=NOW),
    ):
        with pytest.raises(inquiries.InquiryRefused, match="not your thread"):
            step()


def test_ten_messages_in_a_row_are_enough():
    inquiry = InquiryFactory()
    for number in range(9):
        inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text=f"{number}", token=token(), now=NOW)

    with pytest.raises(inquiries.InquiryRefused, match="in a row"):
        inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="More", token=token(), now=NOW)


def test_an_employer_closes_with_words_that_count_as_an_answer():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer)

    with pytest.raises(inquiries.InquiryRefused, match="Write something"):
        inquiries.close_by_employer(inquiry=inquiry, by=member.user, now=NOW)
    inquiries.close_by_employer(inquiry=inquiry, by=member.user, text="Thank you, not now.", token=token(), now=NOW)
    again = inquiries.close_by_employer(inquiry=inquiry, by=member.user, text="Again", token=token(), now=NOW)

    assert (again.state, again.closed_by, again.answered_at) == ("closed", "employer", NOW)
    assert inquiry.messages.count() == 2


def test_in_a_closed_thread_nobody_writes_and_one_may_ask_anew():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer)
    inquiries.close_by_seeker(inquiry=inquiry, seeker=inquiry.seeker, now=NOW)

    with pytest.raises(inquiries.InquiryRefused, match="closed"):
        inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=token(), now=NOW)
    with pytest.raises(inquiries.InquiryRefused, match="closed"):
        inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text="Hello?", token=token(), now=NOW)
    anew, _ = ask(inquiry.seeker, employer=member.employer)
    assert anew != inquiry


def test_who_leaves_takes_their_words_and_their_name_along():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer, called="Josefina Marker", text="I am Josefina.")
    said = "Dear Josefina, yes. We train on Mondays, Ms. Marker."
    inquiries.answer(inquiry=inquiry, by=member.user, text=said, token=token(), now=NOW)

    inquiries.leave(seeker=inquiry.seeker, now=NOW)

    inquiry.refresh_from_db()
    assert (inquiry.seeker, inquiry.called, inquiry.state) == (None, "", "closed")
    mine, theirs = inquiry.messages.order_by("pk")
    assert (mine.text, mine.erased_at) == ("", NOW)
    assert theirs.text == "Dear …, yes. We train on Mondays, Ms. …."


# --- Mail -----------------------------------------------------------------------------------------


def told(kind):
    return list(Delivery.objects.filter(kind=kind).order_by("due_at").values_list("address", "due_at"))


def test_the_inbox_address_hears_of_a_question_and_without_one_those_who_may_answer():
    with_inbox = EmployerFactory(inbox_email="jobs@agency.example", inbox_confirmed_at=NOW)
    MembershipFactory(employer=with_inbox)
    plain = EmployerFactory()
    people = [MembershipFactory(employer=plain, access=access).user for access in ("owner", "recruiter", "viewer")]

    ask(UserFactory(), employer=with_inbox)
    ask(UserFactory(), employer=plain)

    addresses = {address for address, _due in told("inquiry_employer")}
    assert addresses == {"jobs@agency.example", people[0].email, people[1].email}


def test_a_thread_mails_each_side_once_an_hour_at_most_and_loses_nothing():
    member = MembershipFactory()
    inquiry, _ = ask(UserFactory(), employer=member.employer)
    for minutes in (5, 10, 50):
        later = NOW + timedelta(minutes=minutes)
        inquiries.write(inquiry=inquiry, seeker=inquiry.seeker, text=f"{minutes}", token=token(), now=later)

    assert [due for _address, due in told("inquiry_employer")] == [NOW, NOW + timedelta(hours=1)]


def test_an_answer_is_told_by_the_stream_nobody_stops():
    member = MembershipFactory()
    inquiry = InquiryFactory(employer=member.employer)

    inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=token(), now=NOW)

    delivery = Delivery.objects.get(kind="inquiry_seeker")
    assert (delivery.address, delivery.stream) == (inquiry.seeker.email, "account")


# --- Constraints ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("kind_known", {"kind": "poem"}),
        ("state_known", {"state": "lost", "waiting_since": None}),
        ("waits_since_when_waiting", {"waiting_since": None}),
        ("answered_has_an_answer", {"state": "answered", "waiting_since": None}),
        ("closed_by_someone", {"state": "closed", "waiting_since": None}),
        ("in_order", {"last_at": NOW - timedelta(days=1)}),
    ],
)
def test_the_database_refuses_a_thread_that_cannot_be(name, wrong):
    inquiry = InquiryFactory()

    with pytest.raises(IntegrityError, match=f"accounts_inquiry_{name}"), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(**wrong)


def test_the_database_refuses_two_open_threads_in_one_place():
    listing = ListingFactory(published=True)
    about_opening, general = InquiryFactory(listing=listing), InquiryFactory()

    with pytest.raises(IntegrityError, match="one_open_per_opening"), transaction.atomic():
        InquiryFactory(listing=listing, seeker=about_opening.seeker)
    with pytest.raises(IntegrityError, match="one_open_per_employer"), transaction.atomic():
        InquiryFactory(employer=general.employer, seeker=general.seeker)
    with pytest.raises(IntegrityError, match="opening_has_words"), transaction.atomic():
        Inquiry.objects.filter(pk=about_opening.pk).update(about="")


def test_the_database_refuses_a_message_without_words_or_twice():
    message = InquiryFactory().messages.get()

    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        InquiryMessage.objects.filter(pk=message.pk).update(text="")
    with pytest.raises(IntegrityError, match="once_per_form"), transaction.atomic():
        InquiryMessage.objects.create(inquiry=message.inquiry, from_seeker=True, text="Hi", at=NOW, token=message.token)
