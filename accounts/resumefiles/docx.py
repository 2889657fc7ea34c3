"""Whether bytes are a Word file (DOCX) that only shows itself: no macros, no other files, nothing fetched from elsewhere.

The container is a ZIP file (APPNOTE 6.3), read by its own table of contents first and unpacked within limits after. The
parts are those of ECMA-376.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from accounts.resumefiles import pictures
from accounts.resumefiles.refusal import FileRefused, refuse_hidden_page, refuse_huge_picture, refuse_virus

_END = b"PK\x05\x06"
_END_SIZE = 22
_MOST_PARTS = 1000
_MOST_CONTENTS_BYTES = 200 * 1024
_MOST_UNPACKED = 60 * 1024 * 1024
_MOST_RATIO = 150  # text packs 5 to 20 times smaller, white pictures about 100 times
_SMALL = 1024 * 1024  # below this the ratio says nothing
_MOST_XML_READ = 1024 * 1024
_CHUNK = 256 * 1024
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAME = re.compile(r"[A-Za-z0-9_\-.\[\] ()~@&%+#,/]{1,200}")
_ENDINGS = {
    "xml", "rels", "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "svg", "odttf", "ttf",
    "fntdata",
}  # fmt: skip
_PICTURES = {"png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff"}
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|oleobject|/embeddings/|/macros/", re.IGNORECASE)
_ACTIVE_LINKS = ("attachedTemplate", "oleObject", "package", "aFChunk", "subDocument", "frame", "control", "vbaProject")
_DOCTYPE = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_DDE = re.compile(rb"\bDDE(AUTO)?\b[^<]{0,40}(\"|&quot;|\\)", re.IGNORECASE)


def check(content):
    """Raise FileRefused unless the bytes are such a Word file."""
    head = content[:2048]
    refuse_hidden_page(head)
    if b"%PDF-" in head:
        raise FileRefused(_("This file pretends to be two kinds of file at once. Save your resume as a new PDF."))
    refuse_virus(content)
    _check_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = _checked_parts(file, len(content))
            _check_insides(file, parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
    ) as bad:
        raise FileRefused(_damaged()) from bad


def _damaged():
    return _("This Word file is damaged. Open it, save it once more and choose that, or save it as a PDF.")


def _no_word_file():
    return _("This is no Word file (DOCX). Save your resume as a PDF and choose that.")


def _check_end(content):
    """The table of contents stands at the very end, is of a sane size, and belongs to this file from its first byte."""
    if len(content) < _END_SIZE or content[-_END_SIZE : -_END_SIZE + 4] != _END:
        raise FileRefused(_damaged())
    _disk, _start, here, count, size, at, comment = struct.unpack("<HHHHIIH", content[-_END_SIZE + 4 :])
    if here != count or count > _MOST_PARTS or size > _MOST_CONTENTS_BYTES or comment:
        raise FileRefused(_damaged())
    if at + size != len(content) - _END_SIZE:
        raise FileRefused(_damaged())


def _checked_parts(file, length):
    """The parts of the container, by what its table says: names, sizes, places; nothing is unpacked yet."""
    parts = file.infolist()
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names):
        raise FileRefused(_damaged())
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > _MOST_RATIO * max(packed, 1)):
        raise FileRefused(_("This file grows too large when opened. Save your resume as a PDF and choose that."))
    end = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        _check_part(part)
        if part.header_offset < end or (end == 0 and part.header_offset != 0):
            raise FileRefused(_damaged())  # parts that share bytes, or something before the first
        end = part.header_offset + 30 + len(part.filename) + part.compress_size
    if end > length:
        raise FileRefused(_damaged())
    return parts


def _check_part(part):
    name = part.filename
    steps = name.split("/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    if not _NAME.fullmatch(name) or name.startswith("/") or ".." in steps or is_link or part.orig_filename != name:
        raise FileRefused(_damaged())
    if part.flag_bits & 0x41:
        raise FileRefused(_("This Word file is locked with a password. Save it without one and choose that."))
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(_damaged())
    if name.endswith("/"):
        return
    ending = steps[-1].rpartition(".")[2].lower()
    is_settings = name.lower().startswith("word/printersettings/") and ending == "bin"
    if _ACTIVE.search(f"/{name}") or (ending not in _ENDINGS and not is_settings):
        raise FileRefused(_("This Word file holds programs or other files. Save your resume as a PDF and choose that."))


def _check_insides(file, parts):
    """Unpack each part once, counting what really comes out, and look at what could act."""
    total, main = 0, ""
    names = {part.filename for part in parts}
    for part in parts:
        head, size = b"", 0
        ending = part.filename.rpartition(".")[2].lower()
        keeps = _MOST_XML_READ if ending in ("xml", "rels") else _CHUNK
        tail = b""
        with file.open(part) as opened:
            while piece := opened.read(_CHUNK):
                size += len(piece)
                total += len(piece)
                if size > part.file_size or total > _MOST_UNPACKED:
                    raise FileRefused(_damaged())
                _refuse_in(tail + piece, ending)
                tail = piece[-128:]
                if len(head) < keeps:
                    head += piece[: keeps - len(head)]
        if ending in _PICTURES and (found := pictures.size_of(head)):
            refuse_huge_picture(*found)
        if part.filename == "[Content_Types].xml":
            main = _main_part(_read(head, size))
        elif ending == "rels":
            _check_links(_read(head, size))
    if not main or main not in names or not main.startswith("word/"):
        raise FileRefused(_no_word_file())


def _refuse_in(piece, ending):
    refuse_virus(piece)
    if ending in ("xml", "rels", "svg"):
        if any(mark in piece for mark in _DOCTYPE):
            raise FileRefused(_damaged())
        if _DDE.search(piece) or b"<script" in piece.lower():
            raise FileRefused(
                _("This Word file holds programs or other files. Save your resume as a PDF and choose that.")
            )


def _read(head, size):
    if size > _MOST_XML_READ:
        raise FileRefused(_damaged())
    try:
        return fromstring(head)
    except (ParseError, DefusedXmlException, LookupError) as bad:
        raise FileRefused(_damaged()) from bad


def _main_part(types):
    """The part that is the document, as the list of content types names it; "" when it names none."""
    main = ""
    for entry in types:
        kind = entry.get("ContentType", "")
        if "macroenabled" in kind.lower() or "vbaproject" in kind.lower() or "oleobject" in kind.lower():
            raise FileRefused(_("This Word file holds macros. Save your resume as a PDF and choose that."))
        if kind == _MAIN:
            main = entry.get("PartName", "").lstrip("/")
    return main


def _check_links(links):
    for link in links:
        kind = link.get("Type", "").rpartition("/")[2]
        is_outside = link.get("TargetMode", "").lower() == "external"
        if kind in _ACTIVE_LINKS or (is_outside and kind != "hyperlink"):
            raise FileRefused(
                _(
                    "This Word file fetches something from elsewhere, or holds other files. Save it as a PDF and choose that."
                )
            )
