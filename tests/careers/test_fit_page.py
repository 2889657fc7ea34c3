"""The page of the self-assessment: no script, nothing stored, and an address that holds answers only."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerportal.core.models import Translation
from careers import fit
from careers.models import FitAnswer, FitDimension, FitQuestion, FitResult, Passage
from careers.pages.fit import Quiz

pytestmark = pytest.mark.django_db
PAGE = "/careers/fit/"


def all_of(side):
    """The answers that pull most to one side, as a query string."""
    other = {"coordination": "management", "management": "coordination"}[side]
    best = []
    for question in FitQuestion.objects.filter(is_scored=True).in_order():
        answers = sorted(question.answers.all(), key=lambda one: getattr(one, other) - getattr(one, side))
        best.append(f"{question.slug}={answers[0].key}")
    return "&".join(best)


def page_of(client, query=""):
    response = client.get(f"{PAGE}?{query}" if query else PAGE)
    assert response.status_code == 200
    return response, response.content.decode()


def test_the_page_answers_before_any_content_is_loaded(client):
    page_of(client)


def test_it_asks_twelve_scored_questions_and_six_that_do_not_count(client, content):
    _response, page = page_of(client)

    assert len(re.findall(r"<fieldset", page)) == 18
    assert len(set(re.findall(r'type="radio" name="(\w+)"', page))) == 17
    assert set(re.findall(r'type="checkbox" name="(\w+)"', page)) == {"p6"}
    assert " checked>" not in page
    assert "csrf" not in page


def test_answers_stand_in_one_order_for_everyone(client, content):
    shown = [re.findall(r'id="(q\d+-\w)"', page_of(client)[1]) for _visit in range(2)]

    assert shown[0] == shown[1]
    assert shown[0] != sorted(shown[0])


@pytest.mark.parametrize(("side", "role"), [("coordination", "cc"), ("management", "cm")])
def test_choosing_one_side_throughout_leads_to_it_and_to_a_search_for_it(client, content, side, role):
    response, page = page_of(client, all_of(side))

    assert response.context["result"]["lean_code"] == side
    assert f'href="/alerts/new/?role={role}"' in page
    assert f'<input type="hidden" name="role" value="{role}">' in page
    assert "cannot" not in page.partition('id="h-result"')[2].partition('id="scoring"')[0]


def test_a_result_says_which_answers_led_to_it(client, content):
    response, page = page_of(client, all_of("coordination"))

    line = response.context["result"]["lean_lines"][0]
    assert line.share.points == sum(reason["points"] for reason in line.reasons) > 0
    for reason in line.reasons:
        assert f"<strong>{reason['answer'].replace(chr(39), '&#x27;')}</strong> (+{reason['points']})" in page


def test_preferences_do_not_change_the_result_and_lead_to_settings(client, content):
    answers = all_of("management")

    without = page_of(client, answers)[0].context["result"]
    response, page = page_of(client, f"{answers}&p1=c&p6=c&p6=i")
    found = response.context["result"]

    assert (found["score"], found["lean_code"]) == (without["score"], without["lean_code"])
    assert without["settings"]["first"] == []
    counts = [one["count"] for one in [*found["settings"]["first"], *found["settings"]["rest"]]]
    assert counts == sorted(counts, reverse=True)
    best = [one["setting"].slug for one in found["settings"]["first"] if one["count"] == 2]
    assert best == ["managed-care-plan", "aco-ipa", "telehealth-remote"]
    assert f'href="/careers/settings/{best[0]}/"' in page
    assert (
        "/alerts/new/?role=cm&amp;setting=managed-care-plan&amp;setting=aco-ipa&amp;setting=telehealth-remote" in page
    )


def test_nothing_is_stored_and_no_result_is_kept_on_the_way(client, content):
    response, _page = page_of(client, all_of("coordination"))

    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not page_of(client)[0].cookies


def test_names_that_are_no_answers_are_taken_out_of_the_address(client, content):
    response = client.get(f"{PAGE}?q1=a&utm_source=mail&q2=b&name=Ann")

    assert (response.status_code, response.url) == (302, f"{PAGE}?q1=a&q2=b")
    assert client.get(f"{PAGE}?fbclid=1").url == PAGE
    assert client.get(f"{PAGE}?lang=xx&q1=a").url == f"{PAGE}?q1=a"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("q1=zz", "holds an answer that this question does not have"),
        ("q1=", "holds an answer that this question does not have"),
        ("q1=a&q1=b", "holds more than one answer. Choose one."),
        ("q1=a&q1=a", "holds the same answer twice"),
        ("q99=a", "answers a question that we do not ask"),
        ("p6=a&p6=zz", "holds an answer that this question does not have"),
    ],
)
def test_an_impossible_address_is_refused_by_name_and_the_rest_is_kept(client, content, wrong, said):
    rest = all_of("coordination").partition("&")[2]

    response, page = page_of(client, f"{wrong}&{rest}")

    assert "result" not in response.context
    assert said in page
    assert page.count(" checked>") >= 11
    assert 'id="problems"' in page


def test_too_few_answers_are_kept_and_the_next_question_is_pointed_to(client, content):
    _response, page = page_of(client, "q1=a&q2=b&p1=a")

    assert "You have answered 2." in page
    assert page.count(" checked>") == 3
    assert re.search(r'<a href="#q3-\w">', page)


def test_the_published_scoring_comes_from_the_rows_that_score(client, content):
    FitAnswer.objects.filter(slug="q1-a").update(purpose=7)

    response, page = page_of(client)

    assert response.context["scoring"]["most"][0] == 18  # was 14: q1's best was 3 and is 7 now
    assert '<td class="num">7</td>' in page
    assert f"Less than {fit.CLOSE_BELOW} points apart" in page
    assert "No result says that you cannot do this work." in page


def test_the_page_costs_the_same_however_many_answers_there_are(client, content):
    query = f"{all_of('coordination')}&p1=a"
    counts = []
    for _round in range(3):  # the first fills caches of content types
        with CaptureQueriesContext(connection) as queries:
            page_of(client, query)
        counts.append(len(queries))
        question = FitQuestion.objects.create(slug=f"q{20 + len(counts)}", text="One more?", position=90)
        for key in "abcd":
            FitAnswer.objects.create(question=question, slug=f"{question.slug}-{key}", key=key, text=key, purpose=1)
        query += f"&{question.slug}=a"
    assert counts[1] == counts[2]


def translate(*rows, state="checked"):
    Translation.objects.bulk_create(
        Translation(
            content_type=ContentType.objects.get_for_model(type(row)),
            object_id=str(row.pk),
            field=field,
            language="es",
            text=f"es:{getattr(row, field)}",
            state=state,
        )
        for row, field in rows
        if getattr(row, field)
    )


def all_texts():
    yield from ((row, field) for row in FitDimension.objects.all() for field in ("name", "when_high", "when_low"))
    yield from ((row, "text") for model in (FitQuestion, FitAnswer) for row in model.objects.all())
    yield from ((row, field) for row in FitResult.objects.all() for field in ("title", "text"))
    yield from ((row, "text") for row in Passage.objects.filter(slug__startswith="fit-"))


def test_without_translations_there_is_no_way_to_spanish(client, content):
    assert "español" not in page_of(client)[1]
    assert "not in Spanish right now" in page_of(client, "lang=es")[1]


def test_with_every_text_checked_the_page_is_in_spanish(client, content):
    translate(*all_texts())

    assert 'href="/careers/fit/?lang=es" hreflang="es" lang="es"' in page_of(client)[1]
    _response, page = page_of(client, f"lang=es&{all_of('coordination')}")
    assert re.search(r'<legend class="usa-legend" lang="es">.*?es:A friend asks', page)
    assert 'lang="es">es:You lean toward care coordination' in page
    assert 'hreflang="en" lang="en"' in page


@pytest.mark.parametrize("state", ["machine", "stale"])
def test_one_text_that_nobody_checked_keeps_the_page_in_english(client, content, state):
    first, *others = list(all_texts())
    translate(*others)
    translate(first, state=state)

    assert not Quiz(language="es").other.is_complete
    assert "es:A friend" not in page_of(client, "lang=es")[1]
