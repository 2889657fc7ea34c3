"""The information pages on an empty and on a growing database."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Source, TitleVariation
from tests.careers_factories import (
    CareRoleFactory,
    CareSettingFactory,
    FunctionFactory,
    HubSpokeFactory,
    JobTitleFactory,
    PayFigureFactory,
    PopulationFactory,
)
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/careers/", "/careers/compare/", "/careers/titles/", "/careers/settings/", "/careers/functions/"]
)
def test_pages_answer_before_any_content_is_loaded(client, address):
    assert client.get(address).status_code == 200


def test_pages_are_read_only(client):
    assert client.post("/careers/").status_code == 405


def test_the_overview_costs_the_same_for_two_rows_as_for_twelve(client):
    def fill(count, start=0):
        for number in range(start, count):
            role = CareRoleFactory(slug=f"role-{number}", name=f"Role {number}")
            JobTitleFactory(slug=f"title-{number}", role=role, is_seed=True, family="CC")
            CareSettingFactory(slug=f"setting-{number}")
            FunctionFactory()

    _costs_the_same(client, "/careers/", fill)


def test_a_role_page_costs_the_same_for_two_rows_as_for_twelve(client):
    role = CareRoleFactory()

    def fill(count, start=0):
        for number in range(start, count):
            title = JobTitleFactory(slug=f"title-{number}", role=role)
            role.settings.add(CareSettingFactory(slug=f"setting-{number}"))
            role.see_also_titles.add(title)
            PayFigureFactory(role=role)
            other = CareRoleFactory(slug=f"role-{number}", name=f"Role {number}")
            role.steps.create(slug=f"step-{number}", to=other)
            role.evidence.create(slug=f"claim-{number}", claim="Claim")

    _costs_the_same(client, role.get_absolute_url(), fill)


@pytest.mark.parametrize(
    "address", ["/careers/titles/", "/careers/settings/", "/careers/functions/", "/careers/compare/"]
)
def test_lists_about_the_work_cost_the_same_for_two_rows_as_for_twelve(client, address):
    def fill(count, start=0):
        for number in range(start, count):
            title = _a_title(number)
            setting = CareSettingFactory(slug=f"setting-{number}")
            title.settings.add(setting)
            FunctionFactory()
            HubSpokeFactory()
            ListingFactory(published=True, title=title, care_settings=[setting])

    _costs_the_same(client, f"{address}?fresh=1", fill)


def test_a_title_page_costs_the_same_for_two_rows_as_for_twelve(client):
    role = CareRoleFactory()
    title = JobTitleFactory(slug="the-title", role=role)

    def fill(count, start=0):
        for number in range(start, count):
            other = _a_title(number, role=role)
            role.see_also_titles.add(_a_title(100 + number))
            setting = CareSettingFactory(slug=f"setting-{number}")
            title.settings.add(setting)
            _a_rule(number, title)
            ListingFactory(published=True, title=other, care_settings=[setting])
            ListingFactory(published=True, title=title, care_settings=[setting])

    _costs_the_same(client, title.get_absolute_url(), fill)


def test_a_setting_page_costs_the_same_for_two_rows_as_for_twelve(client):
    setting = CareSettingFactory(slug="the-setting")

    def fill(count, start=0):
        for number in range(start, count):
            title = _a_title(number)
            title.settings.add(setting)
            setting.featured_titles.add(title)
            setting.populations.add(PopulationFactory(slug=f"people-{number}"))
            setting.roles.add(CareRoleFactory(slug=f"role-{number}", name=f"Role {number}"))
            ListingFactory(published=True, title=title, care_settings=[setting])

    _costs_the_same(client, setting.get_absolute_url(), fill)


def _a_title(number, **about):
    return JobTitleFactory(slug=f"title-{number}", synonyms=[f"Name {number}"], **about)


def _a_rule(number, title):
    rule = TitleVariation.objects.create(
        slug=f"rule-{number}", state="NY", state_name="New York", name=f"Rule {number}", rule="A rule."
    )
    rule.titles.add(title)
    rule.sources.add(Source.objects.create(slug=f"source-{number}", name=f"Source {number}"))


def _costs_the_same(client, address, fill):
    fill(2)
    few = _queries(client, address)
    fill(12, start=2)
    assert _queries(client, address) == few


def _queries(client, address):
    with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
