"""One row of a register as facts we can keep: refused with a reason, or cleaned with notes of what was dropped."""

import hashlib
from dataclasses import astuple, dataclass, replace

from careerportal.places.states import STATES, state_code
from employers.registers.normal import name_key, operator_key, phone_key, phone_text, street_key, web_address

#: Raise it when the rules below change, so that entries of an unchanged file are read again.
RULES = "1"
CLOSED = "CLOSED"


class RowRefused(Exception):
    """The row cannot be kept; str(error) says why."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a register says of one key. Field names are columns of RegisterEntry, except `kind`, its kind's name."""

    source_id: str
    name: str
    operator: str = ""
    kind: str = ""
    ownership: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""
    phone: str = ""
    agency_code: str = ""
    agency_phone: str = ""
    website: str = ""
    populations: str = ""
    services: str = ""
    beds: int | None = None
    lat: float | None = None
    lng: float | None = None

    @property
    def has_address(self):
        return bool(self.address1 and self.zip)

    @property
    def keys(self):
        """What merging compares, as columns of RegisterEntry. A facility without an operator is its own."""
        return {
            "operator_key": operator_key(self.operator) if self.operator else f"#{self.source_id}",
            "name_key": name_key(self.name),
            "street_key": street_key(self.address1, self.zip),
            "phone_key": phone_key(self.phone),
        }

    @property
    def checksum(self):
        return hashlib.sha256(repr((RULES, astuple(self))).encode()).hexdigest()

    def differences(self, other):
        """Names of the fields in which two rows of one key disagree."""
        return [name for name in self.__dataclass_fields__ if getattr(self, name) != getattr(other, name)]


_LONGEST = {
    "source_id": 40, "operator": 200, "name": 200, "kind": 120, "ownership": 60, "address1": 160, "address2": 160,
    "city": 80, "county": 120, "agency_code": 20, "populations": 120, "services": 300,
}  # fmt: skip


def facts(values):
    """Return (Facts, notes) of a row's values by our field names. Raises RowRefused."""
    notes = []
    values = {name: value.strip() for name, value in values.items()}
    given = {name: values.get(name, "") for name in _LONGEST} | {"source_id": values.get("key", "")}
    for name, longest in _LONGEST.items():
        if len(given[name]) > longest:
            if name in ("source_id", "name", "kind"):
                raise RowRefused(f"{name} is longer than {longest} characters")
            notes.append(f"{name} cut to {longest} characters")
            given[name] = given[name][:longest]
    for name in ("source_id", "name", "kind"):
        if not given[name]:
            raise RowRefused(f"{name} is empty")
    found = Facts(
        **given,
        state=_state(values.get("state", "")),
        zip=_zip(values.get("zip", "")),
        phone=_kept(values, "phone", phone_text, notes),
        agency_phone=_kept(values, "agency_phone", phone_text, notes),
        website=_kept(values, "website", web_address, notes),
        beds=int(values["beds"]) if values.get("beds", "").isdecimal() and len(values["beds"]) < 6 else None,
    )
    return _with_point(found, values, notes), notes


def _state(text):
    code = text if text in STATES else state_code(text)
    if not code:
        raise RowRefused(f"state {text[:30]!r} is not one of ours" if text else "state is empty")
    return code


def _zip(text):
    digits = text[:5]
    if text and not (digits.isdecimal() and digits.isascii() and len(digits) == 5 and text[5:6] in ("", "-")):
        raise RowRefused(f"zip {text[:20]!r} is not five digits")
    return digits


def _kept(values, name, clean, notes):
    text = values.get(name, "")
    if text.casefold() in ("", "not available", "n/a", "none"):
        return ""
    found = clean(text)
    if not found:
        notes.append(f"{name} {text[:60]!r} is not usable, left empty")
    return found


def _with_point(found, values, notes):
    text = values.get("lat", ""), values.get("lng", "")
    if not any(text):
        return found
    try:
        lat, lng = float(text[0]), float(text[1])
    except ValueError:
        lat = lng = float("nan")
    if not (-90 <= lat <= 90 and -180 <= lng <= 180) or (lat == 0 and lng == 0):
        notes.append(f"coordinates {text[0][:20]!r}, {text[1][:20]!r} are no point, left empty")
        return found
    return replace(found, lat=lat, lng=lng)
