"""Letters on letterhead: what may be one, judged by what is in the file, and where it is kept.

A letter is read by moderators only, as a download; nothing serves the folder.
"""

import re
import zlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from careerportal.core import privatefiles

MOST_BYTES = 5 * 1024 * 1024
KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_NAME = re.compile(r"[0-9a-f]{32}\.(pdf|jpg|png)")
_PNG = b"\x89PNG\r\n\x1a\n"
# What makes a PDF act or carry other files; names in a PDF may spell letters as #xx (ISO 32000-1, 7.3.5).
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt|SubmitForm|ImportData|GoToE)\b")
_HEX_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_MOST_UNPACKED = 20 * 1024 * 1024


class LetterRefused(Exception):
    """The file cannot be a letter; str(error) is fit to show."""


def kind_of(content):
    """Return "pdf", "jpg" or "png" for the bytes of a file. Raises LetterRefused for anything else, whole or hidden."""
    if len(content) > MOST_BYTES:
        raise LetterRefused(_("The file is larger than 5 MB. Scan it with fewer dots per inch, or send one page."))
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return "pdf"
    if content.startswith(_PNG):
        _check_png(content)
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        _check_jpeg(content)
        return "jpg"
    raise LetterRefused(_("This is no PDF, JPG or PNG file. Scan the letter or take a photo of it."))


def _check_pdf(content):
    if b"%%EOF" not in content[-2048:]:
        raise LetterRefused(_("The PDF is not complete. Save it once more and send it again."))
    for part in _pdf_parts(content):
        spelled = _HEX_SIGN.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _ACTIVE.search(spelled):
            raise LetterRefused(
                _("This PDF is locked, holds programs or other files. Print it to a new PDF and send that.")
            )


def _pdf_parts(content):
    """The PDF as it lies there, then its packed object streams unpacked, up to a limit."""
    yield content
    left = _MOST_UNPACKED
    for packed in _STREAM.finditer(content):
        head = content[max(0, packed.start() - 400) : packed.start()]
        if b"/ObjStm" not in head:
            continue
        try:
            opened = zlib.decompressobj().decompress(packed[1], left)
        except zlib.error:
            continue
        left -= len(opened)
        yield opened
        if left <= 0:
            raise LetterRefused(_("This PDF is too large when opened. Print it to a new PDF and send that."))


def _check_png(content):
    at = len(_PNG)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end]):
            break
        if kind == b"IEND":
            if end == len(content):
                return
            break
        at = end
    raise LetterRefused(_("The picture is damaged or holds something else. Take it again and send that."))


def _check_jpeg(content):
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        at += 2 + length
        if marker == 0xDA:  # the picture itself; it ends the file
            if content.rstrip(b"\0").endswith(b"\xff\xd9") and content.count(b"\xff\xd9", at) >= 1:
                return
            break
    raise LetterRefused(_("The picture is damaged or holds something else. Take it again and send that."))


def keep(content):
    """Store a letter under a random name and return that name. Raises LetterRefused as `kind_of` does."""
    kind = kind_of(content)
    return privatefiles.put(settings.LETTERS_DIR, content, f".{kind}")


def read(name):
    """Return (bytes, media type) of a stored letter. Raises FileNotFoundError for a name that we did not give."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return (Path(settings.LETTERS_DIR) / name).read_bytes(), KINDS[name.rpartition(".")[2]]


def forget(name):
    """Delete a letter that another one replaced; one that is gone already is fine."""
    if _NAME.fullmatch(name):
        (Path(settings.LETTERS_DIR) / name).unlink(missing_ok=True)
