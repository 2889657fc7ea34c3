"""Our own CSV template: its columns, an example row, and what each column takes."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """One field that an opening can be filled from: its name in the template, its label, what it takes, an example."""

    name: str
    label: str
    hint: str
    example: str
    is_needed: bool = False


FIELDS = (
    Column(
        "reference",
        _("Reference"),
        _("Your own number for the opening. It must stay the same: it is how we find the opening again."),
        "RN-1042",
        is_needed=True,
    ),
    Column(
        "title",
        _("Title"),
        _("The headline of the ad. We read the kind of work from it."),
        "RN Care Manager",
        is_needed=True,
    ),
    Column(
        "description",
        _("Description"),
        _("What the work is. Plain text, Markdown or HTML, up to 20,000 characters."),
        "You plan care with about 40 members and visit them at home.",
        is_needed=True,
    ),
    Column("more", _("More text"), _("Put below the description: requirements, for example."), ""),
    Column(
        "apply_url",
        _("Where to apply"),
        _("An address that begins with https://. Left empty, people write to you here."),
        "https://jobs.example.org/rn-1042",
    ),
    Column(
        "location",
        _("Place in one field"),
        _("“Albany, NY”, “12207” or “Remote”. Several places: put a semicolon between them."),
        "",
    ),
    Column("street", _("Street"), _("Number and street."), "100 State Street"),
    Column("city", _("Town"), _("The town, without the state."), "Albany"),
    Column("state", _("State"), _("Two letters, or the name."), "NY"),
    Column("zip", _("ZIP code"), _("Five digits."), "12207"),
    Column(
        "country", _("Country"), _("Only openings in the United States come in. Empty means the United States."), ""
    ),
    Column("remote_states", _("Remote in"), _("For remote work: the states it can be done from, or US."), ""),
    Column("work_mode", _("Where the work is done"), _("on-site, hybrid, remote or field."), "field"),
    Column("employment", _("Employment"), _("full-time, part-time, per-diem, temporary or contract."), "full-time"),
    Column(
        "schedule",
        _("Schedule"),
        _("weekdays, evenings, weekends, nights, flexible; several with semicolons."),
        "weekdays",
    ),
    Column("weekly_hours", _("Hours a week"), _("A number, such as 37.5."), "37.5"),
    Column("pay", _("Pay in one field"), _("“$31 - $36 an hour” or “$70,000 - $80,000 a year”."), ""),
    Column("pay_min", _("Lowest pay"), _("US dollars, a number. 0 means not stated."), "36"),
    Column("pay_max", _("Highest pay"), _("US dollars, a number."), "42"),
    Column("pay_period", _("Pay is by"), _("hour or year; a month or a week is counted up to a year."), "hour"),
    Column("pay_currency", _("Currency"), _("Only USD comes in. Empty means USD."), ""),
    Column("license", _("License"), _("none, rn, lpn, sw or other; several with semicolons."), "rn"),
    Column(
        "license_stance",
        _("How firmly the license is asked"),
        _("required, preferred, will-train or equivalent."),
        "required",
    ),
    Column("education", _("Schooling"), _("none, high-school, associate, bachelor or master."), "associate"),
    Column(
        "education_stance",
        _("How firmly schooling is asked"),
        _("required, preferred, will-train or equivalent."),
        "required",
    ),
    Column("experience_months", _("Months of experience"), _("A number of months; “2 years” is read too."), "12"),
    Column(
        "experience_stance",
        _("How firmly experience is asked"),
        _("required, preferred, will-train or equivalent."),
        "preferred",
    ),
    Column("languages", _("Languages"), _("Names or codes, such as Spanish; es. Several with semicolons."), "Spanish"),
    Column("home_visits", _("Home visits"), _("none, some or most."), "most"),
    Column("car", _("Car needed"), _("yes or no."), "yes"),
    Column("caseload", _("Caseload"), _("In your words, up to 120 characters."), "about 40 members"),
    Column("benefits", _("Benefits"), _("In your words, up to 300 characters."), "Health plan, 20 days off, mileage"),
    Column("positions", _("Positions"), _("How many people you look for."), "2"),
    Column("closes_on", _("Closing date"), _("2027-01-31 or 1/31/2027. Empty: open until filled."), ""),
    Column(
        "care_setting",
        _("Setting"),
        _("The name of a setting as our pages have it. Empty: the one you choose for the whole file."),
        "",
    ),
)
COLUMNS = tuple(column.name for column in FIELDS)
BY_NAME = {column.name: column for column in FIELDS}


def formula_safe(text):
    """A cell that no spreadsheet takes for a formula: an apostrophe before signs that begin one (OWASP, CSV injection)."""
    text = str(text).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def table(header, rows):
    """A CSV file as text, for spreadsheets: with a byte order mark, every cell safe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([formula_safe(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def template_csv():
    """The template: its header and one example row."""
    return table(COLUMNS, [[column.example for column in FIELDS]])
