"""Every format is found by looking at the file, comes in twice as once, and its facts come along."""

import gzip
import html
import json
import re
import zlib

import pytest

from employers import searchrow
from employers.importing import files, formats
from employers.importing.formats.flat import FeedUnreadable
from employers.models import Listing
from tests.employers.importing import samples

pytestmark = pytest.mark.usefixtures("places", "job_titles", "new_york_pay_rule")
SAME = {"created": 0, "updated": 0}


@pytest.mark.parametrize("kind", samples.ALL)
def test_each_format_is_recognized_and_comes_in_once(bring, source, kind):
    first = bring(samples.ALL[kind])
    before = list(Listing.objects.order_by("pk").values())

    second = bring(samples.ALL[kind])

    source.refresh_from_db()
    assert source.format == kind
    assert (first.rows, first.counts["created"], first.counts.get("refused", 0)) == (2, 2, 0)
    assert (second.counts.get("unchanged"), second.counts.get("created", 0), second.counts.get("updated", 0)) == (
        2,
        0,
        0,
    )
    assert list(Listing.objects.order_by("pk").values()) == before
    assert list(Listing.objects.order_by("pk").values_list("headline", flat=True)) == samples.TITLES
    assert {site.town for listing in Listing.objects.all() for site in listing.sites.all()} <= {
        "Albany, NY", "Brooklyn, NY", "Hoboken, NJ",
    }  # fmt: skip
    assert searchrow.differences() == []


def test_facts_of_our_template_come_along(bring):
    bring(samples.CSV)

    nurse, coordinator = Listing.objects.order_by("pk")
    assert (nurse.pay_min_usd, nurse.pay_max_usd, nurse.pay_period) == (36, 42, "hour")
    assert (nurse.licences, nurse.licence_stance, nurse.schedules) == (["rn"], "required", ["weekdays", "evenings"])
    assert (coordinator.pay_min_usd, coordinator.pay_max_usd, coordinator.licences) == (25, 25, ["none"])


def test_facts_of_a_jobposting_come_along(bring):
    bring(samples.LIST)

    nurse, coordinator = Listing.objects.order_by("pk")
    assert {site.town for site in nurse.sites.all()} == {"Albany, NY", "Brooklyn, NY"}
    assert (nurse.pay_min_usd, str(nurse.pay_max_usd), nurse.pay_period) == (36, "42.50", "hour")
    assert (nurse.employment, nurse.education, nurse.experience_months) == ("part-time", "associate", 24)
    assert (nurse.apply_url, nurse.closes_on.isoformat()) == ("https://jobs.example.org/1?ref=7", "2027-01-31")
    assert (coordinator.mode, coordinator.remote_states, coordinator.pay_max_usd) == ("remote", ["NJ"], None)
    assert coordinator.description == "You call people."


def test_facts_of_lever_come_along(bring):
    bring(samples.LEVER)

    nurse = Listing.objects.order_by("pk").first()
    assert (nurse.employment, nurse.mode, nurse.pay_min_usd, nurse.pay_period) == (
        "part-time",
        "hybrid",
        80_000,
        "year",
    )
    assert nurse.description == "You plan care.\n\nEvery day.\n\n- RN"


@pytest.mark.parametrize(
    "text",
    [
        samples.GRAPH, samples.LINES, samples.PAGE, html.escape(samples.PAGE), html.escape(html.escape(samples.PAGE)),
        samples.PAGE.replace(json.dumps(samples.JOBPOSTINGS[0]), html.escape(json.dumps(samples.JOBPOSTINGS[0]))),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one} for one in samples.JOBPOSTINGS]}),
    ],
    ids=["graph", "lines", "page", "escaped", "escaped-twice", "script-escaped", "item-list"],
)  # fmt: skip
def test_jobposting_data_is_found_in_its_wrappings(bring, source, text):
    run = bring(text)

    source.refresh_from_db()
    assert (source.format, run.counts["created"]) == ("jobposting", 2)
    assert list(Listing.objects.order_by("pk").values_list("source_id", flat=True)) == ["A-1", "A-2"]


