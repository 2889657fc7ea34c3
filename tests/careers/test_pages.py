"""The information pages: complete, in order, cheap and safe."""

import re
from html import unescape

import pytest
import yaml
from django.urls import reverse
from django.utils.html import escape

from careers import urls
from careers.content_files import FOLDER
from careers.models import CareRole, Function, HubSpoke, OverviewSection, PayFigure, Similarity

pytestmark = pytest.mark.django_db
OVERVIEW = yaml.safe_load((FOLDER / "overview.yaml").read_text(encoding="utf-8"))
SECTIONS = {section["id"]: section for section in OVERVIEW["sections"]}


def text_of(response):
    """The words of a page's main part, spaces made single."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<(?:/?(?:a|span|strong|svg|path|g|circle)\b)[^>]*>", "", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())


def verbatim():
    """Every sentence the owner gave, in the order of the page."""
    yield OVERVIEW["page"]["title"]
    yield OVERVIEW["page"]["lead"]
    for section in OVERVIEW["sections"]:
        yield from filter(None, [section.get("heading"), section.get("intro"), section.get("text")])
        yield from section.get("items", [])
        for column in section.get("columns", []):
            yield column["definition"]
            yield column["titles_heading"]
            yield from column["titles"]


def test_the_overview_shows_every_sentence_of_the_owner_in_order(client, content):
    page, at = text_of(client.get("/careers/")), 0

    for sentence in verbatim():
        found = page.find(" ".join(sentence.split()), at)
        assert found >= 0, f"missing or out of order: {sentence}"
        at = found


def test_the_ten_titles_stand_under_their_role_and_lead_to_its_page(client, content):
    page = client.get("/careers/").content.decode()
    halves = re.findall(r'two-roles__role--(cc|cm)">(.*?)</ul>', page, re.S)

    assert [code for code, _ in halves] == ["cc", "cm"]
    for (_code, half), column in zip(halves, SECTIONS["definitions"]["columns"], strict=True):
        assert re.findall(r'<li><a href="/careers/roles/[a-z-]+/">([^<]+)</a></li>', half) == column["titles"]


def test_the_lists_the_owners_page_announces_are_filled(client, content):
    page = text_of(client.get("/careers/"))

    assert "Serve as a main contact when many people are involved." in page
    assert "Referrals and closing the loop" in page
    assert "Veterans services" in page
    assert "In plain words: care management means working with a person over time" in page


def test_the_overview_leads_on_to_employers_alerts_and_an_account(client, content):
    page = client.get("/careers/").content.decode()

    form = re.search(r'<form[^>]*action="/employers/".*?</form>', page, re.S).group()
    assert 'name="zip"' in form
    assert 'name="miles"' in form
    assert '<a href="/employers/register/">creating an account here &gt;</a>' in page
    assert 'href="/alerts/new/"' in page
    assert 'href="/accounts/signup/"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/careers/", "/careers/compare/", "/careers/roles/care-coordinator/", "/careers/titles/?q=care", "/careers/settings/",
        "/careers/titles/nurse-care-manager/", "/careers/settings/fqhc/", "/careers/functions/",
    ],
)  # fmt: skip
def test_links_inside_careers_lead_to_pages_that_exist(client, content, address):
    page = client.get(address).content.decode()

    for link in sorted(set(re.findall(r'href="(/careers/[^"#]*)"', page))):
        assert client.get(link).status_code == 200, link
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_every_role_has_a_page(client, content):
    roles = list(CareRole.objects.order_by("slug"))

    assert len(roles) == 18
    for role in roles:
        assert escape(role.name) in client.get(role.get_absolute_url()).content.decode()


def test_a_role_page_says_what_the_work_is_and_where_it_leads(client, content):
    page = text_of(client.get("/careers/roles/care-coordinator/"))

    for words in (
        "Check the morning list of people who missed visits",
        "Clear phone and written communication",
        "From a high school diploma to a bachelor's degree.",
        "A clinical license is not a normal part of the job.",
        "Check the posting",
        "Community health worker training or certification.",
        "Community Care Coordinator",
        "Many posts ask for a degree or license first.",
        "Field knowledge, with no published source.",
        "No settled definition of care coordination: AHRQ",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("slug", "role"), [("care-coordinator", "cc"), ("care-manager", "cm"), ("patient-navigator", "related")]
)
def test_a_role_page_leads_to_its_openings_and_to_an_alert(client, content, slug, role):
    page = client.get(f"/careers/roles/{slug}/").content.decode()

    assert f'href="/openings/?role={role}"' in page
    assert f'href="/alerts/new/?role={role}"' in page


def test_every_pay_figure_stands_with_its_area_period_source_and_caveat(client, content):
    role = CareRole.objects.get(slug="care-manager")
    page = client.get(role.get_absolute_url()).content.decode()
    panels = re.findall(r'<li class="panel stack">(.*?)</li>', page, re.S)

    figures = list(PayFigure.objects.filter(role=role).select_related("source").order_by("position", "pk"))
    assert len(panels) == len(figures) == 3
    for panel, figure in zip(panels, figures, strict=True):
        for words in (
            figure.occupation, f"${figure.amount_usd:,} a year", figure.area, figure.period,
            escape(figure.source.name), escape(role.pay_caveat), figure.get_fit_display(),
        ):  # fmt: skip
            assert words in panel
    assert "not the pay of a title" in page


def test_a_credential_that_is_not_public_is_never_shown(client, content):
    role = CareRole.objects.get(slug="care-manager")
    hidden = role.helpful_credentials.first()
    type(hidden).objects.filter(pk=hidden.pk).update(is_public=False)

    assert hidden.name not in client.get(role.get_absolute_url()).content.decode()


def test_the_comparison_shows_every_line_with_how_it_is_known(client, content):
    page = text_of(client.get("/careers/compare/"))

    assert "These are habits, not rules." in page
    assert "Did the right thing happen, and do the right people know?" in page
    assert "Is this person better, safer and more able to manage?" in page
    assert "Field knowledge, with no published source." in page
    assert "School, work and courts" in page


@pytest.mark.parametrize("address", ["/careers/roles/care-conductor/", "/careers/roles/CARE%20MANAGER/"])
def test_an_unknown_role_is_not_found(client, content, address):
    assert client.get(address).status_code == 404


def test_an_editors_markup_is_shown_as_text(client, content):
    nasty = "<script>alert('x')</script>"
    OverviewSection.objects.filter(slug="fit").update(items=[nasty])
    OverviewSection.objects.filter(slug="list-yourself").update(text=f"{nasty} creating an account here >")
    CareRole.objects.filter(slug="care-manager").update(summary=nasty, typical_day=[nasty])

    for address in ("/careers/", "/careers/roles/care-manager/"):
        page = client.get(address).content.decode()
        assert nasty not in page
        assert escape(nasty) in page


def test_addresses_are_the_promised_ones():
    assert reverse("careers:overview") == "/careers/"
    assert reverse("careers:compare") == "/careers/compare/"
    assert reverse("careers:role", args=["care-manager"]) == "/careers/roles/care-manager/"


def test_the_overview_leads_to_every_page_about_the_work(client, content):
    page = client.get("/careers/").content.decode()

    for pattern in urls.urlpatterns:
        if "<" not in str(pattern.pattern) and pattern.name not in ("overview", "news_feed"):
            assert f'href="{reverse(f"careers:{pattern.name}")}"' in page, pattern.name


def test_the_comparison_holds_what_both_do_the_key_difference_and_every_spoke(client, content):
    page = text_of(client.get("/careers/compare/"))

    assert " ".join(SECTIONS["difference"]["text"].split()) in page
    for item in Similarity.objects.all():
        assert item.text in page
    for spoke in HubSpoke.objects.all():
        for words in (spoke.name, spoke.to_hub, spoke.from_hub, spoke.cc_focus, spoke.cm_focus):
            assert words in page


def test_the_functions_stand_with_who_leads_an_example_and_how_they_are_known(client, content):
    page = text_of(client.get("/careers/functions/"))

    for item in Function.objects.all():
        for words in (item.name, item.explanation, item.example):
            assert " ".join(words.split()) in page
    assert page.count("Example.") == Function.objects.exclude(example="").count()


@pytest.mark.parametrize("slug", ["care-coordinator", "care-manager"])
def test_a_role_page_leads_to_its_titles_and_settings(client, content, slug):
    role = CareRole.objects.get(slug=slug)
    page = client.get(role.get_absolute_url()).content.decode()

    for row in [*role.titles.all(), *role.settings.all()]:
        assert f'href="{row.get_absolute_url()}"' in page
