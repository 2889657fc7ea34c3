"""Registering and claiming, and how a rule or a moderator decides."""

import pytest

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import evidence, lifecycle, verification
from employers.models import BlockedDomain, Case, Employer, Evidence, Listing, Membership, Verification
from employers.verification import VerificationRefused
from tests.clock import NOW
from tests.employers.directory.entries import entry_for, listed
from tests.employers.verification.conftest import PHONE_KEY, person
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = {"city": "Albany", "state": "NY", "zip": "12207", "county": "Albany", "lat": 42.6584, "lng": -73.7474}


def register(user, name="Rivertown Care", **details):
    return verification.register(user=user, name=name, site=SITE, now=NOW, **details)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# --- Registering ------------------------------------------------------------------------------------


def test_registering_makes_an_owner_in_waiting_a_request_and_a_case():
    user = person("dana@rivertown.org")

    asked = register(user)

    assert asked.employer.memberships.get().access == "owner"
    assert not asked.employer.is_public
    case = Case.objects.get()
    assert (case.verification, case.kind, case.is_urgent, case.risks) == (asked, "organization", False, [])
    assert verbs() == ["employer.registered", "verification.asked"]


def test_free_mail_is_said_to_moderators_and_keeps_nobody_out():
    asked = register(person("dana@gmail.com"))

    assert asked.risks == ["free-mail"]
    assert asked.employer.memberships.count() == 1


@pytest.mark.parametrize(
    ("address", "risk"),
    [
        ("x@mailinator.com", "disposable-mail"),
        ("x@hudsoncare-careers.com", "look-alike"),
        ("x@bad.org", "blocked-domain"),
    ],
)
def test_a_crook_registers_and_is_nobody_until_a_moderator_looks(agency, address, risk):
    BlockedDomain.objects.create(domain="bad.org", reason="Fake openings.")

    asked = register(person(address))

    assert risk in asked.risks
    assert not Membership.objects.exists()
    assert Case.objects.get().is_urgent == (risk != "disposable-mail")


def test_the_website_someone_types_is_looked_at_too(agency):
    asked = register(person("dana@gmail.com"), website="https://hudsoncare-jobs.org")

    assert "look-alike" in asked.risks
    assert "Looks like hudsoncare.org (added word)." in Case.objects.get().note


def test_three_requests_wait_at_most():
    user = person("dana@rivertown.org")
    for name in ("One Care", "Two Care", "Three Care"):
        register(user, name=name)

    with pytest.raises(VerificationRefused, match="3 requests of yours wait already"):
        register(user, name="Four Care")
    assert Employer.objects.count() == 3


# --- Claiming ---------------------------------------------------------------------------------------


def test_the_first_claimant_becomes_owner_in_waiting_and_the_page_stays_as_the_register_says(agency):
    user = person("hhrecruiting@gmail.com")

    asked = verification.claim(employer=agency, user=user, statement="I am the only recruiter.", now=NOW)

    agency.refresh_from_db()
    assert (asked.status, asked.reason, asked.risks) == ("open", "claim", ["free-mail"])
    assert agency.memberships.get().user == user
    assert agency.is_public
    assert not agency.is_approved
    assert Case.objects.get().note == "I am the only recruiter."
    lifecycle.publish(listing=ListingFactory(employer=agency), now=NOW)
    assert not Listing.objects.live(at=NOW).exists()


def test_an_address_at_the_registers_website_verifies_at_once(agency):
    user = person("private@gmail.com", "dana@mail.hudsoncare.org")

    asked = verification.claim(employer=agency, user=user, now=NOW)

    agency.refresh_from_db()
    assert (asked.status, asked.decided_by) == ("approved", None)
    assert agency.approved_at == NOW
    assert agency.approval_evidence == "Confirmed address at hudsoncare.org, which a register holds."
    assert asked.evidence.get().method == "domain-mail"
    assert not Case.objects.filter(decided_at=None).exists()
    assert Delivery.objects.get().kind == "employer_approved"


def test_an_address_that_was_not_confirmed_verifies_nothing(agency):
    user = UserFactory(email="dana@hudsoncare.org")
    user.emailaddress_set.create(email="dana@hudsoncare.org", verified=False, primary=True)

    asked = verification.claim(employer=agency, user=user, now=NOW)

    assert asked.status == "open"


def test_the_second_claimant_waits_outside(agency):
    verification.claim(employer=agency, user=person("first@gmail.com"), now=NOW)

    second = verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW)

    assert (second.status, second.risks) == ("open", ["second-claim"])
    assert agency.memberships.count() == 1


def test_who_claims_an_employer_with_a_team_waits_outside():
    team = MembershipFactory()

    asked = verification.claim(employer=team.employer, user=person("x@gmail.com"), now=NOW)

    assert "second-claim" in asked.risks
    assert team.employer.memberships.get() == team


@pytest.mark.parametrize("address", ["x@hudsoncare-careers.com", "x@hudsoncаre.org", "x@hudsoncare.com"])
def test_a_look_alike_never_becomes_a_member(agency, address):
    asked = verification.claim(employer=agency, user=person(address), now=NOW)

    assert "look-alike" in asked.risks
    assert not agency.memberships.exists()
    assert Case.objects.get().is_urgent


