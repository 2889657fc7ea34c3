"""Rate limits: no more for many at once than for one after another, and behind proxies by the visitor's own address.

Many at once may get less than the limit: who waits a second for the counter's lock is refused.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.adapters import AccountAdapter
from tests.accounts.security.conftest import PASSWORD, a_person, is_signed_in, with_app

AT_ONCE = 24


def in_parallel(act, count=AT_ONCE):
    """Answers of `act(number)` called from `count` threads at once, each with a database connection of its own."""

    def run(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_passwords_at_once_at_most_five_are_tried():
    pat = a_person("pat@example.org", password=PASSWORD)

    def guess(number):
        answer = Client(REMOTE_ADDR=f"192.0.2.{number + 1}").post(
            "/accounts/login/", {"login": pat.email, "password": f"guess number {number}"}
        )
        return "Too many" not in answer.content.decode()

    assert 1 <= sum(in_parallel(guess)) <= 5
    client = Client(REMOTE_ADDR="192.0.2.200")
    client.post("/accounts/login/", {"login": pat.email, "password": PASSWORD})
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_app_codes_at_once_at_most_five_are_tried():
    ada = with_app(a_person("ada@example.org", password=PASSWORD))
    browsers = [Client(REMOTE_ADDR=f"192.0.2.{number + 1}") for number in range(10)]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})

    def guess(number):
        answer = browsers[number].post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
        return "Too many" not in answer.content.decode()

    assert 1 <= sum(in_parallel(guess, count=10)) <= 5


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_for_a_code_at_once_at_most_three_are_mailed():
    sam = a_person()

    in_parallel(
        lambda number: Client(REMOTE_ADDR=f"192.0.2.{number + 1}").post("/accounts/login/", {"login": sam.email})
    )

    assert 1 <= len(mail.outbox) <= 3


@pytest.mark.django_db(transaction=True)
def test_of_many_sign_ups_at_once_from_one_address_at_most_twenty_go_through():
    answers = in_parallel(lambda number: Client().post("/accounts/signup/", {"email": f"new{number}@example.org"}))

    assert sorted({answer.status_code for answer in answers}) == [302, 429]
    assert 1 <= sum(answer.status_code == 302 for answer in answers) <= 20


# --- Behind proxies -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("trusted", "forwarded", "seen"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),  # nobody is trusted: the header is anyone's
        (1, None, "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the visitor forged the first
        (1, "203.0.113.9, 203.0.113.8, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1"),  # fewer proxies than trusted passed: theirs is no word to take
        (2, None, "10.0.0.1"),
    ],
)
def test_the_address_counted_is_the_one_the_last_trusted_proxy_saw(settings, trusted, forwarded, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert AccountAdapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)) == seen


@pytest.mark.django_db
@pytest.mark.parametrize(("trusted", "added"), [(0, ""), (1, "198.51.100.7"), (2, "198.51.100.7, 10.0.0.2")])
def test_a_forged_header_does_not_buy_more_tries(settings, trusted, added):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted

    def sign_up(number):
        forged = ", ".join(part for part in (f"203.0.113.{number}", added) if part)
        return Client().post("/accounts/signup/", {"email": f"n{number}@example.org"}, HTTP_X_FORWARDED_FOR=forged)

    assert [sign_up(number).status_code for number in range(22)] == [302] * 20 + [429] * 2


@pytest.mark.django_db
def test_visitors_behind_one_proxy_do_not_share_a_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    statuses = {
        Client().post(
            "/accounts/signup/", {"email": f"n{number}@example.org"}, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        ).status_code
        for number in range(25)
    }  # fmt: skip

    assert statuses == {302}


@pytest.mark.django_db
def test_being_over_a_limit_is_a_plain_page_of_ours(client):
    pages = [client.post("/accounts/signup/", {"email": f"n{number}@example.org"}) for number in range(21)]

    assert pages[-1].status_code == 429
    assert 'class="usa-header' in pages[-1].content.decode()
