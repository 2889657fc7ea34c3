"""Curation in the admin: lists, forms that make drafts, steps, history, the week."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from accounts import staff
from careerportal.core.models import User
from careers.models import CareRole, Draft, Function, Passage, RepositoryNote, SourceCheck
from tests.careers_factories import CareRoleFactory, CareSettingFactory, FunctionFactory, SourceFactory
from tests.clock import NOW
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """A client signed in as an editor."""
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(staff.write_groups()[staff.EDITORS])
    client.user = sign_in_staff(client, user)
    return client


def typed(client, address, **changes):
    """What the form at `address` would send if only `changes` were typed."""
    form = client.get(address).context["adminform"].form
    sent = {bound.name: bound.value() if bound.value() is not None else "" for bound in form}
    return {**sent, **changes}


def change_address(row):
    return reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize(("asked", "expected"), [("now", {"past"}), ("soon", {"past", "soon"}), ("none", {"never"})])
def test_facts_due_can_be_listed(admin_client, asked, expected):
    for slug, due in (
        ("past", date(2026, 11, 22)),
        ("soon", date(2027, 1, 1)),
        ("later", date(2027, 11, 1)),
        ("never", None),
    ):
        FunctionFactory(slug=slug, review_due=due)

    with time_machine.travel(NOW, tick=False):
        page = admin_client.get(reverse("admin:careers_function_changelist"), {"due": asked})

    assert {row.slug for row in page.context["cl"].queryset} == expected


def test_a_list_is_edited_as_lines(admin_client):
    role = CareRoleFactory(slug="a-role", typical_day=["Call people."])
    address = change_address(role)

    answer = admin_client.post(
        address, typed(admin_client, address, typical_day="Call people.\r\n\r\n Visit people. ", _save="1")
    )

    assert answer.status_code == 302
    assert CareRole.objects.get(pk=role.pk).typical_day == ["Call people.", "Visit people."]
    assert role.history.count() == 2


def test_the_key_of_what_templates_name_cannot_be_changed(admin_client):
    passage = Passage.objects.create(slug="a-note", text="Text")

    page = admin_client.get(change_address(passage))

    assert "slug" not in page.context["adminform"].form.fields


@pytest.mark.parametrize("button", [{}, {"_draft": "1"}])
def test_saving_makes_a_draft_and_leaves_pages_alone(editor, button):
    function = FunctionFactory(name="Old name")
    address = change_address(function)

    answer = editor.post(address, typed(editor, address, name="New name", change_note="Clearer.", **button))

    draft = Draft.objects.get()
    assert answer.url == reverse("admin:careers_draft_change", args=[draft.pk])
    assert (draft.values, draft.base, draft.stage) == ({"name": "New name"}, {"name": "Old name"}, "draft")
    assert (draft.author, draft.comment) == (editor.user, "Clearer.")
    assert Function.objects.get().name == "Old name"
    assert function.history.count() == 1


def test_the_form_goes_on_with_the_draft_and_says_so(editor):
    function = FunctionFactory(name="Old name")
    address = change_address(function)
    editor.post(address, typed(editor, address, name="New name"))

    page = editor.get(address)

    assert page.context["adminform"].form["name"].value() == "New name"
    assert "You are looking at a draft." in page.content.decode()


def test_a_form_opened_before_a_colleague_saved_the_draft_is_refused(editor):
    function = FunctionFactory(name="Old name")
    address = change_address(function)
    mine = typed(editor, address, name="Mine")
    editor.post(address, typed(editor, address, name="Theirs"))

    answer = editor.post(address, mine)

    assert answer.status_code == 200
    assert "Someone saved this draft while you were writing" in answer.content.decode()
    assert Draft.objects.get().values == {"name": "Theirs"}


def test_a_form_opened_before_something_was_published_does_not_undo_it(editor):
    function = FunctionFactory(name="Old name", explanation="Old words.")
    address = change_address(function)
    mine = typed(editor, address, name="Mine")
    Function.objects.filter(pk=function.pk).update(explanation="Their words.")

    editor.post(address, {**mine, "_save": "1"})

    row = Function.objects.get()
    assert (row.name, row.explanation) == ("Mine", "Their words.")


def test_publishing_from_the_form_writes_one_revision_with_its_author(editor):
    function = FunctionFactory(name="Old name")
    address = change_address(function)

    editor.post(address, typed(editor, address, name="New name", change_note="Clearer.", _save="1"))

    record = function.history.latest()
    assert Function.objects.get().name == "New name"
    assert (function.history.count(), record.history_user, record.history_change_reason) == (2, editor.user, "Clearer.")
    assert Draft.objects.get().stage == "published"


def test_a_new_object_is_a_draft_until_it_is_published(editor):
    address = reverse("admin:careers_function_add")
    sent = typed(editor, address, slug="new-one", name="New one", explanation="What it is.")

    editor.post(address, sent)
    draft = Draft.objects.get()
    again = editor.get(f"{address}?draft={draft.pk}").context["adminform"].form
    assert not Function.objects.exists()
    assert again["name"].value() == "New one"

    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "publish"]))
    assert Function.objects.get().slug == "new-one"


def test_lists_of_objects_are_part_of_a_draft(editor):
    role, hospital = CareRoleFactory(), CareSettingFactory(slug="hospital")
    address = change_address(role)

    editor.post(address, typed(editor, address, settings=[hospital.pk]))
    draft = Draft.objects.get()
    assert draft.values == {"settings": ["hospital"]}
    assert not role.settings.exists()

    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "publish"]))
    assert role.settings.get() == hospital
    assert role.history.latest().history_change_reason == "settings +hospital"


def test_steps_of_a_draft_are_taken_by_buttons(editor):
    function = FunctionFactory(name="Old name")
    address = change_address(function)
    editor.post(address, typed(editor, address, name="New name", _review="1"))
    draft = Draft.objects.get()
    assert draft.stage == "in_review"

    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "back"]), {"comment": "Shorter, please."})
    draft.refresh_from_db()
    assert (draft.stage, draft.comment) == ("draft", "Shorter, please.")

    editor.post(
        reverse("admin:careers_draft_step", args=[draft.pk, "schedule"]), {"at_0": "2040-01-01", "at_1": "09:00"}
    )
    draft.refresh_from_db()
    assert (draft.stage, draft.publish_at.isoformat()) == ("scheduled", "2040-01-01T14:00:00+00:00")

    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "discard"]))
    draft.refresh_from_db()
    assert draft.stage == "discarded"
    assert Function.objects.get().name == "Old name"


def test_a_scheduled_time_in_the_past_is_refused_in_words(editor):
    function = FunctionFactory(name="Old name")
    address = change_address(function)
    editor.post(address, typed(editor, address, name="New name"))
    step = reverse("admin:careers_draft_step", args=[Draft.objects.get().pk, "schedule"])

    past = editor.post(step, {"at_0": "2020-01-01", "at_1": "09:00"}, follow=True)
    empty = editor.post(step, {"at_0": "", "at_1": ""})

    assert "Choose a time that is still to come." in past.content.decode()
    assert empty.status_code == 200
    assert Draft.objects.get().stage == "draft"


def test_the_draft_page_shows_the_difference_word_by_word(editor):
    function = FunctionFactory(explanation="Plan the care with people.")
    address = change_address(function)
    editor.post(address, typed(editor, address, explanation="Plan care with each person."))

    page = editor.get(reverse("admin:careers_draft_change", args=[Draft.objects.get().pk])).content.decode()

    assert re.search(r"<del>\s*the\s*</del>", page)
    assert "<ins>each person</ins>" in page


def test_a_conflict_shows_all_three_texts_and_is_settled_by_a_button(editor):
    function = FunctionFactory(name="First")
    address = change_address(function)
    editor.post(address, typed(editor, address, name="Mine"))
    Function.objects.filter(pk=function.pk).update(name="Theirs")
    draft = Draft.objects.get()
    page = reverse("admin:careers_draft_change", args=[draft.pk])

    refused = editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "publish"]), follow=True).content.decode()
    assert "changed since this draft began" in refused
    assert all(escape(text) in refused for text in ("First", "Theirs", "Mine"))
    assert Function.objects.get().name == "Theirs"

    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "keep"]), {"field": "name"})
    assert "changed since this draft began" not in editor.get(page).content.decode()
    editor.post(reverse("admin:careers_draft_step", args=[draft.pk, "publish"]))
    assert Function.objects.get().name == "Mine"


def test_history_shows_differences_and_rolls_back_by_a_button(editor):
    function = FunctionFactory(name="First name")
    address = change_address(function)
    editor.post(address, typed(editor, address, name="Second name", _save="1"))
    first = function.history.earliest()
    place = reverse("admin:careers_function_history", args=[function.pk])
    back = reverse("admin:careers_function_roll_back", args=[function.pk, first.history_id])

    page = editor.get(place).content.decode()
    assert "<del>First</del><ins>Second</ins>" in page
    assert back in page
    assert editor.get(back).status_code == 405

    editor.post(back)
    assert Function.objects.get().name == "First name"
    assert function.history.count() == 3
    assert function.history.latest().history_user == editor.user


def test_looking_at_an_old_version_writes_nothing(editor):
    function = FunctionFactory(name="First name")
    record = function.history.get()
    place = reverse("admin:careers_function_simple_history", args=[function.pk, record.history_id])

    assert editor.get(place).status_code == 200
    assert editor.post(place, {"name": "Other"}).status_code == 405


def test_beside_the_form_stands_which_pages_a_change_touches(editor):
    role = CareRoleFactory(summary="What it is.")
    CareRoleFactory(slug="other", name="Other role")

    page = editor.get(change_address(role)).content.decode()

    side = page.partition("Where this is shown")[2]
    assert role.get_absolute_url() in side
    assert "/careers/roles/other/" not in side


def test_the_week_holds_at_most_two_hours_and_the_five_facts_that_are_due_first(editor):
    for number in range(8):
        FunctionFactory(
            slug=f"fact-{number}", name=f"Fact {number}", review_due=date(2026, 11, 1) + timedelta(days=number)
        )
        Draft.objects.create(
            kind="Function", label=f"Draft {number}", created_at=NOW - timedelta(days=number), updated_at=NOW
        )
        source = SourceFactory()
        SourceCheck.objects.create(source=source, url=source.url, status="dead", failures=1, last_checked_at=NOW)
        RepositoryNote.objects.create(
            kind="Function", key=f"fact-{number}", field="name", value=f"Newer {number}", noted_at=NOW
        )

    with time_machine.travel(NOW, tick=False):
        page = editor.get(reverse("admin:careers_this_week"))

    week = page.context["week"]
    assert [job.row.slug for job in week["parts"]["facts"]] == [f"fact-{number}" for number in range(5)]
    assert [job.what for job in week["parts"]["drafts"]] == ["Draft 7", "Draft 6", "Draft 5"]
    assert 0 < sum(job.minutes for jobs in week["parts"].values() for job in jobs) == week["minutes"] <= 120
    assert week["waiting"] == {"drafts": 8, "facts": 8, "links": 8, "notes": 8, "translations": 0}
    assert "Newer 0" in page.content.decode()


def test_still_true_sets_the_dates_by_rule_and_is_a_revision(editor):
    function = FunctionFactory(review_due=date(2026, 11, 1))

    with time_machine.travel(NOW, tick=False):
        editor.post(reverse("admin:careers_still_true"), {"kind": "Function", "pk": function.pk, "note": "ncqa.org"})

    row = Function.objects.get()
    assert (row.reviewed_on, row.review_due) == (date(2026, 11, 22), date(2027, 11, 1))
    record = row.history.order_by("-history_id").first()
    assert (record.history_user, record.history_change_reason) == (editor.user, "still true: ncqa.org")


@pytest.mark.parametrize("sent", [{"kind": "User", "pk": "1"}, {"kind": "Function", "pk": "x"}])
def test_still_true_refuses_what_is_no_content(editor, sent):
    assert editor.post(reverse("admin:careers_still_true"), sent).status_code in (403, 404)


def test_newer_text_of_the_files_becomes_a_draft_or_is_kept_out(editor):
    function = FunctionFactory(slug="fact", name="Ours")
    note = RepositoryNote.objects.create(kind="Function", key="fact", field="name", value="Theirs", noted_at=NOW)

    editor.post(reverse("admin:careers_repository_note", args=[note.pk]), {"take": "1"})

    assert Draft.objects.get(object_id=function.pk).values == {"name": "Theirs"}
    assert not RepositoryNote.objects.exists()


@pytest.mark.parametrize("name", ["careers_this_week", "careers_draft_changelist", "careers_function_changelist"])
def test_moderators_do_not_curate(client, name):
    user = User.objects.create_user("moderator@example.org", is_staff=True)
    user.groups.add(staff.write_groups()[staff.MODERATORS])
    sign_in_staff(client, user)

    assert client.get(reverse(f"admin:{name}")).status_code == 403


def test_one_person_may_be_editor_and_moderator(client):
    user = User.objects.create_user("both@example.org", is_staff=True)
    user.groups.set(staff.write_groups().values())
    sign_in_staff(client, user)

    assert client.get(reverse("admin:careers_this_week")).status_code == 200
    assert client.get(reverse("admin:employers_employer_changelist")).status_code == 200


@pytest.mark.parametrize("step", ["publish", "review", "back", "schedule", "discard", "keep", "take"])
def test_steps_are_for_editors_only(client, step):
    draft = Draft.objects.create(kind="Function", label="A draft", created_at=NOW, updated_at=NOW)
    user = User.objects.create_user("moderator@example.org", is_staff=True)
    user.groups.add(staff.write_groups()[staff.MODERATORS])
    sign_in_staff(client, user)

    assert client.post(reverse("admin:careers_draft_step", args=[draft.pk, step])).status_code == 403
    assert client.get(reverse("admin:careers_draft_step", args=[draft.pk, step])).status_code == 405


def test_the_week_is_one_step_from_the_first_page_of_the_admin(editor):
    assert reverse("admin:careers_this_week") in editor.get(reverse("admin:index")).content.decode()
