"""Changes to approved openings: harmless ones show at once, risky ones wait while the approved text stays public."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from employers import revisions
from employers.lifecycle import TransitionRefused
from employers.models import Case, Listing, ListingRevision
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return ListingFactory(published=True, apply_url="https://care.example.com/apply", roles=1)


def change(listing, **content):
    return revisions.change(listing=listing, content=content, now=NOW)


@pytest.mark.parametrize(
    "content",
    [
        {"headline": "Care Coordinatr"},
        {"description": "You call people. You visit nobody."},
        {"pay_min_usd": Decimal(26), "pay_max_usd": Decimal(40)},
        {"pay_min_usd": Decimal(52_000), "pay_max_usd": Decimal(65_000), "pay_period": "year"},
        {"apply_url": "https://care.example.com/other-page"},
        {"apply_url": ""},
        {"caseload": "About 40 people"},
        {"supervision": "Weekly with an LCSW", "acuity": "mixed", "on_call": "none", "visits_percent": 20},
        {"benefit_kinds": ["pslf"], "counties": ["NY:Albany"], "credential_stance": "preferred", "closes_on": None},
    ],
)
def test_typing_errors_raises_and_other_pages_of_the_same_host_show_at_once(listing, content):
    changed, waits = change(listing, **content)

    assert waits is None
    assert all(getattr(changed, name) == value for name, value in content.items())
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("content", "held_for"),
    [
        ({"apply_url": "https://elsewhere.example/apply"}, ["apply_url"]),
        ({"roles": 2}, ["roles"]),
        ({"pay_min_usd": Decimal(20)}, ["pay"]),
        ({"pay_max_usd": Decimal(30)}, ["pay"]),
        ({"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}, ["pay"]),
        ({"pay_min_usd": Decimal(40_000), "pay_max_usd": Decimal(70_000), "pay_period": "year"}, ["pay"]),
        ({"description": "We will mail you a check to buy your equipment."}, ["words"]),
        ({"supervision": "We will mail you a check to buy your equipment."}, ["words"]),
    ],
)
def test_risky_changes_wait_and_the_approved_text_stays(listing, content, held_for):
    before = Listing.objects.filter(pk=listing.pk).values().get()

    _listing, waits = change(listing, headline="New", **content)

    assert waits.held_for == held_for
    assert Listing.objects.filter(pk=listing.pk).values().get() == before
    assert Case.objects.get(kind="edit", listing=listing).decided_at is None


def test_a_raise_by_the_year_is_compared_by_the_hour():
    listing = ListingFactory(published=True, pay_min_usd=52_000, pay_max_usd=60_000, pay_period="year", weekly_hours=35)

    _listing, waits = change(listing, weekly_hours=Decimal(40))

    assert waits.held_for == ["pay"]


@pytest.mark.parametrize("traits", [{}, {"status": "in_review"}])
def test_what_nobody_has_seen_changes_at_once(traits):
    listing = ListingFactory(**traits)

    _listing, waits = change(listing, roles=3, pay_min_usd=Decimal(1))

    assert waits is None


def test_a_closed_opening_cannot_be_used_to_slip_a_change_past():
    _listing, waits = change(ListingFactory(closed=True), apply_url="https://elsewhere.example/")

    assert waits.held_for == ["apply_url"]


def test_accepting_shows_everything_that_was_asked(listing):
    title, setting, site = JobTitleFactory(), CareSettingFactory(), SiteFactory(employer=listing.employer)
    wanted = {
        "title": title, "roles": 2, "closes_on": date(2026, 12, 24), "pay_min_usd": Decimal("20.50"),
        "care_settings": [setting], "sites": [site], "schedules": ["evenings"], "needs_car": True,
    }  # fmt: skip

    _listing, waits = change(listing, **wanted)
    shown = Listing.objects.get(pk=revisions.accept(revision=waits, by=None, now=NOW).pk)

    assert (shown.title, shown.roles, shown.closes_on, shown.pay_min_usd) == (
        title,
        2,
        date(2026, 12, 24),
        Decimal("20.50"),
    )
    assert (list(shown.care_settings.all()), list(shown.sites.all())) == ([setting], [site])
    assert (shown.schedules, shown.needs_car) == (["evenings"], True)


def test_rejecting_leaves_the_approved_text_and_is_final(listing):
    _listing, waits = change(listing, roles=2)

    revisions.reject(revision=waits, by=None, now=NOW)

    listing.refresh_from_db()
    assert listing.roles == 1
    for decide in (revisions.accept, revisions.reject):
        with pytest.raises(TransitionRefused, match="does not wait"):
            decide(revision=waits, by=None, now=NOW)


def test_a_newer_change_replaces_the_one_that_waits(listing):
    change(listing, roles=2)
    _listing, newer = change(listing, apply_url="https://elsewhere.example/")

    assert revisions.waiting_for(listing) == newer
    assert Case.objects.filter(decided_at=None).count() == 1

    change(listing, headline="Fixed")
    assert revisions.waiting_for(listing) is None
    assert Case.objects.get().outcome == "replaced"


def test_one_change_waits_at_most(listing):
    change(listing, roles=2)
    with pytest.raises(IntegrityError, match="employers_revision_one_waits_per_listing"), transaction.atomic():
        ListingRevision.objects.create(listing=listing, content={}, held_for=["roles"])


def test_differences_are_told_in_words(listing):
    _listing, waits = change(listing, headline="Another", pay_min_usd=Decimal("20.00"))

    assert ("Headline", listing.headline, "Another") in revisions.differences(waits)
    assert any(before == "25" and after == "20" for _label, before, after in revisions.differences(waits))


def test_what_was_taken_down_cannot_change():
    with pytest.raises(TransitionRefused, match="taken down"):
        change(ListingFactory(taken_down=True), headline="New")


def test_a_site_of_another_employer_is_no_content(listing):
    with pytest.raises(ValueError, match="its own employer"):
        change(listing, roles=2, sites=[SiteFactory()])
