"""Common questions and sources: complete, addressable, and honest about how well each thing is known."""

import re

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.content_files import FOLDER
from careers.models import Question, Source
from careers.rendering import plain, render

pytestmark = pytest.mark.django_db
FAQ = yaml.safe_load((FOLDER / "faq.yaml").read_text(encoding="utf-8"))
SOURCES = yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", ["/careers/faq/", "/careers/sources/", "/careers/news/"])
def test_pages_answer_before_any_content_is_loaded_and_set_no_cookie(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies


def test_every_question_stands_in_its_group_with_an_address_of_its_own(client, content):
    page = client.get("/careers/faq/").content.decode()

    for item in FAQ["questions"]:
        group = page.partition(f'<section class="part" id="{item["audience"]}"')[2].partition("</section>")[0]
        assert f'<details class="qa" id="{item["id"]}">' in group
        for source in item["sources"]:
            assert f"/careers/sources/#source-{source}" in group
    assert page.count('<details class="qa"') == len(FAQ["questions"])
    assert Question.objects.get(slug="need-a-license").get_absolute_url() == "/careers/faq/#need-a-license"


def test_links_in_answers_are_links_and_notes_for_editors_are_not_shown(client, content):
    page = client.get("/careers/faq/").content.decode()

    linked = [found for item in FAQ["questions"] for found in re.findall(r"\]\(([^)]+)\)", item["a"])]
    assert linked
    for address in linked:
        assert f'href="{address}"' in page
    for item in FAQ["questions"]:
        assert item.get("note_for_editors", "\0") not in page


def test_editors_markdown_is_cleaned():
    html = render("# Big\n\n**yes** <script>alert(1)</script> [a](javascript:alert(1)) ![x](y.png)\n\n- [b](/careers/)")

    assert "<h2>Big</h2>" in html
    assert "<strong>yes</strong>" in html
    assert "<script" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert "<img" not in html
    assert 'href="/careers/"' in html
    assert plain("See [this](https://example.org).\n\nMore.") == "See this (https://example.org).\nMore."


def test_every_source_has_an_anchor_date_tier_use_and_review(client, content):
    page = client.get("/careers/sources/").content.decode()

    for key, item in SOURCES["sources"].items():
        entry = page.partition(f'id="source-{key}"')[2].partition("</article>")[0]
        assert entry, key
        assert "We look again by" in entry
        assert 'class="status' in entry
        assert item.get("note_for_editors", "\0") not in entry


def test_a_source_names_the_pages_that_rely_on_it(client, content):
    response = client.get("/careers/sources/")

    uses = {source.slug: {use["address"] for use in source.uses} for source in response.context["sources"]}
    assert {"/careers/", "/careers/faq/#what-is-the-difference"} <= uses["seed"]
    assert any(address.startswith("/careers/roles/") for address in uses["bls-chw"])
    for found in uses.values():
        assert all(address.startswith("/careers/") for address in found)


def test_a_tier_shows_its_own_sources_and_an_unknown_one_none(client, content):
    known = client.get("/careers/sources/?tier=reported").context["sources"]
    unknown = client.get("/careers/sources/?tier=gossip")

    assert {source.tier for source in known} == {"reported"}
    assert len(known) == Source.objects.filter(tier="reported").count()
    assert unknown.context["sources"] == []
    assert "There is no such group of sources" in unknown.content.decode()


def test_sources_cost_the_same_for_two_as_for_twelve(client):
    counts = []
    for start, end in ((0, 2), (2, 12)):
        for number in range(start, end):
            source = Source.objects.create(slug=f"s{number}", name=f"Source {number}")
            question = Question.objects.create(slug=f"q{number}", question="Why?", answer="So.")
            question.sources.add(source)
        with CaptureQueriesContext(connection) as queries:
            client.get("/careers/sources/", {"tier": ""})
        with CaptureQueriesContext(connection) as more:
            client.get("/careers/faq/?x=" + str(start))
        counts.append((len(queries), len(more)))
    assert counts[0] == counts[1]
