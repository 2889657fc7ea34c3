"""What the database itself refuses, by the name of the rule."""

import pytest
from django.db import IntegrityError, transaction

from employers.models import Employer, Listing, ListingPoint, ListingSearch, Membership, Site
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory

pytestmark = pytest.mark.django_db


def refused(model, name, **change):
    """True when updating every row of `model` breaks the constraint `name`."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("status_known", {"status": "lost", "published_at": NOW, "confirmed_at": NOW}),
        ("roles_known", {"roles": 4}),
        ("publication_times", {"published_at": NOW}),
        ("publication_times", {"status": "published"}),
        ("closed_at_when_closed", {"closed_at": NOW}),
        ("closed_at_when_closed", {"status": "closed", "published_at": NOW, "confirmed_at": NOW}),
        ("taken_down_has_reason", {"status": "taken_down", "published_at": NOW, "confirmed_at": NOW}),
        ("pay_is_a_range", {"pay_max_usd": 1}),
        ("pay_is_a_range", {"pay_min_usd": 0}),
        ("pay_is_a_range", {"pay_period": ""}),
        ("pay_is_a_range", {"pay_max_usd": None}),
        ("choices_known", {"employment": "sometimes"}),
        ("choices_known", {"mode": "under-water"}),
        ("choices_known", {"visits": "many"}),
        ("choices_known", {"education": "doctor"}),
        ("choices_known", {"schedules": ["weekdays", "never"]}),
        ("choices_known", {"licences": ["md"]}),
        ("choices_known", {"languages": ["xx"]}),
        ("stances_known", {"licence_stance": "maybe"}),
        ("stances_known", {"education_stance": "maybe"}),
        ("stances_known", {"experience_stance": "maybe"}),
    ],
)
def test_an_opening_keeps(name, change):
    ListingFactory()

    refused(Listing, f"employers_listing_{name}", **change)


def test_one_opening_per_source_and_id_of_an_employer():
    first = ListingFactory(source="feed:indeed", source_id="1")
    ListingFactory(source="feed:indeed", source_id="1")
    ListingFactory(employer=first.employer)
    ListingFactory(employer=first.employer)

    with pytest.raises(IntegrityError, match="employers_listing_once_per_source_id"):
        ListingFactory(employer=first.employer, source="feed:indeed", source_id="1")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("slug_not_reserved", {"slug": "register"}),
        ("suspension_has_reason", {"suspended_at": NOW}),
    ],
)
def test_an_employer_keeps(name, change):
    EmployerFactory()

    refused(Employer, f"employers_employer_{name}", **change)


def test_an_employer_has_an_address_of_its_own():
    EmployerFactory(slug="one")

    with pytest.raises(IntegrityError, match="employers_employer_slug_unique"):
        EmployerFactory(slug="one")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("point_whole_and_on_earth", {"lat": None}),
        ("point_whole_and_on_earth", {"lat": 91}),
        ("point_whole_and_on_earth", {"lng": -181}),
        ("exactness_known", {"exactness": "guess"}),
        ("zip_is_five_digits", {"zip": "1220"}),
        ("state_is_two_letters", {"state": "ny"}),
    ],
)
def test_a_site_keeps(name, change):
    SiteFactory()

    refused(Site, f"employers_site_{name}", **change)


def test_a_site_stands_once_at_an_address():
    site = SiteFactory()

    with pytest.raises(IntegrityError, match="employers_site_once_per_address"):
        SiteFactory(employer=site.employer, address1=site.address1)


def test_a_member_has_one_known_power():
    member = MembershipFactory()

    refused(Membership, "employers_membership_access_known", access="king")
    with pytest.raises(IntegrityError, match="employers_membership_once_per_person"):
        MembershipFactory(employer=member.employer, user=member.user, access="viewer")


def test_a_search_row_is_live_from_and_until_or_hidden():
    ListingFactory(published=True)

    refused(ListingSearch, "employers_listingsearch_live_both_or_neither", live_until=None)


def test_a_point_stands_once_per_opening_and_site():
    point = ListingFactory(published=True).points.get()

    with pytest.raises(IntegrityError, match="employers_listingpoint_once_per_site"):
        ListingPoint.objects.create(listing=point.listing, site=point.site, lat=1, lng=1)
