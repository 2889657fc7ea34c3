"""Titles, care settings and people served, for tests. A slug names one row: asking twice gives the same one."""

import factory

from careers.models import CareRole, CareSetting, JobTitle, Population
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
