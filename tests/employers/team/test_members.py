"""Changing access, removing, leaving: the last owner stays, and what was open before is refused after."""

import uuid

import pytest

from accounts import erasure
from careerportal.core.models import AuditEvent
from employers import health, team
from employers.models import Listing, ListingInput, Membership
from tests.clock import NOW
from tests.employers import writing_steps
from tests.employers.racing import race
from tests.employers.team.conftest import safe, sign_in
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_an_owner_changes_access_and_removes(as_owner, employer):
    member = MembershipFactory(employer=employer, access="viewer")

    as_owner.post(f"/hiring/hudson-care/team/{member.pk}/access/", {"access": "recruiter"})
    as_owner.post(f"/hiring/hudson-care/team/{member.pk}/access/", {"access": "recruiter"})
    member.refresh_from_db()
    assert member.access == "recruiter"

    as_owner.post(f"/hiring/hudson-care/team/{member.pk}/remove/")
    assert not Membership.objects.filter(pk=member.pk).exists()
    assert verbs() == ["member.access_changed", "member.removed"]
    assert as_owner.post(f"/hiring/hudson-care/team/{member.pk}/remove/").status_code == 404


@pytest.mark.parametrize("access", ["recruiter", "viewer"])
def test_others_do_not(client, employer, owner, access):
    sign_in(client, MembershipFactory(employer=employer, access=access).user)
    theirs = Membership.objects.get(user=owner)

    for step in ("access", "remove"):
        assert client.post(f"/hiring/hudson-care/team/{theirs.pk}/{step}/", {"access": "viewer"}).status_code == 403
    theirs.refresh_from_db()
    assert theirs.access == "owner"


def test_powerful_steps_ask_once_more_who_it_is(client, employer, owner):
    member = MembershipFactory(employer=employer)
    client.force_login(owner)

    for address in (f"{member.pk}/access/", f"{member.pk}/remove/", "leave/"):
        answer = client.post(f"/hiring/hudson-care/team/{address}", {"access": "viewer"})
        assert "reauthenticate" in answer.url, address
    assert Membership.objects.filter(access="owner").count() == 2


def test_the_last_owner_cannot_go_or_step_down(as_owner, employer, owner):
    membership = Membership.objects.get(user=owner)
    MembershipFactory(employer=employer, access="recruiter")
    MembershipFactory(employer=employer, user__is_active=False)

    page = as_owner.post("/hiring/hudson-care/team/leave/", follow=True).content.decode()

    assert "Make somebody else an owner first." in page
    for step in (
        lambda: team.leave(membership=membership, now=NOW),
        lambda: team.remove(membership=membership, by=owner, now=NOW),
        lambda: team.change_access(membership=membership, access="viewer", by=owner, now=NOW),
    ):
        with pytest.raises(team.TeamRefused, match="needs an owner"):
            step()
    with pytest.raises(erasure.ErasureRefused):
        erasure.erase_account(user=owner, now=NOW)
    assert Membership.objects.filter(user=owner, access="owner").exists()


def test_anybody_else_may_leave(client, employer, owner):
    for access in ("viewer", "recruiter", "owner"):
        user = safe(MembershipFactory(employer=employer, access=access).user)
        sign_in(client, user)
        assert client.post("/hiring/hudson-care/team/leave/").url == "/hiring/"
        assert client.get("/hiring/hudson-care/").status_code == 404
    assert verbs() == ["member.left"] * 3


def test_a_removed_members_open_form_is_refused(client, employer, owner):
    member = MembershipFactory(employer=employer, access="recruiter")
    sign_in(client, member.user)
    assert client.get("/hiring/hudson-care/openings/new/").status_code == 200
    assert client.get("/hiring/hudson-care/sites/new/").status_code == 200

    team.remove(membership=member, by=owner, now=NOW)

    typed = {"headline": "Care Coordinator"}
    assert client.post(writing_steps.address(employer, uuid.uuid4()), typed).status_code == 404
    assert client.post("/hiring/hudson-care/sites/new/", {"zip": "12207"}).status_code == 404
    assert client.post("/hiring/hudson-care/profile/", {"name": "Mine now"}).status_code == 404
    assert not Listing.objects.exists()
    assert not ListingInput.objects.exists()


def test_an_owner_who_lost_that_access_meanwhile_changes_nothing(employer, owner):
    other = safe(MembershipFactory(employer=employer).user)
    mine = Membership.objects.get(user=owner)
    team.change_access(membership=mine, access="viewer", by=other, now=NOW)

    with pytest.raises(team.NoLongerOwner):
        team.remove(membership=Membership.objects.get(user=other), by=owner, now=NOW)
    with pytest.raises(team.NoLongerOwner):
        team.invite(employer=employer, email="x@agency.example", access="owner", by=owner, now=NOW)


def test_orphaned_organizations_are_listed(client, employer, owner):
    assert list(team.orphaned()) == []
    lone = EmployerFactory()
    MembershipFactory(employer=lone, access="recruiter")
    frozen = MembershipFactory(user__is_active=False).employer
    EmployerFactory(unapproved=True, listed_from="register")  # nobody ever claimed it

    assert set(team.orphaned()) == {lone, frozen}
    assert health.orphaned_organizations().says.startswith("2 organizations")
    sign_in(client, UserFactory(is_staff=True, is_superuser=True))
    page = client.get("/admin/employers/employer/?standing=orphaned").content.decode()
    assert lone.name in page
    assert employer.name not in page


@pytest.mark.django_db(transaction=True)
def test_when_the_last_two_owners_leave_at_once_one_stays(employer):
    pair = [MembershipFactory(employer=employer) for _two in range(2)]

    outcomes = race(*[lambda one=one: team.leave(membership=one, now=NOW) for one in pair])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "TeamRefused"]
    assert Membership.objects.filter(employer=employer, access="owner").count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_two_owners_remove_each_other_at_once_one_stays(employer):
    one, two = (MembershipFactory(employer=employer) for _two in range(2))

    race(
        lambda: team.remove(membership=two, by=one.user, now=NOW),
        lambda: team.remove(membership=one, by=two.user, now=NOW),
    )

    assert Membership.objects.filter(employer=employer, access="owner").count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_one_owner_leaves_while_the_other_erases_the_account_one_stays(employer):
    one, two = (MembershipFactory(employer=employer) for _two in range(2))

    race(lambda: team.leave(membership=one, now=NOW), lambda: erasure.erase_account(user=two.user, now=NOW))

    assert Membership.objects.filter(employer=employer, access="owner").count() == 1


def test_the_team_page_costs_the_same_for_two_members_as_for_twelve(as_owner, employer, django_assert_max_num_queries):
    counts = []
    for more in (2, 10):
        MembershipFactory.create_batch(more, employer=employer, access="viewer")
        as_owner.get("/hiring/hudson-care/team/")
        with django_assert_max_num_queries(40) as queries:
            as_owner.get("/hiring/hudson-care/team/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_members_of_others_are_not_found(as_owner):
    theirs = MembershipFactory(user=UserFactory(), access="viewer")

    for step in ("access", "remove"):
        assert as_owner.post(f"/hiring/hudson-care/team/{theirs.pk}/{step}/").status_code == 404
