"""Addresses typed to sign up, to sign in or for a new password: what mail cannot reach is said, one inbox counts once."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from careerportal.outbox.models import Delivery
from tests.employers.racing import race

FORMS = {
    "/accounts/signup/": "email",
    "/accounts/login/": "login",
    "/accounts/login/code/": "email",
    "/accounts/password/reset/": "email",
}
UNREACHABLE = [
    f"{'x' * 65}@example.org",
    f"{'x' * 250}@example.org",
    '"a b"@example.org',
    "k\u0131nown@example.org",
    f"x@{'ä' * 62}.org",
    "x@a\u2028b.org",
    "known@example.org\nBcc: you@example.org",
    "known@example.org\0",
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_ledger(settings):
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"


@pytest.fixture
def known():
    user = get_user_model().objects.create_user("known@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("address", UNREACHABLE)
def test_an_address_that_mail_cannot_reach_is_said_on_the_page(client, path, address):
    response = client.post(path, {FORMS[path]: address})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Delivery.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("spelling", ["KNOWN@Example.ORG", " known@example.org", "known@\uff45xample.org"])
def test_every_spelling_of_an_address_is_the_same_person(client, known, path, spelling):
    client.post(path, {FORMS[path]: spelling})

    assert Delivery.objects.get().address == known.email
    assert "No account" not in Delivery.objects.get().payload["subject"]
    assert get_user_model().objects.get() == known


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("address", ["known@example.org", "nobody@example.org"])
def test_one_inbox_gets_few_mails_an_hour_whoever_asks_and_however_it_is_spelled(
    client, known, settings, path, address
):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "request_login_code": "4/h/key",
        "reset_password": "4/h/key",
        "portal_sign_up": "4/h/key",
        "confirm_email": "100/h/key",  # allauth's own, one in ten seconds
    }
    for number in range(8):
        client.cookies.clear()
        spelling = address.upper() if number % 2 else address.replace("example", "\uff45xample")
        client.post(path, {FORMS[path]: spelling}, REMOTE_ADDR=f"10.0.0.{number}")

    assert Delivery.objects.count() == 4
    cache.clear()


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("address", ["known@example.org", "nobody@example.org"])
def test_links_in_mail_lead_to_the_portal_whatever_host_was_asked_for(client, known, settings, path, address):
    settings.ALLOWED_HOSTS, settings.PORTAL_URL = ["*"], "https://careers.example.org"

    client.post(path, {FORMS[path]: address}, HTTP_HOST="stranger.example")

    payload = Delivery.objects.get().payload
    assert "stranger.example" not in payload["text"] + payload["html"]
    if "/accounts/" in payload["text"]:
        assert "https://careers.example.org/accounts/" in payload["text"]


@pytest.mark.django_db(transaction=True)
def test_signing_up_several_times_at_once_makes_one_person_and_no_error(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"confirm_email": "100/h/key"}
    spellings = ("new@example.org", "NEW@example.org", "New@Example.org", "new@\uff45xample.org")

    answers = race(
        *[
            lambda email=email: Client().post("/accounts/signup/", {"email": email}).headers["Location"]
            for email in spellings
        ]
    )

    assert answers == ["/accounts/confirm-email/"] * 4
    assert get_user_model().objects.get().email == "new@example.org"
