"""Drafts: published as revisions, previewed by signed links, never in the way of what is public."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from careerportal.core.models import Translation, User
from careers import drafts, loading, previewing
from careers.content_files import Record
from careers.models import CareRole, Draft, Function, OldSlug, RepositoryNote, Source
from tests.careers_factories import CareRoleFactory, FunctionFactory
from tests.clock import NOW

pytestmark = pytest.mark.django_db
KNOWN = {"tier": "practice", "reviewed_on": "2026-11-22", "review_due": "2027-11-01", "position": 0}


@pytest.fixture
def editor():
    return User.objects.create_user("editor@example.org")


@pytest.fixture
def colleague():
    return User.objects.create_user("colleague@example.org")


def begun(row, user, **values):
    return drafts.save(kind=type(row), row=row, values=values, user=user, now=NOW)


def translated(row, field, state=Translation.State.CHECKED):
    kind = ContentType.objects.get_for_model(row)
    return Translation.objects.create(
        content_type=kind, object_id=str(row.pk), field=field, language="es", text="Texto", state=state
    )


def test_a_published_draft_cannot_be_published_again(editor):
    draft = begun(FunctionFactory(), editor, name="New")
    drafts.publish(draft=draft, user=editor, now=NOW)

    with pytest.raises(drafts.DraftRefused, match="already published"):
        drafts.publish(draft=draft, user=editor, now=NOW)


def test_the_author_of_a_revision_is_who_wrote_it_not_who_published_it(editor, colleague):
    function = FunctionFactory()
    draft = begun(function, editor, name="New")
    drafts.submit(draft=draft, user=editor, now=NOW)
    drafts.publish(draft=draft, user=colleague, now=NOW)

    draft.refresh_from_db()
    assert function.history.order_by("-history_id").first().history_user == editor
    assert (draft.author, draft.reviewer) == (editor, colleague)


def test_of_one_object_one_edit_is_open(editor):
    function = FunctionFactory()
    first = begun(function, editor, name="One")
    second = begun(function, editor, name="Two")

    assert first.pk == second.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(kind="Function", object_id=function.pk, label="x", created_at=NOW, updated_at=NOW)


def test_an_edit_that_changes_nothing_is_no_draft(editor):
    function = FunctionFactory(name="Same")
    begun(function, editor, name="Other")

    assert begun(function, editor, name="Same") is None
    assert Draft.objects.get().stage == "discarded"


def test_what_was_scheduled_is_published_in_time_and_not_before(editor):
    draft = begun(FunctionFactory(name="Old"), editor, name="New")
    drafts.schedule(draft=draft, at=NOW + timedelta(hours=1), user=editor, now=NOW)

    assert drafts.publish_due(now=NOW + timedelta(minutes=59)) == 0
    assert drafts.publish_due(now=NOW + timedelta(hours=1)) == 1
    assert drafts.publish_due(now=NOW + timedelta(hours=1)) == 0
    assert Function.objects.get().name == "New"


def test_a_scheduled_draft_in_conflict_goes_back_to_review(editor):
    function = FunctionFactory(name="Old")
    draft = begun(function, editor, name="New")
    drafts.schedule(draft=draft, at=NOW + timedelta(hours=1), user=editor, now=NOW)
    Function.objects.update(name="Theirs")

    assert drafts.publish_due(now=NOW + timedelta(hours=1)) == 0
    draft.refresh_from_db()
    assert (draft.stage, draft.publish_at) == ("in_review", None)
    assert "changed since" in draft.comment


def test_a_draft_of_what_was_removed_is_refused_in_words(editor):
    function = FunctionFactory()
    draft = begun(function, editor, name="New")
    function.delete()

    with pytest.raises(drafts.DraftRefused, match="removed"):
        drafts.publish(draft=draft, user=editor, now=NOW)


def test_values_that_do_not_fit_are_refused_and_leave_nothing(editor):
    function = FunctionFactory(name="Old")
    draft = begun(function, editor, lead=0)

    with pytest.raises(drafts.DraftRefused):
        drafts.publish(draft=draft, user=editor, now=NOW)
    assert Function.objects.get().lead == 3


def test_a_changed_text_makes_its_translations_stale_and_no_others(editor):
    function = FunctionFactory()
    name, example = translated(function, "name"), translated(function, "example")

    drafts.publish(draft=begun(function, editor, name="New"), user=editor, now=NOW)

    name.refresh_from_db()
    example.refresh_from_db()
    assert (name.state, example.state) == ("stale", "checked")


def test_newer_text_of_the_files_makes_translations_stale_too():
    def record(name):
        return Record(Source, "paper", {**KNOWN, "name": name, "url": "", "published": "2026", "supports": ""})

    loading.load([record("Old")], now=NOW)
    translation = translated(Source.objects.get(), "name")
    loading.load([record("New")], now=NOW)

    translation.refresh_from_db()
    assert translation.state == "stale"


def test_what_the_files_say_otherwise_is_noted_until_it_is_settled(editor):
    def load(name):
        values = {**KNOWN, "name": name, "url": "", "published": "2026", "supports": ""}
        loading.load([Record(Source, "paper", values)], now=NOW)

    load("Old")
    Source.objects.update(name="Ours")
    load("Newer")
    note = RepositoryNote.objects.get()
    assert (note.kind, note.key, note.field, note.value) == ("Source", "paper", "name", "Newer")

    drafts.keep_against_files(note=note)
    load("Newer")
    assert not RepositoryNote.objects.exists()
    load("Newest")
    assert RepositoryNote.objects.get().value == "Newest"


# --- Addresses ----------------------------------------------------------------------------------
def test_old_addresses_lead_to_the_newest_one(client, editor):
    role = CareRoleFactory(slug="first")
    for slug in ("second", "third"):
        drafts.publish(draft=begun(CareRole.objects.get(), editor, slug=slug), user=editor, now=NOW)

    for old in ("first", "second"):
        answer = client.get(f"/careers/roles/{old}/?from=mail")
        assert (answer.status_code, answer.url) == (301, "/careers/roles/third/?from=mail")
    assert client.get("/careers/roles/third/").status_code == 200
    assert client.get("/careers/roles/fourth/").status_code == 404
    assert {old.object_id for old in OldSlug.objects.all()} == {role.pk}


def test_a_key_taken_back_leads_nowhere_else(client, editor):
    CareRoleFactory(slug="first")
    for slug in ("second", "first"):
        drafts.publish(draft=begun(CareRole.objects.get(), editor, slug=slug), user=editor, now=NOW)

    assert client.get("/careers/roles/first/").status_code == 200
    assert client.get("/careers/roles/second/").url == "/careers/roles/first/"


def test_rolling_back_keeps_the_address(editor):
    role = CareRoleFactory(slug="first", name="First")
    drafts.publish(draft=begun(role, editor, slug="second", name="Second"), user=editor, now=NOW)
    record = role.history.order_by("history_id").first()

    drafts.roll_back(row=CareRole.objects.get(), record=record, user=editor, now=NOW)

    row = CareRole.objects.get()
    assert (row.slug, row.name) == ("second", "First")


# --- Preview ------------------------------------------------------------------------------------
@pytest.fixture
def preview(editor):
    """The link of a preview of a role's page with another summary."""
    role = CareRoleFactory(summary="What it was.")
    draft = begun(role, editor, summary="What it will be.")
    return draft, previewing.link(draft, role.get_absolute_url())


