"""Files of privacy tests lie in a folder of their own, and passwords are hashed quickly."""

import pytest

from tests.accounts.security.conftest import _fresh, ada, pat, sam  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.ERASE_JOURNAL = tmp_path / "away" / "erase-journal.log"
    settings.SENT_JOURNAL = tmp_path / "sent.log"
