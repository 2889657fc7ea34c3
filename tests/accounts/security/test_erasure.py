"""Deleting an account: what goes, what stays, who is refused."""

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import erasure
from accounts.models import AlertConfirmation, JobAlert
from careerportal.core.models import User
from careerportal.outbox import ledger, stops
from careerportal.outbox.addresses import address_hash
from careerportal.outbox.models import Delivery, Item, Recipient, Suppression
from employers.models import Membership
from tests.accounts.security.conftest import (
    PASSWORD,
    a_person,
    app_code,
    confirm_by_password,
    is_signed_in,
    mailed_code,
    sign_in_by_code,
    sign_in_by_password,
    with_app,
)  # fmt: skip
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
DELETE = "/me/delete/"


def mail_for(recipient, kind="alert_digest", key="alerts:1"):
    return ledger.enqueue(
        idem_key=key, recipient=recipient, stream="alerts", kind=kind, items=[("opening", "1", {})], now=NOW
    )


@pytest.fixture
def recipient(pat):
    return Recipient.objects.create(address=pat.email, user=pat)


# --- What goes and what stays -------------------------------------------------------------------
def test_the_person_goes_and_the_ledger_keeps_a_keyed_hash(pat, recipient):
    JobAlertFactory(recipient=recipient)
    waiting = mail_for(recipient)

    erasure.erase_account(user=pat, now=NOW)

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not JobAlert.objects.exists()
    recipient.refresh_from_db()
    assert (recipient.address, recipient.user) == (None, None)
    assert recipient.address_hash == address_hash("pat@example.org")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address) == ("cancelled", None)


def test_what_was_told_stays_told(pat, recipient):
    delivery = mail_for(recipient)
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=NOW)

    erasure.erase_account(user=pat, now=NOW)

    assert Item.objects.filter(recipient=recipient).count() == 1
    assert Delivery.objects.get().address is None


def test_an_address_that_said_stop_is_not_mailed_after_it_comes_back(pat, recipient):
    stops.suppress(pat.email, reason=Suppression.Reason.COMPLAINT)
    erasure.erase_account(user=pat, now=NOW)
    assert Suppression.objects.get().address is None

    again = Recipient.objects.for_address("pat@example.org")
    delivery = mail_for(again, key="alerts:2")
    assert again != recipient
    (claimed,) = ledger.claim(now=NOW)
    assert claimed == delivery
    assert not ledger.begin(claimed, now=NOW)
    assert ledger.refuse(claimed, now=NOW) == "suppressed"


def test_apps_keys_codes_and_sessions_go(client, ada):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(ada)
        browser.get(reverse("me"))
    assert UserSession.objects.count() == 2

    erasure.erase_account(user=ada, now=NOW)

    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()
    assert client.get(reverse("me")).status_code == elsewhere.get(reverse("me")).status_code == 302


def test_an_alert_without_account_of_the_same_confirmed_address_goes_too(pat):
    alert = JobAlertFactory(recipient=Recipient.objects.create(address=pat.email), unconfirmed=True)
    AlertConfirmation.objects.create(alert=alert, asked_at=NOW, due_at=NOW, expires_at=NOW.replace(year=2027))

    erasure.erase_account(user=pat, now=NOW)

    assert not JobAlert.objects.exists()
    assert Recipient.objects.get().address is None


def test_what_belongs_to_an_address_they_never_confirmed_stays_with_its_owner(pat):
    EmailAddress.objects.create(user=pat, email="someone.else@example.org", verified=False)
    alert = JobAlertFactory(recipient=Recipient.objects.create(address="someone.else@example.org"))

    erasure.erase_account(user=pat, now=NOW)

    alert.refresh_from_db()
    assert alert.recipient.address == "someone.else@example.org"


def test_an_address_they_only_began_to_claim_and_nobody_uses_is_forgotten(pat):
    EmailAddress.objects.create(user=pat, email="typed@example.org", verified=False)
    claimed = Recipient.objects.create(address="typed@example.org")

    erasure.erase_account(user=pat, now=NOW)

    claimed.refresh_from_db()
    assert claimed.address is None


def test_deleting_twice_changes_nothing(pat):
    erasure.erase_account(user=pat, now=NOW)

    erasure.erase_account(user=User(pk=pat.pk, email=pat.email), now=NOW)

    assert not User.objects.exists()


def test_others_keep_everything(pat, sam):
    alert = JobAlertFactory(recipient=Recipient.objects.create(address=sam.email, user=sam))

    erasure.erase_account(user=pat, now=NOW)

    assert list(User.objects.all()) == [sam]
    alert.refresh_from_db()
    assert alert.recipient.address == sam.email


