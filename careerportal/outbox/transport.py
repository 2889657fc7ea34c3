"""How a message leaves: SMTP, or the mailbox of this machine in a demo.

A conversation has two halves, because the ledger writes its mark between them: `offer` (connect, MAIL, RCPT: nothing
can be delivered yet) and `hand_over` (DATA). Whoever is refused after an offer calls `abandon`.
"""

import re
import smtplib
import ssl
from email import message_from_bytes
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django_mail_viewer.backends.database.backend import EmailBackend as Viewer
from django_mail_viewer.backends.database.models import EmailMessage as Kept

from .addresses import domain_of

CONNECT_S, COMMAND_S, DATA_S = 10, 30, 60  # RFC 5321 4.5.3.2 allows more; a lease of 120 s does not
MESSAGES_PER_CONNECTION = 100
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Refused(Exception):
    """The server said no. `code` is its reply code, `stage` is connect, sender, recipient or data."""

    def __init__(self, code, text, stage):
        self.code, self.stage = code, stage
        self.text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        super().__init__(self.reply)

    @property
    def reply(self):
        return f"{self.code} {self.text}"

    @property
    def is_permanent(self):
        return 500 <= self.code < 600

    @property
    def says_no_such_address(self):
        """A bad recipient address, 5.1.x of RFC 3463. 5.7.1 in a session is our relay denying *us*: not counted."""
        found = _ENHANCED.search(self.text)
        return (
            self.is_permanent
            and self.stage == "recipient"
            and bool(found)
            and found[1] == "5"
            and found[2] == "1"
            and found[3] not in ("7", "8")  # those speak of the sender
        )

    @property
    def says_slow_down(self):
        found = _ENHANCED.search(self.text)
        return self.code == 421 or (self.code == 451 and bool(found) and found[2] == "7")


class Away(Exception):
    """Nobody answers, or the line went dead. Before DATA nothing was delivered; in DATA nobody can know."""


class SmtpTransport:
    """A connection to a mail server, kept for up to 100 messages. Address: smtp://, smtp+tls:// or smtp+ssl://."""

    is_paced = True

    def __init__(self, url):
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtp+tls", "smtp+ssl") or not parts.hostname:
            raise ImproperlyConfigured("EMAIL_URL must be smtp://, smtp+tls:// or smtp+ssl://host:port, or mailbox:")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._smtp, self._used = None, 0

    def greet(self):
        """Connect, sign in and hang up; return (host, whether it was encrypted). Raises Refused or Away."""
        with _Conversation(self, "connect"):
            self._connect()
        is_encrypted = isinstance(self._smtp.sock, ssl.SSLSocket)
        self.close()
        return self._host, is_encrypted

    def offer(self, outgoing):
        """Name sender and recipient. Raises Refused or Away."""
        reused = self._smtp is not None
        if reused and self._used >= MESSAGES_PER_CONNECTION:
            self.close()
            reused = False
        try:
            self._offer(outgoing)
        except Away:
            if not reused:
                raise
            self._offer(outgoing)  # the server hung up on an idle connection; that says nothing about this message

    def hand_over(self, outgoing):
        """Send the message itself; return the server's reply. Raises Refused, or Away when nobody can know."""
        with _Conversation(self, "data"):
            self._smtp.sock.settimeout(min(DATA_S, settings.OUTBOX_LEASE_S / 2))
            code, text = self._smtp.data(outgoing.data)
            self._smtp.sock.settimeout(min(COMMAND_S, settings.OUTBOX_LEASE_S / 2))
            if code != 250:
                raise Refused(code, text, "data")
            self._used += 1
            return f"{code} {text.decode('utf-8', 'replace')}"

    def abandon(self):
        """Take an offer back; the connection stays good."""
        try:
            with _Conversation(self, "sender"):
                self._smtp.rset()
        except (Away, Refused):
            self.close()

    def close(self):
        """Hang up."""
        smtp, self._smtp, self._used = self._smtp, None, 0
        if smtp is not None:
            smtp.close()

    def _offer(self, outgoing):
        if self._smtp is None:
            with _Conversation(self, "connect"):
                self._connect()
        if self._smtp.has_extn("pipelining"):
            self._offer_in_one_go(outgoing)
            return
        for stage, command in _offer_commands(outgoing):
            with _Conversation(self, stage):
                _expect(stage, *self._smtp.docmd(command))

    def _offer_in_one_go(self, outgoing):
        """Both commands in one packet (RFC 2920); each still gets its answer."""
        commands = _offer_commands(outgoing)
        with _Conversation(self, "sender"):
            self._smtp.send("".join(f"{command}\r\n" for _, command in commands))
            first = self._smtp.getreply()
            if first[0] != 250 and first[0] != 421:
                self._smtp.getreply()  # to RCPT, which makes no sense now
            _expect("sender", *first)
        with _Conversation(self, "recipient"):
            _expect("recipient", *self._smtp.getreply())

    def _connect(self):
        kind = smtplib.SMTP_SSL if self._scheme == "smtp+ssl" else smtplib.SMTP
        more = {"context": ssl.create_default_context()} if self._scheme == "smtp+ssl" else {}
        timeout = min(CONNECT_S, settings.OUTBOX_LEASE_S / 2)
        self._smtp = kind(self._host, self._port, local_hostname=settings.MAIL_DOMAIN, timeout=timeout, **more)
        self._smtp.sock.settimeout(min(COMMAND_S, settings.OUTBOX_LEASE_S / 2))
        self._smtp.ehlo_or_helo_if_needed()
        if self._scheme == "smtp+tls":
            self._smtp.starttls(context=ssl.create_default_context())
            self._smtp.ehlo()
        if self._user:
            self._smtp.login(self._user, self._password)


