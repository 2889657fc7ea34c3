"""Writing an opening as a browser does: step by step, and then the last one."""

import uuid
from datetime import date

from careers.models import PayRule, Source
from employers.forms.steps import STEPS


def address(employer, token, step="work"):
    return f"/hiring/{employer.slug}/openings/write/{token}/{step}/"


def answers(step, typed):
    return {name: typed[name] for name in step.fields if name in typed}


def write(client, employer, typed, *, finish="draft", token=None, follow=False):
    """Send every step of a new opening, then the last with the button `finish`; return the last answer."""
    token = token or uuid.uuid4()
    for step in STEPS:
        client.post(address(employer, token, step.name), answers(step, typed))
    return client.post(address(employer, token, "check"), {"finish": finish}, follow=follow)


def change(client, listing, typed, *, finish="save", follow=False):
    """Send every step of a change to an opening, then the last; return the last answer."""
    for step in STEPS:
        client.post(f"/hiring/openings/{listing.pk}/edit/{step.name}/", answers(step, typed))
    return client.post(f"/hiring/openings/{listing.pk}/edit/check/", {"finish": finish}, follow=follow)


def new_york_asks_for_pay():
    """New York's rule as the content of the portal tells it, with its source."""
    source, _is_new = Source.objects.get_or_create(
        slug="ny-law", name="Labor Law section 194-b", url="https://www.nysenate.gov/legislation/laws/LAB/194-B"
    )
    rule, _is_new = PayRule.objects.get_or_create(
        state="NY",
        defaults={
            "slug": "ny", "name": "New York", "employer_threshold": "4 or more employees", "effective": date(2023, 9, 17),
            "rule": "Every ad shows the pay or its range.",
            "scope": "Work done in New York, and remote work that reports to an office there.",
        },
    )  # fmt: skip
    rule.sources.add(source)
    return rule
