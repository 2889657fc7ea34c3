"""Paste my ad: from the text of an ad that exists to the fields of an opening, each with the phrase it came from."""

from employers.pasting.guesses import Guess, Note, Reading, Span
from employers.pasting.reading import LONGEST_READ, read

__all__ = ["LONGEST_READ", "Guess", "Note", "Reading", "Span", "read"]
