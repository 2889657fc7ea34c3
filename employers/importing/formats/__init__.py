"""The formats openings come in: which one a file is, and its rows as flat fields."""

from employers.importing.formats.finding import Found, detect

__all__ = ["Found", "detect"]
