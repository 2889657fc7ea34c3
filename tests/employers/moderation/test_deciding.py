"""Decisions: who may take them, what each does, and that the first one wins."""

import pytest

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import corrections, groups, lifecycle, moderation, queue, reports, revisions, verification
from employers.models import BlockedDomain, Case, Employer, GuestModerator, Listing, Membership, Verification
from employers.moderation import AlreadyDecided, DecisionRefused, SomeoneElse
from tests.clock import NOW
from tests.employers.moderation.conftest import a_moderator
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db


def decide(case, decision, words="", *, by=None):
    return moderation.decide(case=case, by=by or a_moderator(), decision=decision, words=words, now=NOW)


def codes(case):
    return [choice.code for choice in moderation.choices(case)]


def held_by_reports(listing):
    for number in (1, 2):
        reports.report(employer=listing.employer, listing=listing, reason="scam", address=f"192.0.2.{number}", now=NOW)
    return queue.waiting().get()


# --- What each decision does ----------------------------------------------------------------------
def test_accepting_a_first_opening_shows_it_and_trusts_its_employer(first_opening, moderator):
    decided = decide(first_opening, "accept", by=moderator)

    assert (decided.outcome, decided.decided_by, decided.decided_at) == ("accepted", moderator, NOW)
    assert Listing.objects.live(at=NOW).exists()
    assert Employer.objects.get().trusted_at == NOW
    assert AuditEvent.objects.get(verb="case.decided").actor_id == moderator.pk
    assert Delivery.objects.get(kind="employer_case").payload == {"case": decided.pk}


def test_an_opening_is_sent_back_with_its_reason_whatever_is_wrong_with_it(first_opening):
    first_opening.listing.sites.clear()  # nothing is checked again: it only goes back
    decided = decide(first_opening, "send-back", "Say what the person does in a week.")

    listing = Listing.objects.get()
    assert (listing.status, listing.rejected_reason) == ("rejected", "Say what the person does in a week.")
    assert decided.reason == listing.rejected_reason


def test_a_reason_is_needed_where_the_employer_reads_it(first_opening):
    with pytest.raises(DecisionRefused, match="reason"):
        decide(first_opening, "send-back", "  ")

    assert Case.objects.get().decided_at is None


def test_a_request_is_verified_on_evidence(request_case):
    with pytest.raises(DecisionRefused, match="evidence"):
        decide(request_case, "approve")
    decide(request_case, "approve", "Called back on the register's phone.")

    assert Employer.objects.approved().exists()
    assert Verification.objects.get().status == "approved"
    assert Case.objects.get().outcome == "approved"


def test_a_request_is_refused_with_a_reason(request_case):
    decide(request_case, "refuse", "They do not know of this.")

    assert Verification.objects.get().decision == "They do not know of this."
    assert not Employer.objects.approved().exists()


def test_a_risky_edit_is_shown_once_accepted():
    listing = ListingFactory(published=True)
    revisions.change(listing=listing, content={"pay_min_usd": 20}, now=NOW)
    case = queue.waiting().get()

    assert codes(case) == ["accept", "send-back"]
    decide(case, "accept")
    assert Listing.objects.get().pay_min_usd == 20


def test_a_refused_edit_leaves_the_text():
    listing = ListingFactory(published=True)
    revisions.change(listing=listing, content={"pay_min_usd": 20}, now=NOW)
    decide(queue.waiting().get(), "send-back", "Pay was promised.")

    assert Listing.objects.get().pay_min_usd == 25
    assert queue.missing() == []


def test_nothing_wrong_shows_a_reported_opening_again_and_tells_its_employer_nothing():
    listing = ListingFactory(published=True)
    MembershipFactory(employer=listing.employer)
    decide(held_by_reports(listing), "keep")

    assert Listing.objects.live(at=NOW).exists()
    assert not queue.waiting().exists()
    assert not Delivery.objects.filter(kind="employer_case").exists()


def test_taking_down_ends_every_case_of_the_opening():
    listing = ListingFactory(published=True)
    revisions.change(listing=listing, content={"pay_min_usd": 20}, now=NOW)
    reports.report(employer=listing.employer, listing=listing, reason="scam", address="192.0.2.1", now=NOW)
    decide(Case.objects.get(kind="report"), "take-down", "It asks applicants for money.")

    assert Listing.objects.get().status == "taken_down"
    assert not queue.waiting().exists()


def test_a_reported_employer_is_suspended():
    employer = EmployerFactory()
    reports.report(employer=employer, reason="fake", address="192.0.2.1", now=NOW)
    decide(queue.waiting().get(), "suspend", "It is not who it says it is.")

    assert Employer.objects.get().suspended_reason == "It is not who it says it is."
    assert AuditEvent.objects.filter(verb="employer.suspended", employer_id=employer.pk).exists()


def test_a_correction_says_what_was_done():
    request = corrections.ask(employer=EmployerFactory(), kind="wrong", text="Phone is old.", now=NOW)
    decide(queue.waiting().get(), "done", "Phone mended.")

    request.refresh_from_db()
    assert request.outcome == "Phone mended."


def test_a_proposed_group_is_joined():
    owner = MembershipFactory()
    groups.propose(employer=owner.employer, name="Lakeside Health", by=owner.user, now=NOW)
    decide(queue.waiting().get(), "accept")

    assert Employer.objects.get().group.name == "Lakeside Health"


def test_what_went_away_meanwhile_can_only_be_closed(first_opening):
    lifecycle.withdraw(listing=first_opening.listing, by=None, now=NOW)
    case = queue.open_case(kind="opening", employer=first_opening.employer, listing=first_opening.listing, now=NOW)
    case.listing.refresh_from_db()

    assert codes(case) == ["nothing"]
    with pytest.raises(DecisionRefused, match="like that"):
        decide(case, "accept")
    assert decide(case, "nothing").outcome == "nothing"


