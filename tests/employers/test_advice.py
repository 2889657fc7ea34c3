"""Advice when an opening's words and its title disagree: a sentence, never an error."""

import pytest

from employers import advice
from tests.careers_factories import JobTitleFactory

pytestmark = pytest.mark.django_db


def said(headline, roles, description="Ask us about the work."):
    return advice.on_title(headline=headline, description=description, title=JobTitleFactory(roles=roles), roles=roles)


def test_words_of_the_other_kind_bring_advice_with_the_words():
    words = said("RN Case Manager, nights", 1)

    assert "care management" in words
    assert "\u201cCase Manager\u201d" in words


def test_words_of_another_field_bring_advice():
    assert "outside care coordination" in said("Forklift Driver", 1)


@pytest.mark.parametrize(
    ("headline", "roles"),
    [
        ("RN Case Manager", 2),
        ("RN Case Manager", 3),
        ("RN Care Coordinator", 1),
        ("Join our team", 1),
        ("Patient Navigator", 0),
    ],
)
def test_words_that_agree_or_say_little_bring_none(headline, roles):
    assert said(headline, roles) == ""
