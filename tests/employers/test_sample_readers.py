"""The invented readers of sample openings: the same each time, only since publication, and gone with their samples."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from employers.models import Listing, ListingDay
from employers.samples import readers, remove
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


def rows():
    return list(ListingDay.objects.order_by("listing", "day").values())


@pytest.fixture
def listing():
    days = {"published_at": NOW - timedelta(days=20), "confirmed_at": NOW}
    return ListingFactory(published=True, sample=True, source="sample", source_id="guide", **days)


def invent(*, now=NOW):
    return readers.invent(Listing.objects.filter(source="sample"), now=now)


def test_a_second_time_changes_nothing_and_a_counted_day_is_kept(listing):
    ListingDay.objects.create(listing=listing, day=localdate(NOW), saves=77)
    assert invent() > 10
    before = rows()

    assert invent() == 0
    assert rows() == before
    assert ListingDay.objects.get(saves=77).views == 0
    assert {row["day"] for row in before} <= {localdate(NOW) - timedelta(days=back) for back in range(21)}


def test_nobody_clicks_to_apply_where_there_is_nowhere_to_go_and_days_before_publication_go(listing):
    invent()
    assert sum(row["apply_clicks"] for row in rows()) == 0
    Listing.objects.filter(pk=listing.pk).update(published_at=NOW - timedelta(days=2))

    invent()

    assert min(row["day"] for row in rows()) >= localdate(NOW - timedelta(days=2))


def test_they_leave_with_the_samples(listing):
    invent()
    remove()

    assert rows() == []
