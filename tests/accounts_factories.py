"""Recipients and alerts in every situation, for tests."""

from datetime import timedelta

import factory

from accounts.models import FacetsClass, JobAlert, PlaceClass, WordsClass
from careerportal.outbox.models import Recipient
from employers.search import ListingCriteria
from tests.clock import NOW


class RecipientFactory(factory.django.DjangoModelFactory):
    """Someone with an address, in New York's time zone, who gets mail at eight in the morning."""

    class Meta:
        model = Recipient

    address = factory.Sequence(lambda number: f"seeker{number}@example.org")


class JobAlertFactory(factory.django.DjangoModelFactory):
    """An alert that is on and due, for everything, unless `criteria` asks for less. Traits: unconfirmed, paused, stopped."""

    class Meta:
        model = JobAlert

    class Params:
        criteria = ListingCriteria()
        unconfirmed = factory.Trait(state=JobAlert.State.UNCONFIRMED, confirmed_at=None, next_run_at=None)
        paused = factory.Trait(state=JobAlert.State.PAUSED, paused_until=NOW + timedelta(days=3))
        stopped = factory.Trait(state=JobAlert.State.STOPPED, next_run_at=None)

    recipient = factory.SubFactory(RecipientFactory)
    place_class = factory.LazyAttribute(lambda alert: PlaceClass.of(alert.criteria.place))
    words_class = factory.LazyAttribute(lambda alert: WordsClass.of(alert.criteria.words))
    facets_class = factory.LazyAttribute(lambda alert: FacetsClass.of(alert.criteria))
    state = JobAlert.State.ACTIVE
    confirmed_at = NOW - timedelta(days=2)
    next_run_at = NOW - timedelta(hours=1)