def test_a_preview_shows_the_draft_and_changes_nothing(client, preview):
    answer = client.get(preview[1])
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "What it will be." in page
    assert "Preview: this page shows a draft." in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert CareRole.objects.get().summary == "What it was."
    assert CareRole.objects.get().history.count() == 1
    assert "What it was." in client.get("/careers/roles/care-coordinator/").content.decode()


def test_a_preview_of_something_new_shows_its_page(client, editor):
    draft = drafts.save(
        kind=CareRole, row=None, values={"slug": "new-role", "name": "New role", "family": "CC"}, user=editor, now=NOW
    )
    pages = dict(previewing.pages(draft))

    assert "/careers/roles/new-role/" in pages
    assert "New role" in client.get(previewing.link(draft, "/careers/roles/new-role/")).content.decode()
    assert client.get("/careers/roles/new-role/").status_code == 404


def test_a_preview_ends_after_a_day(client, editor):
    role = CareRoleFactory()
    with time_machine.travel(NOW, tick=False):
        link = previewing.link(begun(role, editor, summary="New"), role.get_absolute_url())
    with time_machine.travel(NOW + timedelta(hours=23, minutes=59), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(hours=24, minutes=1), tick=False):
        assert client.get(link).status_code == 404


@pytest.mark.parametrize("end", [drafts.publish, drafts.discard])
def test_a_preview_ends_with_its_draft(client, preview, editor, end):
    end(draft=preview[0], user=editor, now=NOW)

    assert client.get(preview[1]).status_code == 404


def test_a_forged_preview_is_not_found(client, preview):
    token = preview[1].rstrip("/").rpartition("/")[2]

    assert client.get(preview[1].replace(token, f"{token}x")).status_code == 404
    assert client.get("/careers/preview/anything/").status_code == 404
    assert client.post(preview[1]).status_code == 405


@pytest.mark.parametrize("address", ["/me/", "/admin/", "/openings/", "/nowhere/"])
def test_only_pages_about_the_work_are_previewed(client, preview, address):
    assert client.get(previewing.link(preview[0], address)).status_code == 404
