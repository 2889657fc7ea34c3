"""The authenticator app and recovery codes: set-up, wrong codes, replays, loss. Staff pages open only with them."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.staff import EDITORS, write_groups
from tests.accounts.security.conftest import (
    PASSWORD,
    a_person,
    app_code,
    codes_of,
    confirm_by_password,
    is_signed_in,
    sign_in_by_code,
    sign_in_by_password,
    with_app,
)  # fmt: skip
from tests.core.webauthn import credential

pytestmark = pytest.mark.django_db


def secret_on(page):
    """The secret that the page of setting up an app shows as text."""
    return re.search(r"<dd>([A-Z2-7]{16,})</dd>", page).group(1)


def test_setting_up_an_app_shows_a_picture_and_text_takes_only_the_right_code_and_gives_recovery_codes(client, sam):
    sign_in_by_code(client, sam)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page).group(1)
    secret = secret_on(page)
    assert base64.b64decode(picture).startswith(b"<?xml")

    wrong = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret, steps=5)})
    assert "wrong or was used before" in wrong.content.decode()
    assert secret_on(wrong.content.decode()) == secret
    assert not Authenticator.objects.exists()

    done = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)}, follow=True)
    assert Authenticator.objects.filter(user=sam).count() == 2
    assert codes_of(sam)[0] in done.content.decode()


def test_with_an_app_neither_password_nor_mailed_code_signs_in_alone(client, ada):
    assert sign_in_by_password(client, ada).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    other = Client()
    sign_in_by_code(other, ada)
    assert not is_signed_in(other)


def test_a_code_of_the_app_signs_in_once(client, ada):
    code = app_code()
    for number, browser in enumerate((client, Client())):
        sign_in_by_password(browser, ada)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(browser) == (number == 0)


def test_an_old_or_wrong_code_is_refused_and_guessing_ends_after_five(client, ada):
    sign_in_by_password(client, ada)

    pages = [client.post(reverse("mfa_authenticate"), {"code": app_code(steps=-3)}).content.decode() for _ in range(6)]

    assert "wrong or was used before" in pages[0]
    assert "Too many" in pages[-1]
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once(client, ada):
    code = codes_of(ada)[0]
    for number, browser in enumerate((client, Client())):
        sign_in_by_password(browser, ada)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(browser) == (number == 0)
    assert len(codes_of(ada)) == 9


def test_the_page_of_the_second_step_says_who_helps_when_all_is_lost(client, ada, settings):
    sign_in_by_password(client, ada)

    page = client.get(reverse("mfa_authenticate")).content.decode()

    assert "I have none of these any more" in page
    assert settings.SUPPORT_EMAIL in page


def test_removing_the_app_takes_the_recovery_codes_too(client, ada):
    client.force_login(ada)
    client.post(reverse("mfa_reauthenticate"), {"code": app_code()})

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()


# --- Staff --------------------------------------------------------------------------------------
@pytest.fixture
def editor(db):
    user = a_person("edie@example.org", password=PASSWORD, is_staff=True)
    user.groups.add(write_groups()[EDITORS])
    return user


def test_staff_without_a_second_step_are_led_to_set_one_up(client, editor):
    sign_in_by_password(client, editor)
    for address in ("/admin/", "/admin/careers/", "/admin/no/such/"):
        assert client.get(address).url == reverse("me_security"), address

    page = client.get("/admin/", follow=True).content.decode()

    assert "You are staff, so you need an authenticator app or a key." in page
    assert reverse("mfa_activate_totp") in page


def test_staff_who_set_one_up_use_it_once_and_are_in(client, editor):
    sign_in_by_password(client, editor)
    confirm_by_password(client)
    secret = secret_on(client.get(reverse("mfa_activate_totp")).content.decode())
    client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})

    asked = client.get("/admin/")
    assert asked.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"
    answer = client.post(asked.url, {"code": codes_of(editor)[0], "next": "/admin/"})

    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_the_second_step_does_not_open_staff_pages(client, editor):
    client.force_login(editor)
    with_app(editor)

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate"))
    assert client.post("/admin/careers/passage/add/", {}).status_code == 302


def test_staff_with_a_key_alone_are_asked_for_the_key(client, editor):
    client.force_login(editor)
    Authenticator.objects.create(
        user=editor, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": credential()}
    )

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_signing_in_with_the_app_opens_the_admin_and_removing_the_app_closes_it(client, editor):
    with_app(editor)
    sign_in_by_password(client, editor)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert client.get("/admin/").status_code == 200

    Authenticator.objects.filter(user=editor).delete()
    assert client.get("/admin/").url == reverse("me_security")


def test_the_admin_has_no_way_in_of_its_own(client, editor):
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert client.get("/admin/login/?next=/admin/").url.startswith(reverse("account_login"))
    posted = client.post("/admin/login/", {"username": editor.email, "password": PASSWORD})

    assert posted.status_code == 302
    assert not is_signed_in(client)


def test_people_who_are_no_staff_are_refused_at_the_admin_and_not_led_anywhere(client, sam):
    client.force_login(sam)

    assert client.get("/admin/login/").status_code == 403


def test_other_pages_ask_no_second_step_of_staff(client, editor):
    client.force_login(editor)

    assert client.get(reverse("me")).status_code == 200
    assert mail.outbox == []
