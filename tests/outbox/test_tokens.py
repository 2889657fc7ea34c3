"""Tokens of the unsubscribe header."""

import pytest

from careerportal.outbox.tokens import read_unsubscribe_token, unsubscribe_token


def test_a_token_says_recipient_and_stream():
    assert read_unsubscribe_token(unsubscribe_token(12, "alerts")) == (12, "alerts")


def test_a_token_outlives_a_change_of_key(settings):
    token = unsubscribe_token(12, "alerts")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert read_unsubscribe_token(token) == (12, "alerts")


@pytest.mark.parametrize("token", ["", "12-alerts", "12-alerts.", "x", "12-alerts.AAAA", "\x00", "é.ü"])
def test_what_we_did_not_sign_is_nobody(token):
    assert read_unsubscribe_token(token) is None


def test_a_token_cannot_be_turned_to_another_recipient_or_stream():
    signature = unsubscribe_token(12, "alerts").partition(".")[2]
    assert read_unsubscribe_token(f"13-alerts.{signature}") is None
    assert read_unsubscribe_token(f"12-opportunities.{signature}") is None
