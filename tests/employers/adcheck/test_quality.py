"""The list of what seekers miss: eight facts first, and saying more never costs a point."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.adcheck import quality
from employers.adcheck.ad import Ad
from employers.models.listing import STATED_FACTS
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

# What an ad may say, and one way to say it. Those that only count together stand together.
SAYINGS = {
    "pay": {"pay_min_usd": Decimal(24), "pay_max_usd": Decimal(28), "pay_period": "hour"},
    "site": {"has_site": True, "site_states": ("NY",)},
    "remote": {"remote_states": ("NY",)},
    "hours": {"weekly_hours": Decimal(40)},
    "schedules": {"schedules": ("weekdays",)},
    "mode": {"mode": "hybrid"},
    "visits": {"visits": "some"},
    "share": {"visits_percent": 40},
    "licences": {"licences": ("rn",), "licence_stance": "required"},
    "credentials": {"credentials": ("ccm",)},
    "caseload": {"caseload": "45 members"},
    "people": {"populations": ("older-adults",)},
    "languages": {"languages": ("es",)},
    "benefits": {"benefits": "Insurance"},
    "kinds": {"benefit_kinds": ("pslf",)},
    "supervision": {"supervision": "weekly with an LCSW"},
    "car": {"needs_car": False},
    "on_call": {"on_call": "none"},
    "education": {"education": "none"},
    "experience": {"experience_months": 0},
    "acuity": {"acuity": "mixed"},
    "closes": {"closes_on": date(2026, 12, 31)},
    "always": {"is_always_hiring": True},
    "counties": {"counties": ("NY:Albany",)},
    "words": {"description": "You meet people where they are. " * 30},
}


def said(names):
    return Ad(**{name: value for saying in names for name, value in SAYINGS[saying].items()})


@given(st.sets(st.sampled_from(sorted(SAYINGS))), st.sampled_from(sorted(SAYINGS)))
def test_saying_more_never_lowers_the_points(names, another):
    before, after = quality.of(said(names)), quality.of(said(names | {another}))

    assert after.points >= before.points
    assert {item.code for item in after.missing} <= {item.code for item in before.missing}


@given(st.sets(st.sampled_from(sorted(SAYINGS))))
def test_points_lie_between_nothing_and_all(names):
    found = quality.of(said(names))
    assert 0 <= found.points <= found.most
    assert (found.percent == 100) == (not found.missing)


def test_nothing_said_is_no_points_and_everything_said_is_all():
    assert quality.of(Ad()).points == 0
    assert quality.of(said(SAYINGS)).percent == 100


def test_the_eight_facts_come_first_and_weigh_most():
    items = quality.of(Ad()).items
    assert tuple(item.code for item in items[:8]) == STATED_FACTS
    assert min(item.points for item in items[:8]) > max(item.points for item in items[8:])


def test_every_item_says_what_to_do_and_where():
    for item in quality.of(Ad()).items:
        assert item.label
        assert item.text.endswith(".")
        assert item.field


@pytest.mark.django_db
def test_an_opening_and_its_content_get_the_same_points():
    employer = EmployerFactory()
    site = SiteFactory(employer=employer)
    listing = ListingFactory(employer=employer, caseload="45 members", languages=["en"], sites=[site])
    content = {
        name: getattr(listing, name)
        for name in (
            "caseload", "languages", "description", "pay_min_usd", "pay_max_usd", "pay_period", "employment", "schedules",
            "weekly_hours", "mode", "visits", "licences", "education", "experience_months", "benefits", "closes_on",
        )
    } | {"sites": [site], "populations": list(listing.populations.all()), "headline": listing.headline}  # fmt: skip

    assert quality.of(content) == quality.of(listing)
    assert [item.is_said for item in quality.of(listing).items[:8]] == list(listing.stated)


def test_half_of_a_form_is_read_without_harm():
    assert quality.of({"headline": "Care Coordinator", "pay_min_usd": None, "sites": None}).points == 0
