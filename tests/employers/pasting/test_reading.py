"""Paste my ad: every guess has its phrase, nothing is invented, contradictions are notes, and no text takes long."""

import time
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import pasting as bench
from careers.vocabulary import Stance
from employers import drafts
from employers.pasting import LONGEST_READ, read
from tests.clock import NOW

ADS = {name: (text, says) for name, text, says in bench.ads()}
ALL = "\n\n".join(text for text, _says in ADS.values())


def values(text):
    return read(text, now=NOW).values


@pytest.mark.parametrize("name", ADS)
def test_every_guess_carries_the_exact_phrase(name):
    text = ADS[name][0]
    reading = read(text, now=NOW)
    for field, guess in reading.guesses.items():
        assert text[guess.start : guess.end] == guess.phrase != "", field
        assert 0 < guess.certainty <= 1
        for span in guess.more:
            assert text[span.start : span.end] == span.phrase != "", field
    for note in reading.notes:
        assert note.text
        assert all(text[span.start : span.end] == span.phrase for span in note.spans)


@pytest.mark.parametrize("name", ADS)
def test_guesses_are_content_of_an_opening(name):
    guesses = read(ADS[name][0], now=NOW).guesses
    assert guesses.keys() <= {*drafts.FIELDS, *drafts.LISTS, "site"}
    assert all(guess.value in Stance.values for field, guess in guesses.items() if field.endswith("_stance"))


def test_thirty_ads_are_read_as_well_as_we_say():
    counted = Counter()
    for text, says in ADS.values():
        counted.update(bench.judged(text, says).items())
    right, wrong, missed = bench.totals(counted)

    assert len(ADS) == 30
    assert right / (right + wrong + missed) > 0.97
    assert wrong / (right + wrong) < 0.02


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_its_phrases_are_its_own(text):
    for guess in read(text, now=NOW).guesses.values():
        assert text[guess.start : guess.end] == guess.phrase


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_cut_of_ads_keeps_the_phrases_exact(data):
    start = data.draw(st.integers(0, len(ALL)))
    text = ALL[start : start + data.draw(st.integers(0, 1500))]
    for guess in read(text, now=NOW).guesses.values():
        assert text[guess.start : guess.end] == guess.phrase


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "Hello there", "We like our work.", "\u2022\u2022", "<p></p>", "<!-- x"]
)
def test_a_text_that_says_nothing_brings_no_facts(text):
    assert set(values(text)) <= {"description"}


@pytest.mark.parametrize(
    ("words", "pay"),
    [
        ("Pay: $22.00 - $26.50 per hour", (22, Decimal("26.50"), "hour")),
        ("Salary $52k-$58k a year", (52000, 58000, "year")),
        ("$52,000 to $58,000 annually", (52000, 58000, "year")),
        ("Hourly rate: 24.50 - 29", (Decimal("24.50"), 29, "hour")),
        ("$25/hr", (25, 25, "hour")),
        ("$25.00 to $28.00/hr ($52,000 to $58,240 a year)", (25, 28, "hour")),
    ],
)
def test_pay_is_read(words, pay):
    found = values(f"Care Coordinator\n{words}")
    assert (found["pay_min_usd"], found["pay_max_usd"], found["pay_period"]) == pay


@pytest.mark.parametrize(
    "words",
    [
        "Earn up to $35 an hour", "Starting at $60,000 a year", "$25+ per hour", "$2,450 per week", "$45 per visit",
        "Sign-on bonus of $10,000 to $25,000", "Tuition help up to $25,000 a year", "We manage $30,000,000 a year",
        "Care Manager: $24 - $27 an hour. Senior: $29 - $33 an hour.", "Competitive salary", "A 40 hour week",
    ],
)  # fmt: skip
def test_pay_that_is_open_double_or_something_else_is_not_guessed(words):
    assert "pay_min_usd" not in values(f"Care Coordinator\n{words}")


