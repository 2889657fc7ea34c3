"""An opening as schema.org JobPosting, by Google's rules.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

from careers.vocabulary import Education, EmploymentType, PayPeriod, Stance, WorkMode
from employers import prose, wording
from employers.wording import ANYWHERE

_EMPLOYMENT = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.PER_DIEM: "PER_DIEM",
    EmploymentType.TEMPORARY: "TEMPORARY",
    EmploymentType.CONTRACT: "CONTRACTOR",
}
_EDUCATION = {
    Education.HIGH_SCHOOL: "high school",
    Education.ASSOCIATE: "associate degree",
    Education.BACHELOR: "bachelor degree",
    Education.MASTER: "postgraduate degree",
}
_UNITS = {PayPeriod.HOUR: "HOUR", PayPeriod.YEAR: "YEAR"}
_REQUIRED = ("", Stance.REQUIRED)


def is_publishable(listing, *, at):
    """True for an opening that machines may list: live at `at`, of a real employer, and with a place of work."""
    has_place = bool(listing.remote_states) or bool(listing.sites.all())
    return has_place and not listing.employer.is_sample and listing.is_live(at=at)


def job_posting(listing):
    """Return the JobPosting of a live opening as plain values. Needs page details loaded (with_page_details)."""
    employer = listing.employer
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": listing.headline,
        "description": prose.to_html(listing.description),
        "identifier": {"@type": "PropertyValue", "name": settings.PORTAL_NAME, "value": str(listing.pk)},
        "url": f"{settings.PORTAL_URL}{listing.get_absolute_url()}",
        "datePosted": listing.published_at.isoformat(),
        "validThrough": listing.search.live_until.isoformat(),
        "employmentType": _EMPLOYMENT[listing.employment],
        "hiringOrganization": {
            "@type": "Organization",
            "name": employer.name,
            "url": f"{settings.PORTAL_URL}{employer.get_absolute_url()}",
            **({"sameAs": employer.website} if employer.website else {}),
        },
        "directApply": False,
        **_place(listing),
        **_asked(listing),
        **_in_words(listing),
    }
    if listing.positions > 1:
        posting["totalJobOpenings"] = listing.positions
    if listing.pay_max_usd is not None:
        posting["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": float(listing.pay_min_usd),
                "maxValue": float(listing.pay_max_usd),
                "unitText": _UNITS[listing.pay_period],
            },
        }
    return posting


def _place(listing):
    sites = sorted(listing.sites.all(), key=lambda site: site.pk)
    located = {"jobLocation": [_location(site) for site in sites]} if sites else {}
    # Google: TELECOMMUTE only for work that is done wholly from home.
    if listing.remote_states and (not sites or listing.mode == WorkMode.REMOTE):
        return located | {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": [{"@type": "Country", "name": "USA"}]
            if ANYWHERE in listing.remote_states
            else [{"@type": "State", "name": f"{code}, USA"} for code in listing.remote_states],
        }
    return located


def _location(site):
    address = {
        "@type": "PostalAddress",
        "streetAddress": site.address1,
        "addressLocality": site.city,
        "addressRegion": site.state,
        "postalCode": site.zip,
        "addressCountry": "US",
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}


def _in_words(listing):
    """What schema.org takes as text: hours, benefits, and which license or certificate."""
    said = {
        "workHours": ", ".join(filter(None, [wording.schedules_text(listing), wording.on_call_text(listing)])),
        "jobBenefits": ". ".join(filter(None, [", ".join(wording.benefits_list(listing)), listing.benefits])),
        "qualifications": ". ".join(filter(None, [_licence(listing), wording.credentials_text(listing)])),
    }
    return {name: value for name, value in said.items() if value}


def _licence(listing):
    return wording.licence_text(listing) if {*listing.licences} - {"none"} else ""


def _asked(listing):
    asked = {}
    if listing.experience_months and listing.experience_stance in _REQUIRED:
        asked["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": listing.experience_months,
        }
    elif listing.experience_months == 0:
        asked["experienceRequirements"] = "no requirements"
    # Google: experience may stand in for schooling only where the posting names both.
    or_equal = listing.education_stance == Stance.EQUIVALENT and "monthsOfExperience" in asked.get(
        "experienceRequirements", ()
    )
    if or_equal and listing.education in _EDUCATION:
        asked["experienceInPlaceOfEducation"] = True
    if listing.education in _EDUCATION and (or_equal or listing.education_stance in _REQUIRED):
        asked["educationRequirements"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": _EDUCATION[listing.education],
        }
    elif listing.education == Education.NONE:
        asked["educationRequirements"] = "no requirements"
    return asked


def script(posting):
    """Return the posting as JSON that may stand inside a script element: <, > and & are escaped."""
    escaped = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return mark_safe(json.dumps(posting, ensure_ascii=False).translate(escaped))
