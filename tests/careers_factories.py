"""Titles, care settings and people served, for tests. A slug names one row: asking twice gives the same one."""

import factory

from careers.models import CareRole, CareSetting, Function, HubSpoke, JobTitle, PayFigure, Population, Source
from careers.vocabulary import RoleMask


class CareRoleFactory(factory.django.DjangoModelFactory):
    """A role page."""

    class Meta:
        model = CareRole
        django_get_or_create = ("slug",)

    slug = "care-coordinator"
    name = "Care coordinator"
    family = "CC"


class JobTitleFactory(factory.django.DjangoModelFactory):
    """A title that means care coordination, unless `roles` says otherwise."""

    class Meta:
        model = JobTitle
        django_get_or_create = ("slug",)

    slug = "care-coordinator"
    name = factory.LazyAttribute(lambda title: title.slug.replace("-", " ").title())
    roles = RoleMask.CC


class CareSettingFactory(factory.django.DjangoModelFactory):
    """A kind of place where the work is done."""

    class Meta:
        model = CareSetting
        django_get_or_create = ("slug",)

    slug = "hospital"
    name = factory.LazyAttribute(lambda care_setting: care_setting.slug.replace("-", " ").capitalize())


class PopulationFactory(factory.django.DjangoModelFactory):
    """A group of people served."""

    class Meta:
        model = Population
        django_get_or_create = ("slug",)

    slug = "older-adults"
    name = factory.LazyAttribute(lambda population: population.slug.replace("-", " ").capitalize())


class FunctionFactory(factory.django.DjangoModelFactory):
    """Something both roles do, led by either."""

    class Meta:
        model = Function

    slug = factory.Sequence(lambda number: f"function-{number}")
    name = factory.Sequence(lambda number: f"Function {number}")
    explanation = "What it means."


class HubSpokeFactory(factory.django.DjangoModelFactory):
    """Someone the hub works with. Trait: drawn, at place 0 of the wheel."""

    class Meta:
        model = HubSpoke

    class Params:
        drawn = factory.Trait(
            wheel_place=0, wheel_key="person", wheel_label="The person", wheel_sentence="You start with what they want."
        )

    slug = factory.Sequence(lambda number: f"spoke-{number}")
    name = factory.Sequence(lambda number: f"Spoke {number}")


class PayFigureFactory(factory.django.DjangoModelFactory):
    """A national median of a whole occupation, from an invented source."""

    class Meta:
        model = PayFigure

    slug = factory.Sequence(lambda number: f"figure-{number}")
    role = factory.SubFactory(CareRoleFactory)
    soc = "21-1093"
    occupation = factory.Sequence(lambda number: f"Occupation {number}")
    measure = "median annual wage"
    amount_usd = 45_120
    area = "United States"
    period = "May 2024"
    fit = "proxy"
    source = factory.SubFactory("tests.careers_factories.SourceFactory")


class SourceFactory(factory.django.DjangoModelFactory):
    """A publication."""

    class Meta:
        model = Source

    slug = factory.Sequence(lambda number: f"source-{number}")
    name = factory.Sequence(lambda number: f"Publication {number}")
    url = "https://example.org/paper"
