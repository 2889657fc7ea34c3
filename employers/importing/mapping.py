"""Which field of a file fills which of ours: known for known formats, guessed by name for others, and correctable."""

import re

from employers.importing.formats.flat import SEPARATOR
from employers.importing.known import KNOWN
from employers.importing.template import COLUMNS

SAMPLE_LENGTH = 90
# Our field -> names that files of their own making give it, without spaces and signs.
NAMES = {
    "reference": (
        "referencenumber reference refnumber refno ref requisitionid requisition reqid req jobid jobnumber jobcode "
        "partnerjobid externalid guid id postingid uniqueid"
    ),
    "title": "title jobtitle position positiontitle positionname headline name text rolename",
    "description": "description jobdescription body content summary details fulldescription adtext duties",
    "more": "requirements descriptionrequirements qualifications additional",
    "apply_url": "applyurl url link joburl applylink applicationurl hostedurl absoluteurl jobposturl",
    "location": "location place worklocation joblocation locationname office",
    "street": "street streetaddress address address1 addressline1",
    "city": "city town joblocationcity locality addresslocality municipality locationcity",
    "state": "state region province addressregion stateprovince locationstate statecode",
    "zip": "zip zipcode postalcode postcode postal",
    "country": "country countrycode addresscountry",
    "remote_states": "remotestates remotein",
    "work_mode": "workmode remotetype workplacetype workplace worksite telework remote",
    "employment": "employment employmenttype jobtype type commitment schedule fulltimeparttime worktype status",
    "schedule": "shift shifts schedules workschedule",
    "weekly_hours": "weeklyhours hours hoursperweek hoursweek",
    "pay": "pay salary payrange salaryrange compensation wage rate payrate",
    "pay_min": "paymin salarymin minsalary minpay salaryfrom minimumsalary paylow lowestpay",
    "pay_max": "paymax salarymax maxsalary maxpay salaryto maximumsalary payhigh highestpay",
    "pay_period": "payperiod salaryperiod salaryunit payunit per salarytype paytype payfrequency",
    "pay_currency": "currency paycurrency salarycurrency",
    "license": "license licence licenses licensure licenserequired",
    "education": "education educationlevel degree minimumeducation",
    "experience_months": "experiencemonths experience yearsofexperience",
    "languages": "languages language",
    "benefits": "benefits jobbenefits perks",
    "positions": "positions openings numberofpositions headcount vacancies",
    "closes_on": "closeson closingdate closedate expirationdate expires expirydate validthrough deadline enddate",
    "caseload": "caseload", "home_visits": "homevisits", "care_setting": "caresetting setting",
}  # fmt: skip
_KNOWN_NAMES = {name: ours for ours, names in NAMES.items() for name in names.split()}


def guess(kind, columns):
    """Return {our field: the file's field} for a file of format `kind` with these column names."""
    if kind in KNOWN:
        return {ours: found for ours, wanted in KNOWN[kind].items() if (found := _first(wanted, columns))}
    found = {}
    for column in columns:
        parts = [re.sub(r"[^a-z0-9]", "", part.lower()) for part in column.split(".")]
        for name in ("".join(parts), parts[-1], "".join(parts[-2:])):
            ours = _KNOWN_NAMES.get(name)
            if ours and ours not in found:
                found[ours] = column
                break
    return found


def _first(wanted, columns):
    exact = next((name for name in wanted if name in columns), "")
    if exact:
        return exact
    lower = {column.lower(): column for column in reversed(columns)}
    return next((lower[name.lower()] for name in wanted if name.lower() in lower), "")


def checked(given, columns):
    """Return the pairs of a mapping that name one of our fields and one of the file's columns."""
    known = set(columns)
    return {ours: column for ours, column in given.items() if ours in COLUMNS and column in known}


def sample(text):
    """A value of the file, short enough for a page; values of a list with semicolons between them."""
    text = " ".join(text.replace(SEPARATOR, "; ").split())
    return text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…"


class Values:
    """One row as our fields. `name(ours)` is what the file calls a field, for words to people."""

    def __init__(self, fields, mapping):
        self._fields, self._mapping = fields, mapping

    def __getitem__(self, ours):
        """The text of one of our fields, "" when the file has none; values of a list on lines of their own."""
        return self._fields.get(self._mapping.get(ours, ""), "").replace(SEPARATOR, "\n").strip()

    def several(self, ours):
        """The values of a field that may hold several."""
        text = self._fields.get(self._mapping.get(ours, ""), "")
        return [part.strip() for part in text.split(SEPARATOR)] if text else []

    def name(self, ours):
        """What the file calls one of our fields; our own name for it when the file has none."""
        return self._mapping.get(ours, ours)