def test_two_ranges_are_a_note_with_both_phrases():
    reading = read("Care Manager\nLevel 1: $24 - $27 an hour\nLevel 2: $29 - $33 an hour", now=NOW)
    [note] = [note for note in reading.notes if note.field == "pay_min_usd"]
    assert [span.phrase for span in note.spans] == ["$24 - $27 an hour", "$29 - $33 an hour"]


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("RN license preferred.", "licence_stance", "preferred"),
        ("RN license required.", "licence_stance", "required"),
        ("Bachelor's degree or equivalent experience.", "education_stance", "equivalent"),
        ("Associate's degree, BSN preferred.", "education", "associate"),
        ("Bachelor's required, Master's preferred.", "education_stance", "required"),
        ("1 year of experience, will train the right person.", "experience_stance", "will-train"),
        ("Preferred Qualifications:\n- CCM", "credential_stance", "preferred"),
        ("No experience necessary.", "experience_months", 0),
        ("No degree needed.", "education", "none"),
    ],
)
def test_how_firm_it_is_asked(words, field, value):
    assert values(f"Care Coordinator\n{words}")[field] == value


@pytest.mark.parametrize(
    "words",
    [
        "You work closely with RNs and with an LCSW.", "Supervision hours toward the LCSW.", "Serving Albany for 40 years.",
        "We do not discriminate on the basis of veteran status, age or disability.", "Must be 18 years of age.",
        "We have 14,000 employees and 5 hospitals.", "Call within 48 hours of discharge.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fact_is_left_alone(words):
    found = values(f"Care Coordinator\n{words}")
    assert not found.keys() & {"licences", "experience_months", "populations", "weekly_hours", "caseload", "positions"}


@pytest.mark.parametrize(
    "words",
    [
        "On call one weekend a month.",
        "On-call rotation: phone only",
        "You are on call by phone every sixth weekend.",
        "On-call evenings in turns",
    ],
)
def test_when_one_may_be_called_is_not_when_one_works(words):
    said = values(f"RN Case Manager in Albany\n\nMonday to Friday, 40 hours a week.\n{words}")
    assert (said["schedules"], said["on_call"]) == (["weekdays"], "some")


def test_a_closing_day_without_a_year_is_the_next_one_and_a_past_one_is_a_note():
    assert values("Care Manager\nApply by January 15.")["closes_on"] == date(2027, 1, 15)
    past = read("Care Manager\nApply by January 15, 2026.", now=NOW)
    assert "closes_on" not in past.guesses
    assert [note.field for note in past.notes] == ["closes_on"]


def test_an_address_without_encryption_is_a_note():
    reading = read("Care Manager\nApply at http://jobs.example/1", now=NOW)
    assert "apply_url" not in reading.guesses
    assert "https" in reading.notes[0].text


def test_html_is_cleaned_and_still_named_exactly():
    text = (
        "<h1>Care Coordinator</h1><p>Pay:&nbsp;&#36;25&ndash;&#36;28 an hour</p>"
        "<script>alert(1)</script><ul><li>Call people</li></ul>"
    )
    reading = read(text, now=NOW)

    assert reading.guesses["pay_min_usd"].phrase == "&#36;25&ndash;&#36;28 an hour"
    assert "alert" not in reading.values["description"]
    assert "- Call people" in reading.values["description"]
    assert "<" not in reading.values["description"]


def test_what_boards_put_around_an_ad_is_left_out_of_the_description():
    found = values("Care Coordinator\nApply now\nSave job\nPosted 3 days ago\nYou call people.\n\u2022 Set up visits")
    assert found["description"] == "You call people.\n- Set up visits"


def test_what_stands_beyond_the_limit_is_not_read():
    assert "pay_min_usd" not in values("Care Coordinator\n" + "word " * (LONGEST_READ // 5) + "\n$25 an hour")


@pytest.mark.parametrize(
    "part",
    ["$1 ", "$25 - ", "rn or ", "bachelor or ", "caseload of ", "<p", "<!--", "&#36;", "(", "\n", " ", "9", "no, ", "2 years ",
     "Aa Bb ", "albany, and ", "home ", "preferred, ", "apply by ", "https://a", "a. "],
)  # fmt: skip
def test_time_grows_with_the_length_not_with_its_square(part):
    short, long = (part * (length // len(part)) for length in (LONGEST_READ // 4, LONGEST_READ))
    read(short, now=NOW)
    took = []
    for text in (short, long):
        start = time.process_time()
        read(text, now=NOW)
        took.append(time.process_time() - start)
    assert took[1] < 1.5
    assert took[1] < 8 * took[0] + 0.1
