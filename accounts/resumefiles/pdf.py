"""Whether bytes are a PDF that only shows itself: whole, not locked, nothing in it that acts, no other file around it.

A PDF is read here as its names and packed streams, not laid out (ISO 32000-1, chapter 7).
"""

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from accounts.resumefiles.refusal import FileRefused, refuse_hidden_page, refuse_huge_picture, refuse_virus

_MOST_UNPACKED = 120 * 1024 * 1024
_MOST_OBJECTS_UNPACKED = 24 * 1024 * 1024
_CHUNK = 64 * 1024
_START = re.compile(
    rb"%PDF-[12]\.[0-9][ \t]*[\r\n]+(?:%[^\r\n<>]{0,200}[\r\n]+|[ \t\r\n\x00\x0c]+)*[0-9]+[ ]+[0-9]+[ ]+obj\b"
)
# What makes a PDF act, or carry other files. All are long enough not to turn up in packed bytes by chance, so they are
# looked for everywhere: where a stream begins is itself a claim of the file. Every script is named /JavaScript (12.6.4.16)
# or hangs on a /Rendition (12.6.4.13).
_ACTIVE = re.compile(
    rb"/(JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFA|Encrypt)(?![A-Za-z0-9])"
)
_HEX_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_PICTURE_SIDE = re.compile(rb"/(Width|Height)\s+([0-9]{1,12})")
_HEAD = 2048


def check(content):
    """Raise FileRefused unless the bytes are such a PDF."""
    refuse_hidden_page(content[:1024])
    if not _START.match(content):
        raise FileRefused(_("This PDF does not begin like one. Save it as a new PDF and choose that."))
    _check_end(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused(_("There is another file hidden in this PDF. Save it as a new PDF and choose that."))
    refuse_virus(content)
    _refuse_active(content)
    _check_streams(content)


def _check_end(content):
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \0"):
        raise FileRefused(_("This PDF is not whole, or something hangs on its end. Save it as a new PDF."))
    if not re.search(rb"startxref\s+[0-9]+\s*$", content[max(0, end - 64) : end]):
        raise FileRefused(_("This PDF is not whole. Save it as a new PDF and choose that."))


def _refuse_active(part):
    if _ACTIVE.search(_spelled(part)):
        raise FileRefused(
            _("This PDF is locked, holds programs or other files. Print it to a new PDF and choose that.")
        )


def _spelled(part):
    """Names as they are meant: a letter may be written as #xx (7.3.5)."""
    if b"#" not in part:
        return part
    return _HEX_SIGN.sub(lambda found: bytes.fromhex(found[1].decode()), part)


def _check_streams(content):
    """Unpack what is packed, within limits, and look into the streams that hold objects (7.5.7)."""
    left, objects_left, at = _MOST_UNPACKED, _MOST_OBJECTS_UNPACKED, 0
    while start := _STREAM.search(content, at):
        head = _head_of(content, start.start())
        sides = [int(number) for _name, number in _PICTURE_SIDE.findall(head)]
        if sides:
            refuse_huge_picture(max(sides), min(sides) if len(sides) > 1 else 1)
        found = _FILTERS.search(head)
        filters = re.findall(rb"/([A-Za-z0-9]+)", found[1]) if found else []
        holds_objects = b"/ObjStm" in head or (b"/First" in head and b"/N" in head)
        if filters.count(b"FlateDecode") + filters.count(b"Fl") > 1 or (
            holds_objects and filters not in ([], [b"FlateDecode"])
        ):
            raise FileRefused(_("This PDF is packed in a way we cannot check. Print it to a new PDF and choose that."))
        at = start.end()
        if filters[:1] in ([b"FlateDecode"], [b"Fl"]):
            unpacked, used, parts = _unpack(content, at, left, keep=objects_left if holds_objects else 0)
            left -= unpacked + used  # what is read counts, too: streams that claim the same bytes cost time as well
            objects_left -= unpacked if holds_objects else 0
            if left <= 0 or objects_left <= 0:
                raise FileRefused(_("This PDF grows too large when opened. Print it to a new PDF and choose that."))
            if holds_objects:
                _refuse_active(parts)


def _head_of(content, end):
    """The dictionary before a stream, names spelled out."""
    begin = content.rfind(b"obj", max(0, end - _HEAD), end)
    return _spelled(content[begin if begin >= 0 else max(0, end - _HEAD) : end])


def _unpack(content, at, most, *, keep):
    """(bytes unpacked, bytes read, the unpacked bytes if `keep`) of a packed stream; more than `most` is not unpacked."""
    opener, size, used, kept, tail = zlib.decompressobj(), 0, 0, [], b""
    while not opener.eof and size + used < most:
        piece = opener.unconsumed_tail
        if not piece:
            piece = content[at + used : at + used + _CHUNK]
            if not piece:
                break
            used += len(piece)
        try:
            opened = opener.decompress(piece, _CHUNK)
        except zlib.error:  # not what it says; a program that shows it stops here, too
            break
        size += len(opened)
        refuse_virus(tail + opened)
        tail = opened[-128:]
        if keep and size <= keep:
            kept.append(opened)
    return size, used - len(opener.unused_data), b"".join(kept)
