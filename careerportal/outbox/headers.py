"""From a rendered message to the bytes on the wire: every header of every mail is set here, and nowhere else.

Sources: RFC 5322 (form), 2045-2047 (MIME), 2919 (List-Id), 2369 and 8058 (unsubscribe), 3834 (Auto-Submitted),
6531 avoided. The MIME frame is written by hand because Django's takes most of the time of sending; the tests parse it
back with the standard library.
"""

import re
from binascii import b2a_qp
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from .addresses import normalize_address
from .streams import RAW, STREAMS
from .tokens import unsubscribe_token

SUBJECT_MAX = 78
NAME_MAX = 64
LINE_MAX = 998  # octets, RFC 5322 2.1.1
_PLAIN_TEXT = re.compile(r"[\t\n\x20-\x7e]*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
_NOT_IN_NAMES = re.compile(r'[@"<>\\,;:()\[\]]')
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OURS = {
    "from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "return-path", "mime-version",
    "content-type", "content-transfer-encoding", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "precedence", "feedback-id", "x-auto-response-suppress", "received", "dkim-signature",
}  # fmt: skip


class UnfitMessage(ValueError):
    """A rendered message that must not go out as it is; the text says why, without quoting it."""


class Outgoing(NamedTuple):
    """An envelope and what is in it."""

    sender: str  # MAIL FROM, one per delivery, so that a bounce names its delivery (VERP)
    recipient: str
    data: bytes  # lines end in CRLF


def finish_message(delivery, message, *, now: datetime | None = None) -> Outgoing:
    """Turn what a handler built (an EmailMessage with at most one HTML alternative) into what is sent.

    The handler decides subject, bodies, the display name of From and harmless further headers; all else is set here.
    Raises UnfitMessage for line breaks in headers, other recipients, attachments, a missing text or subject.
    """
    stream = STREAMS[delivery.stream]
    _refuse_other_recipients(delivery, message)
    headers = [
        ("From", formataddr((_display_name(message.from_email, settings.PORTAL_NAME), stream.address))),
        ("To", delivery.address),
        ("Subject", _subject(_discreet(delivery) if _is_discreet(delivery) else message.subject)),
        ("Date", format_datetime((now or datetime.now(UTC)).astimezone(UTC))),
        ("Message-ID", delivery.message_id),
        ("Reply-To", settings.SUPPORT_EMAIL),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Feedback-ID", _feedback_id(delivery)),
    ]
    if stream.has_list_headers:
        url = unsubscribe_url(delivery.recipient_id, stream.name)
        headers += [
            ("List-Id", stream.list_id),
            ("List-Unsubscribe", f"<{url}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    if stream.bulk:
        headers.append(("Precedence", "bulk"))
    headers += _further(message.extra_headers)
    data = _frame([*headers, ("MIME-Version", "1.0")], message, boundary=f"=_{delivery.pk.hex}")
    if max(map(len, data.split(b"\r\n"))) > LINE_MAX:
        raise UnfitMessage("a header line is longer than 998 octets")
    return Outgoing(f"bounce+{delivery.pk.hex}@{settings.MAIL_DOMAIN}", delivery.address, data)


def unsubscribe_url(recipient_id, stream):
    """Where the unsubscribe header leads: it ends this stream for this recipient."""
    return f"{settings.PORTAL_URL}/alerts/unsubscribe/{unsubscribe_token(recipient_id, stream)}/"


def _refuse_other_recipients(delivery, message):
    if message.cc or message.bcc:
        raise UnfitMessage("a mail goes to one recipient, without copies")
    if message.to and [normalize_address(parseaddr(one)[1]) for one in message.to] != [delivery.address]:
        raise UnfitMessage("a mail goes to the recipient of its delivery only")
    if message.attachments:
        raise UnfitMessage("attachments are not sent")


def _one_line(value):
    text = str(value)
    if "\r" in text or "\n" in text:
        raise UnfitMessage("a header holds a line break")
    return " ".join(_CONTROLS.sub(" ", text).split())


def _is_discreet(delivery):
    """Codes and notices of the account (RAW) say themselves nothing but that, and must be found among other mail."""
    return delivery.recipient.is_discreet and delivery.kind != RAW


def _discreet(delivery):
    """A subject that tells nothing, for those who chose so: somebody may look over their shoulder."""
    with translation.override(delivery.language):
        return gettext("News from %(portal)s") % {"portal": settings.PORTAL_SHORT_NAME}


def _subject(subject):
    text = _one_line(subject)
    if not text:
        raise UnfitMessage("a mail needs a subject")
    return text if len(text) <= SUBJECT_MAX else text[: SUBJECT_MAX - 1].rstrip() + "…"


@lru_cache(maxsize=256)
def _display_name(from_email, portal_name):
    """The name before our address: the portal's, or "X via Portal", with nothing in it that imitates an address."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", parseaddr(_one_line(from_email))[0]).replace("=?", " ").split())
    return (name or portal_name)[:NAME_MAX].rstrip()


def _feedback_id(delivery):
    groups = (delivery.kind, delivery.stream, settings.PORTAL_SHORT_NAME, settings.MAIL_DOMAIN)
    return ":".join(re.sub(r"[^A-Za-z0-9._-]", "-", group) for group in groups)


def _further(extra):
    for name, value in extra.items():
        if not _HEADER_NAME.fullmatch(name):
            raise UnfitMessage("a header has an impossible name")
        if name.lower() not in _OURS and not name.lower().startswith("x-portal-"):
            yield name, _one_line(value)


def _encoded(name, value):
    is_plain = value.isascii() and not (name == "Subject" and "=?" in value)  # a mail program would decode =?...?=
    text = value if is_plain else Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {text}".encode("ascii")


def _frame(headers, message, *, boundary):
    html = [part for part in getattr(message, "alternatives", ()) if part[1] == "text/html"]
    if len(html) != len(getattr(message, "alternatives", ())) or len(html) > 1:
        raise UnfitMessage("a mail has a text and at most one HTML part")
    if not (message.body or "").strip():
        raise UnfitMessage("a mail needs its whole text without HTML too")
    lines = [_encoded(name, value) for name, value in headers]
    if not html:
        return b"\r\n".join([*lines, *_part(message.body, "plain")])
    mark = boundary.encode("ascii")
    return b"\r\n".join(
        [
            *lines,
            b'Content-Type: multipart/alternative; boundary="' + mark + b'"',
            b"",
            b"--" + mark,
            *_part(message.body, "plain"),
            b"--" + mark,
            *_part(html[0][0], "html"),
            b"--" + mark + b"--",
            b"",
        ]
    )


def _part(text, subtype):
    """Content headers, an empty line, and the body: as it is when it is short plain lines, else quoted-printable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    if _PLAIN_TEXT.fullmatch(text) and max(map(len, text.split("\n"))) <= LINE_MAX:
        encoding, body = b"7bit", text.encode("ascii").replace(b"\n", b"\r\n")
    else:
        encoding, body = b"quoted-printable", b2a_qp(text.encode("utf-8")).replace(b"\n", b"\r\n")
    return [
        b"Content-Type: text/" + subtype.encode("ascii") + b'; charset="utf-8"',
        b"Content-Transfer-Encoding: " + encoding,
        b"",
        body,
    ]
