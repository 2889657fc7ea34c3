"""load_content: repeats change nothing, editors are never overwritten, newer text is named."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from careers import content_files, loading
from careers.content_files import Record
from careers.models import CareRole, ContentLoad, JobTitle, Similarity, Source
from tests.clock import NOW

pytestmark = pytest.mark.django_db
KNOWN = {"tier": "practice", "reviewed_on": "2026-11-22", "review_due": "2027-11-01", "position": 0}


def source(name="Paper", key="paper"):
    return Record(Source, key, {**KNOWN, "name": name, "url": "", "published": "2026", "supports": ""})


def both(text, key="both-1"):
    return Record(Similarity, key, {**KNOWN, "text": text})


@pytest.fixture
def content():
    """The report of a first load of all content files."""
    return loading.load(content_files.records(), now=NOW)


def load(*records):
    return loading.load(records, now=NOW)


def test_the_first_load_creates_everything_and_the_second_changes_nothing(content):
    history = JobTitle.history.count()

    again = loading.load(content_files.records(), now=NOW)

    assert content.totals["created"] == len(content_files.records())
    assert again.totals == {"created": 0, "updated": 0, "unchanged": content.totals["created"], "kept": 0, "removed": 0}
    assert not again.newer
    assert not again.gone
    assert JobTitle.history.count() == history


def test_links_between_titles_roles_and_settings_are_loaded(content):
    title = JobTitle.objects.get(slug="clinical-care-coordinator")

    assert title.role.slug == "care-coordinator"
    assert title.roles == 3
    assert {setting.slug for setting in title.settings.all()} == {
        "hospital", "primary-care", "managed-care-plan", "behavioral-health"
    }  # fmt: skip
    assert CareRole.objects.get(slug="care-coordinator").see_also_titles.get().slug == "care-navigator"


def test_newer_text_replaces_text_that_no_editor_touched():
    load(source("Old name"))

    report = load(source("New name"))

    assert report.totals["updated"] == 1
    assert Source.objects.get().name == "New name"


def test_an_editors_text_stays_and_is_not_reported_while_the_files_are_unchanged():
    load(source("Old name"))
    Source.objects.update(name="The editor's name")

    report = load(source("Old name"))

    assert report.totals["kept"] == 1
    assert not report.newer
    assert Source.objects.get().name == "The editor's name"


def test_newer_text_in_the_files_is_named_on_every_load_until_an_editor_takes_it():
    load(source("Old name"))
    Source.objects.update(name="The editor's name")

    reports = [load(source("New name")), load(source("New name"))]
    Source.objects.update(name="New name")
    taken = load(source("New name"))

    for report in reports:
        assert report.newer == ["kept editor's text; repository has newer: Source paper.name"]
    assert not taken.newer
    assert taken.totals["unchanged"] == 1


def test_an_editors_field_stays_while_the_other_fields_of_the_object_follow_the_files():
    load(source("Old name"))
    Source.objects.update(supports="The editor's note")

    load(source("New name"))

    row = Source.objects.get()
    assert (row.name, row.supports) == ("New name", "The editor's note")


def test_an_editors_list_of_links_stays(content):
    role = CareRole.objects.get(slug="care-coordinator")
    role.settings.remove(role.settings.get(slug="hospital"))

    report = loading.load(content_files.records(), now=NOW)

    assert report.totals["kept"] == 1
    assert not role.settings.filter(slug="hospital").exists()


def test_what_an_editor_removed_stays_removed():
    load(source())
    Source.objects.all().delete()

    report = load(source())
    changed = load(source("New name"))

    assert not Source.objects.exists()
    assert report.totals["kept"] == 1
    assert not report.newer
    assert changed.newer == ["kept out: an editor removed Source paper; the repository has newer text"]


def test_what_an_editor_added_under_the_same_name_is_not_overwritten():
    Source.objects.create(slug="paper", name="The editor's paper")

    report = load(source("Paper"))

    assert Source.objects.get().name == "The editor's paper"
    assert "kept editor's text; repository has newer: Source paper.name" in report.newer


def test_a_list_row_that_left_the_files_goes_unless_an_editor_touched_it():
    load(both("One"), both("Two", "both-2"), both("Three", "both-3"))
    Similarity.objects.filter(slug="both-3").update(text="The editor's three")

    report = load(both("One"))

    assert set(Similarity.objects.values_list("text", flat=True)) == {"One", "The editor's three"}
    assert report.totals["removed"] == 1
    assert report.gone == ["no longer in the repository, still shown: Similarity both-3"]


def test_an_object_others_point_to_stays_when_it_leaves_the_files():
    load(source(), source("Other", "other"))

    report = load(source())

    assert Source.objects.filter(slug="other").exists()
    assert report.gone == ["no longer in the repository, still shown: Source other"]


def test_a_failing_load_leaves_nothing_behind():
    broken = Record(JobTitle, "title", {**KNOWN, "name": "Title", "role": "no-such-role"})

    with pytest.raises(KeyError):
        load(source(), broken)

    assert not Source.objects.exists()
    assert not ContentLoad.objects.exists()


def test_history_says_that_the_content_files_wrote_the_text():
    load(source())

    assert Source.history.get().history_change_reason == "content files"


def test_the_command_prints_progress_and_counts():
    out = StringIO()

    call_command("load_content", stdout=out)

    assert "job titles: created 94" in out.getvalue()
    assert out.getvalue().splitlines()[-1].startswith("content: created ")


def test_the_command_speaks_json():
    call_command("load_content", stdout=StringIO())
    out = StringIO()

    call_command("load_content", json=True, stdout=out)

    report = json.loads(out.getvalue())
    assert report["created"] == 0
    assert report["unchanged"] == len(content_files.records())
    assert report["newer"] == report["gone"] == []
    assert report["seconds"] >= 0
