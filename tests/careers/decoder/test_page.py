"""The decoder's page: an address for a short title, a form for an ad, no cookie, nothing stored."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGE = "/careers/titles/decoder/"


@pytest.fixture
def page(content):
    return Client(enforce_csrf_checks=True)


def test_a_title_has_an_address_that_shows_verdict_phrases_and_where_to_go(page):
    response = page.get(PAGE, {"text": "RN Case Manager"})

    said = response.content.decode()
    assert "This is care management" in said
    assert 'data-verdict="management"' in said
    assert "<mark>Case Manager<sup>2</sup></mark>" in said
    assert 'href="/careers/titles/rn-case-manager/"' in said
    assert 'href="/openings/?title=rn-case-manager"' in said
    assert 'href="/alerts/new/?title=rn-case-manager"' in said
    assert "noindex" in said
    assert not response.cookies


def test_the_page_itself_asks_and_sets_no_cookie(page):
    response = page.get(PAGE)

    assert response.status_code == 200
    assert "data-verdict" not in response.content.decode()
    assert not response.cookies


def test_what_is_typed_is_shown_as_text(page):
    said = page.get(PAGE, {"text": '<img src=x onerror="alert(1)"> Case Manager'}).content.decode()

    assert "<img src=x" not in said
    assert "&lt;img src=x" in said


def test_a_short_title_sent_as_a_form_leads_to_its_address(page):
    response = page.post(PAGE, {"text": "  Care Coordinator "})

    assert response.status_code == 302
    assert response["Location"] == f"{PAGE}?text=Care+Coordinator"
    assert not response.cookies


def test_an_ad_is_answered_in_place_without_a_cookie(page):
    ad = "Service Coordinator\n" + "Schedule appointments. Make referrals. Connect families to services.\n" * 20

    response = page.post(PAGE, {"text": ad})

    assert response.status_code == 200
    assert 'data-verdict="coordination"' in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_nothing_and_too_much_are_asked_again(page, text):
    said = page.post(PAGE, {"text": text}).content.decode()

    assert "usa-error-message" in said
    assert "data-verdict" not in said


def test_too_little_to_tell_says_what_to_add(page):
    said = page.get(PAGE, {"text": "Service Coordinator"}).content.decode()

    assert "Not enough to tell" in said
    assert "schedule appointments" in said


def test_another_field_leads_to_no_openings_of_it(page):
    said = page.get(PAGE, {"text": "Customer Care Coordinator"}).content.decode()

    assert "This is not this field" in said
    assert "?title=" not in said