def test_a_look_alike_with_a_second_address_that_would_verify_waits_too(agency):
    asked = verification.claim(employer=agency, user=person("x@hudsoncare.com", "y@hudsoncare.org"), now=NOW)

    assert asked.status == "open"
    assert not agency.memberships.exists()


def test_asking_twice_is_asking_once(agency):
    user = person("first@gmail.com")

    first = verification.claim(employer=agency, user=user, now=NOW)

    assert verification.claim(employer=agency, user=user, now=NOW) == first
    assert Case.objects.count() == Verification.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize("hidden", [{"suspended_at": NOW, "suspended_reason": "Fake."}, {"closed_at": NOW}])
def test_what_is_not_public_cannot_be_claimed(agency, hidden):
    Employer.objects.filter(pk=agency.pk).update(**hidden)

    with pytest.raises(VerificationRefused, match="cannot be claimed"):
        verification.claim(employer=agency, user=person(), now=NOW)


# --- Deciding ---------------------------------------------------------------------------------------


@pytest.fixture
def moderator(db):
    return UserFactory(is_staff=True)


@pytest.fixture
def claimed(agency):
    return verification.claim(employer=agency, user=person("hhrecruiting@gmail.com"), now=NOW)


def test_a_call_back_on_the_registers_phone_verifies(claimed, moderator):
    evidence.record_call(
        verification=claimed, phone=PHONE_KEY, by=moderator, is_confirmed=True, note="Dana, front desk: yes.", now=NOW
    )

    done = verification.approve(verification=claimed, by=moderator, now=NOW)

    employer = Employer.objects.get(pk=claimed.employer_id)
    assert (done.status, done.decided_by, employer.approved_by) == ("approved", moderator, moderator)
    assert employer.approval_evidence == "a call back on the register's phone"
    assert Case.objects.get().outcome == "approved"
    assert verbs()[-2:] == ["evidence.passed", "verification.approved"]
    assert Delivery.objects.get(kind="employer_approved")


def test_nothing_is_approved_without_evidence(claimed, moderator):
    with pytest.raises(VerificationRefused, match="on what evidence"):
        verification.approve(verification=claimed, by=moderator, now=NOW)


def test_nobody_decides_about_themselves(claimed):
    for decide in (verification.approve, verification.reject):
        extra = {"evidence": "x"} if decide is verification.approve else {"reason": "x"}
        with pytest.raises(VerificationRefused, match="someone else must decide"):
            decide(verification=claimed, by=claimed.user, now=NOW, **extra)


def test_a_refusal_undoes_the_claim_with_its_drafts_and_touches_no_approval(claimed, moderator):
    ListingFactory(employer=claimed.employer, created_by=claimed.user)
    kept = ListingFactory(employer=claimed.employer)

    done = verification.reject(verification=claimed, by=moderator, reason="The front desk does not know you.", now=NOW)

    assert done.status == "rejected"
    assert not Membership.objects.exists()
    assert list(Listing.objects.all()) == [kept]
    assert Employer.objects.get(pk=claimed.employer_id).approved_at is None
    assert Employer.objects.get(pk=claimed.employer_id).is_public
    assert Delivery.objects.get().kind == "employer_verification"
    assert Case.objects.get().reason == "The front desk does not know you."


def test_a_refusal_of_somebody_else_leaves_a_verified_team_alone(moderator):
    team = MembershipFactory()
    asked = verification.claim(employer=team.employer, user=person("x@gmail.com"), now=NOW)

    verification.reject(verification=asked, by=moderator, reason="Not known there.", now=NOW)

    team.employer.refresh_from_db()
    assert team.employer.is_approved
    assert team.employer.memberships.get() == team


@pytest.mark.parametrize("step", ["approve", "reject", "withdraw"])
def test_what_is_decided_stays_decided(claimed, moderator, step):
    verification.reject(verification=claimed, by=moderator, reason="No.", now=NOW)
    calls = {
        "approve": lambda: verification.approve(verification=claimed, by=moderator, evidence="x", now=NOW),
        "reject": lambda: verification.reject(verification=claimed, by=moderator, reason="x", now=NOW),
        "withdraw": lambda: verification.withdraw(verification=claimed, user=claimed.user, now=NOW),
    }

    with pytest.raises(VerificationRefused, match="decided already"):
        calls[step]()


def test_a_refusal_needs_a_reason(claimed, moderator):
    with pytest.raises(VerificationRefused, match="Say why"):
        verification.reject(verification=claimed, by=moderator, reason=" ", now=NOW)


def test_when_the_second_claimant_is_the_real_one_the_first_is_out(agency, claimed, moderator):
    second = verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW)

    verification.approve(verification=second, by=moderator, evidence="Called back.", now=NOW)

    assert agency.memberships.get().user == second.user
    claimed.refresh_from_db()
    assert claimed.status == "open"


def test_who_brought_colleagues_keeps_them_when_verified(agency, claimed, moderator):
    colleague = MembershipFactory(employer=agency, access="recruiter")

    verification.approve(verification=claimed, by=moderator, evidence="Called back.", now=NOW)

    assert set(agency.memberships.values_list("user", flat=True)) == {claimed.user_id, colleague.user_id}


