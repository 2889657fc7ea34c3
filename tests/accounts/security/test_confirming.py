"""What matters asks once more who you are, whatever way you sign in."""

import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from accounts import confirming
from tests.accounts.security.conftest import (
    PASSWORD,
    a_person,
    app_code,
    codes_of,
    confirm_by_password,
    mailed_code,
    sign_in_by_code,
    sign_in_by_password,
)  # fmt: skip

MATTERS = ["mfa_activate_totp", "mfa_add_webauthn"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [*MATTERS, "account_set_password"])
def test_an_open_session_of_someone_without_password_is_asked_for_a_mailed_code(client, sam, name):
    client.force_login(sam)

    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("me_confirm"))
    assert mail.outbox == []


@pytest.mark.parametrize("name", MATTERS)
def test_an_open_session_of_someone_with_a_password_is_asked_for_it(client, pat, name):
    sign_in_by_password(client, pat)

    assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))
    confirm_by_password(client)
    assert client.get(reverse(name)).status_code == 200


def test_with_a_second_step_the_password_alone_confirms_nothing(client, ada):
    client.force_login(ada)

    assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("mfa_reauthenticate"))
    assert confirm_by_password(client).url.startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("me_confirm")).url.startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 302

    client.post(reverse("mfa_reauthenticate"), {"code": app_code()})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_mailed_code_lets_people_go_on_to_what_they_were_about_to_do(client, sam):
    client.force_login(sam)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Email me a code" in page.content.decode()
    assert mail.outbox == []

    sent = client.post(reverse("me_confirm"), {"do": "send", "next": reverse("mfa_activate_totp")})
    assert "Code from the email" in sent.content.decode()
    assert [message.to for message in mail.outbox] == [[sam.email]]
    answer = client.post(reverse("me_confirm"), {"code": mailed_code().lower(), "next": reverse("mfa_activate_totp")})

    assert answer.url == reverse("mfa_activate_totp")
    assert client.get(answer.url).status_code == 200


def test_signing_in_by_mailed_code_just_now_is_proof_enough_and_ten_minutes_ago_is_not(client, sam):
    sign_in_by_code(client, sam)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200

    with time_machine.travel(time.time() + 601, tick=True):
        assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_a_wrong_code_is_refused_and_the_third_ends_it(client, sam):
    client.force_login(sam)
    client.post(reverse("me_confirm"), {"do": "send"})
    right = mailed_code()

    for _try in range(confirming.TRIES):
        assert "not the newest code" in client.post(reverse("me_confirm"), {"code": "WRONG123"}).content.decode()
    assert "not the newest code" in client.post(reverse("me_confirm"), {"code": right}).content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_a_code_works_once_and_only_in_its_own_session_and_only_fifteen_minutes(client, django_user_model, sam):
    from django.test import Client

    client.force_login(sam)
    client.post(reverse("me_confirm"), {"do": "send"})
    code = mailed_code()
    elsewhere = Client()
    elsewhere.force_login(sam)
    assert "not the newest code" in elsewhere.post(reverse("me_confirm"), {"code": code}).content.decode()

    with time_machine.travel(time.time() + confirming.LIFETIME_S + 1, tick=True):
        assert "not the newest code" in client.post(reverse("me_confirm"), {"code": code}).content.decode()
    assert client.post(reverse("me_confirm"), {"code": code}).status_code == 302
    assert "not the newest code" in client.post(reverse("me_confirm"), {"code": code}).content.decode()


def test_codes_are_not_mailed_without_end(client, sam):
    client.force_login(sam)

    pages = [client.post(reverse("me_confirm"), {"do": "send"}).content.decode() for _press in range(4)]

    assert len(mail.outbox) == 3
    assert "several codes" in pages[-1]


def test_the_code_is_not_in_the_session_as_text(client, sam):
    client.force_login(sam)
    client.post(reverse("me_confirm"), {"do": "send"})

    assert mailed_code() not in str(dict(client.session))


def test_without_a_confirmed_address_no_code_is_sent(client, sam):
    EmailAddress.objects.update(verified=False)
    client.force_login(sam)

    assert "Confirm your email address first" in client.post(reverse("me_confirm"), {"do": "send"}).content.decode()
    assert mail.outbox == []


def test_changing_the_address_waits_for_the_confirmation_and_then_goes_through(client, pat):
    sign_in_by_password(client, pat)

    asked = client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="new@example.org").exists()
    client.post(asked.url, {"password": PASSWORD, "next": reverse("account_email")})

    assert mail.outbox[-1].to == ["new@example.org"]


def test_someone_with_a_password_may_confirm_by_mailed_code_too(client, pat):
    sign_in_by_password(client, pat)
    client.post(reverse("me_confirm"), {"do": "send"})
    client.post(reverse("me_confirm"), {"code": mailed_code()})

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_recovery_codes_confirm_too(client, ada):
    client.force_login(ada)

    client.post(reverse("mfa_reauthenticate"), {"code": codes_of(ada)[0]})

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_strangers_are_sent_to_sign_in(client):
    for name in ("me_security", "me_confirm", "me_delete"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_a_second_step_is_never_needed_to_read_ones_own_page(client):
    client.force_login(a_person("new@example.org"))

    assert client.get(reverse("me")).status_code == 200
    assert not Authenticator.objects.exists()
