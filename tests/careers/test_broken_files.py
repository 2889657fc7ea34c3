"""A broken content file stops the load: file, line and what was expected are named, and nothing changes."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers import content_files
from careers.models import ContentLoad, JobTitle, OldSlug


@pytest.fixture
def broken(tmp_path):
    """Breaks a copy of the content files in one place and answers the faults as text."""
    shutil.copytree(content_files.FOLDER, tmp_path / "content")

    def breaking(*changes):
        for name, old, new in changes:
            path = tmp_path / "content" / name
            text = path.read_text(encoding="utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(content_files.ContentBroken) as found:
            content_files.records(tmp_path / "content")
        return [str(fault) for fault in found.value.faults]

    breaking.folder = tmp_path / "content"
    return breaking


def line_of(broken, name, text):
    lines = (broken.folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("hub.yaml", "schema_version: 2", "schema_version: [", "expected YAML"),
        ("roles.yaml", "tier: practice", "tier: hearsay", "one of sourced, reported, practice"),
        ("titles.yaml", "role: care-coordinator", "role: care-conductor", "care role that exists, not 'care-conductor'"),
        ("functions.yaml", "source: ca-ecm", "source: hearsay", "expected a source that exists, not 'hearsay'"),
        ("sources.yaml", 'review_due: "2027-11-01"', "review_due: next autumn", "expected a date like 2026-11-22"),
        ("settings.yaml", "    slug: hospital", "    slug: Hospital Care", "expected what fits"),
        ("settings.yaml", "slug: hospital\n", "slug: [hospital]\n", "expected text"),
        ("populations.yaml", "    who:", "    whom:", "expected `who` in what begins here"),
        ("faq.yaml", "questions:", "answers:", "expected `questions` in what begins here"),
        ("training.yaml", "content_date:", "schema_version: 2\ncontent_date:", "a second time"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_line_and_what_was_expected(broken, file, old, new, expected):
    text = (broken.folder / file).read_text(encoding="utf-8")
    if old not in text:
        old, new = old.strip(), new.strip()

    faults = broken((file, old, new))

    assert any(fault.startswith(f"{file}, line ") and expected in fault for fault in faults), faults


def test_the_line_is_the_line_of_the_fault(broken):
    faults = broken(("roles.yaml", "tier: practice", "tier: hearsay"))

    assert faults[0].startswith(f"roles.yaml, line {line_of(broken, 'roles.yaml', 'tier: hearsay')}:")


def test_all_faults_are_listed_at_once(broken):
    faults = broken(
        ("titles.yaml", "role: care-coordinator", "role: care-conductor"),
        ("functions.yaml", "source: ca-ecm", "source: hearsay"),
        ("roles.yaml", "tier: practice", "tier: hearsay"),
    )

    assert {fault.partition(",")[0] for fault in faults} == {"titles.yaml", "functions.yaml", "roles.yaml"}


def test_a_missing_file_is_a_fault(broken):
    (broken.folder / "hub.yaml").unlink()

    assert broken()[0].startswith("hub.yaml, line 1: expected a file that can be read")


@pytest.mark.django_db
def test_the_command_stops_with_exit_2_and_changes_nothing(broken):
    broken(("titles.yaml", "role: care-coordinator", "role: care-conductor"))
    said = StringIO()

    with pytest.raises(CommandError, match="Nothing was loaded: 1 faults") as stopped:
        call_command("load_content", folder=broken.folder, stdout=StringIO(), stderr=said)

    assert stopped.value.returncode == 2
    assert said.getvalue().startswith("titles.yaml, line ")
    assert not JobTitle.objects.exists()
    assert not ContentLoad.objects.exists()


@pytest.mark.django_db
def test_a_key_that_the_files_renamed_keeps_its_row_and_its_old_address(broken, client):
    call_command("load_content", stdout=StringIO())
    before = JobTitle.objects.get(slug="rn-case-manager").pk
    for path in broken.folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("rn-case-manager\n", "nurse-case-manager-rn\n")
        for old, new in (
            ("rn-case-manager,", "nurse-case-manager-rn,"),
            ("rn-case-manager]", "nurse-case-manager-rn]"),
        ):
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    titles = broken.folder / "titles.yaml"
    text = titles.read_text(encoding="utf-8")
    new = "- slug: nurse-case-manager-rn\n"
    titles.write_text(text.replace(new, f"{new}  former_slugs: [rn-case-manager]\n", 1), encoding="utf-8")

    call_command("load_content", folder=broken.folder, stdout=StringIO())

    row = JobTitle.objects.get(slug="nurse-case-manager-rn")
    assert row.pk == before
    assert OldSlug.objects.get().object_id == before
    answer = client.get("/careers/titles/rn-case-manager/")
    assert (answer.status_code, answer.url) == (301, "/careers/titles/nurse-case-manager-rn/")
