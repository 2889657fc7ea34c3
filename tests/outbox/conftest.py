"""A mail server that answers as it is told, and a journal of each test's own."""

import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps what it takes. `answers` maps "MAIL", "RCPT", "DATA" to replies given, in order, instead of yes."""

    def __init__(self):
        self.taken = []
        self.answers = {"MAIL": [], "RCPT": [], "DATA": []}
        self.offers = 0
        self.before_data = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.answers["MAIL"]:
            return self.answers["MAIL"].pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.offers += 1
        if self.answers["RCPT"]:
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers["DATA"]:
            answer = self.answers["DATA"].pop(0)
            if answer == "hang up":
                server.transport.abort()
            return answer
        self.taken.append(envelope)
        return "250 taken"


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=False)


@pytest.fixture
def sink(settings, unused_port):
    """A running server; EMAIL_URL points to it and every domain is allowed."""
    handler = Sink()
    server = Server(handler, hostname="127.0.0.1", port=unused_port)
    server.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{unused_port}"
    settings.EMAIL_ALLOWED_DOMAINS = ["*"]
    settings.PACE_PER_S = 0
    yield handler
    server.stop()


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(autouse=True)
def _own_journal(settings, tmp_path):
    settings.SENT_JOURNAL = tmp_path / "sent.log"
