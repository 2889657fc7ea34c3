"""The finished message, parsed back by the standard library."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from careerportal.outbox.headers import UnfitMessage, finish_message
from careerportal.outbox.ledger import delivery_id, message_id
from careerportal.outbox.models import Delivery, Recipient
from careerportal.outbox.tokens import read_unsubscribe_token
from tests.outbox.factories import NOW


def delivery(stream="alerts", **fields):
    key = f"{stream}:1"
    return Delivery(
        pk=delivery_id(key), message_id=message_id(key), recipient=Recipient(pk=7), address="ann@example.org", stream=stream,
        kind="alert_digest", **fields,
    )  # fmt: skip


def mail(subject="New openings", text="One.\n", html="<p>One.</p>", **fields):
    message = EmailMultiAlternatives(subject, text, **fields)
    if html:
        message.attach_alternative(html, "text/html")
    return message


def content(part):
    """A body with line ends as Python writes them."""
    return part.get_content().replace("\r\n", "\n")


def parsed(message, stream="alerts", now=NOW):
    outgoing = finish_message(delivery(stream), message, now=now)
    assert all(len(line) <= 998 for line in outgoing.data.split(b"\r\n"))
    assert b"\n" not in outgoing.data.replace(b"\r\n", b"")
    assert outgoing.data.isascii()
    found = message_from_bytes(outgoing.data, policy=policy.default)
    assert not found.defects
    return found


def test_an_alert_carries_every_header_of_a_list():
    found = parsed(mail())
    assert found["From"] == "Health Workforce Collaborative <alerts@hwcollab.example>"
    assert found["To"] == "ann@example.org"
    assert found["Message-ID"] == message_id("alerts:1")
    assert parsedate_to_datetime(found["Date"]) == NOW
    assert found["Date"].endswith("+0000")
    assert found["Reply-To"] == "support@hwcollab.example"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert found["Precedence"] == "bulk"
    assert found["List-Id"] == "Job alerts <alerts.hwcollab.example>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Feedback-ID"] == "alert_digest:alerts:HWcollab:hwcollab.example"
    for name in ("Cc", "Bcc", "Return-Path", "Sender"):
        assert found[name] is None


def test_the_unsubscribe_header_names_recipient_and_stream_without_an_address():
    url = parsed(mail())["List-Unsubscribe"]
    start = "<http://127.0.0.1:8000/alerts/unsubscribe/"
    assert url.startswith(start)
    assert url.endswith("/>")
    assert "ann" not in url
    assert "%40" not in url
    assert read_unsubscribe_token(url[len(start) : -2]) == (7, "alerts")


def test_account_mail_has_no_list_headers_and_is_not_bulk():
    found = parsed(mail(), "account")
    for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"):
        assert found[name] is None
    assert found["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("stream", ["opportunities", "employer", "staff"])
def test_every_other_stream_has_a_list_id_and_sender_of_its_own(stream):
    found = parsed(mail(), stream)
    assert stream[:5] in found["List-Id"]
    assert stream[:5] in found["From"]
    assert (found["Precedence"] == "bulk") == (stream == "opportunities")


def test_a_retry_is_the_same_message_with_a_new_date():
    first, again = parsed(mail()), parsed(mail(), now=NOW + timedelta(hours=1))
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Date"] != again["Date"]


def test_bounces_come_back_to_an_address_that_names_the_delivery():
    outgoing = finish_message(delivery(), mail(), now=NOW)
    assert outgoing.sender == f"bounce+{delivery().pk.hex}@hwcollab.example"
    assert outgoing.recipient == "ann@example.org"


def test_text_comes_first_then_html():
    found = parsed(mail(text="Caf\u00e9 \u2013 one.\n", html="<p>Café &ndash; one.</p>"))
    assert found.get_content_type() == "multipart/alternative"
    text, html = found.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert content(text) == "Caf\u00e9 \u2013 one.\n"
    assert content(html) == "<p>Café &ndash; one.</p>\n"


def test_a_mail_may_be_text_alone():
    found = parsed(mail(html=""))
    assert found.get_content_type() == "text/plain"
    assert content(found) == "One.\n"


@given(text=st.text(min_size=1).filter(str.strip), html=st.text(min_size=1))
def test_bodies_arrive_as_they_were_written(text, html):
    try:
        text.encode(), html.encode()
    except UnicodeEncodeError:
        return
    found = parsed(mail(text=text, html=html))
    for part, given_text in zip(found.iter_parts(), (text, html), strict=True):
        body = part.get_payload(decode=True).decode()
        expected = given_text.replace("\r\n", "\n").replace("\r", "\n")
        assert body.replace("\r\n", "\n") in (expected, expected + "\n")


def test_very_long_lines_are_wrapped_on_the_way_and_whole_on_arrival():
    line = "x" * 5000
    assert content(parsed(mail(text=line, html=""))) == line + "\n"


@pytest.mark.parametrize(
    "message",
    [
        mail(subject="Hello\nBcc: eve@example.org"),
        mail(subject="Hello\r\n\r\nbody"),
        mail(from_email="Eve\nBcc: eve@example.org <x@example.org>"),
        mail(headers={"X-Thing": "a\r\nBcc: eve@example.org"}),
        mail(headers={"X-Thing: a\nBcc": "eve@example.org"}),
        mail(subject=" \t "),
        mail(text=" ", html="<p>only html</p>"),
        mail(to=["eve@example.org"]),
        mail(to=["ann@example.org", "eve@example.org"]),
        mail(cc=["eve@example.org"]),
        mail(bcc=["eve@example.org"]),
        EmailMessage("s", "t", attachments=[("a.txt", "x", "text/plain")]),
        mail(headers={"X-Long": "x" * 1200}),
    ],
)
def test_what_must_not_go_out_is_refused(message):
    with pytest.raises(UnfitMessage):
        finish_message(delivery(), message, now=NOW)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Maple Bridge via HWcollab <x@evil.example>", "Maple Bridge via HWcollab"),
        ('"support@bank.example" <x@evil.example>', "support bank.example"),
        ("<x@evil.example>", "Health Workforce Collaborative"),
        ("José \u202eGómez\u200b <x@evil.example>", "José Gómez"),
        ("N" * 200 + " <x@evil.example>", "N" * 64),
    ],
)
def test_the_sender_is_always_our_address_and_its_name_imitates_none(given_name, shown):
    sender = parsed(mail(from_email=given_name))["From"].addresses[0]
    assert sender.addr_spec == "alerts@hwcollab.example"
    assert sender.display_name == shown


def test_a_long_subject_is_cut_and_one_in_another_script_arrives():
    assert parsed(mail(subject="Care " * 40))["Subject"] == ("Care " * 40)[:77].rstrip() + "…"
    assert parsed(mail(subject="Coordinación de atención en Nueva York"))["Subject"] == (
        "Coordinación de atención en Nueva York"
    )


@pytest.mark.parametrize("typed", ["=?utf-8?q?=0ABcc:?= opening", "a =?utf-8?b?UHJpemU=?= for you"])
def test_a_subject_that_looks_encoded_arrives_as_it_was_typed(typed):
    assert parsed(mail(subject=typed))["Subject"] == typed


def test_a_handler_cannot_replace_our_headers():
    found = parsed(mail(headers={"Message-ID": "<x@y>", "list-id": "z", "X-Portal-Kind": "code", "X-Thing": "kept"}))
    assert found["Message-ID"] == message_id("alerts:1")
    assert found["List-Id"] == "Job alerts <alerts.hwcollab.example>"
    assert found["X-Portal-Kind"] is None
    assert found["X-Thing"] == "kept"