def test_taking_a_claim_back_leaves_nothing_behind(claimed):
    verification.withdraw(verification=claimed, user=claimed.user, now=NOW)

    assert not Membership.objects.exists()
    assert Case.objects.get().outcome == "withdrawn"


def test_nobody_takes_back_what_somebody_else_asked(claimed):
    with pytest.raises(VerificationRefused, match="Only the person who asked"):
        verification.withdraw(verification=claimed, user=person("x@gmail.com"), now=NOW)


def test_after_three_refusals_one_writes_to_people(agency, moderator):
    user = person("x@gmail.com")
    for _time in range(3):
        asked = verification.claim(employer=agency, user=user, now=NOW)
        verification.reject(verification=asked, by=moderator, reason="No.", now=NOW)

    with pytest.raises(VerificationRefused, match="asked for this organization 3 times"):
        verification.claim(employer=agency, user=user, now=NOW)


def test_a_refused_new_organization_may_be_asked_for_again(moderator):
    asked = register(person("dana@rivertown.org"))
    verification.reject(verification=asked, by=moderator, reason="We could not reach you.", now=NOW)

    again = verification.ask_again(employer=asked.employer, user=asked.user, now=NOW)

    assert again != asked
    assert again.status == "open"
    assert verification.ask_again(employer=asked.employer, user=asked.user, now=NOW) == again


# --- Another name or website -------------------------------------------------------------------------


@pytest.fixture
def owner(db):
    return MembershipFactory(employer=EmployerFactory(name="Rivertown Care", slug="r", website="https://rivertown.org"))


def ask_for(owner, name="Rivertown Care", website="https://rivertown.org"):
    return verification.change(employer=owner.employer, user=owner.user, name=name, website=website, now=NOW)


@pytest.mark.parametrize("change", [{"name": "Rivertown Cares"}, {"website": "https://other.org"}, {"website": ""}])
def test_a_new_name_or_domain_waits_while_the_old_stays_public(owner, moderator, change):
    asked = ask_for(owner, **change)

    employer = Employer.objects.get(pk=owner.employer_id)
    assert (employer.name, employer.website) == ("Rivertown Care", "https://rivertown.org")
    assert employer.is_approved
    verification.approve(verification=asked, by=moderator, evidence="Certificate of the state.", now=NOW)
    employer.refresh_from_db()
    assert {"name": employer.name, "website": employer.website}.items() >= change.items()
    assert Delivery.objects.get().kind == "employer_verification"


def test_another_page_of_the_same_domain_changes_at_once(owner):
    assert ask_for(owner, website="https://www.rivertown.org/about") is None
    assert Employer.objects.get().website == "https://www.rivertown.org/about"


def test_a_refused_change_changes_nothing(owner, moderator):
    asked = ask_for(owner, name="Mount Sinai")
    verification.reject(verification=asked, by=moderator, reason="That is somebody else.", now=NOW)

    employer = Employer.objects.get()
    assert employer.name == "Rivertown Care"
    assert employer.is_approved
    assert owner.employer.memberships.exists()


def test_a_second_wish_replaces_the_first(owner):
    ask_for(owner, name="A Care")
    asked = ask_for(owner, name="B Care")

    assert Verification.objects.get() == asked
    assert asked.proposed_name == "B Care"


def test_only_owners_change_the_name(owner):
    recruiter = MembershipFactory(employer=owner.employer, access="recruiter")

    with pytest.raises(VerificationRefused, match="Only an owner"):
        ask_for(recruiter, name="X Care")


def test_an_unverified_claimant_cannot_rename_a_registers_entry(agency, claimed):
    with pytest.raises(VerificationRefused, match="once your organization is verified"):
        verification.change(employer=agency, user=claimed.user, name="Mine", website="", now=NOW)


def test_renaming_while_one_waits_is_looked_at_with_the_request(agency):
    asked = register(person("dana@rivertown.org"))

    verification.change(
        employer=asked.employer, user=asked.user, name="Rivertown", website="https://hudsoncare-jobs.org", now=NOW
    )

    assert "look-alike" in Case.objects.get().risks


def test_evidence_outlives_the_decision(claimed, moderator):
    evidence.record_call(
        verification=claimed, phone=PHONE_KEY, by=moderator, is_confirmed=False, note="Unknown.", now=NOW
    )
    verification.reject(verification=claimed, by=moderator, reason="Not known there.", now=NOW)

    kept = Evidence.objects.get()
    assert (kept.failed_at, kept.checked_by, kept.note) == (NOW, moderator, "Unknown.")


def test_entries_of_two_registers_are_one_claim(agency):
    entry_for(agency, None, source="hifld", website="http://hudsoncare.org")

    asked = verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW)

    assert asked.status == "approved"


def test_merged_away_entries_cannot_be_claimed(agency):
    Employer.objects.filter(pk=agency.pk).update(merged_into=listed(slug="kept"))

    with pytest.raises(VerificationRefused):
        verification.claim(employer=agency, user=person(), now=NOW)
