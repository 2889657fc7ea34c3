"""The information pages on an empty and on a growing database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.careers_factories import (
    CareRoleFactory,
    CareSettingFactory,
    FunctionFactory,
    JobTitleFactory,
    PayFigureFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/careers/", "/careers/compare/"])
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


def _costs_the_same(client, address, fill):
    fill(2)
    few = _queries(client, address)
    fill(12, start=2)
    assert _queries(client, address) == few


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
