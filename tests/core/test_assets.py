import json
import re
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"


def brotli_size(path):
    brotli = pytest.importorskip("brotli")
    return len(brotli.compress(path.read_bytes()))


def test_the_style_sheet_and_script_stay_small():
    assert brotli_size(STATIC / "css/site.css") < 22_000
    assert brotli_size(STATIC / "js/site.js") < 11_000


def test_both_fonts_together_stay_under_60_kilobytes():
    assert sum(path.stat().st_size for path in (STATIC / "fonts").iterdir()) < 60_000


def test_every_address_in_the_style_sheets_exists():
    for sheet in (STATIC / "css").iterdir():
        for address in re.findall(r"url\(\"?([^\")]+)\"?\)", sheet.read_text()):
            assert (sheet.parent / address).resolve().is_file(), f"{sheet.name} names {address}"


def test_static_files_can_be_given_hashed_names(tmp_path):
    class Storage(ManifestStaticFilesStorage):
        def __init__(self):
            super().__init__(location=tmp_path, base_url="/static/")

    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()]
    source = FileSystemStorage(location=STATIC)
    for name in names:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((STATIC / name).read_bytes())

    results = list(Storage().post_process({name: (source, name) for name in names}))

    assert results
    assert not [result for result in results if isinstance(result[2], Exception)]


def test_the_lock_names_no_machine_and_no_registry():
    lock = (ROOT / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert "file:" not in lock
    assert json.loads(lock)["packages"]


def test_no_template_carries_a_style_attribute_except_mail():
    listed = subprocess.run(
        ["grep", "-rlE", r"\sstyle=", str(ROOT / "templates")], capture_output=True, text=True, check=False
    ).stdout.split()

    assert [path for path in listed if "/email" not in path] == []
