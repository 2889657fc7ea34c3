"""Moderators, and things that wait for them."""

import pytest

from accounts.staff import MODERATORS, write_groups
from employers import lifecycle, queue, verification
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.staff_session import sign_in_staff


def a_moderator(**fields):
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(write_groups()[MODERATORS])
    return user


@pytest.fixture
def moderator(db):
    return a_moderator()


@pytest.fixture
def at_work(client, moderator):
    """A test client on which the moderator is signed in with a second step."""
    sign_in_staff(client, moderator)
    return client


@pytest.fixture
def first_opening(db):
    """The case of a verified employer's first opening."""
    listing = ListingFactory(employer=EmployerFactory(untrusted=True))
    MembershipFactory(employer=listing.employer)
    lifecycle.publish(listing=listing, now=NOW)
    return queue.waiting().get()


@pytest.fixture
def request_case(db):
    """The case of a person who registered an organization."""
    user = UserFactory(email="ana@riverside-care.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    site = {"city": "Albany", "state": "NY", "zip": "12207", "lat": 42.6584, "lng": -73.7474}
    verification.register(
        name="Riverside Care", user=user, site=site, website="https://riverside-care.example", now=NOW
    )
    return queue.waiting().get()
