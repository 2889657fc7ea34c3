"""The lock files name every dependency with its hashes and no address."""

import pytest

from devstack import lockfiles


def test_the_lock_files_are_in_order():
    assert lockfiles.problems() == []


@pytest.mark.parametrize(
    "line", ["--index-url https://packages.example/simple", "thing @ file:///somewhere", "thing==1.0"]
)
def test_an_address_or_a_missing_hash_is_reported(monkeypatch, tmp_path, line):
    spoilt = tmp_path / "requirements.lock"
    spoilt.write_text(lockfiles.LOCK_FILE.read_text() + line + "\n")
    groups = {spoilt: lockfiles.GROUPS[lockfiles.LOCK_FILE]}
    monkeypatch.setattr(lockfiles, "GROUPS", groups)

    assert lockfiles.problems()
