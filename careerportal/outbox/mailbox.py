"""Reading back what the mailbox transport kept (rows of django-mail-viewer)."""

import quopri
from email.header import decode_header, make_header
from typing import NamedTuple

from django.db.models import JSONField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django_mail_viewer.backends.database.models import EmailMessage as Kept


class Letter(NamedTuple):
    """One kept message, decoded. `html` is empty when it came without."""

    pk: int
    subject: str
    sender: str
    to: str
    kept_at: object
    headers: list
    text: str
    html: str


def kept(address=""):
    """Kept messages, newest first; only those to an address that contains `address` when given."""
    found = Kept.objects.filter(parent=None).annotate(to=KeyTextTransform("To", Cast("message_headers", JSONField())))
    return (found.filter(to__icontains=address.strip()) if address.strip() else found).order_by("-pk")


def subject_of(row):
    """The subject of a kept row, decoded."""
    return _decoded(row.get("subject") or "")


def letter(row):
    """A kept row and its parts, decoded."""
    bodies = {"text/plain": "", "text/html": ""}
    for part in row.parts.order_by("pk") if row.is_multipart() else [row]:
        if part.get_content_type() in bodies:
            bodies[part.get_content_type()] = _body(part, is_whole=part.pk == row.pk)
    return Letter(
        pk=row.pk,
        subject=subject_of(row),
        sender=_decoded(row.get("from") or ""),
        to=_decoded(row.get("to") or ""),
        kept_at=row.created_at,
        headers=[(name, _decoded(value)) for name, value in row.headers().items()],
        text=bodies["text/plain"],
        html=bodies["text/html"],
    )


def _decoded(value):
    return str(make_header(decode_header(value)))


def _body(part, *, is_whole):
    """The viewer decodes parts when it keeps them, but keeps a message without parts as it was encoded."""
    if is_whole and (part.get("content-transfer-encoding") or "").lower() == "quoted-printable":
        return quopri.decodestring(part.content.encode("ascii")).decode("utf-8").replace("\r\n", "\n")
    return part.content.replace("\r\n", "\n")
