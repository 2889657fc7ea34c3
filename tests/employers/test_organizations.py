"""Each step of an organization: registering, approval, suspension, release."""

from datetime import timedelta

import pytest

from employers import organizations, searchrow
from employers.models import Employer, Listing, Membership
from employers.organizations import OrganizationRefused
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = {"city": "Troy", "state": "NY", "zip": "12180", "county": "Rensselaer", "lat": 42.7, "lng": -73.7}


def test_registering_makes_a_waiting_employer_with_a_site_and_an_owner():
    user = UserFactory()

    employer = organizations.register(name="Hudson Care, Inc.", user=user, site=SITE, inbox_email="jobs@example.org")

    assert (employer.slug, employer.is_approved, employer.inbox_email) == ("hudson-care-inc", False, "jobs@example.org")
    assert employer.sites.get().town == "Troy, NY"
    assert employer.memberships.get(user=user).access == Membership.Access.OWNER
    assert not Employer.objects.public().exists()


def test_registering_the_same_name_again_is_refused_whatever_the_case():
    user = UserFactory()
    organizations.register(name="Hudson Care", user=user, site=SITE)

    with pytest.raises(OrganizationRefused, match="already registered"):
        organizations.register(name="HUDSON care", user=user, site=SITE)

    assert Employer.objects.count() == 1


def test_two_people_may_register_the_same_name_and_get_addresses_of_their_own():
    slugs = [organizations.register(name="Hudson Care", user=UserFactory(), site=SITE).slug for _ in range(3)]

    assert slugs == ["hudson-care", "hudson-care-2", "hudson-care-3"]


@pytest.mark.parametrize(("name", "slug"), [("Register", "register-2"), ("!!!", "employer"), ("照护", "employer")])
def test_a_name_never_takes_an_address_of_the_portal(name, slug):
    assert organizations.register(name=name, user=UserFactory(), site=SITE).slug == slug


def test_names_alike_but_for_legal_form_and_punctuation_are_found_when_public():
    known = EmployerFactory(name="Hudson Care, Inc.", slug="hudson-care-inc")
    EmployerFactory(name="Hudson Care", slug="hudson-care", unapproved=True)
    EmployerFactory(name="Hudson Careful", slug="hudson-careful")

    assert organizations.alike("hudson CARE LLC") == [known]
    assert organizations.alike("???") == []


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_makes_one_employer():
    user = UserFactory()

    outcomes = race(lambda: organizations.register(name="Hudson Care", user=user, site=SITE), times=2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Employer", "OrganizationRefused"]
    assert Employer.objects.count() == Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_register_one_name_at_once_both_get_theirs():
    users = [UserFactory(), UserFactory()]

    outcomes = race(
        *[lambda user=user: organizations.register(name="Hudson Care", user=user, site=SITE) for user in users]
    )

    assert sorted(employer.slug for employer in outcomes) == ["hudson-care", "hudson-care-2"]


def test_approval_shows_the_employer_and_what_it_published():
    listing = ListingFactory(published=True, unapproved=True)
    moderator = UserFactory()

    employer = organizations.approve(employer=listing.employer, by=moderator, evidence=" Called back. ", now=NOW)

    assert (employer.approved_at, employer.approved_by, employer.approval_evidence) == (NOW, moderator, "Called back.")
    assert list(Employer.objects.public()) == [employer]
    assert Listing.objects.live(at=NOW).get() == listing


def test_approval_is_refused_without_evidence_twice_and_by_a_member():
    employer = EmployerFactory(unapproved=True)
    member = MembershipFactory(employer=employer).user

    with pytest.raises(OrganizationRefused, match="evidence"):
        organizations.approve(employer=employer, by=UserFactory(), evidence="  ", now=NOW)
    with pytest.raises(OrganizationRefused, match="member"):
        organizations.approve(employer=employer, by=member, evidence="Called back.", now=NOW)
    organizations.approve(employer=employer, by=None, evidence="Called back.", now=NOW)
    with pytest.raises(OrganizationRefused, match="already approved"):
        organizations.approve(employer=employer, by=None, evidence="Again.", now=NOW + timedelta(days=1))

    assert Employer.objects.get().approved_at == NOW


def test_suspension_hides_everything_at_once_and_release_brings_it_back():
    listing = ListingFactory(published=True)

    employer = organizations.suspend(employer=listing.employer, reason=" Asks for money. ", now=NOW)

    assert (employer.suspended_at, employer.suspended_reason) == (NOW, "Asks for money.")
    assert not Employer.objects.public().exists()
    assert not Listing.objects.live(at=NOW).exists()
    organizations.release(employer=employer, now=NOW)
    assert Listing.objects.live(at=NOW).get() == listing
    assert searchrow.differences() == []


def test_suspension_and_release_refuse_what_makes_no_sense():
    employer = EmployerFactory()

    with pytest.raises(OrganizationRefused):
        organizations.release(employer=employer, now=NOW)
    with pytest.raises(OrganizationRefused, match="reason"):
        organizations.suspend(employer=employer, reason="", now=NOW)
    organizations.suspend(employer=employer, reason="Asks for money.", now=NOW)
    with pytest.raises(OrganizationRefused, match="already suspended"):
        organizations.suspend(employer=employer, reason="Again.", now=NOW)
