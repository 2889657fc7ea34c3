"""Which register a file is, told by its header: ours for development, or the publisher's own download.

A header nobody described is a question to the person who runs the import, never a guess.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from employers.models.register import Source

LONGEST_FIELD = 20_000
_NEITHER = re.compile(r"[^a-z0-9]")
LEAST = ("key", "name", "kind", "address1", "city", "state", "zip")

# Dates of the editions the project was built on; newer files say theirs with --dated. `about`: only the year is known.
EDITIONS = {
    Source.NYSDOH: date(2026, 4, 19),
    Source.OMH: date(2022, 5, 4),
    Source.OMH_AGENCIES: date(2022, 5, 4),
    Source.CMS_HOSPITALS: date(2022, 1, 1),
    Source.CMS_HOSPICES: date(2026, 2, 1),
    Source.HIFLD: date(2020, 1, 1),
}


class FileUnusable(Exception):
    """The file cannot be imported; str(error) says in plain words why."""


class MappingNeeded(FileUnusable):
    """Nobody described this header: str(error) asks which column is which."""


@dataclass(frozen=True)
class Format:
    """One header: the register it belongs to and which column holds which of our fields."""

    name: str
    source: str
    columns: dict[str, str]
    source_value: str = ""
    change: Callable[[dict], dict] = field(default=lambda row: row)


@dataclass(frozen=True)
class Row:
    """One row: its line in the file (counted from 1, the last one of a row of several lines) and our fields."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot even be split into our fields."""

    line: int
    reason: str


_COMMON = {
    "key": "source_id", "name": "name", "operator": "parent_org", "kind": "facility_type", "ownership": "ownership",
    "address1": "address1", "address2": "address2", "city": "city", "state": "state", "zip": "zip", "county": "county",
    "phone": "phone", "website": "website", "lat": "lat", "lng": "lng", "source": "source",
}  # fmt: skip
_COMMON_OMH = {
    **_COMMON, "agency_code": "agency_code", "agency_phone": "agency_phone", "populations": "populations",
    "services": "subcategory",
}  # fmt: skip
_COMMON_HIFLD = {**_COMMON, "status": "status", "beds": "beds"}
_AGENCIES = {
    "key": "agency_code", "agency_code": "agency_code", "name": "agency_name", "operator": "agency_name",
    "phone": "agency_phone", "agency_phone": "agency_phone", "services": "program_types", "county": "counties",
}  # fmt: skip
_VN5V = {
    "key": "facility id", "name": "facility name", "operator": "operator name", "kind": "description",
    "ownership": "ownership type", "address1": "facility address 1", "address2": "facility address 2",
    "city": "facility city", "state": "facility state", "zip": "facility zip code", "county": "facility county",
    "phone": "facility phone number", "website": "facility website", "lat": "facility latitude",
    "lng": "facility longitude",
}  # fmt: skip
_OMH_OWN = {
    "facility_code": "facility code", "program_code": "program code", "name": "program name",
    "operator": "agency name", "kind": "program type description", "address1": "program address 1",
    "address2": "program address 2", "city": "program city", "state": "program state", "zip": "program zip",
    "county": "program county", "phone": "program phone", "agency_code": "agency code",
    "agency_phone": "agency phone", "populations": "populations served",
    "services": "program subcategory description", "point": "georeference",
}  # fmt: skip
_CMS_HOSPITALS = {
    "key": "facility id", "name": "facility name", "kind": "hospital type", "ownership": "hospital ownership",
    "address1": "address", "city": "city", "state": "state", "zip": "zip code", "county": "county name",
    "phone": "phone number",
}  # fmt: skip
_CMS_HOSPITALS_NOW = {
    **_CMS_HOSPITALS, "city": "city/town", "county": "county/parish", "phone": "telephone number",
}  # fmt: skip
_CMS_HOSPICES = {
    "key": "cms certification number (ccn)", "name": "facility name", "ownership": "ownership type",
    "address1": "address line 1", "address2": "address line 2", "city": "city/town", "state": "state",
    "zip": "zip code", "county": "county/parish", "phone": "telephone number",
}  # fmt: skip
_HIFLD_OWN = {
    "key": "id", "name": "name", "kind": "type", "ownership": "owner", "address1": "address", "city": "city",
    "state": "state", "zip": "zip", "county": "county", "phone": "telephone", "website": "website",
    "lat": "latitude", "lng": "longitude", "status": "status", "beds": "beds",
}  # fmt: skip


def _agency(row):
    """An agency of the rolled-up file: its state is the register's, its kind the file's own name."""
    return {**row, "state": "NY", "kind": "Care management agency"}


def _omh_program(row):
    """The publisher's key is facility and program code; a withheld address comes with a made-up point."""
    lng, lat = "", ""
    if row["address1"] and row["point"].startswith("POINT ("):
        lng, _, lat = row["point"][7:-1].strip().partition(" ")
    return {**row, "key": f"{row['facility_code']}-{row['program_code']}", "lat": lat.strip(), "lng": lng}


def _hospice(row):
    return {**row, "kind": "Hospice"}


