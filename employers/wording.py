"""An opening in words: pay, place, dates, what it asks. Pages, feeds and mails say it the same way.

Every function takes an opening (or a plain value) and no request, and answers in the language that is active. An empty
answer means that the ad does not say.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from careerportal.places.near import miles_between
from careerportal.places.states import STATES
from careers.vocabulary import (
    Acuity,
    Benefit,
    Education,
    EmploymentType,
    HomeVisits,
    Language,
    OnCall,
    PayPeriod,
    Schedule,
    Stance,
    WorkMode,
)
from employers import payperiods

ANYWHERE = "US"  # among Listing.remote_states: every state


# --- Money --------------------------------------------------------------------------------------
def dollars(amount):
    """A sum in dollars, with cents only when there are some: "$24", "$23.50", "$58,000"."""
    amount = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def _whole(amount):
    return Decimal(amount).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _range(least, most):
    if least == most:
        return dollars(least)
    return _("%(least)s to %(most)s") % {"least": dollars(least), "most": dollars(most)}


def pay_text(listing):
    """What the ad offers, in its own unit: "$24 to $28 an hour"."""
    if listing.pay_max_usd is None:
        return ""
    offered = {"pay": _range(listing.pay_min_usd, listing.pay_max_usd)}
    if listing.pay_period == PayPeriod.YEAR:
        return _("%(pay)s a year") % offered
    return _("%(pay)s an hour") % offered


def pay_alt_text(listing):
    """The same pay in the other unit, rounded to whole dollars: for the hours a week that the ad gives, else empty."""
    if listing.pay_max_usd is None:
        return ""
    hours = listing.weekly_hours
    other = PayPeriod.HOUR if listing.pay_period == PayPeriod.YEAR else PayPeriod.YEAR
    least, most = (
        payperiods.in_period(amount, listing.pay_period, wanted=other, weekly_hours=hours)
        for amount in (listing.pay_min_usd, listing.pay_max_usd)
    )
    if least is None:
        return ""
    pay = _range(_whole(least), _whole(most))
    if other == PayPeriod.HOUR:
        return _("about %(pay)s an hour") % {"pay": pay}
    if listing.employment == EmploymentType.FULL_TIME:
        return _("%(pay)s a year, full time") % {"pay": pay}
    return _("%(pay)s a year at %(hours)s hours a week") % {"pay": pay, "hours": number(hours)}


def number(amount):
    """A number without idle zeros: 40.0 -> "40", 37.5 -> "37.5"."""
    return f"{Decimal(amount).normalize():f}"


# --- Dates and distances ------------------------------------------------------------------------
def day(date, *, today=None):
    """A calendar date in words, "December 14, 2026"; without the year when `today` is given and in the same year."""
    if today is not None and date.year == today.year:
        return date_format(date, pgettext("day and month, in Django's date letters", "F j"))
    return date_format(date, pgettext("day, month and year, in Django's date letters", "F j, Y"))


def posted_text(listing, *, today=None):
    """ "Posted November 20"; empty for a draft."""
    if listing.published_at is None:
        return ""
    return _("Posted %(date)s") % {"date": day(localdate(listing.published_at), today=today)}


def closes_text(listing, *, today=None):
    """Until when one can apply: "Closes December 14", "Always hiring" or "Open until filled"."""
    if listing.closes_on is not None:
        if listing.closes_on == today:
            return _("Closes today")
        return _("Closes %(date)s") % {"date": day(listing.closes_on, today=today)}
    return _("Always hiring") if listing.is_always_hiring else _("Open until filled")


def days_left_text(listing, *, today):
    """How long is left: "22 days left"; empty without a closing date or after it."""
    if listing.closes_on is None or listing.closes_on < today:
        return ""
    days = (listing.closes_on - today).days
    if days == 0:
        return _("Today is the last day.")
    return ngettext("%(days)s day left.", "%(days)s days left.", days) % {"days": days}


def miles_text(miles):
    """A distance in words, to the mile: "6 miles", "less than 1 mile"."""
    if miles < 1:
        return _("less than 1 mile")
    whole = round(miles)
    return ngettext("%(miles)s mile", "%(miles)s miles", whole) % {"miles": whole}


# --- Where --------------------------------------------------------------------------------------
def states_text(codes):
    """Names of states: "New York", "New York and New Jersey", "12 states"."""
    if len(codes) > 3:
        return _("%(count)s states") % {"count": len(codes)}
    return get_text_list([STATES.get(code, code) for code in codes], _("and"))


def remote_text(listing):
    """From where remote work may be done: "Remote in New York"; empty when the work is not remote."""
    if not listing.remote_states:
        return ""
    if ANYWHERE in listing.remote_states:
        return _("Remote, anywhere in the US")
    return _("Remote in %(states)s") % {"states": states_text(listing.remote_states)}


def sites_of(listing, *, near=None):
    """The opening's sites in a fixed order: by distance from the radius `near`, else by state and town."""
    sites = sorted(listing.sites.all(), key=lambda site: (site.state, site.city, site.pk))
    if near is None or near.kind != "radius":
        return sites
    far = float("inf")
    return sorted(
        sites, key=lambda site: far if site.lat is None else miles_between(site.lat, site.lng, near.lat, near.lng)
    )


