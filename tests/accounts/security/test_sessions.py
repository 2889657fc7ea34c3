"""Where one is signed in: devices in plain words, and signing out of the others."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.devices import device_name

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (WINDOWS, "Chrome on Windows"),
        (WINDOWS + " Edg/140.0.0.0", "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 "
            "Chrome/125.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
            "Safari/605.1.15",
            "Safari on Mac",
        ),
        ("curl/8.5.0", "Unknown browser"),
        ("", "Unknown browser"),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
    ],
)
def test_browsers_are_named_as_people_know_them(user_agent, name):
    assert device_name(user_agent) == name


def test_the_page_names_devices_and_signs_out_the_others(sam):
    phone, desk = Client(HTTP_USER_AGENT=IPHONE, REMOTE_ADDR="198.51.100.7"), Client(HTTP_USER_AGENT=WINDOWS)
    for browser in (phone, desk):
        browser.force_login(sam)
        browser.get(reverse("me"))

    page = desk.get(reverse("usersessions_list")).content.decode()
    assert "Safari on iPhone" in page
    assert "198.51.100.7" in page
    assert page.count("This one") == 1
    desk.post(reverse("usersessions_list"))

    assert phone.get(reverse("me")).status_code == 302
    assert desk.get(reverse("me")).status_code == 200
    assert "Safari on iPhone" not in desk.get(reverse("usersessions_list")).content.decode()


def test_nobody_sees_or_ends_the_sessions_of_others(client, sam, pat):
    hers = Client(HTTP_USER_AGENT=IPHONE)
    hers.force_login(pat)
    hers.get(reverse("me"))
    client.force_login(sam)

    assert "iPhone" not in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))

    assert hers.get(reverse("me")).status_code == 200


def test_the_safety_page_says_what_is_on(client, ada, sam):
    client.force_login(sam)
    before = client.get(reverse("me_security")).content.decode()
    client.force_login(ada)
    after = client.get(reverse("me_security")).content.decode()

    assert "Set up an app" in before
    assert "Two-step sign-in is on." in after
    assert "10 codes are left" in after
    assert "You have one." in after


def test_ones_own_page_offers_more_safety_until_it_is_there(client, ada, sam):
    client.force_login(sam)
    assert "Make your account safer" in client.get(reverse("me")).content.decode()
    client.force_login(ada)
    assert "Make your account safer" not in client.get(reverse("me")).content.decode()
