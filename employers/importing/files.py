"""Files of openings as they come: kept outside the web's reach, opened within limits, and made readable text.

A kept file has a random name in IMPORTS_DIR; beside it lie its readable copy (.txt) and its rows (.rows).
"""

import codecs
import re
import zlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from careerportal.core import privatefiles

MOST_BYTES = 20 * 1024 * 1024
MOST_OPENED = 80 * 1024 * 1024  # of a packed file; real feeds pack about 6 to 1
_CHUNK = 64 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")
_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # XML and HTML allow none of them
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_SAID_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_GZIP, _ZLIB = b"\x1f\x8b", (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


class FileRefused(Exception):
    """The file cannot be read as openings; str(error) says in plain words why and what to do."""


def keep(chunks):
    """Store the bytes of `chunks` under a random name and return that name. Raises FileRefused for what is no feed."""
    size, head = 0, b""
    name, file = privatefiles.create(settings.IMPORTS_DIR)
    try:
        with file:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise FileRefused(
                        _("The file is larger than 20 MB. Pack it with gzip, or split it into two sources.")
                    )
                if len(head) < 16:
                    head += chunk[:16]
                file.write(chunk)
        if not size:
            raise FileRefused(_("The file is empty."))
        _refuse_other_kinds(head)
    except FileRefused:
        forget(name)
        raise
    return name


def _refuse_other_kinds(head):
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(_("This is a workbook or a zip file. In Excel, save the sheet as “CSV UTF-8” and send that."))
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"{\\rtf", b"\x7fELF", b"MZ")):
        raise FileRefused(_("This is no list of openings. We read CSV, XML, JSON and pages with JobPosting data."))


def path_of(name, suffix=""):
    """Where a kept file lies, or what was made of it. Raises FileNotFoundError for a name that we did not give."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return Path(settings.IMPORTS_DIR) / f"{name}{suffix}"


def forget(name):
    """Delete a kept file and what was made of it; one that is gone already is fine."""
    for suffix in ("", ".txt", ".rows"):
        path_of(name, suffix).unlink(missing_ok=True)


def readable(source, target):
    """Write the file `source` as clean UTF-8 text to `target`: unpacked, decoded, without NULs. Raises FileRefused."""
    head = _first(source)
    if not head:
        raise FileRefused(_("The file is empty."))
    encoding, is_sure = _encoding(head)
    try:
        _write(source, target, encoding, errors="strict")
    except UnicodeError as error:
        if is_sure and encoding != "utf-8":
            raise FileRefused(_("The text cannot be decoded as %(name)s.") % {"name": encoding}) from error
        _write(source, target, "cp1252", errors="replace")


def _write(source, target, encoding, *, errors):
    decoder, is_first = codecs.getincrementaldecoder(encoding)(errors), True
    with open(target, "w", encoding="utf-8", newline="") as out:
        for chunk in _opened(source):
            text = _NO_TEXT.sub("", decoder.decode(chunk))
            if is_first and text:
                text, is_first = _DECLARATION.sub("", text.lstrip("\ufeff")), False
            out.write(text)
        out.write(_NO_TEXT.sub("", decoder.decode(b"", final=True)))


def _encoding(head):
    """The encoding that the first bytes of a text tell, and whether they say so themselves."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, True
    even, odd = head[:400:2].count(0), head[1:400:2].count(0)
    if max(even, odd) > len(head[:400]) / 4:
        return ("utf-16-be" if even > odd else "utf-16-le"), True
    if said := _SAID_ENCODING.match(head):
        name = said[1].decode("ascii").lower()
        try:
            if codecs.lookup(name)._is_text_encoding and name not in ("utf-7", "idna", "punycode"):
                return name, True
        except LookupError:
            pass
        raise FileRefused(
            _("The file says its text is “%(name)s”, which we don't know. Save it as UTF-8.") % {"name": name}
        )
    return "utf-8", False


def _first(source):
    return next(_opened(source), b"")


def _opened(source):
    """The bytes of a file piece by piece, unpacked when it is packed with gzip, zlib or bare deflate."""
    with open(source, "rb") as file:
        head = file.read(_CHUNK)
        file.seek(0)
        if head.startswith(_GZIP):
            yield from _unpacked(file, zlib.MAX_WBITS | 16)
        elif head.startswith(_ZLIB):
            yield from _unpacked(file, zlib.MAX_WBITS)
        elif _is_bare_deflate(head):
            yield from _unpacked(file, -zlib.MAX_WBITS)
        else:
            while chunk := file.read(_CHUNK):
                yield chunk


def _is_bare_deflate(head):
    """Whether bytes that begin like no text unpack to text."""
    if (
        not head
        or head.lstrip()[:1] in b"<{[\"'\xef\xfe\xff"
        or (head[:64].replace(b"\t", b"").isascii() and head[:8].isalnum())
    ):
        return False
    try:
        found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(head, 512)
    except zlib.error:
        return False
    return len(found) > 20 and not any(byte < 9 for byte in found)


def _unpacked(file, window_bits):
    size, opener, is_whole = 0, zlib.decompressobj(window_bits), False
    try:
        while chunk := file.read(_CHUNK):
            while chunk:
                part = opener.decompress(chunk, _CHUNK)
                size += len(part)
                if size > MOST_OPENED:
                    raise FileRefused(_("The packed file is larger than 80 MB when opened. Split it into two sources."))
                if part:
                    yield part
                chunk, is_whole = opener.unconsumed_tail, opener.eof
                if opener.eof:
                    chunk = opener.unused_data
                    if chunk and not chunk.startswith(_GZIP):
                        return  # padding behind the packed data
                    if chunk:
                        opener, is_whole = zlib.decompressobj(window_bits), False
    except zlib.error as error:
        raise FileRefused(_("The packed file is damaged. Pack it again and send that.")) from error
    if not is_whole:
        raise FileRefused(_("The packed file is not complete. Send it again."))
