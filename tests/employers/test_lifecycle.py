"""Each step of an opening: what it does, what it refuses, what happens when it is asked twice."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from employers import drafts, lifecycle, organizations, searchrow, sites
from employers.lifecycle import TransitionRefused
from employers.models import Listing
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)
LATER = NOW + timedelta(days=3)


def test_publishing_a_draft_shows_it_from_now():
    listing = lifecycle.publish(listing=ListingFactory(), now=NOW)

    assert (listing.status, listing.published_at, listing.confirmed_at) == ("published", NOW, NOW)
    assert Listing.objects.live(at=NOW).get() == listing
    assert not Listing.objects.live(at=NOW - timedelta(seconds=1)).exists()
    assert searchrow.differences() == []


def test_publishing_twice_is_refused_and_keeps_the_first_time():
    listing = lifecycle.publish(listing=ListingFactory(), now=NOW)

    with pytest.raises(TransitionRefused, match="This opening is published"):
        lifecycle.publish(listing=listing, now=LATER)

    assert Listing.objects.get().published_at == NOW


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ({"suspended": True}, "suspended"),
        ({"care_settings": []}, "care setting"),
        ({"sites": []}, "where the work is"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closing date is over"),
        ({"taken_down": True}, "taken down"),
    ],
)
def test_publishing_is_refused_for_what_seekers_could_not_use(traits, words):
    listing = ListingFactory(**traits)

    with pytest.raises(TransitionRefused, match=words):
        lifecycle.publish(listing=listing, now=NOW)

    listing.refresh_from_db()
    assert listing.status != "published"
    assert not Listing.objects.live(at=NOW).exists()


def test_an_opening_that_closes_today_can_still_be_published():
    listing = lifecycle.publish(listing=ListingFactory(closes_on=TODAY), now=NOW)

    assert Listing.objects.live(at=NOW).get() == listing


def test_remote_work_needs_no_site():
    assert lifecycle.publish(listing=ListingFactory(remote=True), now=NOW).status == "published"


def test_closing_hides_an_opening_and_a_second_time_is_refused():
    listing = lifecycle.close(listing=ListingFactory(published=True), now=NOW)

    assert (listing.status, listing.closed_at) == ("closed", NOW)
    assert not Listing.objects.live(at=NOW).exists()
    with pytest.raises(TransitionRefused, match="This opening is closed"):
        lifecycle.close(listing=listing, now=LATER)


def test_a_draft_cannot_be_closed():
    with pytest.raises(TransitionRefused, match="This opening is draft"):
        lifecycle.close(listing=ListingFactory(), now=NOW)


def test_a_closed_opening_comes_back_with_its_first_publication_time():
    closed = ListingFactory(closed=True)

    listing = lifecycle.publish(listing=closed, now=NOW)

    assert (listing.published_at, listing.confirmed_at, listing.closed_at) == (closed.published_at, NOW, None)
    assert Listing.objects.live(at=NOW).exists()


def test_extending_moves_the_closing_date_and_confirms():
    listing = ListingFactory(published=True, closes_on=TODAY)

    lifecycle.extend(listing=listing, closes_on=TODAY + timedelta(days=10), now=NOW)
    lifecycle.extend(listing=listing, closes_on=None, now=LATER)

    listing.refresh_from_db()
    assert (listing.closes_on, listing.confirmed_at) == (None, LATER)
    assert searchrow.differences() == []


def test_extending_brings_back_an_opening_nobody_confirmed_for_90_days():
    long_ago = NOW - timedelta(days=91)
    listing = ListingFactory(published=True, published_at=long_ago, confirmed_at=long_ago)
    assert not Listing.objects.live(at=NOW).exists()

    lifecycle.extend(listing=listing, closes_on=None, now=NOW)

    assert Listing.objects.live(at=NOW).get() == listing


@pytest.mark.parametrize("traits", [{}, {"closed": True}, {"taken_down": True}])
def test_only_a_published_opening_can_be_extended(traits):
    with pytest.raises(TransitionRefused, match="Only a published opening"):
        lifecycle.extend(listing=ListingFactory(**traits), closes_on=None, now=NOW)


def test_extending_into_the_past_is_refused():
    with pytest.raises(TransitionRefused, match="in the past"):
        lifecycle.extend(listing=ListingFactory(published=True), closes_on=TODAY - timedelta(days=1), now=NOW)


@pytest.mark.parametrize("traits", [{"published": True}, {"closed": True}])
def test_taking_down_is_for_good(traits):
    listing = lifecycle.take_down(listing=ListingFactory(**traits), reason=" Asks for money. ", now=NOW)

    assert (listing.status, listing.taken_down_reason, listing.closed_at) == ("taken_down", "Asks for money.", None)
    assert not Listing.objects.live(at=NOW).exists()
    for step in (lifecycle.publish, lifecycle.close):
        with pytest.raises(TransitionRefused):
            step(listing=listing, now=NOW)
    with pytest.raises(TransitionRefused):
        lifecycle.take_down(listing=listing, reason="Again.", now=NOW)


def test_taking_down_needs_a_reason():
    with pytest.raises(TransitionRefused, match="Say why"):
        lifecycle.take_down(listing=ListingFactory(published=True), reason=" ", now=NOW)


def test_a_draft_cannot_be_taken_down():
    with pytest.raises(TransitionRefused):
        lifecycle.take_down(listing=ListingFactory(), reason="Asks for money.", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_is_refused():
    listing = ListingFactory()

    outcomes = race(lambda: lifecycle.publish(listing=listing, now=NOW), times=2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Listing", "TransitionRefused"]
    assert searchrow.differences() == []


@pytest.mark.django_db(transaction=True)
def test_closing_and_taking_down_at_once_leave_one_state():
    listing = ListingFactory(published=True)

    race(
        lambda: lifecycle.close(listing=listing, now=NOW),
        lambda: lifecycle.take_down(listing=listing, reason="Asks for money.", now=NOW),
    )

    assert Listing.objects.get().status == "taken_down"
    assert searchrow.differences() == []


@pytest.mark.django_db(transaction=True)
def test_publishing_while_the_employer_is_suspended_never_leaves_the_opening_in_the_search():
    for _try in range(15):
        listing = ListingFactory()

        race(
            lambda listing=listing: lifecycle.publish(listing=listing, now=NOW),
            lambda listing=listing: organizations.suspend(employer=listing.employer, reason="Not real.", now=NOW),
        )

    assert not Listing.objects.live(at=LATER).exists()
    assert searchrow.differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_sites_of_an_opening_moved_at_once_both_count():
    for _try in range(15):
        employer = EmployerFactory()
        first, second = SiteFactory(employer=employer), SiteFactory(employer=employer)
        ListingFactory(employer=employer, published=True, sites=[first, second])

        race(
            lambda site=first: sites.save(employer=site.employer, site=site, state="NJ", county="Essex"),
            lambda site=second: sites.save(employer=site.employer, site=site, state="VT", county="Essex"),
        )

    assert searchrow.differences() == []


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_one_employer_at_once_wait_for_each_other_without_a_deadlock():
    listings = [ListingFactory(published=True)]
    employer = listings[0].employer
    listings += [ListingFactory(employer=employer, published=True) for _number in range(3)]

    results = race(
        *[lambda listing=listing: lifecycle.close(listing=listing, now=NOW) for listing in listings],
        *[lambda listing=listing: drafts.revise(listing=listing, content={"headline": "New"}) for listing in listings],
        lambda: organizations.suspend(employer=employer, reason="Not real.", now=NOW),
        lambda: sites.save(employer=employer, site=listings[0].sites.get(), county="Essex"),
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    assert searchrow.differences() == []
