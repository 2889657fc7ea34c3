"""Why a file is not taken, and what every check looks for."""

from django.utils.translation import gettext as _

# The test file that every scanner must find (eicar.org), in two parts so that no scanner finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
MOST_PIXELS_A_SIDE = 20_000
MOST_PIXELS = 100_000_000


class FileRefused(Exception):
    """The file cannot be a resume; str(error) is fit to show."""


def refuse_virus(content):
    """Raise FileRefused when the bytes hold the scanners' test file."""
    if EICAR in content:
        raise FileRefused(_("A virus check says no to this file. Save your resume as a new PDF and choose that."))


def refuse_hidden_page(head):
    """Raise FileRefused when the first bytes of a file would make a browser take it for a page."""
    start = head.lower()
    if any(mark in start for mark in (b"<html", b"<script", b"<!doctype", b"<svg", b"<body", b"<iframe", b"<?php")):
        raise FileRefused(_("This file holds something else before the text. Save your resume as a new PDF."))


def refuse_huge_picture(width, height):
    """Raise FileRefused for a picture that no program opens well; sizes in pixels."""
    if width > MOST_PIXELS_A_SIDE or height > MOST_PIXELS_A_SIDE or width * height > MOST_PIXELS:
        raise FileRefused(_("There is a huge picture in this file. Make it smaller, or leave it out."))
