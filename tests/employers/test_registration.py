"""/employers/register/: who may use it, what it makes, what it asks twice."""

import pytest
from django.urls import reverse

from employers.models import Employer
from tests.careers_factories import CareSettingFactory
from tests.employers_factories import EmployerFactory, UserFactory

pytestmark = pytest.mark.usefixtures("places")
ADDRESS = "/employers/register/new/"


@pytest.fixture
def typed():
    CareSettingFactory(slug="health-home-agency")
    return {
        "name": "Hudson Care, Inc.",
        "address1": "9 New Street",
        "zip": "12207",
        "city": "",
        "state": "",
        "care_setting": "health-home-agency",
        "summary": "We coordinate care for 900 people in the Capital Region.",
        "website": "hudsoncare.example",
        "inbox_email": "jobs@hudsoncare.example",
    }


@pytest.fixture
def member(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_without_an_account_one_is_told_how_to_come_back(client):
    page = client.get(ADDRESS).content.decode()

    for name in ("account_login", "account_signup"):
        assert f'{reverse(name)}?next={ADDRESS}"' in page
    assert "<form class" not in page


def test_what_was_typed_without_an_account_waits_until_one_has_signed_in(client, typed):
    answer = client.post(ADDRESS, typed)

    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={ADDRESS}"
    client.force_login(UserFactory())
    page = client.get(ADDRESS).content.decode()
    assert 'value="Hudson Care, Inc."' in page
    assert "900 people in the Capital Region" in page
    assert not Employer.objects.exists()


def test_the_start_page_takes_the_form_too(client, member, typed):
    client.post("/employers/register/", typed)

    assert Employer.objects.get().name == "Hudson Care, Inc."


def test_the_page_says_that_it_is_free_and_that_a_person_checks(client, member):
    page = client.get(ADDRESS).content.decode()

    assert "It is free. A person checks each organization, usually within 2 working days." in page


def test_registering_makes_a_waiting_employer_with_a_point_and_leads_to_its_workspace(client, member, typed):
    answer = client.post(ADDRESS, typed, follow=True)

    employer = Employer.objects.get()
    assert answer.redirect_chain == [("/hiring/hudson-care-inc/verification/", 302)]
    assert "usually within 2 working days" in answer.content.decode()
    assert "prepare your openings" in answer.content.decode()
    site = employer.sites.get()
    assert (site.town, site.county, site.lat, site.exactness) == ("Albany, NY", "Albany", 42.6584, "zip")
    assert (employer.website, employer.care_setting.slug) == ("https://hudsoncare.example", "health-home-agency")
    assert employer.memberships.get().user == member


def test_the_form_sent_twice_makes_one(client, member, typed):
    client.post(ADDRESS, typed)

    answer = client.post(ADDRESS, typed, follow=True)

    assert Employer.objects.count() == 1
    assert "You have already registered this organization." in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Type the name of your organization."),
        ({"zip": "00000"}, "We don&#x27;t know ZIP 00000."),
        ({"zip": "1220"}, "A ZIP code has five digits"),
        ({"zip": "09001"}, "without a place on the map"),
        ({"state": "NJ"}, "ZIP 12207 is in New York, not in New Jersey."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"website": "ftp://hudsoncare.example"}, "A website begins with https://"),
        ({"website": "https://hudsoncare.example@example.com"}, "plain address"),
        ({"inbox_email": "jobs"}, "Enter a valid email address."),
        ({"care_setting": "moon"}, "Select a valid choice."),
        ({"name": "Hudson\0Care"}, "Null characters are not allowed."),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(client, member, typed, change, words):
    answer = client.post(ADDRESS, {**typed, **change})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert 'href="#id_' in page
    assert "900 people in the Capital Region" in page
    assert 'value="9 New Street"' in page
    assert not Employer.objects.exists()


def test_a_name_that_is_listed_already_is_asked_about_once(client, member, typed):
    known = EmployerFactory(name="Hudson Care", slug="hudson-care")

    page = client.post(ADDRESS, typed).content.decode()

    assert f'<a href="{known.get_absolute_url()}">Hudson Care</a>' in page
    assert reverse("employer_claim", args=[known.slug]) in page
    assert "None of these is us" in page
    assert Employer.objects.count() == 1
    client.post(ADDRESS, {**typed, "is_not_listed": "on"})
    assert Employer.objects.count() == 2


def test_html_in_a_name_is_kept_as_typed_and_shown_as_text(client, member, typed):
    page = client.post(ADDRESS, {**typed, "name": "<b>Care</b>"}, follow=True).content.decode()

    assert Employer.objects.get().name == "<b>Care</b>"
    assert "&lt;b&gt;Care&lt;/b&gt;" in page
    assert "<b>Care</b>" not in page
