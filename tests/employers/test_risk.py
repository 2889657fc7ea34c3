"""What the rules find in a text, where, and what they let pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers import risk
from employers.risk.folding import Folded
from employers.risk.sameness import likeness, sketch

OWN = "office@gmail.com"


def codes(text, **options):
    return {finding.code for finding in risk.in_text(text, **options)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You will pay a $49 registration fee.", "fee-asked"),
        ("No experience needed, but applicants must send a deposit of $30.", "fee-asked"),
        ("We mail you a check.", "check-mailed"),
        ("Interviews are held on Telegram.", "messenger-contact"),
        ("Interviews are held on Теlegram.", "messenger-contact"),
        ("Add our recruiter on T.e.l.e.g.r.a.m today.", "messenger-contact"),
        ("Text our hiring manager on wh\u200batsapp.", "messenger-contact"),
        ("Send your Social Security number with the form.", "personal-data-asked"),
        ("Read us the codes of the gift cards.", "off-site-payment"),
        ("Apply at bit.ly/apply-now.", "hidden-link"),
        ("Write to care jobs: carejobs (at) gmail (dot) com", "free-mail"),
        ("Earn $3,500 a week.", "too-good-pay"),
    ],
)
def test_what_crooks_write_is_found(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "We never charge a fee, and there is no application fee.",
        "The agency pays for the background check. Your uniform is free of charge.",
        "You check that each appointment was kept. Wellness checks by phone.",
        "We pay by check or direct deposit every two weeks.",
        "Families may reach you on WhatsApp.",
        "You help members replace a lost Social Security card.",
        "A valid driver's license. A copy of your nursing license after an offer.",
        "If you are selected for an interview, we call you.",
        "You give gift cards of $10 to members who finish a screening.",
        "You pay close attention to detail and pay visits to people at home.",
        "Experience with fee-for-service billing.",
    ],
)
def test_what_honest_agencies_write_passes(text):
    assert codes(text) == set()


def test_a_small_agency_may_use_the_free_address_it_confirmed():
    text = f"Send a resume to {OWN}."

    assert codes(text) == {"free-mail"}
    assert codes(text, own_addresses=[OWN]) == set()


@given(st.text(max_size=300))
def test_a_phrase_is_always_where_it_says(text):
    text = f"{text} You will pay a $49 fee. {text}"

    assert all(text[one.start : one.end] == one.phrase for one in risk.in_text(text))


@given(st.text(max_size=120))
def test_folding_never_loses_the_way_back(text):
    folded = Folded(text)

    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["a" * 50_000, "you pay " * 6_000, "- " * 20_000, "$1" * 20_000])
def test_long_odd_texts_are_read_to_an_end(text):
    assert isinstance(risk.in_text(text), tuple)


def test_every_code_has_words():
    assert {*risk.RISK_WORDS} == {*risk.Risk.values} >= risk.URGENT


def test_two_texts_are_the_same_but_for_names_and_numbers():
    text = (
        "You call each person the day after they leave, go over the medicines with them and write a plan that fits. "
        * 3
    )
    other = (
        "We look for someone who repairs bicycles, sells spare parts and is friendly to children on Saturdays too. " * 3
    )

    assert likeness(sketch(text), sketch(text.replace("plan", "note") + " Call 518-555-0199.")) > 0.5
    assert likeness(sketch(text), sketch(other)) == 0.0
    assert sketch("Too short to tell.") == []
