"""The factories build what they say, so that every other test may lean on them."""

import pytest

from employers import searchrow
from employers.models import Listing
from tests.clock import NOW
from tests.employers_factories import ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_only_a_published_opening_of_a_public_employer_is_live():
    live = ListingFactory(published=True)
    for traits in ({}, {"closed": True}, {"taken_down": True}, {"unapproved": True, "published": True}):
        ListingFactory(**traits)
    ListingFactory(published=True, suspended=True)

    assert list(Listing.objects.live(at=NOW)) == [live]
    assert searchrow.differences() == []


def test_an_opening_stands_at_its_own_sites_or_in_states():
    site = SiteFactory()

    assert list(ListingFactory(employer=site.employer, sites=[site]).sites.all()) == [site]
    assert ListingFactory().sites.get().city == "Albany"
    assert not ListingFactory(remote=True).sites.exists()
