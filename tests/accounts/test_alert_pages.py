"""The pages of an alert: a GET shows, a POST acts, a token opens only its own alert."""

import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from accounts.models import JobAlert
from accounts.search_address import search_query
from accounts.tokens import CODE_PAGE, CONFIRM, MANAGE, confirmation_code, token_for
from careerportal.outbox import stops
from careerportal.outbox.models import Delivery, StreamStop
from careerportal.outbox.tokens import unsubscribe_token
from careerportal.places.place import Place, PlaceKind
from employers.filters import ListingFilterSet
from employers.search import ListingCriteria
from tests.accounts.test_one_definition import criteria_strategy
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.careers_factories import CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.employers_factories import EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db
State = JobAlert.State


def signed_in(client, address="person@example.org", *, verified=True):
    user = UserFactory(email=address)
    user.emailaddress_set.create(email=address, verified=verified, primary=True)
    client.force_login(user)
    return user


def test_a_search_becomes_an_alert_with_every_part_of_it(client, albany):
    CareSettingFactory(slug="hospice")
    page = client.get("/alerts/new/?q=nurse&zip=12207&miles=50&role=cm&setting=hospice&employment=part-time&page=3")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    fields.pop("csrfmiddlewaretoken")
    assert fields == {"setting": "hospice", "employment": "part-time"}

    asked = {
        "email": "Seeker@Example.ORG",
        "place": "12207",
        "miles": "50",
        "role": "cm",
        "q": "nurse",
        "frequency": "daily",
    }
    answer = client.post("/alerts/new/", {**asked, **fields})

    alert = JobAlert.objects.get()
    assert answer.url == reverse("alert_sent", args=[token_for(CODE_PAGE, alert.pk)])
    assert alert.recipient.address == "seeker@example.org"
    assert alert.criteria == ListingCriteria(
        words="nurse", place=alert.criteria.place, roles=("cm",), settings=("hospice",), employment=("part-time",)
    )
    assert alert.criteria.place.key == "radius:12207:50"


def test_a_place_sent_under_its_other_name_does_not_widen_the_alert(client, albany):
    client.post("/alerts/new/", {"email": "seeker@example.org", "zip": "12207", "frequency": "daily"})

    assert JobAlert.objects.get().criteria.place.key == "radius:12207:25"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "00000"}, "know ZIP 00000"),
        ({"place": "", "zip": "00000"}, "know ZIP 00000"),
        ({"email": "no address"}, "valid email"),
        ({"email": ""}, "required"),
        ({"miles": "7777"}, "Select a valid choice"),
        ({"role": "boss"}, "Select a valid choice"),
        ({"setting": "moon"}, "Select a valid choice"),
        ({"frequency": "hourly"}, "Select a valid choice"),
        ({"frequency": "weekly", "weekday": "9"}, "Select a valid choice"),
        ({"q": "x" * 500}, "at most 200"),
        ({"q": "nul\x00"}, "Null characters"),
    ],
)
def test_a_wrong_value_is_named_keeps_what_was_typed_and_makes_no_alert(client, albany, wrong, says):
    asked = {"email": "seeker@example.org", "place": "12207", "miles": "25", "frequency": "daily"}
    page = client.post("/alerts/new/", {**asked, "q": "typed words", **wrong})

    assert page.status_code == 200
    assert says in page.content.decode()
    assert "q" in wrong or "typed words" in page.content.decode()
    assert not JobAlert.objects.exists()
    assert not Delivery.objects.exists()


def test_a_known_address_gets_the_same_answer_as_a_new_one(client):
    JobAlertFactory(recipient__address="known@example.org")
    pages = []
    for address in ("known@example.org", "new@example.org"):
        answer = client.post("/alerts/new/", {"email": address, "frequency": "daily"}, follow=True)
        text = re.sub(r"csrfmiddlewaretoken[^>]*|alerts/sent/[^/]*", "", answer.content.decode())
        pages.append((answer.redirect_chain[0][1], text))

    assert pages[0] == pages[1]


def test_a_signed_in_person_with_a_verified_address_needs_no_confirmation(client):
    signed_in(client)
    client.post("/alerts/new/", {"frequency": "weekly", "weekday": "2", "email": "someone-else@example.org"})

    alert = JobAlert.objects.get()
    assert (alert.state, alert.recipient.address) == (State.ACTIVE, "person@example.org")


def test_a_signed_in_person_without_a_verified_address_confirms_like_everyone(client):
    signed_in(client, verified=False)
    client.post("/alerts/new/", {"frequency": "daily", "email": "person@example.org"})

    assert JobAlert.objects.get().state == State.UNCONFIRMED


def test_one_network_address_cannot_ask_without_end(client):
    for number in range(30):
        client.post("/alerts/new/", {"frequency": "daily", "email": f"p{number}@example.org"})
    page = client.post("/alerts/new/", {"frequency": "daily", "email": "last@example.org"})

    assert "try again in an hour" in page.content.decode()
    assert JobAlert.objects.count() == 30


def test_opening_the_confirmation_link_confirms_nothing_and_its_button_does(client):
    client.post("/alerts/new/", {"email": "seeker@example.org", "frequency": "daily"})
    alert = JobAlert.objects.get()
    address = reverse("alert_confirm", args=[token_for(CONFIRM, alert.confirmations.get().pk)])

    assert "Confirm your alert" in client.get(address).content.decode()
    alert.refresh_from_db()
    assert alert.state == State.UNCONFIRMED

    page = client.post(address, follow=True)
    assert 'data-alert-state="active"' in page.content.decode()


