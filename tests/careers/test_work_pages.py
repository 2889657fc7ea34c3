"""Ways in, ladders, credentials, training and pay rules: complete, sourced, cheap."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from careers import ladder
from careers.models import (
    CareRole,
    Credential,
    EntryRoute,
    Ladder,
    LadderStep,
    LocalPayRule,
    PayFigure,
    PayRule,
    Program,
    Rule,
)
from careers.models.pathways import leads_in_a_circle
from tests.careers_factories import CareRoleFactory, PayFigureFactory

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/careers/pathways/",
    "/careers/credentials/",
    "/careers/training/",
    "/careers/route/",
    "/careers/pay/",
    "/careers/pay-rules/",
]


def text_of(response):
    """The words of a page's main part, spaces made single."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_answer_before_any_content_is_loaded(client, db, address):
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [*ADDRESSES, "/careers/credentials/rn/"])
def test_pages_set_no_cookie_and_lead_to_openings_and_an_alert(client, content, address):
    page = client.get(address)
    html = page.content.decode()

    assert not page.cookies
    assert "/openings/" in html
    assert "/alerts/new/" in html
    assert re.search(r"Last reviewed November 22, 2026|id=\"questions\"", html)


@pytest.mark.parametrize("address", [*ADDRESSES, "/careers/credentials/casac/", "/careers/route/?job=lpn"])
def test_links_inside_careers_lead_to_pages_that_exist(client, content, address):
    html = client.get(address).content.decode()

    for link in sorted(set(re.findall(r'href="(/careers/[^"#?]*)"', html))):
        assert client.get(link).status_code == 200, link
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))


def test_every_way_in_stands_with_steps_titles_and_how_it_is_known(client, content):
    page = text_of(client.get("/careers/pathways/"))

    for way in EntryRoute.objects.prefetch_related("first_titles", "sources"):
        for words in (way.name, way.for_whom, *way.steps, way.education_needed):
            assert " ".join(words.split()) in page
        assert all(title.name in page for title in way.first_titles.all())
        assert all(source.name in page for source in way.sources.all())
    assert "A 2015 New York study" in page


def test_each_ladder_is_drawn_and_listed_from_the_same_steps(client, content):
    html = client.get("/careers/pathways/").content.decode()
    pictures = re.findall(r'<svg class="ladder".*?</svg>\s*<ol class="climb">(.*?)</ol>', html, re.S)

    assert len(pictures) == Ladder.objects.count() == 9
    for listed, one in zip(pictures, Ladder.objects.in_order(), strict=True):
        steps = one.steps.select_related("role", "credential").in_order()
        assert re.findall(r'<li><a href="([^"]+)"', listed) == [step.rung.get_absolute_url() for step in steps]


def test_a_drawing_starts_at_the_bottom_and_wraps_long_names(content):
    steps = LadderStep.objects.filter(ladder__slug="ma-nursing-ladder").select_related("role", "credential").in_order()
    drawing = ladder.draw(steps)

    heights = [rung.y for rung in drawing.rungs]
    assert heights == sorted(heights, reverse=True)
    assert drawing.rail_top < min(heights) < max(heights) < drawing.rail_bottom <= drawing.height
    assert all(len(line.text) <= ladder.LETTERS for rung in drawing.rungs for line in rung.lines)
    assert len(drawing.rungs[0].lines) == 2


def test_ladders_of_the_files_do_not_lead_in_a_circle(content):
    steps = list(LadderStep.objects.values("ladder", "position", "role", "credential"))
    assert not leads_in_a_circle(steps)

    back = LadderStep.objects.get(slug="community-ladder--care-manager")
    top = LadderStep.objects.filter(ladder__slug="community-ladder").order_by("-position").first()
    back.role, back.position = CareRole.objects.get(slug="community-health-worker"), top.position + 1
    with pytest.raises(ValidationError, match="circle"):
        back.clean()


