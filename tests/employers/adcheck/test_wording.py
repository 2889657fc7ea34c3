"""Phrases that turn people away: each is found where it stands, with a reason and other words."""

import time
from itertools import pairwise

import pytest

from employers.adcheck import wording


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("Call our diabetics weekly.", "diabetics", "person-first"),
        ("Programs for the mentally ill in Queens", "the mentally ill", "person-first"),
        ("Reduce visits by frequent flyers", "frequent flyers", "person-first"),
        ("Work with non-compliant patients", "non-compliant", "person-first"),
        ("Help substance abusers", "substance abusers", "person-first"),
        ("Serve the homeless", "the homeless", "person-first"),
        ("Visit the elderly at home", "the elderly", "person-first"),
        ("You are a digital native", "digital native", "age"),
        ("Great for recent graduates", "recent graduates", "age"),
        ("Join our young and energetic team", "young and energetic team", "age"),
        ("Native Spanish speaker wanted", "Native Spanish speaker", "native"),
        ("A native speaker of Russian", "native speaker", "native"),
        ("Send your salary history", "salary history", "pay-history"),
        ("Tell us your current salary", "current salary", "pay-history"),
        ("Competitive salary", "Competitive salary", "pay-vague"),
        ("He or she will call members", "He or she", "gender"),
        ("We need a rock star", "rock star", "gender"),
        ("Must be able to lift 50 pounds", "Must be able to lift 50 pounds", "ability"),
        ("No criminal record", "No criminal record", "record"),
    ],
)
def test_a_phrase_is_found_where_it_stands(text, phrase, code):
    [advice] = wording.of(text)

    assert (advice.phrase, advice.code) == (phrase, code)
    assert text[advice.start : advice.end] == advice.phrase
    assert advice.why
    assert advice.instead


@pytest.mark.parametrize(
    "text",
    [
        "You work with people with diabetes and people living with mental illness.",
        "Children and young adults from 16 to 24 years old", "A diabetes educator on the team", "Native American health center",
        "Homeless services agency", "We ask for a background check after an offer.",
        "Two years of experience", "Nondrivers welcome",
        "English and Spanish, spoken and written well", "Pay: $24 to $28 an hour", "Youth Peer Advocate", "",
    ],
)  # fmt: skip
def test_fair_words_bring_no_advice(text):
    assert wording.of(text) == []


def test_advice_on_age_origin_and_pay_history_names_its_source():
    found = wording.of("Recent graduates and native speakers, send your salary history.")
    assert [advice.source_url[:8] for advice in found] == ["https://"] * 3


def test_advice_stands_in_the_order_of_the_text_and_nothing_twice():
    found = wording.of("The mentally ill, the homeless, digital natives: no frequent flyers.")
    places = [(advice.start, advice.end) for advice in found]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_a_hostile_text_costs_little():
    for part in ("must be able to lift a, ", "the ", "native ", "young and ", "no more than 9 years ", "a" * 50):
        start = time.perf_counter()
        wording.of(part * (20_000 // len(part)))
        assert time.perf_counter() - start < 1.5
