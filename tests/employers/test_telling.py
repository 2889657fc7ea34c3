"""Telling people about an opening elsewhere: the flyer and its code, and text for other boards."""

import re

import pytest
import segno
import time_machine

from employers import prose, telling
from employers.models import Listing
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def loaded(**fields):
    listing = ListingFactory(published=True, **fields)
    return Listing.objects.with_page_details().get(pk=listing.pk)


def signed_in(client, listing, access="viewer"):
    client.force_login(MembershipFactory(employer=listing.employer, access=access).user)


LONG = {
    "headline": "Care coordinator " * 7,
    "employer__name": "A very long name of an organization " * 3,
    "pay_min_usd": "43210.50",
    "pay_max_usd": "98765.50",
    "pay_period": "year",
}


@pytest.mark.parametrize("fields", [{}, LONG, {**LONG, "schedules": ["weekdays", "evenings", "nights"]}])
def test_each_length_states_pay_and_leads_back_and_the_short_one_is_short(fields):
    listing = loaded(**fields)
    texts = telling.texts(listing)
    pay = "$43,210.50 to $98,765.50 a year" if fields else "$25 to $31 an hour"

    assert len(texts.short) <= telling.SHORT_CHARACTERS
    for text in (texts.short, texts.medium, texts.full):
        assert pay in text
        assert telling.address(listing) in text


def test_without_pay_the_texts_are_whole_and_the_page_says_what_is_missing(client):
    nothing = {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}
    listing = loaded(**nothing, headline="x" * 120)
    signed_in(client, listing)

    assert len(telling.short(listing)) <= telling.SHORT_CHARACTERS
    for way in ("flyer", "copy-text"):
        page = client.get(f"/hiring/openings/{listing.pk}/{way}/").content.decode()
        assert "It does not say what it pays" in page
        assert "/careers/pay-rules/" in page


def test_the_full_text_has_every_stated_fact_and_no_signs_of_markdown():
    listing = loaded(
        schedules=["weekdays"], licences=["rn"], caseload="40 people", languages=["en"], benefit_kinds=["pslf"],
        description="# Your day\n\nYou **call** [people](https://a.example/x).\n\n- one\n- two\n  1. first\n\nThe end.",
    )  # fmt: skip

    full = telling.texts(listing).full

    for words in ("Pay: $25 to $31 an hour", "Schedule: Full time", "License: RN license", "Caseload: 40 people"):
        assert words in full
    assert "Public Service Loan Forgiveness" in full
    assert "Your day\n\nYou call people (https://a.example/x).\n\n- one\n- two\n  1. first\n\nThe end." in full


@pytest.mark.parametrize("text", ["", "   ", "---", "<b>x</b>", "```\ncode\n```", "1. a\n2. b", "> quoted\n> twice"])
def test_any_markdown_becomes_text(text):
    assert isinstance(prose.to_text(text), str)
    assert prose.to_text("1. a\n2. b") == "1. a\n2. b"


def test_the_code_on_the_flyer_is_the_address_printed_under_it(client):
    listing = loaded(headline="Care guide")
    signed_in(client, listing)

    page = client.get(f"/hiring/openings/{listing.pk}/flyer/").content.decode()

    drawn = re.search(r'class="flyer__code"><path stroke="#000" d="([^"]+)"', page)[1]
    expected = segno.make(telling.address(listing), error="m", micro=False).svg_inline(omitsize=True, border=4)
    assert drawn in expected
    assert telling.address(listing).partition("://")[2] in page
    assert "$25 to $31 an hour" in page
    assert faults(page) == []


def test_the_page_with_texts_is_sound_and_holds_them_as_they_are(client):
    listing = loaded(headline='<script>alert("x")</script>', description="</textarea><b>x</b>")
    signed_in(client, listing)

    page = client.get(f"/hiring/openings/{listing.pk}/copy-text/").content.decode()

    assert faults(page) == []
    assert page.count("</textarea>") == 3


def test_what_is_not_public_says_so_and_what_was_taken_down_has_neither(client):
    employer = EmployerFactory()
    draft, down = ListingFactory(employer=employer), ListingFactory(employer=employer, taken_down=True)
    signed_in(client, draft)

    for way in ("flyer", "copy-text"):
        assert "not public at the moment" in client.get(f"/hiring/openings/{draft.pk}/{way}/").content.decode()
        assert client.get(f"/hiring/openings/{down.pk}/{way}/").status_code == 404
