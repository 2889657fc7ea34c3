"""A window that was left open while its account was deleted or became part of another one."""

import threading
import time

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from accounts import erasure, merging, ownership
from accounts.models import SavedListing, TrackedApplication
from careerportal.core.models import User
from tests.accounts.security.conftest import a_person
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both():
    """Two accounts of one person."""
    kept, gone = a_person("kept@example.org"), a_person("gone@example.org")
    for user in (kept, gone):
        ownership.settle(user, now=NOW)
    return kept, gone


def while_it_ends(end, post):
    """Press a button in one window while `end` is done and not yet kept in another; return the answer to the press."""
    answers = []

    def press():
        try:
            answers.append(post())
        finally:
            connections.close_all()

    with transaction.atomic():
        end()
        window = threading.Thread(target=press)
        window.start()
        wait_until_somebody_waits()
    window.join(timeout=20)
    return answers[0]


def wait_until_somebody_waits():
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the other window did not wait for this one")


def merge(kept, gone):
    merging.merge(kept=kept, gone=gone, now=NOW)


def erase(kept, gone):
    erasure.erase_account(user=gone, now=NOW)


@pytest.mark.parametrize("end", [merge, erase])
@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/saved/opening/{pk}/", {"do": "save"}),
        ("/me/applications/new/", {"employer_name": "Elmwood", "title": "Care manager", "state": "applied"}),
        ("/openings/{pk}/ask/", {"text": "Do you train?", "token": "a" * 32}),
    ],
)
def test_what_is_pressed_while_the_account_ends_leads_to_signing_in_and_writes_nothing(both, end, address, data):
    kept, gone = both
    listing = ListingFactory(published=True)
    browser = Client()
    browser.force_login(gone)

    answer = while_it_ends(lambda: end(kept, gone), lambda: browser.post(address.format(pk=listing.pk), data))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert not User.objects.filter(pk=gone.pk).exists()
    assert not SavedListing.objects.exists()
    assert not TrackedApplication.objects.exists()
    assert "joined with another one" in browser.get("/accounts/login/").content.decode()


def test_any_other_failure_stays_one(both):
    _kept, gone = both
    browser = Client(raise_request_exception=True)
    browser.force_login(gone)

    assert browser.get("/me/applications/999999/").status_code == 404
    assert browser.get("/me/").status_code == 200
