"""The filters of the search page: groups of choices with counts, and a chip for everything that is asked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.places.names import clean
from careers.vocabulary import PayPeriod
from employers.filters import DEFAULT_MILES, MILES_CHOICES
from employers.searchlinks import PLACE_NAMES
from employers.wording import dollars

SHOWN_UNKNOWN = 10  # so many unknown values of one group are shown; nobody types more by hand

# Group of choices -> facet with counts (employers.facets) or None, and whether it stands folded on the page.
CHOICE_GROUPS = {
    "role": ("roles", False),
    "licence": ("licences", False),
    "mode": ("modes", False),
    "employment": ("employment", False),
    "setting": ("settings", True),
    "schedule": (None, True),
    "visits": (None, True),
    "population": (None, True),
    "title": (None, True),
    "language": (None, True),
    "employer": (None, True),
}
BAR_FIELDS = ("q", "zip", "place", "miles")
_ROLE_CODES = {"cc": "CC", "cm": "CM"}


@dataclass(frozen=True)
class Choice:
    """One box to tick. `count` is None where openings are not counted."""

    value: str
    label: str
    is_chosen: bool
    count: int | None = None
    role_code: str = ""


@dataclass(frozen=True)
class Group:
    """One fieldset of the filters."""

    name: str
    legend: str
    choices: list[Choice]
    is_folded: bool
    error: str = ""

    @property
    def is_open(self):
        return bool(self.error) or any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """One thing that is asked, and the query string of the search without it."""

    label: str
    query: str
    is_filter: bool = True  # False for the search bar: words and place


@dataclass(frozen=True)
class Panel:
    """What the filter forms show: see `panel`."""

    groups: dict[str, Group]
    bar: dict
    selects: dict
    errors: list[dict]
    chips: list[Chip]
    sort_shown: str

    @property
    def folded(self):
        """The groups that stand folded; employers only when some are asked for."""
        return [group for group in self.groups.values() if group.is_folded and group.choices]

    @property
    def filters_on(self):
        """How many filters are on, words and place not counted."""
        return sum(chip.is_filter for chip in self.chips)


def panel(filterset, links, facets):
    """Return the Panel of a bound filterset. `facets` is None when the search cannot be used, then nothing is counted."""
    form = filterset.form
    labels = {name: _labels(form, name) for name in CHOICE_GROUPS}
    groups = {}
    for name, (facet, is_folded) in CHOICE_GROUPS.items():
        chosen = links.values(name)
        choices = [
            Choice(
                value=value,
                label=label,
                is_chosen=value in chosen,
                count=facets.count(facet, value) if facets and facet else None,
                role_code=_ROLE_CODES.get(value, "") if name == "role" else "",
            )
            for value, label in labels[name].items()
        ]
        unknown = [value for value in chosen if value not in labels[name]][:SHOWN_UNKNOWN]
        choices += [Choice(value=_echo(value), label=clean(value), is_chosen=True) for value in unknown]
        groups[name] = Group(name, str(form.fields[name].label), choices, is_folded, error=_error(form, name))
    return Panel(
        groups=groups,
        bar=_bar(form, links),
        selects=_selects(form, links),
        errors=_errors(form),
        chips=chips(filterset, links, labels),
        sort_shown=_typed(links, "sort") or filterset.sort_order,
    )


def _labels(form, name):
    """Value -> label of a group's choices; employers are many, so only those that are asked for."""
    known = form.fields[name]
    if name == "employer":
        asked = getattr(form, "cleaned_data", {}).get("employer") or ()
        return {employer.slug: employer.name for employer in asked}
    if hasattr(known, "queryset"):
        return dict(known.queryset.values_list("slug", "name"))
    return {str(value): str(label) for value, label in known.choices}


def _echo(value):
    """A typed value as it may stand in a page again: without NUL, which HTML cannot hold."""
    return value.replace("\0", "")


def _typed(links, name):
    return _echo(links.value(name))


def _error(form, name):
    if name not in form.errors:
        return ""
    if name in CHOICE_GROUPS or hasattr(form.fields[name], "choices"):
        return _("We don't know one of these choices. Remove it, or choose from the list.")
    return " ".join(form.errors[name])