@pytest.mark.parametrize(
    "data",
    [
        samples.CSV.encode("utf-8-sig"), samples.CSV.encode("utf-16"), samples.SEMICOLONS.encode("cp1252"),
        gzip.compress(samples.CSV.encode()), zlib.compress(samples.CSV.encode()), zlib.compress(samples.CSV.encode())[2:-4],
        gzip.compress(samples.CSV[:90].encode()) + gzip.compress(samples.CSV[90:].encode()),
        samples.CSV.replace("\n", "\r\n").encode(), b"sep=,\r\n" + samples.CSV.encode(), samples.CSV.replace(",", "\t").encode(),
        samples.CSV.replace("You plan", "You\0 plan").encode(), samples.CSV.encode("utf-16-le"),
    ],
    ids=["bom", "utf-16", "semicolons", "gzip", "zlib", "deflate", "two-gzips", "crlf", "sep", "tabs", "nul", "utf-16-no-mark"],
)  # fmt: skip
def test_tables_are_read_however_they_are_packed_and_spelled(bring, data):
    assert bring(data).counts["created"] == 2
    assert Listing.objects.get(source_id="A-1").description == "You plan care."


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"), ("", "cp1252")],
)
def test_words_survive_other_encodings(bring, declared, encoding):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = samples.INDEED.replace('<?xml version="1.0" encoding="utf-8"?>', head).replace(
        "You plan care", "Señora Núñez"
    )

    bring(text.encode(encoding))

    assert Listing.objects.get(source_id="A-1").description == "Señora Núñez."


@pytest.mark.parametrize(
    "text",
    [
        samples.INDEED.replace(
            "<![CDATA[<p>You plan care.</p>]]>", "<p>You plan<br>care &nbsp;&amp; calls <p>Unclosed <b>tags"
        ),
        samples.INDEED.replace("https://jobs.example.org/1<", "https://jobs.example.org/1?a=1&b=2<"),
        samples.INDEED.replace("RN Case Manager", "RN&nbsp;Case Manager"),
        samples.INDEED.replace("You call people.", "You call & visit people &copy; here"),
    ],
    ids=["unclosed", "bare-amp", "named-entity", "in-text"],
)
def test_xml_that_is_nearly_well_formed_is_mended(bring, text):
    run = bring(text)

    assert (run.rows, run.counts["created"]) == (2, 2)


def test_semantics_that_hide_in_titles_of_rss_are_found(bring):
    bring(samples.RSS)

    assert [listing.sites.get().town for listing in Listing.objects.order_by("pk")] == ["Albany, NY", "Hoboken, NJ"]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><source><job><title>&b;</title></job></source>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB, "entities or a DTD"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><source><job><title>x</title></job></source>', "entities or a DTD"),
        ("<a>" * 5000, "nested too deeply"),
        ("[" * 100_000, "nested too deeply|not well-formed"),
        ("[" + ",".join("{}" for _ in range(600_000)) + "," * 500_000 + "]", "far more parts"),
        ("<source><job><a>", "not well-formed"),
        ("<source></source>", "no openings"),
        ('{"jobs": []}', "no openings|holds no opening"),
        ("title", "no table"),
        ("a,b\n", "no line under"),
        ("hello there\nhow are you\n", "no table"),
        (gzip.compress(b"x" * 100_000)[:-20], "not complete"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 50, "damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "klingon"),
        ("<html><body>No jobs here</body></html>", "no JobPosting data"),
        ('a,b\n"' + "x" * 2_000_000, "far too long"),
        ("\ufeff", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "data",
)
def test_hostile_and_broken_files_are_refused_with_words(bring, data, words):
    run = bring(data)

    assert run.phase == "failed"
    assert re.search(words, run.failure), run.failure
    assert not Listing.objects.exists()


def test_a_packed_bomb_is_stopped_while_it_opens(bring, imports_dir):
    run = bring(gzip.compress(b"<a>" * 40_000_000))

    assert (run.phase, "80 MB" in run.failure) == ("failed", True)
    assert all(path.stat().st_size < files.MOST_OPENED + 100_000 for path in imports_dir.iterdir())


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"\x89PNG\r\n"])
def test_files_of_other_kinds_are_refused_at_once(head, imports_dir):
    with pytest.raises(files.FileRefused):
        files.keep([head + b"rest"])

    assert list(imports_dir.iterdir()) == []


def test_a_file_that_is_too_large_leaves_nothing(imports_dir):
    with pytest.raises(files.FileRefused, match="larger than 20 MB"):
        files.keep(b"x" * 1_048_576 for _ in range(21))

    assert list(imports_dir.iterdir()) == []


def test_only_names_that_we_gave_are_opened():
    for name in ("../settings.py", "", "x" * 32, "a" * 31, "a" * 32 + "/"):
        with pytest.raises(FileNotFoundError):
            files.path_of(name)


def test_numbers_stay_as_they_are_written(tmp_path):
    file = tmp_path / "jobs"
    file.write_text('[{"id": 12345678901234567890123, "title": "x", "rate": 1.10}]')

    assert list(formats.detect(file).rows) == [{"id": "12345678901234567890123", "title": "x", "rate": "1.10"}]


def test_an_empty_file_is_none(tmp_path):
    file = tmp_path / "jobs"
    file.write_text(" \n")

    with pytest.raises(FeedUnreadable, match="empty"):
        formats.detect(file)
