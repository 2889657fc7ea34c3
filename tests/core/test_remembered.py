"""Pages remembered under stamps: no query and no body while nothing changed, nothing old after a change."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from redis.exceptions import RedisError

from careerportal.core import remembered, stamps
from tests.clock import NOW

ASK = RequestFactory()


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        yield


@pytest.fixture
def made():
    """A view that counts how often it is asked, and the list of what it was asked."""
    asked = []

    @remembered.remembered
    def view(request):
        asked.append(request.get_full_path())
        return HttpResponse(f"page {len(asked) if 'counts' in request.GET else ''}")

    view.asked = asked
    return view


def test_the_same_page_is_made_once(made):
    first, second = made(ASK.get("/a/")), made(ASK.get("/a/"))

    assert made.asked == ["/a/"]
    assert first.content == second.content == b"page "
    assert first["ETag"] == second["ETag"]
    assert first["Content-Type"] == second["Content-Type"]
    assert "Cookie" in second["Vary"]
    assert "Save-Data" in second["Vary"]
    assert second["Cache-Control"] == "no-cache"


def test_who_holds_the_page_is_told_so_without_a_body(made):
    tag = made(ASK.get("/a/"))["ETag"]

    answer = made(ASK.get("/a/", HTTP_IF_NONE_MATCH=tag))

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert made.asked == ["/a/"]


def test_who_holds_another_page_gets_this_one(made):
    made(ASK.get("/a/"))

    assert made(ASK.get("/a/", HTTP_IF_NONE_MATCH='W/"other"')).status_code == 200


@pytest.mark.parametrize("stamp", stamps.ALL)
def test_a_change_makes_the_page_anew(made, stamp):
    made(ASK.get("/a/"))
    stamps.bump(stamp)
    made(ASK.get("/a/"))

    assert len(made.asked) == 2


def test_a_page_that_is_the_same_after_a_change_is_still_held(made):
    tag = made(ASK.get("/a/"))["ETag"]
    stamps.bump(stamps.CONTENT)

    assert made(ASK.get("/a/", HTTP_IF_NONE_MATCH=tag)).status_code == 304


def test_a_page_is_never_older_than_a_minute(made):
    made(ASK.get("/a/"))
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        made(ASK.get("/a/"))

    assert len(made.asked) == 2


def test_an_emptied_cache_costs_one_more_making(made):
    made(ASK.get("/a/"))
    cache.clear()

    assert made(ASK.get("/a/")).content == b"page "
    assert len(made.asked) == 2


def test_pages_with_a_query_keep_no_body_but_answer_who_holds_them(made):
    tag = made(ASK.get("/a/?b=1"))["ETag"]

    assert made(ASK.get("/a/?b=1", HTTP_IF_NONE_MATCH=tag)).status_code == 304
    assert made.asked == ["/a/?b=1"]
    assert made(ASK.get("/a/?b=1")).content == b"page "
    assert len(made.asked) == 2


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: ASK.get("/a/", HTTP_COOKIE="sessionid=x"),
        lambda: ASK.get("/a/", HTTP_COOKIE="messages=x"),
        lambda: ASK.post("/a/"),
    ],
    ids=["session", "message", "post"],
)
def test_pages_for_one_person_are_not_remembered(made, request_of):
    answer = made(request_of())
    made(request_of())

    assert len(made.asked) == 2
    assert "ETag" not in answer


def test_a_preview_is_not_remembered(made):
    request = ASK.get("/a/")
    request.is_preview = True
    made(request)

    assert made(ASK.get("/a/")).status_code == 200
    assert len(made.asked) == 2


@pytest.mark.parametrize("header", [{"HTTP_SAVE_DATA": "on"}, {"HTTP_HOST": "127.0.0.1"}])
def test_what_a_page_depends_on_keeps_pages_apart(made, header):
    made(ASK.get("/a/"))
    made(ASK.get("/a/", **header))

    assert len(made.asked) == 2


def test_a_page_that_sets_a_cookie_is_not_remembered():
    asked = []

    @remembered.remembered
    def view(request):
        asked.append(1)
        response = HttpResponse("page")
        response.set_cookie("name", "value")
        return response

    view(ASK.get("/a/"))
    answer = view(ASK.get("/a/"))

    assert len(asked) == 2
    assert "ETag" not in answer


def test_errors_are_not_remembered():
    asked = []

    @remembered.remembered
    def view(request):
        asked.append(1)
        return HttpResponse("no", status=404)

    assert [view(ASK.get("/a/")).status_code for _ in range(2)] == [404, 404]
    assert len(asked) == 2


def test_without_redis_pages_are_made_each_time(made, monkeypatch):
    def away(*args, **kwargs):
        raise RedisError

    monkeypatch.setattr(cache, "get_many", away)
    answer = made(ASK.get("/a/"))

    assert answer.content == b"page "
    assert "ETag" not in answer


@pytest.mark.django_db(transaction=True)
def test_what_was_remembered_before_the_commit_is_old_after_it(made):
    with transaction.atomic():
        stamps.bump(stamps.CONTENT)
        made(ASK.get("/a/"))  # a reader who comes before the commit and sees the old state
    made(ASK.get("/a/"))

    assert len(made.asked) == 2


@pytest.mark.django_db(transaction=True)
def test_many_changes_in_one_transaction_are_told_once_at_its_end():
    with transaction.atomic():
        for _ in range(3):
            stamps.bump(stamps.CONTENT)
        waiting = len(connection.run_on_commit)

    assert waiting == 1


def test_within_work_that_is_rolled_back_nothing_is_told(made):
    made(ASK.get("/a/"))
    with stamps.kept():
        stamps.bump(stamps.CONTENT)
    made(ASK.get("/a/"))

    assert len(made.asked) == 1