# --- Who is refused -----------------------------------------------------------------------------
def test_the_last_owner_is_refused_in_words_and_nothing_changes(client, pat):
    MembershipFactory(user=pat, employer=EmployerFactory(name="Harbor Care"))
    sign_in_by_password(client, pat)
    confirm_by_password(client)

    page = client.post(DELETE).content.decode()

    assert "You are the only owner of Harbor Care." in page
    assert '<button class="usa-button button--danger"' not in page
    assert User.objects.filter(pk=pat.pk).exists()


def test_an_owner_beside_another_goes_and_a_switched_off_one_does_not_count(pat, sam):
    employer = MembershipFactory(user=pat).employer
    MembershipFactory(user=sam, employer=employer)
    sam.is_active = False
    sam.save()
    with pytest.raises(erasure.ErasureRefused):
        erasure.erase_account(user=pat, now=NOW)

    sam.is_active = True
    sam.save()
    erasure.erase_account(user=pat, now=NOW)
    assert Membership.objects.get().user == sam


def test_a_recruiter_goes_freely(pat):
    MembershipFactory(user=pat, access="recruiter")

    erasure.erase_account(user=pat, now=NOW)

    assert not Membership.objects.exists()


def test_staff_are_refused_because_what_they_did_is_kept(pat):
    pat.is_staff = True
    pat.save()

    with pytest.raises(erasure.ErasureRefused, match="administrator"):
        erasure.erase_account(user=pat, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_owners_leaving_at_once_one_stays():
    employer = EmployerFactory()
    owners = [MembershipFactory(employer=employer).user for _ in range(2)]
    gate, outcomes = threading.Barrier(2), []

    def leave(user):
        try:
            gate.wait()
            erasure.erase_account(user=user, now=NOW)
            outcomes.append("gone")
        except erasure.ErasureRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[owner]) for owner in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["gone", "refused"]
    assert Membership.objects.filter(employer=employer).count() == 1


# --- The page -----------------------------------------------------------------------------------
def test_the_page_says_what_goes_and_stays_and_deletes_nothing(client, sam):
    client.force_login(sam)

    page = client.get(DELETE).content.decode()

    assert "What goes" in page
    assert "What stays" in page
    assert User.objects.filter(pk=sam.pk).exists()


def test_two_clicks_delete_after_confirming(client, sam):
    sign_in_by_code(client, sam)
    assert reverse("me_delete") in client.get(reverse("me")).content.decode()
    assert 'action="/me/delete/"' in client.get(DELETE).content.decode()

    assert client.post(DELETE).url == reverse("me_deleted")
    assert not User.objects.exists()


def test_an_open_session_alone_cannot_delete_and_goes_on_after_the_code(client, sam):
    client.force_login(sam)
    asked = client.post(DELETE)
    assert asked.url.startswith(reverse("me_confirm"))
    assert User.objects.filter(pk=sam.pk).exists()

    client.post(reverse("me_confirm"), {"do": "send", "next": DELETE})
    done = client.post(reverse("me_confirm"), {"code": mailed_code(), "next": DELETE})

    assert done.url == reverse("me_deleted")
    assert not User.objects.exists()
    assert not is_signed_in(client)
    assert "Your account is deleted" in client.get(done.url).content.decode()


def test_with_an_app_deleting_asks_for_its_code(client):
    ada = with_app(a_person("ada@example.org", password=PASSWORD))
    client.force_login(ada)
    assert client.post(DELETE).url.startswith(reverse("mfa_reauthenticate"))

    client.post(reverse("mfa_reauthenticate"), {"code": app_code(), "next": DELETE})

    assert not User.objects.exists()


def test_a_deleted_person_can_start_fresh(client, sam):
    sign_in_by_code(client, sam)
    client.post(DELETE)
    mail.outbox.clear()

    client.post("/accounts/signup/", {"email": "sam@example.org"})
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})

    assert User.objects.get().email == "sam@example.org"
    assert User.objects.get().pk != sam.pk


def test_a_page_of_deletion_costs_the_same_for_one_membership_as_for_five(client, django_assert_num_queries):
    user = UserFactory()
    client.force_login(user)
    client.get(DELETE)

    def queries():
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(DELETE)
        return len(captured)

    MembershipFactory(user=user, access="viewer")
    one = queries()
    MembershipFactory.create_batch(4, user=user, access="viewer")

    assert queries() == one
