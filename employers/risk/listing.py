"""All risks of one opening: its words, its pay, where people apply, and whose text it is."""

from decimal import Decimal
from urllib.parse import urlsplit

from careers.decoder import decode
from careers.vocabulary import Education, License
from employers import search
from employers.risk.codes import Risk
from employers.risk.sameness import SAME_FROM, likeness, sketch
from employers.risk.text import in_text

# Dollars an hour that honest ads of this work pay at most, with a license and without; above, somebody looks first.
# Registered nurses in case management are the best paid of them; for scale see the national figures on /careers/pay/.
PAY_LOOKED_AT_USD_HOUR = {True: Decimal(110), False: Decimal(65)}

# Systems that employers receive applications with; anyone may stand behind them, so this only spares an honest ad a look.
KNOWN_SYSTEMS = {
    "adp.com", "applicantpro.com", "applitrack.com", "applytojob.com", "ashbyhq.com", "bamboohr.com", "breezy.hr",
    "brassring.com", "careerplug.com", "careers-page.com", "clearcompany.com", "dayforcehcm.com",
    "governmentjobs.com", "greenhouse.io", "hireology.com", "icims.com", "indeed.com", "isolvedhire.com",
    "jazzhr.com", "jobvite.com", "lever.co", "linkedin.com", "myworkdayjobs.com", "neogov.com", "oraclecloud.com",
    "paychex.com", "paycomonline.net", "paycor.com", "paylocity.com", "peopleadmin.com", "phenompeople.com",
    "recruitee.com", "rippling.com", "silkroad.com", "smartrecruiters.com", "successfactors.com", "taleo.net",
    "teamtailor.com", "trinethire.com", "ukg.com", "ultipro.com", "usajobs.gov", "workable.com", "workday.com",
    "ziprecruiter.com",
}  # fmt: skip


def of_listing(listing) -> tuple[str, ...]:
    """Return the codes of all risks of an opening as it is in the database, each once, in the order of Risk."""
    found = {finding.code for finding in in_text(_words(listing), own_addresses=_own_addresses(listing))}
    is_of_another_field = decode(f"{listing.headline}\n{listing.description}").verdict == "not_this_field"
    if is_of_another_field:  # what other work pays is not ours to judge
        found.add(Risk.NOT_THIS_FIELD.value)
    elif _pays_too_well(listing):
        found.add(Risk.TOO_GOOD_PAY.value)
    if _applies_elsewhere(listing):
        found.add(Risk.APPLY_ELSEWHERE.value)
    if same_elsewhere(listing):
        found.add(Risk.SAME_TEXT_ELSEWHERE.value)
    return tuple(code for code in Risk.values if code in found)


def _words(listing):
    parts = (listing.headline, listing.description, listing.benefits, listing.caseload, listing.supervision)
    return "\n".join([*parts, listing.apply_url])


def _own_addresses(listing):
    return [listing.employer.inbox_email] if listing.employer.inbox_email else []


def _pays_too_well(listing):
    if listing.pay_max_usd is None:
        return False
    hourly = search.hourly(listing.pay_max_usd, listing.pay_period, listing.weekly_hours)
    is_skilled = bool({*listing.licences} - {License.NONE.value}) or listing.education == Education.MASTER
    return hourly > PAY_LOOKED_AT_USD_HOUR[is_skilled]


def _host(url):
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _applies_elsewhere(listing):
    """True when the address to apply at is neither on the employer's website's domain nor one of KNOWN_SYSTEMS."""
    apply_at = _host(listing.apply_url)
    if not apply_at:
        return False
    own = _host(listing.employer.website).removeprefix("www.")
    mail = listing.employer.inbox_email.rpartition("@")[2].lower()
    return not any(apply_at == known or apply_at.endswith(f".{known}") for known in {*KNOWN_SYSTEMS, own, mail} - {""})


def same_elsewhere(listing):
    """Openings of other employers (none of the same group) whose text is this one's; a list, most alike first."""
    own = sketch(listing.description)
    if not own:
        return []
    others = (
        type(listing)
        .objects.filter(sketch__overlap=own)
        .exclude(employer=listing.employer_id)
        .select_related("employer")
        .only("sketch", "headline", "employer__name", "employer__slug", "employer__group")
    )
    if listing.employer.group_id:
        others = others.exclude(employer__group=listing.employer.group_id)
    alike = [(likeness(own, other.sketch), other) for other in others[:200]]
    same = [(share, other) for share, other in alike if share >= SAME_FROM]
    return [other for _share, other in sorted(same, key=lambda pair: (-pair[0], pair[1].pk))]