def place_text(listing, *, near=None):
    """Where the work is, in one line: "Troy, NY", "Troy, NY and 2 more places", "Remote in New York".

    Of several sites the one nearest to the radius `near` is named.
    """
    towns = list(dict.fromkeys(site.town for site in sites_of(listing, near=near)))
    if not towns:
        return remote_text(listing)
    more = len(towns) - 1
    if not more:
        return towns[0]
    return ngettext("%(town)s and %(more)s more place", "%(town)s and %(more)s more places", more) % {
        "town": towns[0],
        "more": more,
    }


# --- What the work is like, and what it asks ----------------------------------------------------
def hours_text(listing):
    """Kind of employment and, when the ad says, hours: "Full time, 40 hours"."""
    said = str(EmploymentType(listing.employment).label)
    if listing.weekly_hours is None:
        return said
    return _("%(employment)s, %(hours)s hours a week") % {"employment": said, "hours": number(listing.weekly_hours)}


def schedules_text(listing):
    """When in the week: "Weekdays and evenings"."""
    labels = [str(choice.label) for choice in Schedule if choice.value in listing.schedules]
    return _sentence(get_text_list([label.lower() for label in labels], _("and")))


def schedule_text(listing):
    """Employment and schedule in one line, for cards: "Full time, weekdays", "Part time, 24 hours a week"."""
    when = schedules_text(listing)
    if not when:
        return hours_text(listing)
    return f"{EmploymentType(listing.employment).label}, {when[0].lower()}{when[1:]}"


def mode_text(listing):
    """How one works and visits: "Hybrid, some home visits"; what only one of the two says when the other is open."""
    said = [str(WorkMode(listing.mode).label)] if listing.mode else []
    said += [visits_text(listing)] if listing.visits else []
    return _sentence(", ".join([*said[:1], *(part.lower() for part in said[1:])]))


def visits_text(listing):
    """How much of the work is home visits: "Some home visits"."""
    return str(HomeVisits(listing.visits).label) if listing.visits else ""


def visits_share_text(listing):
    """The share of home visits, when the ad gives one: "About 60% home visits"."""
    if listing.visits_percent is None:
        return ""
    return _("About %(percent)s%% home visits") % {"percent": listing.visits_percent}


def on_call_text(listing):
    """Whether one can be called outside one's hours; empty when the ad does not say."""
    return str(OnCall(listing.on_call).label) if listing.on_call else ""


def counties_text(codes):
    """Counties that the work covers, from codes such as "NY:Albany": "Albany and Kings (NY), Hudson (NJ)"."""
    by_state = {}
    for code in codes:
        state, _colon, county = code.partition(":")
        by_state.setdefault(state, []).append(county)
    return ", ".join(f"{get_text_list(sorted(names), _('and'))} ({state})" for state, names in sorted(by_state.items()))