def _offer_commands(outgoing):
    return [("sender", f"MAIL FROM:<{outgoing.sender}>"), ("recipient", f"RCPT TO:<{outgoing.recipient}>")]


def _expect(stage, code, text):
    if code not in (250, 251):
        raise Refused(code, text, stage)


class _Conversation:
    """Turns smtplib's and the socket's errors into Refused and Away, and leaves the connection usable or closed."""

    def __init__(self, transport, stage):
        self.transport, self.stage = transport, stage

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if error is None:
            return
        refused = error if isinstance(error, Refused) else None
        if isinstance(error, smtplib.SMTPResponseException):
            refused = Refused(error.smtp_code, error.smtp_error, self.stage)
        if refused is not None and refused.code > 0:
            if refused.code == 421 or self.stage == "connect":
                self.transport.close()
            elif self.stage != "data":
                self.transport.abandon()
            raise refused from error
        if isinstance(error, (smtplib.SMTPException, OSError)) or refused is not None:
            self.transport.close()
            raise Away(f"{self.stage}: {type(error).__name__}") from error


class MailboxTransport:
    """Keeps messages in the database of this machine, for the mailbox page of a demo. Nothing leaves."""

    is_paced = False

    def offer(self, outgoing):
        """Everybody is welcome."""

    def hand_over(self, outgoing):
        """Keep the message; a second one with the same Message-ID is the same message."""
        message = message_from_bytes(outgoing.data)
        with transaction.atomic():
            if not Kept.objects.filter(message_id=message["Message-ID"]).exists():
                Viewer().send_messages([_Parsed(message)])
        return "250 kept in the local mailbox"

    def abandon(self):
        """Nothing was taken."""

    def close(self):
        """Nothing to close."""


class _Parsed:
    """What the viewer's backend asks of a Django message."""

    def __init__(self, message):
        self._message = message

    def message(self):
        return self._message


def open_transport(url=None):
    """The transport EMAIL_URL names. Raises ImproperlyConfigured for an unknown one, or for a mailbox in production."""
    url = url or settings.EMAIL_URL
    if url.startswith("mailbox:") and settings.PORTAL_ENV == "production":
        raise ImproperlyConfigured("EMAIL_URL is mailbox:, which keeps all mail on this machine. Name a mail server.")
    return MailboxTransport() if url.startswith("mailbox:") else SmtpTransport(url)


def refusal_of(address, transport):
    """Why this address must not get mail from here, "" when it may: the allow-list of EMAIL_ALLOWED_DOMAINS.

    Outside production the list is empty unless somebody fills it: no copy of real data can write to real people.
    """
    allowed = settings.EMAIL_ALLOWED_DOMAINS
    if isinstance(transport, MailboxTransport) or "*" in allowed:
        return ""
    if domain_of(address) in {domain.strip().lower() for domain in allowed}:
        return ""
    return f"not sent: EMAIL_ALLOWED_DOMAINS does not name this domain (PORTAL_ENV={settings.PORTAL_ENV})"
