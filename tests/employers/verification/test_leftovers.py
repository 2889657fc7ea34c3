"""What a claimant who proved nothing leaves behind acts for nobody once somebody else does, or the claim is over."""

import pytest

from employers import claims, inbox, lifecycle, team, verification
from employers.models import Case, Employer, Invitation, Listing
from tests.clock import NOW
from tests.employers.team.conftest import safe
from tests.employers.verification.conftest import person
from tests.employers_factories import ListingFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crook():
    return safe(person("crook@gmail.com"))


@pytest.fixture
def friend():
    return person("friend@gmail.com")


@pytest.fixture
def claimed(agency, crook):
    return verification.claim(employer=agency, user=crook, now=NOW)


def invited(agency, by, address="friend@gmail.com"):
    return team.invite(employer=agency, email=address, access="owner", by=by, now=NOW)


def approve(asked):
    return verification.approve(verification=asked, by=UserFactory(is_staff=True), now=NOW, evidence="A call.")


def end(asked, how):
    if how == "rejected":
        verification.reject(verification=asked, by=UserFactory(is_staff=True), reason="Nobody knows you.", now=NOW)
    else:
        verification.withdraw(verification=asked, user=asked.user, now=NOW)


@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_an_invitation_of_a_claim_that_ended_lets_nobody_in(agency, crook, friend, claimed, how):
    invitation = invited(agency, crook)
    end(claimed, how)
    verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW)
    agency.refresh_from_db()
    assert agency.is_approved

    with pytest.raises(team.TeamRefused, match="withdrawn"):
        team.accept(invitation=invitation, user=friend, now=NOW)

    assert list(agency.memberships.values_list("user__email", flat=True)) == ["dana@hudsoncare.org"]


def test_an_invitation_of_the_first_claimant_lets_nobody_in_once_the_second_is_verified(agency, crook, friend, claimed):
    invitation = invited(agency, crook)
    approve(verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW))

    with pytest.raises(team.TeamRefused, match="withdrawn"):
        team.accept(invitation=invitation, user=friend, now=NOW)


def test_the_invitations_of_the_claimant_who_is_verified_stay_good(agency, crook, friend, claimed):
    invitation = invited(agency, crook)
    approve(claimed)

    assert team.accept(invitation=invitation, user=friend, now=NOW).access == "owner"


@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_whoever_a_claimant_brought_goes_with_the_claim(agency, crook, friend, claimed, how):
    team.accept(invitation=invited(agency, crook), user=friend, now=NOW)
    ListingFactory(employer=agency, created_by=friend, status=Listing.Status.DRAFT)

    end(claimed, how)

    assert not agency.memberships.exists()
    assert not agency.listings.exists()


def test_an_opening_of_the_first_claimant_is_not_released_with_the_first_one_of_the_real_owner(agency, crook, claimed):
    theirs = ListingFactory(employer=agency, created_by=crook, status=Listing.Status.DRAFT)
    lifecycle.publish(listing=theirs, now=NOW, by=crook)
    dana = person("dana@hudsoncare.org")
    approve(verification.claim(employer=agency, user=dana, now=NOW))

    own = ListingFactory(employer=Employer.objects.get(pk=agency.pk), created_by=dana, status=Listing.Status.DRAFT)
    lifecycle.publish(listing=own, now=NOW, by=dana)
    lifecycle.accept(listing=own, by=UserFactory(is_staff=True), now=NOW)

    theirs.refresh_from_db()
    assert theirs.status == Listing.Status.DRAFT
    assert not Case.objects.filter(listing=theirs, decided_at=None).exists()


@pytest.mark.parametrize("how", ["rejected", "withdrawn", "outdone"])
def test_neither_the_inbox_address_nor_a_place_of_a_claim_that_failed_stays(agency, crook, claimed, how):
    inbox.want(employer=agency, email="crook@gmail.com", by=crook, now=NOW)
    agency.refresh_from_db()
    inbox.confirm(employer=agency, mark=inbox.waiting_mark(agency), now=NOW)
    place = SiteFactory(employer=agency, is_proposed=True)

    if how == "outdone":
        approve(verification.claim(employer=agency, user=person("dana@hudsoncare.org"), now=NOW))
    else:
        end(claimed, how)

    agency.refresh_from_db()
    assert (agency.inbox, inbox.waiting_address(agency)) == ("", "")
    assert not agency.sites.filter(pk=place.pk).exists()


def test_what_a_verified_organization_published_before_stays_when_its_approval_had_lapsed(agency, crook, claimed):
    agency.trusted_at, agency.inbox_email, agency.inbox_confirmed_at = NOW, "jobs@hudsoncare.org", NOW
    agency.save()

    claims.send_outside(agency, now=NOW)

    agency.refresh_from_db()
    assert agency.inbox == "jobs@hudsoncare.org"


def test_who_is_removed_from_a_team_brings_nobody_in_any_more(agency, crook, friend, claimed):
    boss = person("boss@gmail.com")
    team.accept(invitation=invited(agency, crook, "boss@gmail.com"), user=boss, now=NOW)
    invited(agency, crook)

    team.remove(membership=agency.memberships.get(user=crook), by=boss, now=NOW)

    assert Invitation.objects.get(email="friend@gmail.com").revoked_at == NOW
