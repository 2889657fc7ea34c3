"""The content files are whole, and the check that says so finds faults."""

import shutil

import pytest

from careers import content_check


@pytest.fixture
def copy(tmp_path):
    """A copy of the content files to break, and a way to change one line of one file."""
    shutil.copytree(content_check.FOLDER, tmp_path / "content")

    def change(name, old, new):
        path = tmp_path / "content" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return content_check.faults(tmp_path / "content")

    return change


def test_the_content_files_have_no_faults():
    assert content_check.faults() == []


def test_a_role_that_does_not_exist_is_a_fault(copy):
    faults = copy("titles.yaml", "role: care-coordinator", "role: care-conductor")

    assert "titles/care-coordinator: role care-conductor" in faults


def test_an_unknown_source_is_a_fault(copy):
    faults = copy("functions.yaml", "source: ca-ecm", "source: hearsay")

    assert any("unknown source hearsay" in fault for fault in faults)


def test_a_ladder_that_leads_in_a_circle_is_a_fault(copy):
    faults = copy("roles.yaml", "ladder_next:\n  - complex-care-manager", "ladder_next:\n  - care-coordinator")

    assert any(fault.startswith("ladders: a circle") for fault in faults)


def test_a_wheel_with_seven_spokes_is_a_fault(copy):
    faults = copy("hub.yaml", "    place: 3", "    place: 9")

    assert any(fault.startswith("hub: the wheel has the places") for fault in faults)


def test_a_definition_that_differs_from_the_owners_page_is_a_fault(copy):
    faults = copy("roles.yaml", "text: Care coordination is the process", "text: Coordination is the process")

    assert "roles: definition of CC differs from the overview" in faults


def test_a_file_that_cannot_be_read_is_a_fault(copy):
    faults = copy("hub.yaml", "schema_version: 2", "schema_version: [")

    assert len(faults) == 1
    assert faults[0].startswith("hub.yaml: cannot be read")
