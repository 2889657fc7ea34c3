"""How large a picture says it is, read from its first bytes without opening it."""

import struct


def size_of(content):
    """(width, height) in pixels of a PNG, JPEG, GIF, BMP or TIFF; None for bytes that are none of these."""
    for read in (_png, _gif, _bmp, _jpeg, _tiff):
        try:
            if found := read(content):
                return found
        except (struct.error, IndexError):
            continue
    return None


def _png(content):
    return struct.unpack(">II", content[16:24]) if content.startswith(b"\x89PNG\r\n\x1a\n") else None


def _gif(content):
    return struct.unpack("<HH", content[6:10]) if content.startswith((b"GIF87a", b"GIF89a")) else None


def _bmp(content):
    if not content.startswith(b"BM"):
        return None
    width, height = struct.unpack("<ii", content[18:26])
    return abs(width), abs(height)


def _jpeg(content):
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += (
            2
            if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7
            else 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        )
    return None


def _tiff(content):
    if content[:4] not in (b"II*\0", b"MM\0*"):
        return None
    order = "<" if content[:2] == b"II" else ">"
    (at,) = struct.unpack(f"{order}I", content[4:8])
    (count,) = struct.unpack(f"{order}H", content[at : at + 2])
    sides = {}
    for number in range(min(count, 200)):
        entry = content[at + 2 + 12 * number : at + 14 + 12 * number]
        tag, kind = struct.unpack(f"{order}HH", entry[:4])
        if tag in (256, 257):
            sides[tag] = struct.unpack(f"{order}H" if kind == 3 else f"{order}I", entry[8 : 10 if kind == 3 else 12])[0]
    return (sides[256], sides[257]) if len(sides) == 2 else None
