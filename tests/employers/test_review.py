"""First and risky openings wait for a moderator; what is held is hidden; the rest follows the first acceptance."""

import pytest

from careerportal.core.models import AuditEvent
from employers import lifecycle, organizations, searchrow
from employers.lifecycle import TransitionRefused
from employers.models import Case, Employer, Listing
from employers.risk.sameness import sketch
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, UserFactory

pytestmark = pytest.mark.django_db
ASKS_FOR_MONEY = "Before your first day you will pay a $49 registration fee."


@pytest.fixture
def moderator():
    return UserFactory()


def submitted(**traits):
    return lifecycle.publish(listing=ListingFactory(**traits), now=NOW)


@pytest.mark.parametrize(
    "traits", [{"employer__untrusted": True}, {"unapproved": True}, {"description": ASKS_FOR_MONEY}]
)
def test_first_openings_those_of_waiting_employers_and_risky_ones_wait_for_a_moderator(traits):
    listing = submitted(**traits)

    assert (listing.status, listing.submitted_at, listing.published_at) == ("in_review", NOW, None)
    assert Case.objects.get(kind="opening", listing=listing).decided_at is None
    assert not Listing.objects.live(at=NOW).exists()
    assert searchrow.differences() == []


def test_the_case_names_the_risk_and_money_is_urgent():
    case = Case.objects.get(listing=submitted(description=ASKS_FOR_MONEY))

    assert (case.risks, case.is_urgent) == (["fee-asked"], True)


def test_what_waits_cannot_be_sent_again():
    listing = submitted(employer__untrusted=True)

    with pytest.raises(TransitionRefused, match="in review already"):
        lifecycle.publish(listing=listing, now=NOW)
    assert Case.objects.count() == 1


def test_accepting_shows_it_and_trusts_its_employer(moderator):
    listing = lifecycle.accept(listing=submitted(employer__untrusted=True), by=moderator, now=NOW)

    assert (listing.status, listing.published_at) == ("published", NOW)
    assert Listing.objects.live(at=NOW).get() == listing
    assert Employer.objects.get().trusted_at == NOW
    assert submitted(employer=listing.employer).status == "published"


def test_accepting_the_first_lets_the_others_without_risk_go_live(moderator):
    employer = EmployerFactory(untrusted=True)
    first, second, risky = (
        submitted(employer=employer, description=text) for text in ("Call people.", "Visit people.", ASKS_FOR_MONEY)
    )

    lifecycle.accept(listing=first, by=moderator, now=NOW)

    assert {*Listing.objects.live(at=NOW)} == {first, second}
    assert Case.objects.get(listing=second).outcome == "accepted"
    assert Case.objects.get(listing=risky).decided_at is None


def test_nothing_of_an_unverified_organization_is_accepted(moderator):
    listing = submitted(unapproved=True)

    with pytest.raises(TransitionRefused, match="Verify the organization first"):
        lifecycle.accept(listing=listing, by=moderator, now=NOW)
    assert not Listing.objects.live(at=NOW).exists()


def test_sending_back_checks_nothing_again_and_needs_a_reason(moderator):
    listing = submitted(employer__untrusted=True)
    listing.care_settings.clear()  # it could not be published like this

    with pytest.raises(TransitionRefused, match="Say why"):
        lifecycle.reject(listing=listing, by=moderator, reason=" ", now=NOW)
    back = lifecycle.reject(listing=listing, by=moderator, reason="Say what it pays.", now=NOW)

    assert (back.status, back.rejected_reason) == ("rejected", "Say what it pays.")


def test_what_was_sent_back_can_be_sent_again():
    listing = submitted(employer__untrusted=True)
    lifecycle.reject(listing=listing, by=None, reason="Say what it pays.", now=NOW)
    Case.objects.update(decided_at=NOW, outcome="rejected")

    again = lifecycle.publish(listing=listing, now=NOW)

    assert (again.status, again.rejected_reason) == ("in_review", "")
    assert Case.objects.filter(listing=listing, decided_at=None).count() == 1


def test_taking_it_back_makes_a_draft_and_ends_the_case():
    listing = lifecycle.withdraw(listing=submitted(employer__untrusted=True), by=None, now=NOW)

    assert (listing.status, Case.objects.get().outcome) == ("draft", "withdrawn")


