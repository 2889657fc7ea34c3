"""A pasted ad as an opening that is being written: what it says as typed values, and the phrases they came from."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from employers import pasting, typed
from employers.wordtext import to_markdown

LONGEST = 60_000
_DESCRIPTION_LONGEST = 20_000
# An empty form begins with the employer's only site and its setting; beside an ad that would be a guess without a phrase.
NEVER_PRESUMED = ("sites", "care_settings")


@dataclass(frozen=True)
class Pasted:
    """`values` as typed, by name of field; `origins` with "phrase" and "more", or "note" and "more", by name of field."""

    values: dict = field(default_factory=dict)
    origins: dict = field(default_factory=dict)


def read(text, *, employer, now: datetime) -> Pasted:
    """Return what an ad says about the fields of an opening of `employer`. What it does not say stays empty."""
    reading = pasting.read(text, now=now)
    values, origins = {}, {}
    for name, guess in reading.guesses.items():
        if name == "site":
            name, value = "sites", _site(employer, guess.value)
            if not value:
                note = _("You have no site there yet. Add it under “Sites”, then choose it here.")
                origins[name] = {"note": note, "more": [guess.phrase]}
                continue
        else:
            value = typed.of_value(name, guess.value)
        values[name] = value
        origins[name] = {
            "phrase": guess.phrase,
            "more": [span.phrase for span in guess.more][:6],
            "is_sure": guess.is_sure,
        }
    for note in reading.notes:
        known = origins.setdefault(note.field if note.field != "site" else "sites", {})
        known.setdefault("note", note.text)
        known.setdefault("more", [span.phrase for span in note.spans][:6])
    if "care_settings" not in values:
        origins.setdefault("care_settings", {"note": _("The ad does not say in which setting. Choose it here.")})
    if "description" not in values:
        values["description"] = [to_markdown(text)[:_DESCRIPTION_LONGEST]]
        origins.setdefault("description", {"phrase": _("the whole ad")})
    return Pasted(values, origins)


def _site(employer, told):
    """The employer's site that an ad names, by its ZIP code or else by its town, as typed; [] when it has none there."""
    sites = employer.sites.order_by("pk")
    found = sites.filter(zip=told["zip"]) if told.get("zip") else sites.none()
    if not found and told.get("town"):
        found = sites.filter(city__iexact=told["town"])
        found = found.filter(state=told["state"]) if told.get("state") else found
    found = list(found[:2])
    return [str(found[0].pk)] if len(found) == 1 else []
