"""An organization with people in it, its openings at every age, and the mails they bring."""

from datetime import timedelta

import pytest
import time_machine

from careerportal.outbox import streams
from careerportal.outbox.models import Delivery, Recipient
from employers import confirming
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

DAY = timedelta(days=1)


@pytest.fixture
def employer(db):
    return EmployerFactory(slug="hudson-care", name="Hudson Care")


@pytest.fixture
def owner(employer):
    return MembershipFactory(employer=employer, user__name="Olive Owner", user__email="olive@hudson.example").user


@pytest.fixture
def recruiter(employer):
    return MembershipFactory(employer=employer, access="recruiter", user__email="rosa@hudson.example").user


@pytest.fixture
def at():
    """Let the clock stand still at a moment: `with at(NOW + 60 * DAY): ...`."""
    return lambda moment: time_machine.travel(moment, tick=False)


def published(employer, **fields):
    """An opening published and confirmed at NOW."""
    return ListingFactory(employer=employer, published=True, published_at=NOW, confirmed_at=NOW, **fields)


def told(address=None):
    """(address, how many openings it tells of) of each delivery, in the order of addresses and days."""
    found = Delivery.objects.filter(**({"address": address} if address else {}))
    return [(one.address, one.items.count()) for one in found.order_by("created_at", "address")]


def built(delivery, *, now):
    """The message of a delivery; None when its handler says that nobody wants it any more."""
    handler, items = streams.handler_for(delivery.kind), list(delivery.items.order_by("pk"))
    return handler.build(delivery, items, now=now) if handler.still_wanted(delivery, items, now=now) else None


def link(listing, user):
    """The path of the link that is mailed to `user` about an opening's present round."""
    return f"/hiring/keep/{confirming.token(listing, Recipient.objects.for_address(user.email))}/"
