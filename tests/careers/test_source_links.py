"""Sources are asked politely whether they are still there."""

from datetime import timedelta

import pytest
from django.test import override_settings

from careerportal.core import safefetch
from careers import sourcelinks, tasks
from careers.models import SourceCheck
from tests.careers_factories import SourceFactory
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def answering(status):
    return lambda url, **limits: safefetch.Page(status=status, url=url, body=b"")


def refusing(url, **limits):
    raise safefetch.FetchRefused("The site did not answer.")


def ask(fetch, now=NOW):
    return sourcelinks.check_due(now=now, fetch=fetch, pause_s=0)


@pytest.mark.parametrize(
    ("status", "expected"), [(200, "ok"), (403, "ok"), (429, "ok"), (404, "dead"), (410, "dead"), (500, "trouble")]
)
def test_what_an_answer_means(status, expected):
    SourceFactory()

    assert ask(answering(status)) == 1
    assert SourceCheck.objects.get().status == expected


def test_a_site_that_fails_three_times_in_a_row_is_dead_and_lives_again_when_it_answers():
    SourceFactory()
    seen = []
    for week in range(3):
        ask(refusing, now=NOW + timedelta(weeks=week))
        seen.append(SourceCheck.objects.get().status)
    ask(answering(200), now=NOW + timedelta(weeks=3))

    assert seen == ["trouble", "trouble", "dead"]
    assert (SourceCheck.objects.get().status, SourceCheck.objects.get().failures) == ("ok", 0)


def test_a_source_is_asked_once_a_week_and_again_when_its_address_changes():
    source = SourceFactory()

    assert [ask(answering(200)), ask(answering(200), now=NOW + timedelta(days=5))] == [1, 0]
    source.url = "https://example.org/moved"
    source.save()
    assert ask(answering(200), now=NOW + timedelta(days=5)) == 1
    assert ask(answering(200), now=NOW + timedelta(days=12)) == 1


def test_sources_without_a_web_address_are_left_alone():
    SourceFactory(url="")
    SourceFactory(url="http://example.org/old")

    assert ask(refusing) == 0


def test_addresses_of_our_own_network_are_refused_and_never_asked():
    SourceFactory(url="https://127.0.0.1/secret")

    assert ask(safefetch.fetch) == 1
    assert "not on the public internet" in SourceCheck.objects.get().said


def test_a_run_asks_a_handful():
    for _ in range(sourcelinks.MOST_A_RUN + 1):
        SourceFactory()

    assert ask(answering(200)) == sourcelinks.MOST_A_RUN
    assert ask(answering(200)) == 1


def test_nobody_is_asked_unless_the_portal_may():
    SourceFactory(url="https://127.0.0.1/secret")

    with override_settings(CHECK_SOURCE_LINKS=False):
        tasks.check_source_links()
    assert not SourceCheck.objects.exists()
    with override_settings(CHECK_SOURCE_LINKS=True):
        tasks.check_source_links()
    assert SourceCheck.objects.exists()
