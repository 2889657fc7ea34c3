"""What known formats call our fields."""

from employers.importing.template import COLUMNS

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


def aligned(kind, fields):
    """Return the fields of a row of a known format where what stands under a second name stands under the first too."""
    found = dict(fields)
    for names in KNOWN.get(kind, {}).values():
        if len(names) > 1 and not found.get(names[0]):
            said = next((fields[name] for name in names[1:] if fields.get(name)), "")
            if said:
                found[names[0]] = said
    return found
