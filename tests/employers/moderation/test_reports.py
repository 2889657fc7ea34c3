"""Reports: counted once per person, hidden by two or by a scam phrase, and nobody learns who reported."""

import pytest
from django.urls import reverse

from careerportal.core.models import AuditEvent
from employers import queue, reports
from employers.models import Case, Employer, Listing, Report
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
CHECK = "They mailed me a check to buy a laptop from their vendor."


def say(listing=None, *, address="192.0.2.1", **fields):
    fields = {"reason": "wrong", "now": NOW, **fields}
    employer = fields.pop("employer", None) or listing.employer
    return reports.report(employer=employer, listing=listing, address=address, **fields)


@pytest.fixture
def opening():
    return ListingFactory(published=True)


def is_held(opening):
    return Listing.objects.get(pk=opening.pk).held_at is not None


def test_one_report_opens_a_case_and_hides_nothing(opening):
    assert say(opening) is True

    case = queue.waiting().get()
    assert (case.kind, case.listing, case.risks, case.is_urgent) == ("report", opening, ["reported"], False)
    assert not is_held(opening)


def test_a_second_report_of_the_same_person_counts_once(opening):
    say(opening)

    assert say(opening, text="Again!") is False
    assert Report.objects.count() == 1
    assert not is_held(opening)


def test_two_independent_reports_hide_the_opening_urgently_in_one_case(opening):
    say(opening)
    say(opening, address="198.51.100.7")

    assert is_held(opening)
    assert not Listing.objects.live(at=NOW).exists()
    case = queue.waiting().get()
    assert (case.kind, case.is_urgent) == ("report", True)


def test_two_accounts_at_one_address_are_not_independent(opening):
    say(opening, user=UserFactory())
    say(opening, user=UserFactory())

    assert Report.objects.count() == 2
    assert not is_held(opening)


def test_addresses_of_one_household_are_one_reporter(opening):
    say(opening, address="2001:db8:1:2::1")

    assert say(opening, address="2001:db8:1:2:ffff::9") is False
    assert say(opening, address="2001:db8:1:3::1") is True


def test_one_report_with_a_scam_phrase_hides_the_opening(opening):
    say(opening, text=CHECK)

    assert is_held(opening)
    case = queue.waiting().get()
    assert case.is_urgent
    assert "check-mailed" in case.risks


def test_one_report_of_an_opening_with_a_scam_phrase_hides_it():
    opening = ListingFactory(published=True, description="Before you start you pay a refundable deposit of $80.")
    say(opening)

    assert is_held(opening)


@pytest.mark.parametrize("words", ["The pay was less than they said.", "They never called me back.", ""])
def test_other_words_hide_nothing(opening, words):
    say(opening, text=words)

    assert not is_held(opening)


def test_two_reports_hide_an_employer_with_all_its_openings(opening):
    employer = opening.employer
    say(employer=employer)
    say(employer=employer, address="198.51.100.7")

    assert Employer.objects.get(pk=employer.pk).held_at == NOW
    assert not Employer.objects.public().exists()
    assert not Listing.objects.live(at=NOW).exists()
    assert queue.waiting().get().is_urgent


def test_who_was_wrong_about_it_before_hides_nothing_any_more(opening):
    say(opening, text=CHECK)
    Listing.objects.update(held_at=None)
    Case.objects.update(decided_at=NOW, outcome="kept")

    assert say(opening, text=CHECK) is True
    assert not is_held(opening)


def test_who_was_wrong_before_hides_nothing_under_another_account_at_the_same_address(opening):
    say(opening, user=UserFactory(), text=CHECK)
    Listing.objects.update(held_at=None)
    Case.objects.update(decided_at=NOW, outcome="kept")

    say(opening, user=UserFactory(), text=CHECK)

    assert queue.waiting().get().is_urgent
    assert not is_held(opening)


def test_an_address_is_the_same_one_in_both_its_spellings(opening):
    say(opening, address="192.0.2.1")
    say(opening, address="::ffff:192.0.2.1", user=UserFactory())
    assert not is_held(opening)

    say(opening, address="::ffff:192.0.2.2", user=UserFactory())
    assert is_held(opening)


def test_a_report_of_a_closed_opening_waits_without_holding():
    opening = ListingFactory(closed=True)
    say(opening, text=CHECK)

    assert queue.waiting().get().is_urgent
    assert not is_held(opening)


