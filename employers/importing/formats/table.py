"""Tables of text: CSV with commas, semicolons, tabs or bars, as Excel and other systems write it."""

import csv

from django.utils.translation import gettext as _

from employers.importing.formats.flat import LONGEST_NAME, MOST_FIELDS, FeedUnreadable, put

DELIMITERS = ",;\t|"
csv.field_size_limit(1_000_000)  # an ad is at most 20,000 characters; this is for what is around it


def delimiter_of(line):
    """The sign that parts the cells of a header line; a comma when none stands out."""
    outside = "".join(part for number, part in enumerate(line.split('"')) if number % 2 == 0)
    return max(DELIMITERS, key=lambda sign: (outside.count(sign), -DELIMITERS.index(sign)))


def rows(path):
    """Yield the fields of each line under the header; empty lines are left out. Raises FeedUnreadable."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            first = ""
            while not first.strip():
                at = file.tell()
                first = file.readline(100_000)
                if not first:
                    raise FeedUnreadable(_("The file is empty."))
            sep = first.strip().lower()
            if sep.startswith("sep=") and len(sep) == 5:  # Excel's own line before the header
                at, delimiter = file.tell(), first.strip()[4]
            else:
                delimiter = delimiter_of(first)
            file.seek(at)
            reader = csv.reader(file, delimiter=delimiter)
            names = _names(next(reader, []))
            if len(names) < 2:
                raise FeedUnreadable(_("We found no table: the first line must name the columns."))
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    found = {}
                    for name, cell in zip(names, cells, strict=False):
                        put(found, name, _cell(cell))
                    yield found
    except csv.Error as error:
        raise FeedUnreadable(
            _("The table cannot be read: a cell is not closed with a quote, or far too long.")
        ) from error


def _cell(text):
    """A cell without the apostrophe that guards spreadsheets against formulas."""
    text = text.replace("\x1f", " ").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _names(cells):
    names = []
    for number, cell in enumerate(cells[:MOST_FIELDS], 1):
        name = " ".join(cell.split())[:LONGEST_NAME] or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names
