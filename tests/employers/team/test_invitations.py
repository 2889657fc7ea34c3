"""Inviting somebody onto a team: who may, how many, and who may accept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import team, team_emails
from employers.models import Invitation, Membership
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers.team.conftest import confirmed, safe, sign_in
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "new@agency.example"


def invite(employer, owner, **fields):
    return team.invite(
        **{"employer": employer, "email": ADDRESS, "access": "recruiter", "by": owner, "now": NOW, **fields}
    )


def link(invitation):
    return reverse("hiring_invitation", args=[team.invitation_token(invitation)])


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_an_owner_invites_by_the_form_and_a_mail_waits_that_holds_no_address_in_its_link(as_owner, employer):
    answer = as_owner.post("/hiring/hudson-care/team/", {"email": " New@Agency.example ", "access": "viewer"})

    invitation = Invitation.objects.get()
    assert (answer.status_code, answer.url) == (302, "/hiring/hudson-care/team/")
    assert (invitation.email, invitation.access, invitation.expires_at) == (ADDRESS, "viewer", NOW + timedelta(days=14))
    delivery = Delivery.objects.get()
    assert (delivery.stream, delivery.kind, delivery.recipient.address) == ("employer", "team_invitation", ADDRESS)
    message = team_emails.InvitationHandler().build(delivery, [], now=NOW)
    assert link(invitation) in message.body
    assert "agency" not in link(invitation)
    assert "Olive Owner asks you to join the team of Hudson Care" in message.body
    assert verbs() == ["invitation.sent"]


def test_a_name_that_looks_like_a_link_is_none_in_the_mail(employer, owner):
    employer.name = "Click http://evil.example/now"
    employer.save()
    invitation = invite(employer, owner)
    team_emails.send_invitation(invitation, now=NOW)

    message = team_emails.InvitationHandler().build(Delivery.objects.get(), [], now=NOW)

    assert "evil.example" not in message.body + message.subject


@pytest.mark.parametrize("access", ["recruiter", "viewer"])
def test_only_owners_invite(client, employer, access):
    sign_in(client, MembershipFactory(employer=employer, access=access).user)

    assert client.post("/hiring/hudson-care/team/", {"email": ADDRESS, "access": "viewer"}).status_code == 403
    page = client.get("/hiring/hudson-care/team/").content.decode()
    assert "Only owners decide who is on the team." in page
    assert not Invitation.objects.exists()


def test_an_owner_without_a_second_step_is_led_to_one_and_nothing_typed_is_lost(client, employer):
    user = confirmed(MembershipFactory(employer=employer).user)
    client.force_login(user)

    page = client.post("/hiring/hudson-care/team/", {"email": ADDRESS, "access": "viewer"}).content.decode()

    assert "second step first" in page
    assert 'href="/me/security/"' in page
    assert ADDRESS in page
    assert not Invitation.objects.exists()
    safe(user)
    assert f'value="{ADDRESS}"' in client.get("/hiring/hudson-care/team/").content.decode()
    with pytest.raises(team.SecondStepMissing):
        invite(employer, MembershipFactory(employer=employer).user)


def test_an_owner_who_signed_in_long_ago_confirms_once_more(client, employer, owner):
    client.force_login(owner)

    answer = client.post("/hiring/hudson-care/team/", {"email": ADDRESS, "access": "viewer"})

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/2fa/reauthenticate/")
    assert not Invitation.objects.exists()


def test_the_same_address_keeps_its_one_invitation_and_gets_one_mail_an_hour(employer, owner):
    first = invite(employer, owner)
    assert team_emails.send_invitation(first, now=NOW)
    later = NOW + timedelta(minutes=20)
    second = invite(employer, owner, now=later)

    assert second.pk == first.pk
    assert second.expires_at == later + timedelta(days=14)
    assert not team_emails.send_invitation(second, now=later)
    assert team_emails.send_invitation(second, now=NOW + timedelta(hours=1))
    assert verbs() == ["invitation.sent"]


def test_at_most_fifty_wait_and_fewer_before_the_organization_is_verified(employer, owner):
    for number in range(50):
        invite(employer, owner, email=f"person{number}@agency.example")
    with pytest.raises(team.TeamRefused, match="50 invitations wait"):
        invite(employer, owner)
    assert invite(employer, owner, email="person3@agency.example").pk  # asking one of them again is no new one
    waits = EmployerFactory(unapproved=True)
    boss = safe(MembershipFactory(employer=waits).user)
    for number in range(5):
        invite(waits, boss, email=f"person{number}@agency.example")
    with pytest.raises(team.TeamRefused, match="Until your organization is verified"):
        invite(waits, boss)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "no address"}, "can't send mail"),
        ({"access": "boss"}, "Choose what"),
        ({"email": "owner@agency.example"}, "on your team already"),
    ],
)
def test_what_cannot_be_invited(employer, owner, fields, words):
    MembershipFactory(employer=employer, user__email="owner@agency.example")

    with pytest.raises(team.TeamRefused, match=words):
        invite(employer, owner, **fields)


def test_a_suspended_organization_invites_nobody_and_its_mail_is_not_sent(employer, owner):
    invitation = invite(employer, owner)
    team_emails.send_invitation(invitation, now=NOW)
    employer.suspended_at, employer.suspended_reason = NOW, "Scam."
    employer.save()

    with pytest.raises(team.TeamRefused, match="suspended"):
        invite(employer, owner, email="other@agency.example")
    assert not team_emails.InvitationHandler().still_wanted(Delivery.objects.get(), [], now=NOW)


def test_looking_at_an_invitation_changes_nothing_and_the_button_accepts_it_once(client, employer, owner, newcomer):
    invitation = invite(employer, owner)
    client.force_login(newcomer)

    page = client.get(link(invitation)).content.decode()
    assert "Join the team of Hudson Care" in page
    assert not Membership.objects.filter(user=newcomer).exists()

    answer = client.post(link(invitation))
    assert answer.url == "/hiring/hudson-care/"
    assert Membership.objects.get(user=newcomer).access == "recruiter"
    assert "was used already" in client.post(link(invitation)).content.decode()
    assert verbs() == ["invitation.sent", "invitation.accepted"]


def test_the_invited_address_must_be_confirmed_by_who_accepts(client, employer, owner):
    invitation = invite(employer, owner)
    for user in (UserFactory(email=ADDRESS), confirmed(UserFactory())):
        client.force_login(user)
        answer = client.get(link(invitation))
        assert answer.status_code == 404
        assert "for another address" in answer.content.decode()
        assert "Hudson Care" not in answer.content.decode()
        assert client.post(link(invitation)).status_code == 404
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("token", ["1", "1.wrong", "abc", "team", "1" * 400])
def test_a_made_up_link_is_not_found(client, newcomer, token):
    client.force_login(newcomer)

    assert client.get(reverse("hiring_invitation", args=[token])).status_code == 404


def test_signed_out_the_link_leads_to_signing_in_and_back(client, employer, owner):
    address = link(invite(employer, owner))

    assert client.get(address).url == f"/accounts/login/?next={address}"


def test_staff_join_no_team(client, employer, owner):
    staff = confirmed(UserFactory(email=ADDRESS, is_staff=True))
    client.force_login(staff)
    invitation = invite(employer, owner)

    assert client.get(link(invitation)).status_code == 403
    with pytest.raises(team.TeamRefused):
        team.accept(invitation=invitation, user=staff, now=NOW)


@pytest.mark.parametrize("end", ["time", "withdrawn", "suspended"])
def test_an_invitation_that_is_over_says_so_and_lets_nobody_in(client, employer, owner, newcomer, end):
    invitation = invite(employer, owner, now=NOW - timedelta(days=14) if end == "time" else NOW)
    if end == "withdrawn":
        team.revoke(invitation=invitation, by=owner, now=NOW)
    if end == "suspended":
        employer.suspended_at, employer.suspended_reason = NOW, "Scam."
        employer.save()
    client.force_login(newcomer)

    page = client.post(link(invitation)).content.decode()

    assert {"time": "good for 14 days", "withdrawn": "was withdrawn", "suspended": "suspended"}[end] in page
    assert not Membership.objects.filter(user=newcomer).exists()


def test_one_that_is_over_is_renewed_by_asking_again_and_a_withdrawn_one_is_not(as_owner, employer, owner):
    old = invite(employer, owner, now=NOW - timedelta(days=20))
    gone = team.revoke(invitation=invite(employer, owner, email="b@agency.example"), by=owner, now=NOW)

    as_owner.post(f"/hiring/hudson-care/invitations/{old.pk}/resend/")
    as_owner.post(f"/hiring/hudson-care/invitations/{gone.pk}/resend/")

    old.refresh_from_db()
    gone.refresh_from_db()
    assert old.expires_at == NOW + timedelta(days=14)
    assert gone.revoked_at == NOW
    assert Delivery.objects.count() == 1


def test_withdrawing_twice_is_once_and_an_accepted_one_cannot_be_withdrawn(employer, owner, newcomer):
    first = invite(employer, owner)
    for _twice in range(2):
        team.revoke(invitation=first, by=owner, now=NOW)
    second = invite(employer, owner)
    team.accept(invitation=second, user=newcomer, now=NOW)

    assert first.pk != second.pk
    assert verbs().count("invitation.revoked") == 1
    with pytest.raises(team.TeamRefused, match="accepted already"):
        team.revoke(invitation=second, by=owner, now=NOW)


def test_who_is_on_the_team_already_keeps_the_access_they_have(employer, owner, newcomer):
    invitation = invite(employer, owner, access="viewer")
    MembershipFactory(employer=employer, user=newcomer, access="recruiter")

    assert team.accept(invitation=invitation, user=newcomer, now=NOW).access == "recruiter"


def test_an_invitation_of_another_employer_is_not_found(as_owner, newcomer):
    other = EmployerFactory()
    theirs = invite(other, safe(MembershipFactory(employer=other).user))

    for step in ("revoke", "resend"):
        assert as_owner.post(f"/hiring/hudson-care/invitations/{theirs.pk}/{step}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_requests_make_one_invitation(employer, owner):
    outcomes = race(lambda: invite(employer, owner), times=50)

    assert {outcome.pk for outcome in outcomes} == {Invitation.objects.get().pk}
    assert verbs() == ["invitation.sent"]


@pytest.mark.django_db(transaction=True)
def test_accepting_many_times_at_once_makes_one_member(employer, owner, newcomer):
    invitation = invite(employer, owner)

    race(lambda: team.accept(invitation=invitation, user=newcomer, now=NOW), times=10)

    assert Membership.objects.filter(user=newcomer).count() == 1
    assert verbs().count("invitation.accepted") == 1
