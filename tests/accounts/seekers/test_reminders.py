"""One reminder before a saved opening closes or a license lapses: once ever, in the one mail of the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts import closing, planner
from accounts.emails import DigestHandler
from accounts.models import ProfileCredential, SavedListing, SeekerProfile, TrackedApplication
from careerportal.outbox import stops
from careerportal.outbox.models import Delivery, Item, Recipient
from careerportal.outbox.streams import NothingLeft
from careers.models import Credential
from employers import lifecycle
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def seeker(db):
    user = UserFactory(email="sam@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def a_saved(user, *, closes_in=3, saved_ago=timedelta(days=5), **traits):
    listing = ListingFactory(published=True, closes_on=TODAY + timedelta(days=closes_in), **traits)
    SavedListing.objects.create(user=user, listing=listing, created_at=NOW - saved_ago)
    return listing


def a_licence(user, *, lapses_in=60, **fields):
    profile, _new = SeekerProfile.objects.get_or_create(user=user)
    credential = Credential.objects.create(slug=f"lmsw-{Credential.objects.count()}", name="LMSW")
    return ProfileCredential.objects.create(
        profile=profile, credential=credential, expires_on=TODAY + timedelta(days=lapses_in), **fields
    )


def told():
    return sorted(Item.objects.values_list("kind", "object_id"))


def built(now=NOW):
    delivery = Delivery.objects.get()
    return DigestHandler().build(delivery, list(delivery.items.all()), now=now)


def test_a_saved_opening_is_told_of_once_before_it_closes(seeker):
    listing = a_saved(seeker)

    planner.plan(now=NOW)
    planner.plan(now=NOW)
    planner.plan(now=NOW + timedelta(days=1))

    assert told() == [("closing", str(listing.pk))]
    message = built()
    assert message.subject == f"Closes November 25: {listing.headline}"
    assert listing.get_absolute_url() in message.body
    assert "/saved/" in message.body


@pytest.mark.parametrize("closes_in", [4, 20, None])
def test_nothing_is_told_of_openings_that_do_not_close_soon(seeker, closes_in):
    listing = a_saved(seeker, closes_in=closes_in or 0)
    if closes_in is None:
        listing.closes_on = None
        listing.save()

    planner.plan(now=NOW)

    assert told() == []


def test_what_was_saved_a_moment_ago_needs_no_reminder(seeker):
    a_saved(seeker, saved_ago=timedelta(hours=1))

    planner.plan(now=NOW)

    assert told() == []


@pytest.mark.parametrize("state", ["applied", "closed"])
def test_who_applied_or_gave_up_is_not_reminded(seeker, state):
    TrackedApplication.objects.create(
        user=seeker, listing=a_saved(seeker), employer_name="Elm Clinic", title="Nurse", state=state
    )

    planner.plan(now=NOW)

    assert told() == []


def test_a_closed_opening_is_not_told_of(seeker):
    lifecycle.close(listing=a_saved(seeker), now=NOW)

    planner.plan(now=NOW)

    assert told() == []


def test_who_stopped_alert_mail_gets_no_reminder(seeker):
    a_saved(seeker)
    stops.stop_stream(RecipientFactory(address=seeker.email).pk, "alerts", NOW, source="page")

    planner.plan(now=NOW)

    assert told() == []


def test_who_has_not_confirmed_an_address_gets_no_reminder():
    user = UserFactory(email="new@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    a_saved(user)

    planner.plan(now=NOW)

    assert told() == []
    assert not Recipient.objects.exists()


def test_a_reminder_waits_for_the_persons_hour_and_comes_on_a_short_day_too(seeker):
    RecipientFactory(address=seeker.email, local_hour=9)
    listing = ListingFactory(published=True, closes_on=date(2027, 3, 16), confirmed_at=datetime(2027, 3, 1, tzinfo=UTC))
    SavedListing.objects.create(user=seeker, listing=listing, created_at=NOW)
    change_of_clocks = datetime(2027, 3, 14, 13, 30, tzinfo=UTC)  # 9:30 in New York, where it was 8:30 a day before

    planner.plan(now=change_of_clocks - timedelta(hours=1))
    assert told() == []
    planner.plan(now=change_of_clocks)

    assert told() == [("closing", str(listing.pk))]


def test_new_openings_and_reminders_come_in_one_mail(seeker):
    alert = JobAlertFactory(recipient=RecipientFactory(address=seeker.email))
    saved, new = a_saved(seeker), ListingFactory(published=True)
    Item.objects.all().delete()

    planner.plan(now=NOW)

    assert Delivery.objects.count() == 1
    assert ("closing", str(saved.pk)) in told()
    assert ("opening", str(new.pk)) in told()
    body = built().body
    assert "You saved these, and they close soon" in body
    assert new.get_absolute_url() in body
    assert alert.pk


def test_a_reminder_that_nobody_needs_any_more_is_not_sent(seeker):
    listing = a_saved(seeker)
    planner.plan(now=NOW)
    SavedListing.objects.filter(listing=listing).delete()
    delivery = Delivery.objects.get()
    items = list(delivery.items.all())

    assert not DigestHandler().still_wanted(delivery, items, now=NOW)
    with pytest.raises(NothingLeft):
        DigestHandler().build(delivery, items, now=NOW)


def test_a_license_is_told_of_once_and_again_when_it_was_renewed(seeker):
    licence = a_licence(seeker)

    planner.plan(now=NOW)
    planner.plan(now=NOW + timedelta(days=1))
    assert len(told()) == 1
    assert built().subject == "A license in your profile lapses on January 21, 2027"

    licence.expires_on = TODAY + timedelta(days=400)
    licence.save()
    planner.plan(now=NOW + timedelta(days=2))
    assert len(told()) == 1
    ProfileCredential.objects.update(expires_on=TODAY + timedelta(days=30))
    planner.plan(now=NOW + timedelta(days=2))
    assert len(told()) == 2


@pytest.mark.parametrize("standing", ["working", "lapsed"])
def test_only_licenses_that_someone_has_are_told_of(seeker, standing):
    a_licence(seeker, standing=standing)

    planner.plan(now=NOW)

    assert told() == []


def test_reminders_of_licenses_can_be_turned_off(seeker):
    a_licence(seeker)
    SeekerProfile.objects.update(reminds_of_expiry=False)

    planner.plan(now=NOW)

    assert told() == []


def test_planning_asks_the_same_for_two_people_as_for_twelve(django_assert_max_num_queries):
    for number in range(12):
        user = UserFactory(email=f"many{number}@example.org")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        RecipientFactory(address=user.email)
        a_saved(user)

    with django_assert_max_num_queries(6):
        assert len(closing.due(now=NOW)) == 12