@pytest.mark.parametrize("traits", [{}, {"published": True}, {"closed": True}])
@pytest.mark.parametrize("step", ["accept", "withdraw", "reject"])
def test_only_what_waits_is_decided(traits, step):
    arguments = {"listing": ListingFactory(**traits), "by": None, "now": NOW}
    if step == "reject":
        arguments["reason"] = "No."

    with pytest.raises(TransitionRefused):
        getattr(lifecycle, step)(**arguments)


def test_a_held_opening_is_hidden_until_a_moderator_shows_it(moderator):
    listing = ListingFactory(published=True)

    for _twice in range(2):
        lifecycle.hold(listing=listing, now=NOW, risks=["reported"])
    assert not Listing.objects.live(at=NOW).exists()
    assert (Case.objects.count(), AuditEvent.objects.filter(verb="listing.held").count()) == (1, 1)

    lifecycle.accept(listing=listing, by=moderator, now=NOW)
    assert Listing.objects.live(at=NOW).get() == listing
    assert searchrow.differences() == []


def test_only_a_published_opening_is_held():
    with pytest.raises(TransitionRefused):
        lifecycle.hold(listing=ListingFactory(), now=NOW)


def test_a_closed_opening_with_risks_comes_back_held():
    listing = lifecycle.publish(listing=ListingFactory(closed=True, description=ASKS_FOR_MONEY), now=NOW)

    assert (listing.status, listing.held_at) == ("published", NOW)
    assert not Listing.objects.live(at=NOW).exists()
    assert Case.objects.get(listing=listing).is_urgent


def test_a_held_organization_is_hidden_with_all_its_openings_until_released(moderator):
    listing = ListingFactory(published=True)

    organizations.hold(employer=listing.employer, now=NOW, risks=["reported"])
    assert not Listing.objects.live(at=NOW).exists()
    assert not Employer.objects.public().exists()
    assert not Employer.objects.get().is_public

    organizations.unhold(employer=listing.employer, by=moderator, now=NOW)
    assert Listing.objects.live(at=NOW).get() == listing
    with pytest.raises(organizations.OrganizationRefused, match="not held"):
        organizations.unhold(employer=listing.employer, by=moderator, now=NOW)


def test_a_weak_sign_alone_keeps_nothing_back():
    employer = EmployerFactory(website="https://care.example.com")

    listing = submitted(employer=employer, apply_url="https://jobs.elsewhere.example/1")

    assert listing.status == "published"


def test_the_same_text_at_another_organization_waits():
    text = "You call each person the day after they leave the hospital, go over the medicines with them, " * 4
    submitted(description=text + "Write to us.").refresh_from_db()
    Listing.objects.update(sketch=sketch(text + "Write to us."))

    copied = submitted(description=text + "Write to them.")

    assert (copied.status, Case.objects.get().risks) == ("in_review", ["same-text-elsewhere"])


def test_every_step_leaves_a_line_in_the_audit_log(moderator):
    listing = submitted(employer__untrusted=True)
    lifecycle.accept(listing=listing, by=moderator, now=NOW)
    lifecycle.extend(listing=listing, closes_on=None, by=moderator, now=NOW)
    lifecycle.close(listing=listing, by=moderator, now=NOW)
    lifecycle.take_down(listing=listing, by=moderator, reason="Not real.", now=NOW)

    lines = AuditEvent.objects.filter(kind="listing", object_id=listing.pk).order_by("pk")
    by_moderator = [f"listing.{step}" for step in ("published", "extended", "closed", "taken_down")]
    expected = [("listing.submitted", None), *((verb, moderator.pk) for verb in by_moderator)]
    assert [(line.verb, line.actor_id) for line in lines] == expected


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_who_decide_at_once_the_second_is_told():
    listing = submitted(employer__untrusted=True)

    outcomes = race(
        lambda: lifecycle.accept(listing=listing, by=None, now=NOW),
        lambda: lifecycle.reject(listing=listing, by=None, reason="No.", now=NOW),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Listing", "TransitionRefused"]


def test_an_opening_of_another_field_shows_that_to_the_moderator_and_waits_only_with_a_second_sign():
    text = "You repair engines and sell spare parts. A license to drive a forklift is needed."
    first = submitted(headline="Forklift Driver", description=text, employer__untrusted=True)

    assert "not-this-field" in Case.objects.get(listing=first).risks
    assert submitted(headline="Forklift Driver", description=text).status == "published"
