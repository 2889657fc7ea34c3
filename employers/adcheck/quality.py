"""What seekers look for in an ad, and which of it this one says.

The eight facts of STATED_FACTS weigh most and come first, in their order; then what seekers ask about next. Each item
is said or not, and its points never depend on another item, so saying more never lowers the points.
"""

from django.utils.translation import gettext_lazy as _

from employers.adcheck.ad import Ad
from employers.adcheck.findings import Quality, QualityItem
from employers.models.listing import STATED_FACTS

FACT_POINTS = 10
ENOUGH_WORDS = 80  # of description: about six sentences

_FACTS = {
    "pay": ("pay_min_usd", _("Pay"), _("Give the lowest and the highest pay. Seekers look here first.")),
    "place": ("sites", _("Place"), _("Say where the work is, or in which states remote work may be done.")),
    "schedule": ("schedules", _("Schedule"), _("Say on which days, and how many hours a week.")),
    "mode": ("mode", _("Work mode and home visits"), _("Say where the work happens, and if there are home visits.")),
    "licence": ("licences", _("License"), _("Say which license is asked, or that none is.")),
    "caseload": ("caseload", _("Caseload"), _("Say the caseload: how many people, and how many new ones a month.")),
    "people": ("populations", _("People served"), _("Say who the people are.")),
    "languages": ("languages", _("Languages"), _("Say which languages are used with clients.")),
}
# Code, field, points, label, what to do, and whether an ad says it.
_MORE = (
    ("benefits", "benefit_kinds", 4, _("Benefits"), _("Tick what comes with the pay: insurance, leave, loan forgiveness."),
     lambda ad: bool(ad.benefits or ad.benefit_kinds)),
    ("supervision", "supervision", 4, _("Supervision"), _("Say who supervises, and how often one meets."),
     lambda ad: bool(ad.supervision)),
    ("car", "needs_car", 3, _("Car"), _("Say if a car is needed. Many people look for work without one."),
     lambda ad: ad.needs_car is not None),
    ("on-call", "on_call", 3, _("On-call time"), _("Say if people can be called outside their hours."),
     lambda ad: bool(ad.on_call)),
    ("schooling", "education", 3, _("Schooling"), _("Say the least schooling you accept, or that none is needed."),
     lambda ad: bool(ad.education)),
    ("experience", "experience_months", 3, _("Experience"), _("Say how much experience you ask for, zero if none."),
     lambda ad: ad.experience_months is not None),
    ("acuity", "acuity", 2, _("Needs of the people"), _("Say how much help the people of the caseload need."),
     lambda ad: bool(ad.acuity)),
    ("until", "closes_on", 2, _("Last day to apply"), _("Give a last day to apply, or say that you are always hiring."),
     lambda ad: ad.closes_on is not None or ad.is_always_hiring),
    ("words", "description", 3, _("About the work"), _("Describe a usual day in a few sentences."),
     lambda ad: len(ad.description.split()) >= ENOUGH_WORDS),
)  # fmt: skip


def of(what):
    """Return the Quality of an opening, `content` of drafts, or Ad."""
    ad = Ad.of(what)
    stated = dict(zip(STATED_FACTS, ad.stated, strict=True))
    facts = (
        QualityItem(code, *_first(_FACTS[code]), points=FACT_POINTS, is_said=stated[code]) for code in STATED_FACTS
    )
    more = (
        QualityItem(code, field, str(label), str(text), points, is_said(ad))
        for code, field, points, label, text, is_said in _MORE
    )
    return Quality((*facts, *more))


def _first(row):
    field, label, text = row
    return field, str(label), str(text)
