"""The A to Z of titles and one title's page: found by any of their names, never widened, whole."""

import re
from html import unescape

import pytest
from django.utils.html import escape

from careers.models import CareRole, JobTitle, TitleVariation
from careers.titlesearch import TitleCriteria, name_with, narrowed
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


def found(client, **asked):
    """Slugs of the titles that the A to Z shows for a query string, in order."""
    page = client.get("/careers/titles/", asked).content.decode()
    slugs = re.findall(r'<h4><a href="/careers/titles/([a-z0-9-]+)/">', page)
    assert int(re.search(r'data-count="(\d+)"', page).group(1)) == len(slugs)
    return slugs


def test_every_title_stands_in_the_a_to_z_once_and_in_order(client, content):
    slugs = found(client)
    names = list(JobTitle.objects.in_bulk(field_name="slug", id_list=slugs).values())

    assert len(slugs) == len(set(slugs)) == JobTitle.objects.count() == 94
    by_slug = {title.slug: title.name.casefold() for title in names}
    assert [by_slug[slug] for slug in slugs] == sorted(by_slug.values())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RNCM", "rn-case-manager"),
        ("rncm", "rn-case-manager"),
        ("Medicaid Service Coordinator", "cco-care-manager"),
        ("Coordinator of Care", "care-coordinator"),
        ("navigators", "patient-navigator"),
        ("navig", "care-navigator"),
        ("CHW", "community-health-worker"),
    ],
)
def test_a_title_is_found_by_its_letters_synonyms_older_names_and_parts(client, content, words, expected):
    assert expected in found(client, q=words)


def test_letters_must_be_all_of_them(content):
    title = JobTitle.objects.get(slug="care-coordinator")

    assert name_with(title, "CC") == "CC"
    assert name_with(title, "CCX") is None


def test_the_page_says_by_which_name_a_title_was_found(client, content):
    page = client.get("/careers/titles/", {"q": "Medicaid Service Coordinator"}).content.decode()

    assert "Also known as <strong>Medicaid Service Coordinator</strong>" in page


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"role": "cc"}, lambda title: title.roles & 1),
        ({"role": "cm"}, lambda title: title.roles & 2),
        ({"role": "related"}, lambda title: title.roles == 0),
        ({"licence": "no"}, lambda title: title.license_typical == "no"),
        ({"setting": "hospital"}, lambda title: title.settings.filter(slug="hospital").exists()),
        (
            {"setting": "hospital", "licence": "often", "role": "cm"},
            lambda title: (
                title.settings.filter(slug="hospital").exists()
                and title.license_typical == "often"
                and bool(title.roles & 2)
            ),
        ),
    ],
)
def test_filters_narrow_to_exactly_what_fits(client, content, asked, fits):
    assert set(found(client, **asked)) == {title.slug for title in JobTitle.objects.all() if fits(title)}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"role": "boss"}, "“boss”"),
        ({"setting": "the-moon"}, "“the-moon”"),
        ({"licence": "<b>"}, "“<b>”"),
        ({"q": "!!!"}, "Type a word"),
        ({"q": "x" * 101}, "100"),
        ({"role": "cc\x00"}, "we don't know “cc"),
    ],
)
def test_a_value_that_is_not_known_finds_nothing_and_is_named(client, content, asked, named):
    answer = client.get("/careers/titles/", {"q": "care", **asked})

    assert answer.status_code == 200
    assert found(client, **{"q": "care", **asked}) == []
    assert named in unescape(answer.content.decode())
    assert "<b>”" not in answer.content.decode()


def test_words_that_fit_no_title_lead_on(client, content):
    page = client.get("/careers/titles/", {"q": "astronaut"}).content.decode()

    assert "No title here fits all of this" in page
    assert 'href="/openings/?q=astronaut"' in page


@pytest.mark.parametrize("letter", ["", "%00", "%ff", "ß", "ſ", "İ", "%F0%9F%98%80"])
def test_no_query_string_breaks_the_page(client, content, letter):
    for name in ("q", "role", "setting", "licence"):
        assert client.get(f"/careers/titles/?{name}={letter}&{name}={letter}").status_code == 200


def test_asking_for_nothing_finds_everything_and_every_question_finds_a_part(content):
    titles = list(JobTitle.objects.prefetch_related("settings"))

    assert len(narrowed(titles, TitleCriteria())) == len(titles)
    for criteria in (TitleCriteria(words="care"), TitleCriteria(role="cm"), TitleCriteria(licence="often")):
        assert 0 < len(narrowed(titles, criteria)) < len(titles)


def test_every_title_has_a_page_with_all_that_is_known(client, content):
    for title in JobTitle.objects.select_related("role", "source").prefetch_related("settings", "variations"):
        answer = client.get(title.get_absolute_url())
        page = unescape(answer.content.decode())
        assert answer.status_code == 200
        for words in (
            title.name, title.notes, title.license_note, title.family_note, "check the posting", "Last reviewed",
            *title.synonyms, *title.abbreviations, *title.former_names,
            *(setting.name for setting in title.settings.all()),
            *(variation.rule for variation in title.variations.all()),
            title.role.name if title.role else "", title.source.name if title.source else "",
        ):  # fmt: skip
            assert words in page, (title.slug, words)
        assert f'href="/alerts/new/?title={title.slug}"' in page


def test_an_unknown_title_is_not_found(client, content):
    assert client.get("/careers/titles/no-such-title/").status_code == 404


def test_every_rule_of_a_state_names_titles_that_exist_and_stands_in_the_a_to_z(client, content):
    page = unescape(client.get("/careers/titles/").content.decode())

    assert TitleVariation.objects.count() == 17
    for one in TitleVariation.objects.all():
        assert one.rule in page
    assert JobTitle.objects.get(slug="hhsc-care-manager").variations.get().state == "NY"


def test_a_title_without_a_state_rule_says_so(client, content):
    page = client.get("/careers/titles/health-coach/").content.decode()

    assert "We have read no state rule about this title yet." in page


def test_a_title_page_counts_openings_with_exactly_this_title_and_shows_three(client, now):
    role = CareRole.objects.create(slug="work", name="Work", family="CC")
    title, other = JobTitleFactory(slug="one", role=role), JobTitleFactory(slug="two", role=role)
    for _ in range(4):
        ListingFactory(published=True, title=title)
    ListingFactory(published=True, title=other)

    page = client.get("/careers/titles/one/").content.decode()

    assert 'data-open-now="4"' in page
    assert page.count("data-opening-id=") == 3
    assert 'href="/openings/?title=one&amp;same_work=0"' in page
    assert 'data-count="4"' in client.get("/openings/?title=one&same_work=0").content.decode()


def test_a_title_with_nothing_open_offers_an_alert(client, now):
    JobTitleFactory(slug="one")

    page = client.get("/careers/titles/one/").content.decode()

    assert 'data-open-now="0"' in page
    assert 'href="/alerts/new/?title=one"' in page


def test_an_editors_markup_on_a_title_is_shown_as_text(client):
    nasty = "<script>alert('x')</script>"
    title = JobTitleFactory(slug="one", notes=nasty, synonyms=[nasty])
    title.settings.add(CareSettingFactory(name=nasty))

    for address in ("/careers/titles/", "/careers/titles/one/"):
        page = client.get(address).content.decode()
        assert nasty not in page
        assert escape(nasty) in page


def test_one_state_has_one_rule_under_one_name(content):
    first = TitleVariation.objects.first()

    again = TitleVariation(slug="again", state=first.state, state_name="x", name=first.name, rule="x")
    with pytest.raises(Exception, match="careers_titlevariation_once_per_state"):
        again.save()
