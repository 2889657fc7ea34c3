"""Wishes that an employer would list here: counted once a visitor and day, mailed to nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import employer_wishes
from accounts.models import EmployerWish
from accounts.staff import EDITORS, MODERATORS, write_groups
from careerportal.outbox.models import Delivery
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.directory.entries import listed
from tests.employers_factories import EmployerFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db

ME = {"address": "203.0.113.7", "browser": "Firefox"}


@pytest.fixture
def clinic():
    return listed(slug="clinic", name="Riverside Clinic")


def test_the_button_counts_a_wish_and_mails_nobody(client, clinic, mailoutbox):
    asked = client.get("/employers/clinic/invite/").content.decode()
    assert not EmployerWish.objects.exists()
    response = client.post("/employers/clinic/invite/", follow=True)
    client.post("/employers/clinic/invite/")

    assert faults(asked) == []
    assert "We send no email" in asked
    assert response.redirect_chain == [("/employers/clinic/invite/thanks/", 302)]
    assert "We sent nothing to anyone" in response.content.decode()
    assert EmployerWish.objects.count() == 1
    assert mailoutbox == []
    assert not Delivery.objects.exists()


def test_another_visitor_or_another_day_counts_again(clinic):
    assert employer_wishes.wish(employer=clinic, now=NOW, **ME)
    assert not employer_wishes.wish(employer=clinic, now=NOW, **ME)
    assert employer_wishes.wish(employer=clinic, now=NOW, **ME | {"browser": "Chrome"})
    assert employer_wishes.wish(employer=clinic, now=NOW, **ME | {"address": "203.0.113.8"})
    assert employer_wishes.wish(employer=clinic, now=NOW + timedelta(days=1), **ME)


def test_a_wish_names_nobody_and_cannot_be_followed_to_the_next_day(clinic):
    for days in range(2):
        employer_wishes.wish(employer=clinic, now=NOW + timedelta(days=days), **ME)

    first, second = EmployerWish.objects.values_list("visitor", flat=True)
    assert first != second
    assert not any(part in first + second for part in ("203", "Firefox"))


@pytest.mark.parametrize("facts", [{"unapproved": True}, {"suspended": True}])
def test_nobody_wishes_for_an_employer_without_a_public_page(client, facts):
    EmployerFactory(slug="hidden", **facts)

    assert client.get("/employers/hidden/invite/").status_code == 404
    assert client.post("/employers/hidden/invite/").status_code == 404
    assert client.get("/employers/hidden/invite/thanks/").status_code == 404


def test_one_place_on_the_network_wishes_thirty_times_an_hour(client):
    for number in range(31):
        listed(slug=f"e{number}")
        response = client.post(f"/employers/e{number}/invite/")

    assert response.status_code == 429
    assert EmployerWish.objects.count() == 30


def test_moderators_see_numbers_the_most_wished_for_first(client, clinic):
    other = listed(slug="other", name="Hilltop Hospital")
    listed(name="Nobody Wishes")
    for browser in ("Firefox", "Chrome"):
        employer_wishes.wish(employer=other, now=NOW, address="203.0.113.7", browser=browser)
    employer_wishes.wish(employer=clinic, now=NOW, **ME)
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[MODERATORS])
    sign_in_staff(client, user)

    html = client.get("/admin/accounts/wishedemployer/").content.decode()

    assert html.index("Hilltop Hospital") < html.index("Riverside Clinic")
    assert "Nobody Wishes" not in html


def test_editors_see_no_wishes(client):
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[EDITORS])
    sign_in_staff(client, user)

    assert client.get("/admin/accounts/wishedemployer/").status_code == 403


def test_the_database_counts_a_visitor_once_a_day(clinic):
    employer_wishes.wish(employer=clinic, now=NOW, **ME)
    said = EmployerWish.objects.values("employer_id", "wished_on", "visitor").get()

    with pytest.raises(IntegrityError, match="accounts_employerwish_once_a_day"), transaction.atomic():
        EmployerWish.objects.create(**said)
