"""Passkeys and the pages of safety in a real browser, under the portal's content policy."""

import os
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.accounts.security.conftest import PASSWORD, SECRET, a_person, app_code, codes_of, with_app
from tests.employers_factories import MembershipFactory
from tests.journeys.browsing import expect, follow

AXE = Path(__file__).resolve().parents[2] / "vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(desktop):
    """What the browser's console complains about: the content policy speaks here."""
    found = []
    desktop.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    desktop.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def key(desktop):
    """A key in the browser that says yes to everything, as a phone does after a look at a face."""
    devtools = desktop.context.new_cdp_session(desktop)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    return devtools, made["authenticatorId"]


def sign_in(page, user, *, then=""):
    """Sign in by password on the page; with `then` that page is opened next."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").first.fill(user.email)
    if not page.get_by_label("Password").is_visible():
        page.get_by_text("Use my password instead").click()
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in with password"))
    if then:
        page.goto(then)


def confirm(page):
    """Type the password once more."""
    page.get_by_label("Your password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continue"))


def sign_out(page):
    page.goto("/accounts/logout/")
    follow(page.get_by_role("main").get_by_role("button", name="Sign out"))


def add_passkey(page, name="My phone"):
    page.goto(reverse("me_security"))
    follow(page.get_by_role("link", name="Add a key"))
    confirm(page)
    page.get_by_label("Name of the key").fill(name)
    follow(page.get_by_role("button", name="Add this key"))
    page.wait_for_url("**/recovery-codes/**")


def test_a_passkey_is_added_and_then_signs_in_alone(desktop, key, complaints):
    devtools, which = key
    pat = a_person("pat@example.org", password=PASSWORD)
    sign_in(desktop, pat)
    add_passkey(desktop)

    assert Authenticator.objects.get(user=pat, type="webauthn").wrap().name == "My phone"
    assert len(codes_of(pat)) == 10
    assert len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": which})["credentials"]) == 1

    sign_out(desktop)
    desktop.goto("/accounts/login/")
    follow(desktop.get_by_role("button", name="Sign in with a passkey"))
    desktop.wait_for_url("**/me/")
    expect(desktop.get_by_role("heading", name="My page")).to_be_visible()
    assert complaints == []


def test_a_key_is_the_second_step_after_a_password_and_confirms_changes(desktop, key, complaints):
    pat = a_person("pat@example.org", password=PASSWORD)
    sign_in(desktop, pat)
    add_passkey(desktop)
    sign_out(desktop)

    sign_in(desktop, pat)
    expect(desktop.get_by_role("heading", name="Your second step")).to_be_visible()
    follow(desktop.get_by_role("button", name="Use a passkey or security key"))
    desktop.wait_for_url("**/me/")
    desktop.goto(reverse("mfa_view_recovery_codes"))
    follow(desktop.get_by_role("link", name="Use a security key"))
    follow(desktop.get_by_role("button", name="Use my passkey or security key"))
    desktop.wait_for_url("**/recovery-codes/**")

    expect(desktop.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert complaints == []


def test_staff_with_a_passkey_are_in_the_admin_at_once(desktop, key, complaints):
    ada = a_person("ada@example.org", password=PASSWORD, is_staff=True, is_superuser=True)
    sign_in(desktop, ada, then="/admin/")
    expect(desktop).to_have_url(re.compile(re.escape(reverse("me_security")) + "$"))
    add_passkey(desktop)
    sign_out(desktop)

    desktop.goto("/accounts/login/")
    follow(desktop.get_by_role("button", name="Sign in with a passkey"))
    desktop.wait_for_url("**/me/")
    desktop.goto("/admin/")

    expect(desktop).to_have_url(re.compile("/admin/$"))
    assert complaints == []


def test_an_app_is_set_up_without_script(phone):
    pat = a_person("pat@example.org", password=PASSWORD)
    sign_in(phone, pat, then=reverse("me_security"))
    follow(phone.get_by_role("link", name="Set up an app"))
    confirm(phone)
    assert phone.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    secret = phone.locator("dl.defs dd").first.inner_text()
    phone.get_by_label("Code from the app").fill(app_code(secret))
    follow(phone.get_by_role("button", name="Turn it on"))

    expect(phone.get_by_text(codes_of(pat)[0])).to_be_visible()


def faults_of_axe(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]


def look(page, name):
    """Hold the page in both widths against axe and sideways scrolling; keep a picture when PICTURES names a folder."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults_of_axe(page) == [], (name, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_every_page_of_safety_is_sound_on_a_phone_and_a_desk(desktop, key, complaints):
    pat = a_person("pat@example.org", password=PASSWORD)
    sam = a_person("sam@example.org", password=PASSWORD, is_staff=True)
    sign_in(desktop, pat, then=reverse("me"))
    look(desktop, "me")
    for name in (
        "me_security",
        "me_delete",
        "usersessions_list",
        "account_change_password",
        "account_email",
        "mfa_index",
    ):
        desktop.goto(reverse(name))
        look(desktop, name)
    desktop.goto(reverse("mfa_activate_totp"))
    look(desktop, "confirm_by_password")
    follow(desktop.get_by_role("link", name="Email me a code instead"))
    look(desktop, "confirm_by_code")
    follow(desktop.get_by_role("button", name="Email me a code"))
    look(desktop, "confirm_by_code_sent")
    follow(desktop.get_by_role("button", name="Continue"))
    look(desktop, "confirm_by_code_error")
    desktop.goto(reverse("mfa_activate_totp"))
    confirm(desktop)
    look(desktop, "app_setup")
    desktop.get_by_label("Code from the app").fill("000")
    follow(desktop.get_by_role("button", name="Turn it on"))
    look(desktop, "app_setup_wrong")
    desktop.goto(reverse("mfa_add_webauthn"))
    look(desktop, "key_add")
    follow(desktop.get_by_role("button", name="Add this key"))
    desktop.wait_for_url("**/recovery-codes/**")
    look(desktop, "recovery_codes")
    made = Authenticator.objects.get(user=pat, type="webauthn")
    for name, arguments in (
        ("mfa_generate_recovery_codes", []),
        ("mfa_list_webauthn", []),
        ("mfa_edit_webauthn", [made.pk]),
        ("mfa_remove_webauthn", [made.pk]),
        ("me_security", []),
    ):
        desktop.goto(reverse(name, args=arguments))
        look(desktop, f"{name}_with_key")
    sign_out(desktop)
    sign_in(desktop, pat)
    look(desktop, "second_step")
    desktop.context.clear_cookies()
    sign_in(desktop, sam, then="/admin/")
    look(desktop, "staff_led")
    MembershipFactory(user=sam)
    desktop.goto(reverse("me_delete"))
    look(desktop, "delete_refused")
    desktop.goto(reverse("me_deleted"))
    look(desktop, "deleted")
    assert complaints == []


def test_the_pages_of_the_app_are_sound(desktop, complaints):
    ada = with_app(a_person("ada@example.org", password=PASSWORD))
    sign_in(desktop, ada)
    desktop.get_by_label("Code from your app").fill("12")
    follow(desktop.get_by_role("button", name="Sign in", exact=True))
    look(desktop, "second_step_wrong")
    desktop.get_by_label("Code from your app").fill(codes_of(ada)[0])
    follow(desktop.get_by_role("button", name="Sign in", exact=True))
    desktop.goto(reverse("mfa_deactivate_totp"))
    look(desktop, "confirm_by_app")
    desktop.get_by_label("Code from your app").fill(app_code(SECRET))
    follow(desktop.get_by_role("button", name="Continue"))
    look(desktop, "app_off")
    assert complaints == []