def test_a_step_is_a_role_or_a_credential(content):
    one = Ladder.objects.first()
    role, credential = CareRole.objects.first(), Credential.objects.first()

    for both in ({}, {"role": role, "credential": credential}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LadderStep.objects.create(slug="odd", ladder=one, position=99, **both)


def test_a_rule_whose_tree_cannot_be_answered_is_refused(content):
    rule = Rule.objects.get(slug="ny-cco")
    rule.full_clean()
    rule.requires = {"any_of": [{"credentail": "rn"}]}

    with pytest.raises(ValidationError) as refused:
        rule.full_clean()
    assert "requires.any_of[1]: expected one of" in refused.value.message_dict["requires"][0]


def test_a_credential_page_says_who_gives_it_what_it_takes_and_where_it_counts(client, content):
    page = text_of(client.get("/careers/credentials/cans-ny/"))
    for words in (
        "New York State Department of Health", "Care managers pass a yearly test", "Every year.",
        "For children's Health Homes.", "Health Home care manager for high-need children", "Care management supervisor",
    ):  # fmt: skip
        assert words in page, words

    page = client.get("/careers/credentials/lpn/")
    assert "Age 17, high school, an approved program and the exam." in text_of(page)
    assert "Career Pathways Training (New York)" in text_of(page)
    assert 'href="/openings/?licence=lpn"' in page.content.decode()


@pytest.mark.parametrize("slug", ["ccctm", "cmgt-bc", "no-such-thing"])
def test_a_credential_that_is_not_public_is_not_found_and_not_listed(client, content, slug):
    assert client.get(f"/careers/credentials/{slug}/").status_code == 404
    assert slug not in client.get("/careers/credentials/").content.decode()


def test_every_public_credential_has_a_page(client, content):
    listed = client.get("/careers/credentials/").content.decode()

    for one in Credential.objects.filter(is_public=True):
        assert one.get_absolute_url() in listed
        assert one.issuer in text_of(client.get(one.get_absolute_url()))


def test_training_says_cost_and_what_one_gives_back_and_can_be_narrowed(client, content):
    everything = text_of(client.get("/careers/training/"))
    for words in (
        "Work for three years for an employer",
        "Until March 31, 2027",
        "Free to you.",
        "Nothing but your time.",
    ):
        assert words in everything

    free = text_of(client.get("/careers/training/?free=1"))
    assert "Academy of Peer Services" in free
    assert "Community college and BOCES courses" not in free
    assert "We do not know this region" in text_of(client.get("/careers/training/?region=Atlantis"))
    assert "Career Pathways Training" in text_of(client.get("/careers/training/?region=Long+Island"))


def test_an_ended_program_is_marked_and_no_longer_offered(client, content):
    Program.objects.filter(slug="ny-cpt").update(ends=date(2026, 1, 31))

    page = client.get("/careers/training/").content.decode()
    assert "ended on January 31, 2026" in page
    assert "Work for three years" not in page
    assert "Career Pathways Training" not in client.get("/careers/credentials/lpn/").content.decode()


def test_a_program_cannot_end_before_it_opens(content):
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(slug="ny-cpt").update(opens=date(2027, 5, 1))


def test_pay_rules_say_who_from_which_size_since_when_and_by_which_source(client, content):
    page = text_of(client.get("/careers/pay-rules/"))

    assert "Not legal advice." in page
    for rule in PayRule.objects.prefetch_related("sources"):
        for words in filter(None, (rule.name, rule.employer_threshold, rule.rule, rule.scope)):
            assert " ".join(words.split()) in page
        assert rule.sources.all()
        assert all(" ".join(source.name.split()) in page for source in rule.sources.all())
    for rule in LocalPayRule.objects.all():
        assert rule.place in page
    assert "Starts on September 26, 2027" in page
    assert "Has likely ended" in page
    assert "Told later" in page


def test_pay_rules_of_one_state(client, content):
    page = text_of(client.get("/careers/pay-rules/?state=ny"))
    assert "Four or more workers" in page
    assert "Westchester County" in page
    assert "One or more workers in DC" not in page

    assert "We hold no rule for this state" in text_of(client.get("/careers/pay-rules/?state=TX"))
    assert "We do not know this state" in text_of(client.get("/careers/pay-rules/?state=%3Cb%3E"))


def test_each_national_figure_stands_once_with_area_period_source_and_every_caveat(client, content):
    html = client.get("/careers/pay/").content.decode()
    panels = [unescape(one) for one in re.findall(r'<li class="panel stack">(.*?)</p>\s*</li>', html, re.S)]

    figures = list(PayFigure.objects.select_related("role", "source"))
    assert len(panels) == len({(one.soc, one.source_id, one.period) for one in figures})
    for figure in figures:
        panel = next(one for one in panels if figure.occupation in one and figure.source.name in one)
        for words in (f"${figure.amount_usd:,}", figure.area, figure.period, figure.role.name, figure.role.pay_caveat):
            assert words in panel


@pytest.mark.parametrize(
    "address", ["/careers/pathways/", "/careers/credentials/", "/careers/training/", "/careers/pay-rules/"]
)
def test_a_page_costs_the_same_for_few_rows_as_for_many(client, content, address):
    many = queries(client, address)
    Ladder.objects.exclude(slug__in=["community-ladder", "aide-ladder"]).delete()
    EntryRoute.objects.exclude(slug__in=["nursing", "social-work"]).delete()
    Program.objects.exclude(slug__in=["ny-cpt", "community-college"]).delete()
    PayRule.objects.exclude(state__in=["NY", "CT"]).delete()
    LocalPayRule.objects.exclude(place="Ithaca").delete()
    Credential.objects.filter(slug__in=["fpa", "ypa", "acm"]).update(is_public=False)

    assert queries(client, address) == many


def test_the_pay_page_costs_the_same_for_two_figures_as_for_twelve(client, db):
    def fill(count, start=0):
        for number in range(start, count):
            PayFigureFactory(role=CareRoleFactory(slug=f"role-{number}"), soc=f"21-{number}")

    fill(2)
    few = queries(client, "/careers/pay/")
    fill(12, start=2)
    assert queries(client, "/careers/pay/") == few


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