def _errors(form):
    """What is wrong, field by field, with the place on the page where it can be mended."""
    return [
        {
            "label": str(form.fields[name].label) if name in form.fields else "",
            "text": _error(form, name) if name in form.fields else " ".join(form.errors[name]),
            "target": ("place" if name == "zip" else name) if name in (*BAR_FIELDS, "sort") else "filters",
        }
        for name in form.errors
    ]


def _bar(form, links):
    """The fields above the results. A ZIP code from a link stands in the same field as a place."""
    miles = _typed(links, "miles")
    choices = [str(miles_choice) for miles_choice in MILES_CHOICES]
    asked = miles or str(DEFAULT_MILES)
    return {
        "q": _typed(links, "q"),
        "q_error": _error(form, "q"),
        "place": _typed(links, "zip") or _typed(links, "place"),
        "place_error": _error(form, "zip") or _error(form, "place"),
        "miles": [
            {
                "value": value,
                "label": ngettext("%(miles)s mile", "%(miles)s miles", int(value)) % {"miles": value}
                if value in choices or (value.isdecimal() and len(value) < 4)
                else clean(value),
                "is_chosen": value == asked,
            }
            for value in choices + ([asked] if asked not in choices else [])
        ],
        "miles_error": _error(form, "miles"),
    }


def _selects(form, links):
    """The filters that take one value: name -> label, value, choices, error."""
    selects = {}
    for name in ("pay_min", "pay_period", "same_work", "education", "experience", "posted", "sort"):
        value, known = _typed(links, name), form.fields[name]
        choices = [(str(code), str(label)) for code, label in getattr(known, "choices", ()) if code]
        if value and choices and value not in dict(choices):
            choices.append((value, clean(value)))
        selects[name] = {
            "label": str(known.label),
            "value": value,
            "choices": choices,
            "error": _error(form, name),
        }
    return selects


def chips(filterset, links, labels):
    """Return a Chip for each thing that is asked, in the order of the page. Sorting is no filter and has none."""
    form = filterset.form
    found = []
    if words := links.value("q"):
        found.append(Chip(f"“{clean(words)}”", links.without("q").query, is_filter=False))
    if links.value("zip") or links.value("place"):
        found.append(Chip(_place_label(form, links), links.without(*PLACE_NAMES).query, is_filter=False))
    for name in CHOICE_GROUPS:
        found += [
            Chip(labels[name].get(value, clean(value)), links.without_value(name, value).query)
            for value in links.values(name)
        ]
        if name == "title" and (exactly := links.value("same_work")) not in ("", "1"):
            label = _("This title only") if exactly == "0" else clean(exactly)
            found.append(Chip(label, links.without("same_work").query))
    for name, say in (
        ("pay_min", _pay_label),
        ("education", _education_label),
        ("experience", _experience_label),
        ("posted", _posted_label),
    ):
        if links.value(name):
            found.append(Chip(say(form, links), links.without(name, *["pay_period"][: name == "pay_min"]).query))
    return found


def _place_label(form, links):
    place = form.place_found
    if place is None:
        return clean(links.value("zip") or links.value("place"))
    return _("Within %(place)s") % {"place": place.label} if place.kind == "radius" else place.label


def _pay_label(form, links):
    amount, period = form.cleaned_data.get("pay_min"), links.value("pay_period") or PayPeriod.HOUR
    return _("At least %(pay)s %(unit)s") % {
        "pay": dollars(amount) if amount else clean(links.value("pay_min")),
        "unit": dict(PayPeriod.choices).get(period, clean(period)),
    }


def _education_label(form, links):
    return _("Schooling: %(level)s at most") % {"level": _choice_label(form, links, "education")}


def _experience_label(form, links):
    return _("Experience: %(months)s months at most") % {"months": clean(links.value("experience"))}


def _posted_label(form, links):
    return _choice_label(form, links, "posted")


def _choice_label(form, links, name):
    value = links.value(name)
    return str(dict(form.fields[name].choices).get(value, clean(value)))