def test_a_refusal_of_the_verbs_is_said_in_words(first_opening):
    Employer.objects.update(approved_at=None)

    with pytest.raises(DecisionRefused, match="Verify the organization first"):
        decide(first_opening, "accept")


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("access", ["owner", "recruiter", "viewer"])
def test_nobody_decides_on_their_own_organization(first_opening, moderator, access):
    Membership.objects.create(employer=first_opening.employer, user=moderator, access=access)

    assert not moderation.may_decide(moderator, first_opening)
    with pytest.raises(SomeoneElse):
        decide(first_opening, "accept", by=moderator)


def test_an_administrator_does_not_decide_on_their_own_organization_either(first_opening):
    admin = UserFactory(is_staff=True, is_superuser=True)
    assert moderation.may_decide(admin, first_opening)
    Membership.objects.create(employer=first_opening.employer, user=admin, access="viewer")

    assert not moderation.may_decide(admin, first_opening)


def test_nobody_decides_on_their_own_request(request_case):
    asker = request_case.verification.user
    Membership.objects.all().delete()
    asker.is_staff = asker.is_superuser = True
    asker.save()

    assert not moderation.may_decide(asker, request_case)


def test_a_guest_decides_only_in_their_states(first_opening, moderator):
    guest = GuestModerator.objects.create(user=moderator, states=["NJ"])
    with pytest.raises(SomeoneElse):
        decide(first_opening, "accept", by=moderator)
    guest.states = ["NJ", "NY"]
    guest.save()

    assert decide(first_opening, "accept", by=moderator).outcome == "accepted"


@pytest.mark.parametrize("step", ["suspend", "release", "hold", "block_domain"])
def test_no_step_is_open_to_who_may_not_decide(first_opening, step):
    words = {"suspend": {"reason": "x"}, "block_domain": {"domain": "crook.example", "reason": "x"}}.get(step, {})

    with pytest.raises(SomeoneElse):
        getattr(moderation, step)(case=first_opening, by=UserFactory(is_staff=True), now=NOW, **words)


# --- Two at once ----------------------------------------------------------------------------------
def test_a_second_decision_changes_nothing_and_says_so(first_opening):
    decide(first_opening, "accept")

    with pytest.raises(AlreadyDecided, match="accepted"):
        decide(first_opening, "send-back", "No.")
    assert Listing.objects.get().status == "published"


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_the_first_wins(first_opening):
    one, other = a_moderator(), a_moderator()

    answers = race(
        lambda: decide(first_opening, "accept", by=one), lambda: decide(first_opening, "send-back", "No.", by=other)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDecided", "Case"]
    case, listing = Case.objects.get(), Listing.objects.get()
    assert (case.outcome, listing.status) in [("accepted", "published"), ("sent-back", "rejected")]
    assert case.decided_by == (one if case.outcome == "accepted" else other)


# --- Steps beside ---------------------------------------------------------------------------------
def test_the_kill_switch_leaves_the_case_open_and_can_be_undone(first_opening, moderator):
    moderation.suspend(case=first_opening, by=moderator, reason="A fraud.", now=NOW)
    assert Employer.objects.get().is_suspended
    moderation.release(case=first_opening, by=moderator, now=NOW)

    assert not Employer.objects.get().is_suspended
    assert queue.waiting().count() == 1


def test_a_domain_is_blocked_once_with_its_reason(first_opening, moderator):
    for _time in range(2):
        moderation.block_domain(
            case=first_opening, by=moderator, domain="https://Jobs.Crook-Care.com/x", reason="Fraud.", now=NOW
        )

    assert BlockedDomain.objects.get().domain == "crook-care.com"
    assert AuditEvent.objects.filter(verb="domain.blocked").count() == 1


@pytest.mark.parametrize("domain", ["gmail.com", "not a domain", ""])
def test_free_mail_hosts_cannot_be_blocked(first_opening, moderator, domain):
    with pytest.raises(DecisionRefused):
        moderation.block_domain(case=first_opening, by=moderator, domain=domain, reason="Fraud.", now=NOW)


def test_a_moderator_holds_an_opening_while_they_ask():
    listing = ListingFactory(published=True)
    reports.report(employer=listing.employer, listing=listing, reason="wrong", address="192.0.2.1", now=NOW)
    moderation.hold(case=queue.waiting().get(), by=a_moderator(), now=NOW)

    assert not Listing.objects.live(at=NOW).exists()


def test_noticing_something_opens_one_case(moderator):
    employer = SiteFactory().employer

    opened = [moderation.look_at(employer=employer, by=moderator, now=NOW) for _time in range(2)]

    assert opened[0] == opened[1] == queue.waiting().get()


def test_who_waits_for_an_answer_to_their_own_claim_decides_on_no_rivals():
    employer = EmployerFactory()
    rival, judge = UserFactory(), a_moderator()
    for user in (rival, judge):
        verification.claim(employer=employer, user=user, now=NOW)

    with pytest.raises(SomeoneElse):
        decide(Case.objects.get(verification__user=rival), "refuse", "Not you.", by=judge)


@pytest.mark.parametrize("who", ["member", "guest"])
def test_nobody_opens_a_case_about_their_own_organization_or_outside_their_states(moderator, at_work, who):
    employer = SiteFactory(state="NY").employer
    if who == "member":
        MembershipFactory(employer=employer, user=moderator)
    else:
        GuestModerator.objects.create(user=moderator, states=["NJ"])

    assert at_work.post(f"/moderation/employers/{employer.slug}/").status_code == 403
    assert not Case.objects.exists()
