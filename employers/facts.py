"""The eight facts of an opening in words, and what to ask about those its ad leaves out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careerportal.places.names import county_label
from careers.vocabulary import Benefit, HomeVisits
from employers import wording
from employers.models.listing import STATED_FACTS

LEAD_FACTS = ("pay", "place")


@dataclass(frozen=True)
class Fact:
    """One of STATED_FACTS for components/facts.html. `value` may be filled although the fact is only half stated."""

    code: str
    label: str
    value: str
    detail: str
    is_stated: bool

    @property
    def is_lead(self):
        return self.code in LEAD_FACTS


def facts(listing):
    """Return the eight facts of an opening, always all of them and in the order of STATED_FACTS.

    Needs sites, populations and credentials loaded.
    """
    said = {
        "pay": (_("Pay"), wording.pay_text(listing), wording.pay_alt_text(listing)),
        "place": (_("Place"), wording.place_text(listing), _place_detail(listing)),
        "schedule": (_("Schedule"), wording.hours_text(listing), _schedule_detail(listing)),
        "mode": (_("Work mode and home visits"), wording.mode_text(listing), _mode_detail(listing)),
        "licence": (_("License"), wording.licence_text(listing), _asked_detail(listing)),
        "caseload": (_("Caseload"), listing.caseload, _caseload_detail(listing)),
        "people": (_("People served"), wording.people_text(listing), ""),
        "languages": (_("Languages"), wording.languages_text(listing), ""),
    }
    stated = dict(zip(STATED_FACTS, listing.stated, strict=True))
    return [Fact(code, *said[code], is_stated=stated[code]) for code in STATED_FACTS]


def _place_detail(listing):
    sites = wording.sites_of(listing)
    if not sites:
        return ""
    if len(sites) > 1:
        return "; ".join(_address(site) for site in sites)
    site = sites[0]
    county = county_label(site.state, site.county) if site.county else ""
    return ", ".join(filter(None, [site.name, site.address1, county or site.zip]))


def _address(site):
    return ", ".join(filter(None, [site.name, site.address1, site.town]))


def _schedule_detail(listing):
    return ". ".join(filter(None, [wording.schedules_text(listing), wording.on_call_text(listing)]))


def _caseload_detail(listing):
    return ". ".join(filter(None, [wording.acuity_text(listing), wording.supervision_text(listing)]))


def _mode_detail(listing):
    if listing.mode and not listing.visits:
        missing = _("The ad does not say if there are home visits.")
    elif listing.visits and not listing.mode:
        missing = _("The ad does not say where the rest of the work happens.")
    else:
        missing = ""
    share, covers = wording.visits_share_text(listing), wording.covers_text(listing)
    return ". ".join(filter(None, [share, wording.car_text(listing), covers, missing]))


def _asked_detail(listing):
    asked = [wording.credentials_text(listing), wording.education_text(listing), wording.experience_text(listing)]
    return ". ".join(filter(None, asked))


def kit(listing):
    """Return (questions about what the ad leaves out, questions good at any interview); None stands for an unread ad.

    Of a fact that is stated, what the ad could still say about it is asked on its own.
    """
    asked = {
        "pay": _("What does the job pay, and when is pay looked at again?"),
        "place": _("Where would I work on a usual day?"),
        "schedule": _("Which days and hours would I work? Is there on-call time?"),
        "mode": _("How many days are on site, from home and on visits? Is mileage paid?"),
        "licence": _("Do I need a license for this job, or will I need one later?"),
        "caseload": _("How many people would I look after, and how many new ones come in a usual week?"),
        "people": _("Who are the people I would work with?"),
        "languages": _("Which languages do they speak, and who interprets?"),
    }
    stated = dict(zip(STATED_FACTS, listing.stated if listing else [False] * len(STATED_FACTS), strict=True))
    left_out = [asked[code] for code in STATED_FACTS if not stated[code]]
    left_out += _details_left_out(listing, stated) if listing else [_supervision_question(), _training_question()]
    always = [
        _("What happens to my caseload when a colleague is out?"),
        _("Who do I call when I am worried about someone?"),
        _("What would a good first three months look like?"),
    ]
    return left_out, always


def _details_left_out(listing, stated):
    """Questions about what an ad does not say of the facts that it states, and of what comes with the work."""
    travels = listing.visits in (HomeVisits.SOME, HomeVisits.MOST)
    pays_mileage = Benefit.MILEAGE in listing.benefit_kinds or "mileage" in listing.benefits.lower()
    missing = [
        (stated["schedule"] and not listing.on_call, _("Is there on-call time? How often, and how is it paid?")),
        (travels and listing.visits_percent is None, _("How many home visits are there in a usual week?")),
        (travels and listing.needs_car is None, _("Do I need my own car, or is there one from work?")),
        (stated["mode"] and (travels or listing.needs_car) and not pays_mileage, _("Is mileage paid, and how much?")),
        (travels and not listing.counties, _("Which counties would I cover, and how far apart are the visits?")),
        (stated["caseload"] and not listing.acuity, _("How much help do most people on the caseload need?")),
        (not listing.supervision, _supervision_question()),
        (listing.experience_months is None, _training_question()),
        (
            not (listing.benefits or listing.benefit_kinds),
            _("Which benefits come with the job, and from which day on?"),
        ),
    ]
    return [question for is_missing, question in missing if is_missing]


def _supervision_question():
    return _("Who supervises me, and how often do we sit down together?")


def _training_question():
    return _("How long is the training, and who do I learn from?")
