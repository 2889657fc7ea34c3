"""Saving openings and employers: with an account, before one, and from one to the other."""

import threading
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import saved
from accounts.models import DeviceSave, SavedEmployer, SavedListing
from employers.models import ListingDay
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_saving_without_an_account_begins_a_session_and_the_list_shows_it():
    opening, client = ListingFactory(published=True), Client()

    client.post(reverse("saved_opening", args=[opening.pk]))

    assert "sessionid" in client.cookies
    assert opening.headline in client.get(reverse("saved")).content.decode()
    assert DeviceSave.objects.get().listing == opening


def test_looking_saves_nothing_and_begins_no_session():
    opening, client = ListingFactory(published=True), Client()

    client.get(reverse("saved_opening", args=[opening.pk]))
    client.get(reverse("saved"))

    assert not DeviceSave.objects.exists()
    assert "sessionid" not in client.cookies


def test_the_button_on_an_opening_sets_no_cookie():
    opening, client = ListingFactory(published=True), Client()

    answer = client.get(opening.get_absolute_url())

    assert f'action="{reverse("saved_opening", args=[opening.pk])}"' in answer.content.decode()
    assert not client.cookies


def test_a_form_on_our_own_page_needs_no_token_and_one_elsewhere_does():
    opening, client = ListingFactory(published=True), Client(enforce_csrf_checks=True)
    address = reverse("saved_opening", args=[opening.pk])

    assert client.post(address, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.post(address).status_code == 403
    assert not DeviceSave.objects.exists()
    assert client.post(address, headers={"origin": "http://testserver"}).status_code == 302
    assert DeviceSave.objects.count() == 1


def test_saving_twice_makes_one_row_and_one_count():
    opening, user = ListingFactory(published=True), UserFactory()
    shelf = saved.Shelf(user=user)

    saved.save(shelf=shelf, thing=opening, now=NOW)
    saved.save(shelf=shelf, thing=opening, now=NOW)

    assert SavedListing.objects.count() == 1
    assert ListingDay.objects.get(listing=opening).saves == 1


def test_signing_in_takes_over_openings_employers_and_notes_without_doubles():
    first, second, employer, user = (
        ListingFactory(published=True),
        ListingFactory(published=True),
        EmployerFactory(),
        UserFactory(),
    )
    mine, device = saved.Shelf(user=user), saved.Shelf(device=uuid.uuid4())
    saved.write_note(shelf=mine, thing=first, note="Ask for Ms. Ruiz.", now=NOW)
    saved.write_note(shelf=device, thing=first, note="Close to home.", now=NOW - timedelta(days=1))
    saved.save(shelf=device, thing=second, now=NOW)
    saved.write_note(shelf=device, thing=employer, note="Kind people.", now=NOW)

    moved = saved.take_over(device=device.device, user=user, now=NOW)

    assert moved == 3
    assert not DeviceSave.objects.exists()
    assert SavedListing.objects.filter(user=user).count() == 2
    kept = SavedListing.objects.get(user=user, listing=first)
    assert kept.note == "Ask for Ms. Ruiz.\n\nClose to home."
    assert kept.created_at == NOW - timedelta(days=1)
    assert SavedEmployer.objects.get(user=user).note == "Kind people."
    assert saved.take_over(device=device.device, user=user, now=NOW) == 0


def test_signing_in_with_a_password_brings_what_was_saved():
    user, opening, client = (
        UserFactory(email="sam@example.org", password="hub-in-the-wheel"),
        ListingFactory(published=True),
        Client(),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("saved_opening", args=[opening.pk]))

    client.post(reverse("account_login"), {"login": "sam@example.org", "password": "hub-in-the-wheel"})
    client.get(reverse("saved"))

    assert [row.listing for row in SavedListing.objects.filter(user=user)] == [opening]
    assert not DeviceSave.objects.exists()


def test_a_save_that_was_under_way_during_sign_in_is_found_on_the_next_look():
    user, opening, client = UserFactory(), ListingFactory(published=True), Client()
    client.post(reverse("saved_opening", args=[ListingFactory(published=True).pk]))
    device = uuid.UUID(client.session["saved_device"])
    client.force_login(user)

    saved.save(shelf=saved.Shelf(device=device), thing=opening, now=NOW)
    client.get(reverse("saved"))

    assert SavedListing.objects.filter(user=user).count() == 2


def test_a_full_device_is_told_so_and_keeps_what_it_has(monkeypatch):
    monkeypatch.setattr(saved, "A_DEVICE", 1)
    client, second = Client(), ListingFactory(published=True)
    client.post(reverse("saved_opening", args=[ListingFactory(published=True).pk]))

    answer = client.post(reverse("saved_opening", args=[second.pk]), follow=True)

    assert "Sign in to save more" in answer.content.decode()
    assert DeviceSave.objects.count() == 1


def test_a_closed_opening_stays_says_so_and_can_be_removed(client):
    user, opening = UserFactory(), ListingFactory(closed=True)
    SavedListing.objects.create(user=user, listing=opening, created_at=NOW)
    client.force_login(user)

    page = client.get(reverse("saved")).content.decode()
    client.post(reverse("saved_opening", args=[opening.pk]), {"do": "remove"})

    assert "The employer closed this opening" in page
    assert opening.get_absolute_url() in page
    assert not SavedListing.objects.exists()


def test_an_opening_taken_down_is_named_without_a_link_and_can_be_removed(client):
    user, opening = UserFactory(), ListingFactory(taken_down=True)
    SavedListing.objects.create(user=user, listing=opening, created_at=NOW)
    client.force_login(user)

    page = client.get(reverse("saved")).content.decode()
    client.post(reverse("saved_opening", args=[opening.pk]), {"do": "remove"})

    assert "was taken down" in page
    assert f'href="{opening.get_absolute_url()}"' not in page
    assert not SavedListing.objects.exists()


def test_drafts_and_hidden_employers_cannot_be_saved(client):
    client.force_login(UserFactory())

    assert client.post(reverse("saved_opening", args=[ListingFactory().pk])).status_code == 404
    assert client.post(reverse("saved_employer", args=[EmployerFactory(suspended=True).slug])).status_code == 404


def test_one_person_does_not_see_what_another_saved(client):
    opening = ListingFactory(published=True)
    SavedListing.objects.create(user=UserFactory(), listing=opening, note="Mine alone.", created_at=NOW)
    client.force_login(UserFactory())

    assert "Mine alone." not in client.get(reverse("saved")).content.decode()
    assert "Mine alone." not in client.get(reverse("saved_opening", args=[opening.pk])).content.decode()


@pytest.mark.parametrize("table", [SavedListing, SavedEmployer])
def test_the_database_refuses_a_second_row(table):
    user, name = UserFactory(), "listing" if table is SavedListing else "employer"
    thing = ListingFactory(published=True) if name == "listing" else EmployerFactory()
    table.objects.create(user=user, created_at=NOW, **{name: thing})

    with pytest.raises(IntegrityError, match="_once"), transaction.atomic():
        table.objects.create(user=user, created_at=NOW, **{name: thing})


def test_a_device_row_names_exactly_one_thing():
    with pytest.raises(IntegrityError, match="one_thing"), transaction.atomic():
        DeviceSave.objects.create(device=uuid.uuid4(), created_at=NOW)


def test_the_list_costs_the_same_for_two_as_for_twelve(client):
    user = UserFactory()
    client.force_login(user)

    def add(count):
        for _ in range(count):
            SavedListing.objects.create(user=user, listing=ListingFactory(published=True), created_at=NOW)
            SavedEmployer.objects.create(user=user, employer=EmployerFactory(), created_at=NOW)

    add(2)
    client.get(reverse("saved"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("saved"))
    add(10)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("saved"))

    assert len(many) == len(few)


def test_what_devices_hold_is_forgotten_after_its_days():
    shelf = saved.Shelf(device=uuid.uuid4())
    saved.save(shelf=shelf, thing=ListingFactory(published=True), now=NOW - timedelta(days=saved.DEVICE_DAYS, hours=1))
    other = saved.Shelf(device=uuid.uuid4())
    saved.save(shelf=other, thing=EmployerFactory(), now=NOW)

    assert saved.forget_devices(now=NOW) == 1
    assert DeviceSave.objects.get().device == other.device


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_make_one_row():
    user, opening = UserFactory(), ListingFactory(published=True)
    start = threading.Barrier(4)

    def press():
        try:
            start.wait()
            saved.save(shelf=saved.Shelf(user=user), thing=opening, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert SavedListing.objects.filter(user=user).count() == 1
    assert ListingDay.objects.get(listing=opening).saves == 1


@pytest.mark.django_db(transaction=True)
def test_two_takeovers_at_once_lose_and_double_nothing():
    user, device = UserFactory(), uuid.uuid4()
    for _ in range(3):
        saved.save(shelf=saved.Shelf(device=device), thing=ListingFactory(published=True), now=NOW)
    start, moved = threading.Barrier(2), []

    def sign_in():
        try:
            start.wait()
            moved.append(saved.take_over(device=device, user=user, now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(moved) == 3
    assert SavedListing.objects.filter(user=user).count() == 3
