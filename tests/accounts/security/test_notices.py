"""Every change of what keeps an account safe is told by mail, to the address that was there before."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client
from django.urls import reverse

from careerportal.outbox.models import Delivery
from tests.accounts.security.conftest import (
    PASSWORD,
    app_code,
    codes_of,
    confirm_by_password,
    is_signed_in,
    mailed_code,
    sign_in_by_code,
    sign_in_by_password,
)  # fmt: skip
from tests.accounts.security.test_second_step import secret_on
from tests.core.webauthn import credential

NEW = "another long phrase"
pytestmark = pytest.mark.django_db


def told():
    """(address, subject) of each mail so far, and forget them."""
    found = [(message.to[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_changed_password_is_told_and_ends_other_sessions(client, pat):
    elsewhere = Client()
    sign_in_by_password(elsewhere, pat)
    sign_in_by_password(client, pat)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert told() == [(pat.email, "Your password was changed")]
    assert client.get(reverse("me")).status_code == 200
    assert elsewhere.get(reverse("me")).status_code == 302


def test_a_first_password_is_told(client, sam):
    sign_in_by_code(client, sam)
    mail.outbox.clear()

    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})

    assert [address for address, _subject in told()] == [sam.email]


def test_a_new_address_is_told_to_the_old_one_and_counts_only_once_confirmed(client, pat):
    sign_in_by_password(client, pat)
    confirm_by_password(client)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    code = mailed_code()
    assert [address for address, _subject in told()] == ["new@example.org"]
    pat.refresh_from_db()
    assert pat.email == "pat@example.org"

    client.post(reverse("account_email_verification_sent"), {"code": code})

    pat.refresh_from_db()
    assert pat.email == "new@example.org"
    assert ("pat@example.org", "Your email address was changed") in told()
    assert not EmailAddress.objects.filter(email="pat@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_an_app_and_recovery_codes_added_and_removed_are_told(client, pat):
    sign_in_by_password(client, pat)
    confirm_by_password(client)
    secret = secret_on(client.get(reverse("mfa_activate_totp")).content.decode())
    client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    added = told()
    client.post(reverse("mfa_reauthenticate"), {"code": codes_of(pat)[0]})
    client.post(reverse("mfa_generate_recovery_codes"))
    renewed = told()
    client.post(reverse("mfa_deactivate_totp"))

    assert (pat.email, "Authenticator app added") in added
    assert renewed == [(pat.email, "New recovery codes")]
    assert told() == [(pat.email, "Authenticator app removed")]


def test_a_removed_key_is_told(client, pat):
    key = Authenticator.objects.create(
        user=pat, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": credential()}
    )
    RecoveryCodes.activate(pat)
    client.force_login(pat)
    client.post(reverse("mfa_reauthenticate"), {"code": codes_of(pat)[0]})

    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert told() == [(pat.email, "Security key removed")]


def test_notices_go_through_the_ledger_as_account_mail(client, pat, settings):
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"
    sign_in_by_password(client, pat)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    (delivery,) = Delivery.objects.all()
    assert (delivery.stream, delivery.address) == ("account", pat.email)
    assert delivery.payload["subject"] == "Your password was changed"


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        ("short", "at least 10 characters"),
        ("password123", "too common"),
        ("pat@example.org", "too similar"),
    ],
)
def test_weak_passwords_are_refused_in_clear_words_wherever_one_is_chosen(client, pat, tried, words):
    sign_in_by_password(client, pat)
    changed = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": tried, "password2": tried}
    )
    assert words in changed.content.decode()

    stranger = Client()
    stranger.post(reverse("account_reset_password"), {"email": pat.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    form = stranger.get(link[link.index("/accounts/") :], follow=True)
    reset = stranger.post(form.request["PATH_INFO"], {"password1": tried, "password2": tried})
    assert words in reset.content.decode()
    pat.refresh_from_db()
    assert pat.check_password(PASSWORD)


def test_a_first_password_is_held_to_the_same_rules(client, sam):
    sign_in_by_code(client, sam)

    page = client.post(reverse("account_set_password"), {"password1": "1234567890", "password2": "1234567890"})

    assert "too common" in page.content.decode()
    sam.refresh_from_db()
    assert not sam.has_usable_password()


def test_choosing_a_password_by_mailed_link_does_not_go_around_the_second_step(client, ada):
    client.post(reverse("account_reset_password"), {"email": ada.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    form = client.get(link[link.index("/accounts/") :], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    client.post("/accounts/login/", {"login": ada.email, "password": NEW})

    assert not is_signed_in(client)
