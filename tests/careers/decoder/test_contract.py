"""What holds for every answer: phrases of the input, the same answer again, in time, whatever the text."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.decoder import LONGEST_READ, VERDICTS, decode
from careers.decoder.known import TITLES

WORDS = [
    "care", "case", "Manager", "COORDINATOR", "rn", "navigator", "of", "-", ",", "/", "(", ")", "\n", "not a", "health",
    "child",    "customer", "schedule appointments", "caseload", "é", "\u200b", "ﬁ", "İ", "\u0301", "👩🏽‍⚕️", "co-", "ordinator",
    "\u2028", "\x00",
]  # fmt: skip
SLUGS = TITLES.read_text(encoding="utf-8")


def holds(text):
    """Check everything that holds for every answer, and return it."""
    found = decode(text)
    assert found.text == text
    assert found.verdict in VERDICTS
    assert 0 <= found.confidence <= 1
    assert found.title_slug is None or f"slug: {found.title_slug}\n" in SLUGS
    reached = 0
    for phrase in found.evidence:
        assert reached <= phrase.start < phrase.end <= len(text)
        assert phrase.phrase == text[phrase.start : phrase.end]
        assert phrase.says
        reached = phrase.end
    assert decode(text) == found
    return found


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered_with_phrases_of_its_own(text):
    holds(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["", " ", "\u00a0", "\n"]))
def test_texts_of_telling_words_are_answered_with_phrases_of_their_own(words, between):
    holds(between.join(words))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n\n", "\x00", "\ufeff", "\ud800", "<script>alert(1)</script>", "'; DROP TABLE careers_jobtitle; --",
        "=cmd|' /C calc'!A0", "{{ 7*7 }}", "../../etc/passwd", "%s%n%x", "(?i)" * 50, "￾", "0", "🤷" * 100,
    ],
)  # fmt: skip
def test_hostile_texts_say_too_little(text):
    assert holds(text).verdict == "not_enough"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000, "a " * 50_000, "care " * 20_000, "care/" * 20_000, "(" * 100_000, "\n" * 100_000, "A.A." * 25_000,
        "Job title: " * 9_000, "hiring an " * 10_000, "Care Manager\n" + "-" * 100_000, "e\u0301" * 50_000,
        "not a case manager. " * 5_000,
        "coordinator of health " * 5_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_huge_texts_take_no_longer_than_what_is_read(text):
    decode("warm")
    began = time.process_time()
    holds(text)

    assert time.process_time() - began < 2  # seconds, for two readings


def test_what_follows_the_part_that_is_read_changes_nothing():
    text = "RN Case Manager\n" + "Assess members. " * 2_000
    text = text[:LONGEST_READ]

    assert decode(text + " lawn mowing" * 500).evidence == decode(text).evidence


def test_decoding_needs_no_settings_no_database_and_the_same_seed():
    code = "from careers.decoder import decode; print(decode('RN Case Manager, Hospice / Care Coordinator').as_dict())"

    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }

    assert len(said) == 1
