"""Load the shipped ZIP file into ZipCode, Town and County."""

import csv
import gzip
import hashlib
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from django.db import connection, transaction

from careerportal.places.models import LoadedFile, ZipCode
from careerportal.places.names import plain_county, squash
from careerportal.places.states import MILITARY

SHIPPED = Path(__file__).parent / "data" / "zip_us_city_state.csv.gz"
#: Raise it when the rules below change, so that the same file is read again.
RULES = "1"
_LOCK = 7_046_001  # one loader at a time; any number nobody else uses

# Ten ZIPs come without a state. Source: USPS Publication 65, three-digit prefixes 967 to 969.
_STATE_OF_PREFIX = {"96799": "AS", "9691": "GU", "9692": "GU", "96932": "GU", "9695": "MP"}

_COLUMNS = {
    "places_zipcode": ("zip", ["lat", "lng", "coord_source", "kind", "city", "state", "county"]),
    "places_town": ("key, state", ["name", "lat", "lng", "zip_count"]),
    "places_county": ("key, state", ["name", "zip_count"]),
}


@dataclass(frozen=True)
class Loaded:
    """What a load left in the tables, in rows, and whether it had to change anything."""

    zips: int
    towns: int
    counties: int
    changed: bool


def load(path: Path = SHIPPED, *, say=lambda line: None) -> Loaded:
    """Make the tables equal to the file (gzip or plain CSV), in one transaction; a repeat changes nothing.

    `say` hears one line per step. Raises OSError if the file cannot be read, ValueError if it is not the ZIP file.
    """
    raw = path.read_bytes()
    checksum = hashlib.sha256(RULES.encode() + raw).hexdigest()
    if _is_loaded(path.name, checksum):
        return _counted(changed=False)
    rows = _rows(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    say(f"Read {len(rows):,} ZIP codes.")
    towns, counties = _towns(rows), _counties(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for table, records in (
            ("places_zipcode", [[row["zip"], *(row[name] for name in _COLUMNS["places_zipcode"][1])] for row in rows]),
            ("places_town", towns),
            ("places_county", counties),
        ):
            _replace(cursor, table, records)
            say(f"Loaded {len(records):,} rows into {table}.")
        LoadedFile.objects.update_or_create(name=path.name, defaults={"checksum": checksum, "zip_count": len(rows)})
    return _counted(changed=True)


def _is_loaded(name, checksum):
    known = LoadedFile.objects.filter(name=name, checksum=checksum).first()
    return known is not None and ZipCode.objects.count() == known.zip_count


def _counted(*, changed):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM places_zipcode), (SELECT count(*) FROM places_town),"
            " (SELECT count(*) FROM places_county)"
        )
        return Loaded(*cursor.fetchone(), changed=changed)


def _rows(text):
    """Read the file; fill missing states, and name each county one way within its state."""
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"))))
    missing = {"zip", *_COLUMNS["places_zipcode"][1]} - set(rows[0] if rows else ())
    if missing:
        raise ValueError(f"This is not the ZIP file: it has no {', '.join(sorted(missing))}.")
    spellings = defaultdict(Counter)
    for row in rows:
        row["lat"], row["lng"] = row["lat"] or None, row["lng"] or None
        row["state"] = row["state"] or _state_of(row["zip"])
        row["county"] = plain_county(row["county"])
        spellings[squash(row["county"]), row["state"]][row["county"]] += 1
    for row in rows:
        row["county"] = _commonest(spellings[squash(row["county"]), row["state"]])
    return rows


def _state_of(zip_code):
    return next((state for prefix, state in _STATE_OF_PREFIX.items() if zip_code.startswith(prefix)), "")


def _commonest(spellings):
    """The spelling most rows use; of equals the alphabetically first, so that a reload gives the same."""
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _towns(rows):
    """One record per town and state: key, state, name, the mean point of its areas (else its PO boxes), ZIP count."""
    found = defaultdict(list)
    for row in rows:
        if row["city"] and row["state"] and row["lat"] is not None and row["state"] not in MILITARY:
            found[squash(row["city"]), row["state"]].append(row)
    records = []
    for (key, state), members in sorted(found.items()):
        points = [row for row in members if row["kind"] == ZipCode.Kind.ZCTA] or members
        lat, lng = (round(fmean(float(row[axis]) for row in points), 6) for axis in ("lat", "lng"))
        records.append([key, state, _commonest(Counter(row["city"] for row in members)), lat, lng, len(members)])
    return records


def _counties(rows):
    """One record per county and state: key, state, name, ZIP count."""
    found = Counter((squash(row["county"]), row["state"], row["county"]) for row in rows if row["county"])
    return [[key, state, name, count] for (key, state, name), count in sorted(found.items()) if state]


def _replace(cursor, table, records):
    """Make `table` hold exactly `records`: COPY beside it, write what differs in one statement, drop the rest."""
    key, others = _COLUMNS[table]
    columns = f"{key}, {', '.join(others)}"
    # Table and column names are our own, from _COLUMNS.
    cursor.execute(f"CREATE TEMP TABLE incoming AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608
    with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(record)
    cursor.execute(
        f"INSERT INTO {table} AS held ({columns}) SELECT {columns} FROM incoming"  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}"
        f" WHERE ({', '.join(f'held.{name}' for name in others)})"
        f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in others)})"
    )
    cursor.execute(f"DELETE FROM {table} WHERE ({key}) NOT IN (SELECT {key} FROM incoming)")  # noqa: S608
    cursor.execute("DROP TABLE incoming")