def test_the_code_typed_on_the_page_confirms(client):
    client.post("/alerts/new/", {"email": "seeker@example.org", "frequency": "daily"})
    alert = JobAlert.objects.get()
    address = reverse("alert_sent", args=[token_for(CODE_PAGE, alert.pk)])

    assert "not the code" in client.post(address, {"code": "12"}).content.decode()
    client.post(address, {"code": confirmation_code(alert.confirmations.get().pk)})
    alert.refresh_from_db()
    assert alert.state == State.ACTIVE


def test_the_page_for_the_code_opens_nothing_else(client):
    alert = JobAlertFactory()
    token = token_for(CODE_PAGE, alert.pk)

    assert client.get(reverse("alert_manage", args=[token])).status_code == 404
    assert client.get(reverse("alert_confirm", args=[token])).status_code == 404


@pytest.mark.parametrize(
    ("do", "state"), [("pause", "paused"), ("stop", "stopped"), ("resume", "active"), ("dance", "active")]
)
def test_the_manage_page_does_what_its_buttons_say_and_nothing_on_get(client, do, state):
    alert = JobAlertFactory(next_run_at=timezone.now())
    address = reverse("alert_manage", args=[token_for(MANAGE, alert.pk)])
    client.get(f"{address}?do={do}")
    alert.refresh_from_db()
    assert alert.state == State.ACTIVE

    assert f'data-alert-state="{state}"' in client.post(address, {"do": do}, follow=True).content.decode()


def test_how_often_is_changed_on_the_manage_page(client):
    alert = JobAlertFactory()
    client.post(reverse("alert_manage", args=[token_for(MANAGE, alert.pk)]), {
        "do": "frequency", "frequency": "weekly", "weekday": "4"
    })  # fmt: skip

    alert.refresh_from_db()
    assert (alert.frequency, alert.weekday) == ("weekly", 4)


@pytest.mark.parametrize("name", ["alert_confirm", "alert_manage", "alert_sent", "alert_unsubscribe"])
@pytest.mark.parametrize("token", ["1", "1~forged", "99~", "%00", "é", "x" * 500])
def test_a_token_that_is_not_ours_is_a_page_not_found(client, name, token):
    JobAlertFactory()
    address = reverse(name, args=["TOKEN"]).replace("TOKEN", token)

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_one_click_unsubscribe_needs_no_session_no_csrf_and_no_redirect():
    alert = JobAlertFactory()
    address = reverse("alert_unsubscribe", args=[unsubscribe_token(alert.recipient_id, "alerts")])
    strict = Client(enforce_csrf_checks=True)

    for _again in range(3):
        answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content, answer.cookies) == (200, b"Unsubscribed.", {})
    assert StreamStop.objects.get().source == "header"


def test_looking_at_the_unsubscribe_page_stops_nothing_and_its_button_does(client):
    alert = JobAlertFactory()
    address = reverse("alert_unsubscribe", args=[unsubscribe_token(alert.recipient_id, "alerts")])

    assert "Yes, unsubscribe me" in client.get(address).content.decode()
    assert not StreamStop.objects.exists()
    assert "You are unsubscribed" in client.post(address).content.decode()
    assert stops.is_stopped(alert.recipient_id, "alerts")
    assert "You are unsubscribed" in client.get(address).content.decode()


def test_unsubscribing_still_answers_after_the_recipient_was_erased(client):
    recipient = RecipientFactory()
    token = unsubscribe_token(recipient.pk, "alerts")
    stops.erase(recipient, now=timezone.now())
    gone = unsubscribe_token(recipient.pk + 1000, "alerts")

    for known in (token, gone):
        assert client.post(reverse("alert_unsubscribe", args=[known])).status_code == 200


def test_my_page_asks_to_sign_in_and_then_shows_alerts_of_verified_addresses_only(client):
    assert client.get("/me/").status_code == 302
    signed_in(client)
    JobAlertFactory(recipient__address="person@example.org", criteria=ListingCriteria(words="mine"))
    JobAlertFactory(recipient__address="other@example.org", criteria=ListingCriteria(words="theirs"))

    page = client.get("/me/").content.decode()
    assert "mine" in page
    assert "theirs" not in page


@pytest.fixture
def vocabulary(db):
    """Rows for every slug the criteria strategy knows, so that an address can be parsed back."""
    for slug in ("care-coordinator", "care-manager", "patient-navigator", "no-such-title"):
        JobTitleFactory(slug=slug)
    for slug in ("hospital", "hospice"):
        CareSettingFactory(slug=slug)
    for slug in ("older-adults", "children"):
        PopulationFactory(slug=slug)
    EmployerFactory(slug="care-agency-0")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(criteria=criteria_strategy)
def test_the_address_of_a_search_means_the_same_criteria(vocabulary, criteria):
    if criteria.place is not None and criteria.place.kind in (PlaceKind.RADIUS, PlaceKind.COUNTY):
        criteria = replace(criteria, place=Place(kind=PlaceKind.STATE, state="VT"))  # the others need the ZIP table

    found = ListingFilterSet(QueryDict(search_query(criteria)))

    assert found.is_usable, found.form.errors
    assert found.criteria == criteria