def _hifld(row):
    """Its words for "nothing": NOT AVAILABLE and -999."""
    return {name: "" if value in ("NOT AVAILABLE", "-999") else value for name, value in row.items()}


FORMATS = (
    Format("New York care management agencies", Source.OMH_AGENCIES, _AGENCIES, change=_agency),
    Format("New York mental health programs", Source.OMH, _COMMON_OMH, "NYS OMH"),
    Format("HIFLD hospitals", Source.HIFLD, _COMMON_HIFLD, "HIFLD Hospitals"),
    Format("New York health facilities", Source.NYSDOH, _COMMON, "NYSDOH HFIS"),
    Format("Medicare hospitals", Source.CMS_HOSPITALS, _COMMON, "CMS Hospital General Information"),
    Format("Medicare hospices", Source.CMS_HOSPICES, _COMMON, "CMS Hospice General Information"),
    Format("health.data.ny.gov vn5v-hh5r", Source.NYSDOH, _VN5V),
    Format("data.ny.gov 6nvr-tbv8", Source.OMH, _OMH_OWN, change=_omh_program),
    Format("data.cms.gov xubh-q36u", Source.CMS_HOSPITALS, _CMS_HOSPITALS),
    Format("data.cms.gov xubh-q36u", Source.CMS_HOSPITALS, _CMS_HOSPITALS_NOW),
    Format("data.cms.gov yc9t-dgbk", Source.CMS_HOSPICES, _CMS_HOSPICES, change=_hospice),
    Format("HIFLD Open hospitals", Source.HIFLD, _HIFLD_OWN, change=_hifld),
)


def read(path, *, register="", mapping=None):
    """Return (Format, list of Row and BadRow) of the CSV file at `path`, UTF-8 with a header row.

    `register` and `mapping` (our field -> its column) describe a header that no Format does. Raises MappingNeeded
    for such a header, FileUnusable for what is no such file.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return _parsed(file, register, mapping)
    except OSError as error:
        raise FileUnusable(f"The file cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileUnusable(f"The file is not UTF-8 text (byte {error.start}).") from error
    except csv.Error as error:
        raise FileUnusable(f"The file is not a CSV table: {error}.") from error


def _parsed(file, register, mapping):
    reader = csv.reader(file)
    published = next(reader, [])
    header = [_folded(name) for name in published]
    if not any(header):
        raise FileUnusable("The file is empty.")
    lines = [(reader.line_num, cells) for cells in reader if cells]
    if not lines:
        raise FileUnusable("The file has a header and no row.")
    question = _question(published)
    found = _described(header, register, mapping, question) if mapping else _recognized(header, lines, question)
    places = {ours: header.index(_folded(theirs)) for ours, theirs in found.columns.items()}
    return found, [_row(line, cells, len(header), places, found) for line, cells in lines]


def _row(line, cells, width, places, form):
    if len(cells) != width:
        return BadRow(line, f"has {len(cells)} columns, the header has {width}")
    values = {ours: " ".join(cells[place].split()) for ours, place in places.items()}
    if any("\0" in value or len(value) > LONGEST_FIELD for value in values.values()):
        return BadRow(line, "holds a NUL character or a value that is far too long")
    if form.source_value and values["source"] != form.source_value:
        return BadRow(line, f"belongs to another register ({values['source'][:40]!r})")
    return Row(line, form.change(values))


def _folded(name):
    """A column's name as compared: publishers write "City/Town" and "city_town" for the same."""
    return _NEITHER.sub("", name.lower())


def _recognized(header, lines, question):
    """The Format all of whose columns are there; where several share a header, the one the source column names."""
    fitting = [form for form in FORMATS if {_folded(name) for name in form.columns.values()} <= set(header)]
    if fitting and fitting[0].source_value:
        place = header.index("source")
        named = next((cells[place].strip() for _line, cells in lines if len(cells) == len(header)), "")
        fitting = [form for form in fitting if form.source_value == named]
        if not fitting:
            raise MappingNeeded(f"The column source says {named[:60]!r}, a register we don't know. {question}")
    if not fitting:
        raise MappingNeeded(f"We don't know this header. {question}")
    return fitting[0]


def _described(header, register, mapping, question):
    if register not in Source.values:
        raise MappingNeeded(f"Say which register this is with --register, one of: {', '.join(Source.values)}.")
    unknown = [ours for ours in mapping if ours not in {*_COMMON, *_COMMON_OMH, *_COMMON_HIFLD}]
    absent = [theirs for theirs in mapping.values() if _folded(theirs) not in header]
    if unknown or absent or not set(LEAST) <= set(mapping):
        raise MappingNeeded(f"--map does not fit: {', '.join([*unknown, *absent]) or 'too few'}. {question}")
    return Format("as described", register, mapping)


def _question(published):
    listed = "; ".join(name[:40] for name in published[:60])
    return (
        f"Its columns are: {listed}. Which column is the {', the '.join(LEAST)}? Answer with --register NAME "
        f"and --map {','.join(f'{ours}=COLUMN' for ours in LEAST)}. Nothing was imported."
    )
