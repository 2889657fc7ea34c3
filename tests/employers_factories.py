"""Employers, their sites and members, and openings in every situation, for tests."""

from datetime import timedelta

import factory

from careerportal.core.models import User
from employers import searchrow
from employers.models import Employer, Listing, Membership, Site
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.clock import NOW


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in; tests use `client.force_login`."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.org")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(**fields)


class EmployerFactory(factory.django.DjangoModelFactory):
    """An approved employer whose first opening was accepted. Traits: unapproved, untrusted, suspended, sample."""

    class Meta:
        model = Employer

    class Params:
        unapproved = factory.Trait(approved_at=None, approval_evidence="", trusted_at=None)
        untrusted = factory.Trait(trusted_at=None)
        suspended = factory.Trait(suspended_at=NOW - timedelta(days=1), suspended_reason="Openings that do not exist.")
        sample = factory.Trait(is_sample=True)

    name = factory.Sequence(lambda number: f"Care Agency {number}")
    slug = factory.Sequence(lambda number: f"care-agency-{number}")
    approved_at = NOW - timedelta(days=30)
    trusted_at = NOW - timedelta(days=29)
    approval_evidence = "Called back on the number in the register."


class SiteFactory(factory.django.DjangoModelFactory):
    """A place of work in the middle of ZIP 12207, Albany, NY."""

    class Meta:
        model = Site

    employer = factory.SubFactory(EmployerFactory)
    address1 = factory.Sequence(lambda number: f"{number} State Street")
    city = "Albany"
    state = "NY"
    zip = "12207"
    county = "Albany"
    lat = 42.6584
    lng = -73.7474


class MembershipFactory(factory.django.DjangoModelFactory):
    """A person acting for an employer, as its owner unless `access` says otherwise."""

    class Meta:
        model = Membership

    employer = factory.SubFactory(EmployerFactory)
    user = factory.SubFactory(UserFactory)
    access = Membership.Access.OWNER


class ListingFactory(factory.django.DjangoModelFactory):
    """An opening, a draft unless a trait says otherwise, with its search row written.

    Traits: published, closed, taken_down; unapproved, suspended, sample (about its employer); remote (anywhere in the
    US, no site). `care_settings`, `populations` and `sites` take lists; without `sites` one in Albany is made.
    """

    class Meta:
        model = Listing
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            status=Listing.Status.PUBLISHED,
            published_at=NOW - timedelta(days=1),
            confirmed_at=factory.SelfAttribute("published_at"),
        )
        closed = factory.Trait(
            status=Listing.Status.CLOSED,
            published_at=NOW - timedelta(days=7),
            confirmed_at=factory.SelfAttribute("published_at"),
            closed_at=NOW - timedelta(days=1),
        )
        taken_down = factory.Trait(
            status=Listing.Status.TAKEN_DOWN,
            published_at=NOW - timedelta(days=7),
            confirmed_at=factory.SelfAttribute("published_at"),
            taken_down_reason="It asks applicants for money.",
        )
        unapproved = factory.Trait(employer__unapproved=True)
        suspended = factory.Trait(employer__suspended=True)
        sample = factory.Trait(employer__sample=True)
        remote = factory.Trait(remote_states=["US"], mode="remote")

    employer = factory.SubFactory(EmployerFactory)
    title = factory.SubFactory(JobTitleFactory)
    headline = factory.LazyAttribute(lambda listing: listing.title.name)
    roles = factory.LazyAttribute(lambda listing: listing.title.roles)
    employment = "full-time"
    description = "You keep track of who does what for each person, and you call them."
    pay_min_usd = 25
    pay_max_usd = 31
    pay_period = "hour"

    @factory.post_generation
    def care_settings(self, create, given, **kwargs):
        self.care_settings.set(given if given is not None else [CareSettingFactory()])

    @factory.post_generation
    def populations(self, create, given, **kwargs):
        self.populations.set(given or [])

    @factory.post_generation
    def sites(self, create, given, **kwargs):
        self.sites.set(
            given if given is not None else [] if self.remote_states else [SiteFactory(employer=self.employer)]
        )

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        searchrow.rewrite([instance.pk])
