"""Care settings: every fact with how it is known, titles, people, openings and employers."""

from html import unescape

import pytest

from careers.models import CareSetting, JobTitle, SettingFact
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db
NO_DATA = "No data. Ask the employer."


def test_the_list_leads_to_every_setting(client, content):
    page = client.get("/careers/settings/").content.decode()

    for setting in CareSetting.objects.all():
        assert f'<h3><a href="/careers/settings/{setting.slug}/">' in page
    assert CareSetting.objects.count() == 19


def test_every_setting_has_a_page_with_all_that_is_known(client, content):
    for setting in CareSetting.objects.prefetch_related("facts__source", "titles", "populations", "roles"):
        page = unescape(client.get(setting.get_absolute_url()).content.decode())
        facts = list(setting.facts.all())
        for words in (
            setting.name, setting.summary, setting.employers_text,
            *(fact.text for fact in facts), *(fact.source.name for fact in facts if fact.source),
            *(title.name for title in setting.titles.all()), *(role.name for role in setting.roles.all()),
            *(one.what_helps for one in setting.populations.all()),
            f'href="/openings/?setting={setting.slug}"', f'href="/alerts/new/?setting={setting.slug}"',
            f'<input type="hidden" name="setting" value="{setting.slug}">', "Last reviewed",
        ):  # fmt: skip
            assert words in page, (setting.slug, words)
        assert page.count(NO_DATA) == len(SettingFact.Kind) - len(facts)


def test_a_fact_stands_with_how_it_is_known_and_its_source(client, content):
    page = client.get("/careers/settings/hospital/").content.decode()

    fact = SettingFact.objects.select_related("source").get(setting__slug="hospital", kind="schedule")
    after = page.partition(fact.text)[2][:500]
    assert "Read in the primary source." in after
    assert fact.source.url in after


def test_titles_that_are_common_there_come_first(client, content):
    page = client.get("/careers/settings/hospital/").content.decode()
    featured = CareSetting.objects.get(slug="hospital").featured_titles.values_list("slug", flat=True)
    titles = page.partition('id="titles"')[2].partition("</section>")[0]
    shown = [part.partition('/"')[0] for part in titles.split('href="/careers/titles/')[1:]]

    assert set(shown[: len(featured)]) == set(featured)


def test_openings_of_a_setting_are_counted_as_the_search_counts_them(client, now):
    hospital, other = CareSettingFactory(slug="hospital"), CareSettingFactory(slug="fqhc")
    ListingFactory(published=True, care_settings=[hospital, other])
    ListingFactory(published=True, care_settings=[hospital])
    ListingFactory(published=True, care_settings=[other])
    ListingFactory(care_settings=[hospital])

    page = client.get("/careers/settings/hospital/").content.decode()

    assert 'data-open-now="2"' in page
    assert 'data-count="2"' in client.get("/openings/?setting=hospital").content.decode()


def test_an_unknown_setting_is_not_found(client):
    assert client.get("/careers/settings/the-moon/").status_code == 404


def test_a_setting_of_which_nothing_is_known_says_so(client):
    CareSettingFactory(slug="new-place")
    JobTitle.objects.all().delete()

    page = client.get("/careers/settings/new-place/").content.decode()

    assert page.count(NO_DATA) == 3
    assert "We don’t know yet which titles are used here." in page


def test_a_title_used_in_a_setting_says_when_none_is_open(client, now):
    JobTitleFactory(slug="one").settings.add(CareSettingFactory(slug="hospital"))

    assert "none open" in client.get("/careers/settings/hospital/").content.decode()
