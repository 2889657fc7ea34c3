"""Links that show a draft in place: signed, good for a day, dead once the draft is closed."""

from django.core import signing
from django.db import transaction
from django.urls import reverse

from careerportal.core import stamps
from careers import addresses, drafts, reader, uses
from careers.models import Draft

SALT = "careers.preview"
LASTS_S = 24 * 60 * 60


def link(draft, address):
    """The address of a preview of `address` as it would be with the draft."""
    return reverse("careers:preview", args=[signing.dumps([draft.pk, address], salt=SALT, compress=True)])


def opened(token):
    """Return (draft, address) of a link, or None when it is forged, older than a day, or its draft is closed."""
    try:
        pk, address = signing.loads(token, salt=SALT, max_age=LASTS_S)
    except (signing.BadSignature, ValueError):
        return None
    draft = Draft.objects.filter(pk=pk, stage__in=Draft.OPEN).first()
    return (draft, address) if draft else None


def page(draft, address):
    """The answer at `address` as if the draft were public. What is written for it is rolled back.

    Raises DraftRefused when the draft cannot be written.
    """
    with transaction.atomic(), stamps.kept():
        try:
            _write(draft)
            return reader.page_at(address)
        finally:
            transaction.set_rollback(True)


def pages(draft):
    """Return [(address, title)] of the pages where the draft would show: for a new object, those it would appear on."""
    row = drafts.row_of(draft)
    if row is not None:
        return uses.pages_of(row)
    with transaction.atomic(), stamps.kept():
        try:
            row = _write(draft)
            own = addresses.address_of(row).partition("#")[0]
            found = uses.trace(
                list(dict.fromkeys([own, *addresses.fixed_addresses()] if own else addresses.fixed_addresses()))
            )
            shown = found["uses"].get(f"{type(row).__name__} {row.pk}", [])
            return [(address, found["titles"][address]) for address in shown]
        finally:
            transaction.set_rollback(True)


def _write(draft):
    row = drafts.row_of(draft)
    return drafts.write(kind=drafts.kind_of(draft), row=row, values=draft.values, author=None, reason="")