@pytest.mark.parametrize("about_employer", [True, False])
def test_the_employers_log_does_not_say_that_anybody_reported(opening, about_employer):
    user = UserFactory()
    say(None if about_employer else opening, employer=opening.employer, user=user, text="I am the night nurse.")

    made = AuditEvent.objects.get(verb="report.made")
    assert (made.actor_id, made.employer_id) == (None, None)
    assert "night nurse" not in str(made.detail)


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_reports_at_once_make_one(django_db_serialized_rollback):
    opening = ListingFactory(published=True)

    answers = race(lambda: say(opening), times=50)

    assert sorted(answers) == [False] * 49 + [True]
    assert Report.objects.count() == Case.objects.count() == 1


# --- The page ------------------------------------------------------------------------------------
def test_anyone_reports_an_opening_from_its_page(client, opening):
    address = reverse("report_opening", args=[opening.pk])
    assert address in client.get(opening.get_absolute_url()).content.decode()
    assert address not in client.get(opening.employer.get_absolute_url()).content.decode()

    assert client.get(address).status_code == 200
    sent = client.post(address, {"reason": "scam", "text": "They want money."})

    assert sent.url == reverse("report_thanks")
    assert client.get(sent.url).status_code == 200
    assert Report.objects.get().listing == opening


def test_anyone_reports_an_employer_from_its_page(client):
    employer = EmployerFactory()
    address = reverse("report_employer", args=[employer.slug])
    assert address in client.get(employer.get_absolute_url()).content.decode()

    assert client.post(address, {"reason": "fake"}).url == reverse("report_thanks")
    assert Report.objects.get().employer == employer


def test_a_repeat_is_thanked_the_same_way(client, opening):
    address = reverse("report_opening", args=[opening.pk])

    urls = {client.post(address, {"reason": "gone"}).url for _time in range(2)}

    assert urls == {reverse("report_thanks")}
    assert Report.objects.count() == 1


def test_a_program_that_fills_the_hidden_field_is_thanked_and_forgotten(client, opening):
    sent = client.post(reverse("report_opening", args=[opening.pk]), {"reason": "gone", "website": "http://x.example"})

    assert sent.url == reverse("report_thanks")
    assert not Report.objects.exists()


def test_a_report_says_why(client, opening):
    answer = client.post(reverse("report_opening", args=[opening.pk]), {"text": "Hm."})

    assert "Choose what is wrong." in answer.content.decode()
    assert not Case.objects.exists()


def test_one_place_reports_ten_times_an_hour(client):
    openings = [ListingFactory(published=True) for _number in range(11)]

    answers = [client.post(reverse("report_opening", args=[one.pk]), {"reason": "gone"}) for one in openings]

    assert [answer.status_code for answer in answers] == [302] * 10 + [200]
    assert "a lot of reports" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("trait", "status"),
    [({"taken_down": True}, 410), ({"published": True, "suspended": True}, 410), ({}, 404), ({"closed": True}, 200)],
)
def test_what_is_gone_is_gone_for_reports_too(client, trait, status):
    assert client.get(reverse("report_opening", args=[ListingFactory(**trait).pk])).status_code == status


@pytest.mark.parametrize(("trait", "status"), [({"suspended": True}, 410), ({"unapproved": True}, 404)])
def test_an_employer_nobody_sees_cannot_be_reported(client, trait, status):
    assert client.get(reverse("report_employer", args=[EmployerFactory(**trait).slug])).status_code == status


def test_an_opening_called_report_keeps_its_page(client):
    opening = ListingFactory(published=True, headline="Report")

    assert "Report this opening" in client.get(opening.get_absolute_url()).content.decode()
    assert opening.slug == "opening"


def test_the_employer_never_sees_a_report(client, opening):
    member = MembershipFactory(employer=opening.employer)
    reporter = UserFactory(name="Night Nurse")
    say(opening, user=reporter, text="The manager asked me for money at the door.")
    client.force_login(member.user)

    for page in (reverse("hiring"), reverse("hiring_employer", args=[opening.employer.slug])):
        text = client.get(page).content.decode()
        assert "Night Nurse" not in text
        assert "at the door" not in text
        assert reporter.email not in text
