"""Addresses of mail servers."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from careerportal.outbox.transport import MailboxTransport, Refused, SmtpTransport, open_transport


@pytest.mark.parametrize(
    ("url", "port", "user"),
    [
        ("smtp://127.0.0.1:2525", 2525, ""),
        ("smtp+tls://us%40er:p%3Aw@mail.example", 587, "us@er"),
        ("smtp+ssl://mail.example", 465, ""),
    ],
)
def test_an_address_names_host_port_and_credentials(url, port, user):
    transport = open_transport(url)
    assert isinstance(transport, SmtpTransport)
    assert (transport._port, transport._user) == (port, user)


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_another_address_is_refused_by_name(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        open_transport(url)


def test_a_mailbox_is_refused_in_production(settings):
    assert isinstance(open_transport("mailbox:"), MailboxTransport)
    settings.PORTAL_ENV = "production"
    with pytest.raises(ImproperlyConfigured, match="Name a mail server"):
        open_transport("mailbox:")


@pytest.mark.parametrize(
    ("code", "text", "slow"),
    [(421, b"busy", True), (451, b"4.7.1 greylisted", True), (451, b"4.3.0 later", False), (550, b"5.7.1 no", False)],
)
def test_some_replies_ask_for_less(code, text, slow):
    assert Refused(code, text, "recipient").says_slow_down is slow