def covers_text(listing):
    """The counties an opening covers: "Covers Albany and Rensselaer (NY)"; empty when the ad does not say."""
    if not listing.counties:
        return ""
    return _("Covers %(counties)s") % {"counties": counties_text(listing.counties)}


def acuity_text(listing):
    """How much help the people of the caseload need; empty when the ad does not say."""
    return str(Acuity(listing.acuity).label) if listing.acuity else ""


def supervision_text(listing):
    """Who supervises and how often, in the employer's words: "Supervision: weekly with an LCSW"."""
    return _("Supervision: %(words)s") % {"words": listing.supervision} if listing.supervision else ""


def credentials_text(listing):
    """Certificates asked and how firmly: "CASAC or CCM required". Needs credentials loaded."""
    names = sorted(credential.search_words for credential in listing.credentials.all())
    return _firmly(get_text_list(names, _("or")), listing.credential_stance) if names else ""


def benefits_list(listing):
    """What comes with the pay, as the fixed choices say it, in their order."""
    return [str(kind.label) for kind in Benefit if kind.value in listing.benefit_kinds]


def licence_text(listing):
    """The license asked and how firmly: "RN or LPN license preferred", "No license asked"."""
    names = [name for value, name in _licence_names().items() if value in listing.licences]
    if not listing.licences:
        return ""
    if not names:
        return _("No license asked")
    if "none" in listing.licences:
        return _("No license needed; %(licences)s license welcome") % {"licences": get_text_list(names, _("or"))}
    asked = {"licences": get_text_list(names, _("or"))}
    if listing.licence_stance == Stance.PREFERRED:
        return _sentence(_("%(licences)s license preferred") % asked)
    if listing.licence_stance == Stance.WILL_TRAIN:
        return _sentence(_("%(licences)s license, or they train you") % asked)
    if listing.licence_stance == Stance.EQUIVALENT:
        return _sentence(_("%(licences)s license or equal experience") % asked)
    return _sentence(_("%(licences)s license") % asked)


def _licence_names():
    return {"rn": _("RN"), "lpn": _("LPN"), "sw": _("social work (LMSW or LCSW)"), "other": _("another")}


def education_text(listing):
    """The schooling asked and how firmly: "Bachelor's degree preferred"."""
    if not listing.education:
        return ""
    level = str(Education(listing.education).label)
    return level if listing.education == Education.NONE else _firmly(level, listing.education_stance)


def experience_text(listing):
    """The experience asked and how firmly: "2 years of experience required"."""
    months = listing.experience_months
    if months is None:
        return ""
    if months == 0:
        return _("No experience needed")
    if months % 12 == 0:
        years = months // 12
        length = ngettext("%(years)s year of experience", "%(years)s years of experience", years) % {"years": years}
    else:
        length = ngettext("%(months)s month of experience", "%(months)s months of experience", months) % {
            "months": months
        }
    return _firmly(length, listing.experience_stance)


def _firmly(asked, stance):
    if stance == Stance.REQUIRED:
        return _("%(asked)s required") % {"asked": asked}
    if stance == Stance.PREFERRED:
        return _("%(asked)s preferred") % {"asked": asked}
    if stance == Stance.WILL_TRAIN:
        return _("%(asked)s, or they train you") % {"asked": asked}
    if stance == Stance.EQUIVALENT:
        return _("%(asked)s or equal experience") % {"asked": asked}
    return asked


def car_text(listing):
    """Whether one needs a car; empty when the ad does not say."""
    if listing.needs_car is None:
        return ""
    return _("Own car needed") if listing.needs_car else _("No car needed")


def people_text(listing):
    """The people served, by name in alphabetical order: "Older adults, people living with HIV"."""
    first, *others = sorted(population.name for population in listing.populations.all()) or [""]
    return ", ".join([first, *(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in others)])


def languages_text(listing):
    """Languages spoken with clients: "English and Spanish"."""
    return get_text_list([str(choice.label) for choice in Language if choice.value in listing.languages], _("and"))


def _sentence(text):
    return text[:1].upper() + text[1:]
