import pytest


@pytest.fixture(autouse=True)
def resumes_folder(settings, tmp_path):
    """A folder of resumes of one's own."""
    settings.RESUMES_DIR = tmp_path / "resumes"
    return settings.RESUMES_DIR
