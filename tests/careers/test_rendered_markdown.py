"""Editors' Markdown is rendered when it is saved, by whatever way, and pages print what is stored."""

import re

import pytest

from careers import content_files, drafts, loading, plain
from careers.models import NewsItem, Question
from careers.rendering import RenderedField, render
from tests.clock import NOW

pytestmark = pytest.mark.django_db
RENDERED = [
    (kind, spec)
    for kind in (Question, NewsItem)
    for spec in kind._meta.concrete_fields
    if isinstance(spec, RenderedField)
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://example.org/pixel.png)",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    '[a](https://example.org/"onmouseover="alert(1))',
    '[a](https://example.org "x\\" onclick=\\"alert(1)")',
    "<a href='https://example.org' style='position:fixed'>a</a>",
    "<iframe src='https://example.org'></iframe>",
    "<svg><script>alert(1)</script></svg>",
    "`<b onclick=alert(1)>`",
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- --!><script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "- a\n  <style>*{display:none}</style>",
]


def stale():
    """Rows whose stored HTML is not what their Markdown says."""
    return [
        (kind.__name__, row.slug)
        for kind, spec in RENDERED
        for row in kind.objects.in_order()
        if getattr(row, spec.attname) != render(getattr(row, spec.source), top_level=spec.top_level)
    ]


def test_there_is_stored_html_beside_answers_and_news():
    assert [(kind.__name__, spec.source, spec.attname) for kind, spec in RENDERED] == [
        ("Question", "answer", "answer_html"),
        ("NewsItem", "body", "body_html"),
    ]


def test_a_load_renders_every_row(content):
    assert stale() == []
    assert Question.objects.exclude(answer_html="").count() == Question.objects.count() > 0
    assert NewsItem.objects.exclude(body_html="").exists()


def test_a_load_renders_again_what_older_rules_rendered(content):
    Question.objects.filter(slug="need-a-license").update(answer_html="<p>as it once was</p>")

    loading.load(content_files.records(), now=NOW)

    assert stale() == []


def test_a_published_edit_renders_its_text_and_the_page_prints_it(client, content, django_user_model):
    editor = django_user_model.objects.create_user(email="editor@example.org")
    row = Question.objects.get(slug="need-a-license")
    values = {"answer": "It **depends** on your [state](/careers/pay-rules/). <script>alert(1)</script>"}
    draft = drafts.save(kind=Question, row=row, values=values, user=editor, now=NOW)
    assert Question.objects.get(pk=row.pk).answer_html == row.answer_html, "a draft changes nothing"

    drafts.publish(draft=draft, user=editor, now=NOW)

    assert stale() == []
    row.refresh_from_db()
    assert "<strong>depends</strong>" in row.answer_html
    assert row.answer_html in client.get("/careers/faq/").content.decode()


def test_a_roll_back_renders_the_older_text(content, django_user_model):
    editor = django_user_model.objects.create_user(email="editor@example.org")
    row = Question.objects.get(slug="need-a-license")
    first, before = row.history.earliest(), row.answer_html
    draft = drafts.save(kind=Question, row=row, values={"answer": "*New.*"}, user=editor, now=NOW)
    drafts.publish(draft=draft, user=editor, now=NOW)

    drafts.roll_back(row=row, record=first, user=editor, now=NOW)

    assert stale() == []
    assert Question.objects.get(pk=row.pk).answer_html == before


def test_a_news_item_that_is_saved_is_rendered_and_its_page_prints_it(client):
    item = NewsItem.objects.create(slug="a", title="A", summary="S.", body="## Why\n\nBecause.", published_at=NOW)
    assert item.body_html == "<h2>Why</h2>\n<p>Because.</p>\n"

    item.body = "Now *this*."
    item.save()

    assert NewsItem.objects.get(pk=item.pk).body_html == "<p>Now <em>this</em>.</p>\n"
    assert "<p>Now <em>this</em>.</p>" in client.get("/careers/news/a/").content.decode()


def test_stored_html_is_no_field_of_a_form_or_a_draft():
    for kind, spec in RENDERED:
        assert not spec.editable
        assert spec.name not in plain.fields(kind)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_stored_clean(text):
    html = NewsItem.objects.create(slug="a", title="A", summary="S.", body=text).body_html

    tags = re.findall(r"<[^>]*>", html)
    names = {re.match(r"</?([a-z0-9]+)", tag).group(1) for tag in tags}
    assert names <= {"p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "a", "h2", "h3", "h4"}
    for tag in tags:
        attributes = set(re.findall(r'\s([a-z-]+)="', tag))
        assert attributes <= {"href", "title", "rel", "start"}, tag
        href = re.search(r'href="([^"]*)"', tag)
        assert not href or re.match(r"(https?:|mailto:|tel:|/|#)", href.group(1)), tag
