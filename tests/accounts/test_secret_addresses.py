"""Addresses with a token in them: what the token says, what it hides, and where it must not leak."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AlertConfirmation, JobAlert
from accounts.tokens import CODE_PAGE, CONFIRM, MANAGE, read_token, token_for
from careerportal.outbox import streams
from careerportal.outbox.models import Delivery, Recipient
from careerportal.outbox.tokens import read_unsubscribe_token, unsubscribe_token
from tests.accounts_factories import JobAlertFactory
from tests.employers.racing import race

PURPOSES = (CONFIRM, MANAGE, CODE_PAGE)
OLD_KEY, NEW_KEY = "an older key of forty characters and more", "a newer key of forty characters and more"
ASKED = {"email": "seeker@example.org", "frequency": "daily"}


def other(character):
    return "A" if character != "A" else "B"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_names_its_row_for_its_own_purpose_alone(purpose):
    token = token_for(purpose, 4711)

    assert [read_token(other_purpose, token) for other_purpose in PURPOSES] == [
        4711 if other_purpose == purpose else None for other_purpose in PURPOSES
    ]
    assert read_unsubscribe_token(token) is None
    assert read_token(purpose, unsubscribe_token(4711, "alerts")) is None


def test_a_token_with_any_character_changed_missing_or_added_is_not_ours():
    token = token_for(MANAGE, 4711)

    spoiled = [token[:place] + other(token[place]) + token[place + 1 :] for place in range(len(token))]
    spoiled += [token[:length] for length in range(len(token))] + [f"{token}A", f"{token}=", f" {token}", f"{token}\n"]

    assert {read_token(MANAGE, wrong) for wrong in spoiled} == {None}


def test_a_token_outlives_a_change_of_key_and_not_the_loss_of_it(settings):
    settings.SECRET_KEY = OLD_KEY
    token = token_for(MANAGE, 4711)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [OLD_KEY]
    assert read_token(MANAGE, token) == 4711

    settings.SECRET_KEY_FALLBACKS = []
    assert read_token(MANAGE, token) is None


def test_tokens_of_neighboring_rows_have_nothing_in_common():
    tokens = [token_for(CODE_PAGE, pk) for pk in range(1, 200)]

    for length in (4, -4):
        parts = {token[:length] if length > 0 else token[length:] for token in tokens}
        assert len(parts) > 190


@pytest.mark.django_db
def test_asking_for_an_alert_that_exists_does_not_show_that_it_does(client):
    JobAlertFactory(recipient__address="seeker@example.org")
    for number in range(20):
        JobAlertFactory(recipient__address=f"other{number}@example.org")

    answers = [client.post("/alerts/new/", {**ASKED, "email": f"{who}@example.org"}).url for who in ("seeker", "new")]

    digits = [re.fullmatch(r"/alerts/sent/([A-Za-z0-9_-]{32})/", answer) for answer in answers]
    assert all(digits)
    pages = [
        re.sub(r'(?<=value=")\w{64}|/alerts/sent/[^/]+/', "", client.get(answer).content.decode()) for answer in answers
    ]
    assert pages[0] == pages[1]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_with_a_token_stay_out_of_caches_indexes_and_the_logs_of_others(client, method):
    alert = JobAlertFactory()
    confirmation = AlertConfirmation.objects.create(
        alert=alert, asked_at=alert.created_at, due_at=alert.created_at, expires_at="2100-01-01T00:00Z"
    )
    for address in (
        reverse("alert_sent", args=[token_for(CODE_PAGE, alert.pk)]),
        reverse("alert_confirm", args=[token_for(CONFIRM, confirmation.pk)]),
        reverse("alert_manage", args=[token_for(MANAGE, alert.pk)]),
        reverse("alert_unsubscribe", args=[unsubscribe_token(alert.recipient_id, "alerts")]),
    ):
        answer = getattr(client, method)(address)

        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert f"Disallow: /{'/'.join(address.split('/')[1:3])}/" in client.get("/robots.txt").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_alert_asked_for_many_times_at_once_is_one_alert_and_one_mail():
    race(lambda: Client().post("/alerts/new/", ASKED), times=12)

    assert JobAlert.objects.count() == Recipient.objects.count() == 1
    confirmations = AlertConfirmation.objects.order_by("due_at")
    assert Delivery.objects.filter(due_at__lte=confirmations[0].due_at).count() == 1
    assert len(confirmations) <= 3


@pytest.mark.django_db(transaction=True)
def test_an_inbox_gets_three_confirmations_a_day_from_however_many_places_at_once(settings):
    places = [f"10.0.{number}.1" for number in range(12)]

    race(
        *[
            lambda place=place: Client().post("/alerts/new/", {**ASKED, "q": f"word{place}"}, REMOTE_ADDR=place)
            for place in places
        ]
    )

    assert JobAlert.objects.count() == 12
    assert Delivery.objects.count() == 3


@pytest.mark.django_db
def test_a_confirmation_carries_no_link_that_a_stranger_typed(client):
    client.post(
        "/alerts/new/", {**ASKED, "q": "prize at https://evil.example/now or evil.example call me@evil.example"}
    )

    (delivery,) = Delivery.objects.all()
    message = streams.handler_for(delivery.kind).build(delivery, [], now=delivery.due_at)
    for text in (message.body, message.alternatives[0].content):
        assert "prize at https evil example now" in text
        assert "evil.example" not in text
