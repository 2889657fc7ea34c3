"""Which field of a file fills which of ours: known for known formats, guessed by name for others, and correctable."""

import re

from employers.importing.formats.flat import SEPARATOR
from employers.importing.template import COLUMNS

SAMPLE_LENGTH = 90
# Format -> our field -> fields of the file, the first that is there counts. Sources: docs/importing.md.
KNOWN = {
    "csv": {name: (name,) for name in COLUMNS},
    "indeed": {
        "reference": ("referencenumber",), "title": ("title",), "description": ("description",), "apply_url": ("url",),
        "street": ("streetaddress",), "city": ("city",), "state": ("state",), "zip": ("postalcode",), "country": ("country",),
        "work_mode": ("remotetype",), "employment": ("jobtype",), "pay": ("salary",), "education": ("education",),
        "closes_on": ("expirationdate", "closingdate", "closedate", "validthrough"),
    },
    "linkedin": {
        "reference": ("partnerJobId",), "title": ("title",), "description": ("description",), "apply_url": ("applyUrl",),
        "location": ("location",), "city": ("city",), "state": ("state",), "zip": ("postalCode",), "country": ("country",),
        "employment": ("jobtype", "jobType"), "work_mode": ("workplaceTypes", "workplaceType"),
        "pay_min": ("salaries.salary.lowEnd.amount",), "pay_max": ("salaries.salary.highEnd.amount",),
        "pay_period": ("salaries.salary.period",), "closes_on": ("expirationDate",),
    },
    "jobposting": {
        "reference": ("identifier.value", "identifier", "identifier.@id", "@id"), "title": ("title", "name"),
        "description": ("description",), "more": ("qualifications",), "apply_url": ("url", "@id"),
        "street": ("jobLocation.address.streetAddress",),
        "city": ("jobLocation.address.addressLocality",), "state": ("jobLocation.address.addressRegion",),
        "zip": ("jobLocation.address.postalCode",),
        "country": ("jobLocation.address.addressCountry", "jobLocation.address.addressCountry.name"),
        "location": ("jobLocation.address", "jobLocation.name", "jobLocation"), "work_mode": ("jobLocationType",),
        "remote_states": ("applicantLocationRequirements.name", "applicantLocationRequirements"),
        "employment": ("employmentType",), "weekly_hours": ("workHours",),
        "pay": ("baseSalary", "estimatedSalary"),
        "pay_min": ("baseSalary.value.minValue", "baseSalary.minValue", "baseSalary.value.value", "baseSalary.value"),
        "pay_max": ("baseSalary.value.maxValue", "baseSalary.maxValue", "baseSalary.value.value", "baseSalary.value"),
        "pay_period": ("baseSalary.value.unitText", "baseSalary.unitText"),
        "pay_currency": ("baseSalary.currency", "salaryCurrency", "baseSalary.value.currency"),
        "education": ("educationRequirements.credentialCategory", "educationRequirements"),
        "experience_months": ("experienceRequirements.monthsOfExperience", "experienceRequirements"),
        "benefits": ("jobBenefits",), "positions": ("totalJobOpenings",), "closes_on": ("validThrough",),
    },
    "rss": {
        "reference": ("guid", "link"), "title": ("title (the job)", "title"), "description": ("encoded", "description"),
        "apply_url": ("link",), "location": ("location", "title (the place)"), "city": ("city",), "state": ("state",),
        "zip": ("zip", "postalcode"), "country": ("country",), "employment": ("type", "job_type", "jobtype"), "pay": ("salary",),
    },
    "greenhouse": {
        "reference": ("id",), "title": ("title",), "description": ("content",), "apply_url": ("absolute_url",),
        "location": ("location.name",),
    },
    "lever": {
        "reference": ("id",), "title": ("text",), "description": ("description", "descriptionPlain"),
        "more": ("lists.content", "additional"), "apply_url": ("hostedUrl", "applyUrl"),
        "location": ("categories.allLocations", "categories.location"), "country": ("country",), "work_mode": ("workplaceType",),
        "employment": ("categories.commitment",), "pay_min": ("salaryRange.min",), "pay_max": ("salaryRange.max",),
        "pay_period": ("salaryRange.interval",), "pay_currency": ("salaryRange.currency",),
    },
    "recruitee": {
        "reference": ("reference", "id"), "title": ("title",), "description": ("description",),
        "more": ("description_requirements", "requirements"),
        "apply_url": ("url", "careers_url", "apply_url", "careers_apply_url"), "street": ("street",),
        "city": ("city", "locations.location.city"), "state": ("state", "state_name", "locations.location.state"),
        "zip": ("postal_code",), "country": ("country", "country_code"), "work_mode": ("workplace",),
        "employment": ("employment_type", "employment_type_code"), "pay_min": ("salary.min", "salary_min"),
        "pay_max": ("salary.max", "salary_max"), "pay_period": ("salary.period", "salary_period"),
        "education": ("education", "education_code"),
    },
}  # fmt: skip
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
