"""The rows of a file on disk, one JSON object a line, so that work can stop and go on at any row."""

import hashlib
import json

from django.utils.translation import gettext as _

from employers.importing.formats.flat import FeedUnreadable
from employers.importing.mapping import SAMPLE_LENGTH, Values, sample

MOST_ROWS = 50_000
MOST_COLUMNS = 300
_SAMPLES = 3
_PLACE = ("location", "street", "city", "state", "zip", "country", "remote_states", "work_mode")


def write(rows, path):
    """Write the fields of each row to `path`; return (how many, columns with samples of the first three rows).

    A column is {"name", "samples"}. Raises FeedUnreadable for more rows than we take.
    """
    columns, number = {}, 0
    with open(path, "w", encoding="utf-8") as out:
        for number, fields in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise FeedUnreadable(_("The file holds more than 50,000 rows. Split it into two sources."))
            for name, text in fields.items():
                if name not in columns and len(columns) < MOST_COLUMNS:
                    columns[name] = []
                if number <= _SAMPLES and name in columns and text:
                    columns[name].append(sample(text[: 4 * SAMPLE_LENGTH]))
            out.write(json.dumps(fields, ensure_ascii=False).replace("\x85", "\\u0085") + "\n")
    return number, [{"name": name, "samples": samples} for name, samples in columns.items()]


def read(path, *, offset=0, number=1):
    """Yield (number, fields, offset of the next row) from a row on."""
    with open(path, "rb") as file:
        file.seek(offset)
        while line := file.readline():
            yield number, json.loads(line), file.tell()
            number += 1


class Groups:
    """Rows with the same reference: the same job once a city, which is one opening, or a plain repeat, which is refused.

    Two rows are the same job when title and description are the same and only the place differs.
    """

    def __init__(self, path, mapping, reference_of):
        self._path, self._offsets, first, starts = path, {}, {}, 0
        self.same_as, self.repeats = {}, {}
        for number, fields, after in read(path):
            values = Values(fields, mapping)
            reference = reference_of(values)
            if reference:
                words = _digest(values, ("title", "description", "more", "pay", "pay_min", "pay_max"))
                place = _digest(values, _PLACE)
                if reference not in first:
                    first[reference] = (number, words, {place})
                elif first[reference][1] == words and place not in first[reference][2]:
                    first[reference][2].add(place)
                    self.same_as[number] = first[reference][0]
                    self._offsets.setdefault(first[reference][0], []).append(starts)
                else:
                    self.repeats[number] = first[reference][0]
            starts = after
        self.references = first.keys()

    def others(self, number):
        """The fields of the further rows of the job in this row."""
        return [next(read(self._path, offset=offset))[1] for offset in self._offsets.get(number, ())]


def _digest(values, names):
    text = "\x1e".join(values[name] for name in names)
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
