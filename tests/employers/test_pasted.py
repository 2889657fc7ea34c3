"""A pasted ad in the form: what it does not say stays empty, also what an empty form would begin with."""

import uuid

import pytest

from employers.models import ListingInput
from tests.careers_factories import CareSettingFactory
from tests.employers_factories import EmployerFactory, MembershipFactory, SiteFactory

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def employer(client):
    found = EmployerFactory(care_setting=CareSettingFactory())
    client.force_login(MembershipFactory(employer=found).user)
    return found


def paste(client, employer, ad):
    answer = client.post(f"/hiring/{employer.slug}/openings/paste/", {"token": uuid.uuid4(), "ad": ad})
    assert answer.status_code == 302, answer.content.decode()
    return ListingInput.objects.get(), client.get(answer.url).content.decode()


def test_the_only_site_is_not_chosen_for_an_ad_of_another_place(client, employer):
    SiteFactory(employer=employer)  # in Albany

    row, _page = paste(client, employer, "RN Case Manager, Brooklyn, NY 11201\n\nFull-time in Brooklyn, NY 11201.")

    assert row.values["sites"] == []
    assert "You have no site there yet" in row.origins["sites"]["note"]


def test_the_setting_of_the_organization_is_not_taken_for_that_of_the_ad(client, employer):
    row, page = paste(client, employer, "RN Case Manager\n\nYou call people, 40 hours a week.")

    assert row.values["care_settings"] == []
    assert "The ad does not say in which setting. Choose it here." in page


def test_what_the_ad_names_is_chosen_with_its_phrase(client, employer):
    site = SiteFactory(employer=employer)
    CareSettingFactory(slug="home-care", name="Home care")

    row, _page = paste(client, employer, "RN Case Manager - Home Health (Albany, NY)\n\nFull-time in Albany, NY 12207.")

    assert row.values["sites"] == [str(site.pk)]
    assert row.values["care_settings"] == ["home-care"]
    assert row.origins["care_settings"]["phrase"] == "Home Health"
