"""Every page of allauth wears our design. A page that is missing from the list below fails the last test."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import get_resolver, reverse

from tests.core.pages import faults
from tests.core.webauthn import credential

PASSWORD = "a long enough phrase"

FOR_ANYONE = [
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "account_request_login_code", "account_inactive",
]  # fmt: skip
SIGNED_IN = [
    "account_logout", "account_email", "account_change_password", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
]  # fmt: skip
WITH_SECOND_STEP = [
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate",
    "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
]  # fmt: skip
IN_THE_MIDDLE = [  # reached while signing in or up; each has a test of its own
    "account_confirm_login_code", "account_email_verification_sent", "account_set_password",
    "account_reset_password_from_key", "mfa_authenticate",
]  # fmt: skip
NOT_PAGES = ["mfa_download_recovery_codes", "mfa_login_webauthn"]  # a text file, and JSON


@pytest.fixture
def person(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere
    user = get_user_model().objects.create_user("seeker@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client, person):
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})  # changes to safety ask for it once more
    return client


def sound(response):
    html = response.content.decode()
    assert response.status_code == 200, response
    assert 'class="usa-header' in html
    assert 'class="foot' in html
    assert faults(html) == []
    return html


@pytest.mark.parametrize("name", FOR_ANYONE)
def test_pages_for_anyone_wear_our_design(client, db, name):
    sound(client.get(reverse(name)))


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_for_people_signed_in_wear_our_design(signed_in, name):
    sound(signed_in.get(reverse(name)))


@pytest.mark.parametrize("name", WITH_SECOND_STEP)
def test_pages_about_the_second_step_wear_our_design(signed_in, person, name):
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    key = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Blue key", "credential": credential()}
    )
    RecoveryCodes.activate(person)

    sound(
        signed_in.get(
            reverse(name, kwargs={"pk": key.pk} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else {})
        )
    )


def test_the_code_page_of_signing_in_wears_our_design_and_the_code_arrives(client, person):
    html = sound(client.post("/accounts/login/", {"login": person.email}, follow=True))

    assert "Enter the sign-in code" in html
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert code
    client.post("/accounts/login/code/confirm/", {"code": code.group()})
    assert "_auth_user_id" in client.session


def test_the_code_page_of_signing_up_wears_our_design(client, db):
    html = sound(client.post("/accounts/signup/", {"email": "new@example.org"}, follow=True))

    assert "Confirm your email address" in html
    assert len(mail.outbox) == 1


def test_a_password_signs_in_too(signed_in):
    assert "_auth_user_id" in signed_in.session


def test_a_wrong_password_is_said_on_the_page_with_the_address_kept(client, person):
    html = sound(client.post("/accounts/login/", {"login": person.email, "password": "wrong"}))

    assert "Please check this" in html
    assert f'value="{person.email}"' in html
    assert '<details class="fold" open>' in html


def test_setting_a_first_password_wears_our_design(client, db):
    user = get_user_model().objects.create_user("codes-only@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)

    sound(client.get(reverse("account_set_password"), follow=True))


def test_the_link_for_a_new_password_leads_to_a_sound_page(client, person):
    client.post("/accounts/password/reset/", {"email": person.email})
    address = re.search(r"http\S+/accounts/password/reset/key/\S+", mail.outbox[0].body).group()

    sound(client.get(address.removeprefix(django_settings.PORTAL_URL), follow=True))
    sound(client.get("/accounts/password/reset/key/1-none/"))


def test_the_second_step_while_signing_in_wears_our_design(client, person):
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    sound(client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, follow=True))


def test_an_unknown_address_gets_the_same_page_as_a_known_one(client, person):
    known = client.post("/accounts/login/", {"login": person.email})
    client.cookies.clear()
    unknown = client.post("/accounts/login/", {"login": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_no_page_of_allauth_is_missing_from_these_lists():
    def names(resolver):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                yield from names(entry)
            else:
                yield entry.name

    (accounts,) = [entry for entry in get_resolver().url_patterns if str(entry.pattern) == "accounts/"]
    listed = FOR_ANYONE + SIGNED_IN + WITH_SECOND_STEP + IN_THE_MIDDLE + NOT_PAGES
    assert sorted(names(accounts)) == sorted(listed)
