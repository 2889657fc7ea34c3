"""Support looks at a person's page under a live grant, and each look is noted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import supporting
from accounts.models import SupportGrant
from accounts.staff import MODERATORS, write_groups
from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery, Recipient
from tests.accounts_factories import JobAlertFactory
from tests.employers_factories import UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
MINE, DESK = "/me/support/", "/support/"


@pytest.fixture
def life(sam):
    return JobAlertFactory(recipient=Recipient.objects.create(address=sam.email, user=sam))


@pytest.fixture
def helper(client):
    """Staff of support, signed in."""
    user = UserFactory(is_staff=True, is_superuser=True)
    sign_in_staff(client, user)
    return user


def given(sam, **fields):
    return supporting.give(user=sam, reason="My alert is silent", days=3, now=fields.get("now", timezone.now()))


def look(client, grant):
    return client.get(reverse("support_look", args=[grant.pk]))


def test_under_a_live_grant_staff_see_the_page_and_the_seeker_sees_the_look(client, sam, life, helper):
    grant = given(sam)
    page = look(client, grant).content.decode()
    assert "sam@example.org" in page
    assert AuditEvent.objects.filter(verb="support.looked", actor_id=helper.pk, object_id=grant.pk).count() == 1

    client.force_login(sam)
    assert "Somebody looked:" in client.get(MINE).content.decode()


def test_without_a_live_grant_there_is_nothing(client, sam, life, helper):
    grant = given(sam, now=timezone.now() - timedelta(days=3))
    assert look(client, grant).status_code == 404
    asked = SupportGrant.objects.create(user=sam, reason="x", days=1, created_at=timezone.now(), asked_by=helper)
    assert look(client, asked).status_code == 404
    assert client.get(reverse("support_look", args=[9999])).status_code == 404
    ended = supporting.end(grant=given(sam), now=timezone.now())
    assert look(client, ended).status_code == 404
    assert not AuditEvent.objects.filter(verb="support.looked").exists()


def test_only_who_may_look_comes_there(client, sam):
    grant = given(sam)
    assert look(client, grant).status_code == 302
    client.force_login(UserFactory())
    assert look(client, grant).status_code == 403
    assert client.get(DESK).status_code == 403
    moderator = UserFactory(is_staff=True)
    moderator.groups.add(write_groups()[MODERATORS])
    sign_in_staff(client, moderator)
    assert look(client, grant).status_code == 403


def test_staff_ask_the_person_answers_and_may_end_it(client, sam, life, helper):
    client.post(DESK, {"email": "sam@example.org", "reason": "Your alert", "days": "3"})
    grant = SupportGrant.objects.get()
    assert Delivery.objects.get(kind=supporting.ASKED_MAIL).recipient.user == sam
    assert look(client, grant).status_code == 404

    client.force_login(sam)
    assert "Support asks to look" in client.get(MINE).content.decode()
    client.post(MINE, {"do": "allow", "grant": grant.pk})
    assert SupportGrant.objects.live(at=timezone.now()).get() == grant
    client.post(MINE, {"do": "end", "grant": grant.pk})
    assert not SupportGrant.objects.live(at=timezone.now()).exists()
    client.post(MINE, {"do": "allow", "grant": grant.pk})
    assert not SupportGrant.objects.live(at=timezone.now()).exists()


def test_the_answer_to_staff_is_the_same_for_an_unknown_address(client, helper):
    page = client.post(DESK, {"email": "nobody@example.org", "reason": "x", "days": "1"}, follow=True)

    assert "If this address has an account" in page.content.decode()
    assert not SupportGrant.objects.exists()


def test_a_grant_of_somebody_else_is_not_found(client, sam):
    grant = given(sam)
    client.force_login(UserFactory())

    assert client.post(MINE, {"do": "end", "grant": grant.pk}).status_code == 404
    assert SupportGrant.objects.live(at=timezone.now()).exists()


@pytest.mark.parametrize(("reason", "days"), [("", 3), ("  ", 3), ("Alert", 8), ("Alert", 0)])
def test_a_reason_and_an_end_within_seven_days_are_needed(sam, reason, days):
    with pytest.raises(supporting.SupportRefused):
        supporting.give(user=sam, reason=reason, days=days, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportGrant.objects.create(
            user=sam, reason=reason.strip(), days=days if reason.strip() else 9, created_at=timezone.now()
        )


def test_the_page_gives_leave(client, sam):
    client.force_login(sam)
    assert "Say in a few words" in client.post(MINE, {"do": "give", "days": "3"}).content.decode()
    client.post(MINE, {"do": "give", "reason": "My alert", "days": "7"})

    assert SupportGrant.objects.get().until is not None
