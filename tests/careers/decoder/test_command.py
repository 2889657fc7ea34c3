"""manage.py decode_titles: a line in, a line out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def decoded(path):
    out = io.StringIO()
    call_command("decode_titles", path, stdout=out)
    return [json.loads(line) for line in out.getvalue().split("\n")[:-1]]


def test_line_n_answers_line_n_blank_and_odd_ones_too(tmp_path):
    file = tmp_path / "titles.txt"
    lines = ["RN Case Manager", "", "Care\u2028Coordinator", "a\x0bb\x85c", "  Patient Navigator  ", "日本"]
    file.write_bytes("\n".join(lines).encode())

    found = decoded(file)

    assert [one["text"] for one in found] == lines
    assert all(list(one) == ["text", "verdict", "confidence", "evidence", "title_slug"] for one in found)
    assert [one["verdict"] for one in found][:2] == ["management", "not_enough"]
    assert found[0]["title_slug"] == "rn-case-manager"
    assert list(found[0]["evidence"][0]) == ["phrase", "start", "end", "says"]


def test_windows_line_ends_and_a_byte_order_mark_are_no_part_of_the_text(tmp_path):
    file = tmp_path / "titles.txt"
    file.write_bytes(b"\xef\xbb\xbfCase Manager\r\nDriver\r\n")

    assert [one["text"] for one in decoded(file)] == ["Case Manager", "Driver"]


def test_standard_input_is_read_when_no_file_is_named(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Care Manager\n")))
    out = io.StringIO()

    call_command("decode_titles", stdout=out)

    assert json.loads(out.getvalue())["verdict"] == "management"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_ends_with_status_2(tmp_path, content):
    file = tmp_path / "titles.txt"
    if content:
        file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("decode_titles", file)
    assert refused.value.returncode == 2


def test_no_query_is_sent(tmp_path, django_assert_num_queries, db):
    file = tmp_path / "titles.txt"
    file.write_text("Care Coordinator\n")

    with django_assert_num_queries(0):
        decoded(file)
