"""manage.py import_openings: what comes in, what is refused and why, and that twice is once."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from employers import lifecycle, searchrow
from employers.models import Listing
from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.employers.feed import feed, job
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

SHARED_FEED = Path(__file__).parents[3] / "shared/data/feeds/usajobs_indeed_style.xml"
pytestmark = pytest.mark.usefixtures("places", "job_titles", "new_york_pay_rule")


@pytest.fixture
def employer():
    return EmployerFactory(slug="hudson-care", care_setting=CareSettingFactory())


@pytest.fixture
def run(tmp_path, employer):
    """Import a feed text; return the exit status and the report."""

    def run(text, *options, at=NOW):
        file = tmp_path / "feed.xml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, status = StringIO(), 0
        with time_machine.travel(at, tick=False):
            try:
                call_command("import_openings", str(file), "--employer", "hudson-care", "--json", *options, stdout=out)
            except SystemExit as end:
                status = end.code
        return status, json.loads(out.getvalue())

    return run


def test_a_row_becomes_a_published_opening_that_search_finds(run, job_titles):
    status, report = run(feed(job()))

    listing = Listing.objects.live(at=NOW).get()
    assert (status, report["created"], report["published"], report["refused_rows"]) == (0, 1, 1, [])
    assert (listing.headline, listing.title, listing.roles) == ("RN Case Manager", job_titles["rn"], 2)
    assert (listing.pay_min_usd, listing.pay_max_usd, listing.pay_period) == (80_000, 95_000, "year")
    assert listing.description == "You plan care with **members**.\n\n- Visits\n- Calls"
    assert (listing.apply_url, listing.employment) == ("https://jobs.example.org/a-1", "full-time")
    assert listing.published_at == NOW
    assert [setting.slug for setting in listing.care_settings.all()] == ["hospital"]
    site = listing.sites.get()
    assert (site.town, site.zip, site.county, site.exactness) == ("Albany, NY", "12207", "Albany", "town")
    assert (site.lat, site.lng) == (42.6573, -73.7682)
    assert searchrow.differences() == []


def test_a_second_run_changes_nothing(run):
    text = feed(job(), job(referencenumber="A-2", city="Hoboken", state="NJ"))
    run(text)
    before = list(Listing.objects.values())

    status, report = run(text, at=NOW + timedelta(hours=1))

    assert (status, report["created"], report["updated"], report["unchanged"], report["published"]) == (0, 0, 0, 2, 0)
    assert list(Listing.objects.values()) == before


def test_a_changed_row_changes_its_opening_and_search(run):
    run(feed(job()))

    _status, report = run(feed(job(salary="$50 an hour", city="Hoboken", state="NJ")), at=NOW + timedelta(days=1))

    listing = Listing.objects.get()
    assert (report["created"], report["updated"]) == (0, 1)
    assert (listing.pay_min_usd, listing.pay_period, listing.sites.get().town) == (50, "hour", "Hoboken, NJ")
    assert listing.published_at == NOW
    assert searchrow.differences() == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": ""}, "title: missing"),
        ({"referencenumber": None}, "referencenumber: missing"),
        ({"description": "<p> </p>"}, "description: missing"),
        ({"url": "http://jobs.example.org/"}, "url: must begin with https://"),
        ({"url": "javascript:alert(1)"}, "url: must begin with https://"),
        ({"url": "https://jobs.example.org\\@example.com/"}, "url: hides where it leads"),
        ({"city": "Nowhere"}, "place not found: Nowhere, NY, US"),
        ({"state": ""}, "place not found: Albany, US"),
        ({"city": "Okinawa Island", "state": "Japan"}, "place not found: Okinawa Island, Japan, US"),
        ({"city": "Naval Base", "state": "Atlantic"}, "place not found: Naval Base, Atlantic, US"),
        ({"country": "CA"}, "place not found: Albany, NY, CA"),
        ({"city": "", "state": "", "country": ""}, "place not found: nothing given"),
        ({"expirationdate": "2026-11-21"}, "closing date is over: 2026-11-21"),
        ({"expirationdate": "when it snows"}, "closing date not understood: when it snows"),
    ],
)
def test_a_row_is_refused_with_its_number_reference_and_reason(run, fields, reason):
    status, report = run(feed(job(referencenumber="B-1"), job(**fields)))

    assert (status, report["created"], report["refused"]) == (1, 1, 1)
    refused = report["refused_rows"][0]
    assert refused["row"] == 2
    assert refused["reference"] == ("" if "referencenumber" in fields else "A-1")
    assert refused["reason"].startswith(reason)


def test_the_same_reference_twice_in_one_file_is_one_opening(run):
    status, report = run(feed(job(), job(title="Case Manager")))

    assert (status, report["created"]) == (1, 1)
    assert report["refused_rows"][0]["reason"] == "referencenumber: row 1 has the same"


def test_an_unknown_title_becomes_other_related_work(run):
    run(feed(job(title="IT SPECIALIST (APPSW)")))

    listing = Listing.objects.get()
    assert (listing.headline, listing.title.slug, listing.roles) == ("IT SPECIALIST (APPSW)", "other-related", 0)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Nurse Case Manager", "rn-case-manager"),
        ("Senior RN Case Manager (Nights)", "rn-case-manager"),
        ("Case Manager - Housing", "case-manager"),
        ("care coordinator", "care-coordinator"),
        ("Case (Field) Manager", "case-manager"),
        ("Manager of cases", "case-manager"),
        ("Case Mgr (RN) - Nights", "rn-case-manager"),
        ("Keeper of cases", "other-related"),
    ],
)
def test_titles_are_found_by_name_synonym_or_longest_part(run, title, slug):
    run(feed(job(title=title)))

    assert Listing.objects.get().title.slug == slug


def test_a_title_of_another_field_comes_in_and_is_named_in_the_report(run):
    status, report = run(
        feed(job(title="Software Engineer"), job(referencenumber="A-2"), job(referencenumber="A-3", title="Join us"))
    )

    assert (status, report["created"]) == (0, 3)
    assert [note["reference"] for note in report["other_fields"]] == ["A-1"]
    assert "\u201cEngineer\u201d" in report["other_fields"][0]["reason"]


def test_a_title_missing_from_the_list_still_has_its_kind_of_work(run):
    run(feed(job(title="Patient Navigator")))

    assert (Listing.objects.get().title.slug, Listing.objects.get().roles) == ("other-related", 1)


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ("$25.50 - $31 per hour", ("25.50", "31.00", "hour")),
        ("USD 80,000 to 95,000 annually", ("80000.00", "95000.00", "year")),
        ("$65k-$75k/yr", ("65000.00", "75000.00", "year")),
        ("$28/hr", ("28.00", "28.00", "hour")),
        ("40 hour week, $52,000 per year", ("52000.00", "52000.00", "year")),
    ],
)
def test_clear_pay_is_read(run, salary, pay):
    run(feed(job(salary=salary)))

    listing = Listing.objects.get()
    assert (str(listing.pay_min_usd), str(listing.pay_max_usd), listing.pay_period) == pay


@pytest.mark.parametrize(
    "salary",
    ["", "$0 - $0 per year", "DOE", "$1,950 - $22 per hour", "$80,000", "€50,000 per year", "$30 per year", "40 hours"],
)
def test_unclear_pay_is_left_out_and_new_york_then_keeps_a_draft(run, salary):
    status, report = run(
        feed(job(salary=salary), job(referencenumber="A-2", salary=salary, city="Hoboken", state="NJ"))
    )

    assert not Listing.objects.filter(pay_max_usd__isnull=False).exists()
    assert status == 0
    assert [note["reference"] for note in report["drafts"]] == ["A-1"]
    assert "New York requires a pay range" in report["drafts"][0]["reason"]
    assert Listing.objects.live(at=NOW).get().source_id == "A-2"


def test_an_employer_that_waits_gets_drafts_which_a_later_run_publishes(run, employer):
    employer.approved_at = None
    employer.save()

    _status, report = run(feed(job()))

    assert (report["created"], report["published"]) == (1, 0)
    assert "waiting for approval" in report["drafts"][0]["reason"]
    employer.approved_at = NOW
    employer.save()
    assert run(feed(job()))[1]["published"] == 1


def test_what_a_person_closed_stays_closed_and_what_was_taken_down_is_refused(run):
    run(feed(job(), job(referencenumber="A-2")))
    closed, down = Listing.objects.order_by("source_id")
    lifecycle.close(listing=closed, now=NOW)
    lifecycle.take_down(listing=down, reason="Asks for money.", now=NOW)

    status, report = run(feed(job(), job(referencenumber="A-2")))

    assert (status, report["unchanged"], report["published"]) == (1, 1, 0)
    assert "taken down" in report["refused_rows"][0]["reason"]
    assert not Listing.objects.live(at=NOW).exists()


def test_only_complete_closes_what_the_file_no_longer_holds(run, employer):
    by_hand = ListingFactory(employer=employer, published=True)
    run(feed(job(), job(referencenumber="A-2"), job(referencenumber="A-3", city="Hoboken", state="NJ")))

    assert run(feed(job(), job(referencenumber="A-3", city="Nowhere")))[1]["closed"] == 0
    assert run(feed(job(), job(referencenumber="A-3", city="Nowhere")), "--complete")[1]["closed"] == 1

    assert Listing.objects.get(source_id="A-2").status == "closed"
    assert set(Listing.objects.live(at=NOW)) == {by_hand, *Listing.objects.filter(source_id__in=["A-1", "A-3"])}


def test_a_row_that_stays_in_the_feed_keeps_its_opening_live_beyond_90_days(run):
    for days in range(0, 100, 10):
        run(feed(job()), at=NOW + timedelta(days=days))

    assert Listing.objects.live(at=NOW + timedelta(days=100)).exists()


def test_a_dry_run_reports_the_same_and_keeps_nothing(run):
    _status, report = run(feed(job(title="Join us")), "--dry-run")

    assert (report["created"], report["published"], report["dry_run"]) == (1, 1, True)
    assert not Listing.objects.exists()


def test_a_known_site_in_the_town_is_used_again(run, employer):
    site = SiteFactory(employer=employer, city="ALBANY")

    run(feed(job(), job(referencenumber="A-2", postalcode="12208", streetaddress="9 New Street")))

    first, second = Listing.objects.order_by("source_id")
    assert first.sites.get() == site
    assert (second.sites.get().address1, second.sites.get().zip) == ("9 New Street", "12208")
    assert employer.sites.count() == 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"city": "Scott AFB", "state": "IL"}, "Scott Air Force Base, IL"),
        ({"city": "Washington DC", "state": "DC"}, "Washington, DC"),
        ({"city": "hoboken", "state": "New Jersey"}, "Hoboken, NJ"),
        ({"city": "Brooklyn", "postalcode": "11201-1234"}, "Brooklyn, NY"),
    ],
)
def test_places_are_found_as_feeds_spell_them(run, fields, where):
    run(feed(job(**fields)))

    assert Listing.objects.get().sites.get().town == where


def test_remote_work_needs_no_town(run):
    run(feed(job(city="Remote", state=""), job(referencenumber="A-2", city="", state="NJ", remotetype="Fully remote")))

    assert [(found.mode, found.remote_states) for found in Listing.objects.order_by("source_id")] == [
        ("remote", ["US"]),
        ("remote", ["NJ"]),
    ]


def test_long_titles_are_cut_at_a_word(run):
    run(feed(job(title="Care Coordinator " * 20)))

    headline = Listing.objects.get().headline
    assert len(headline) <= 120
    assert headline.endswith(("Care…", "Coordinator…"))


@pytest.mark.parametrize(
    ("description", "markdown"),
    [
        ("&lt;p&gt;Twice escaped&lt;/p&gt;", "Twice escaped"),
        ("<script>alert(1)</script><p onclick='x()'>Hello</p>", "Hello"),
        ("<h2>Duties</h2><ol><li>One<li>Two</ol>Then", "### Duties\n\n1. One\n2. Two\n\nThen"),
        ("<p>*Stars* and [links](x) and # 1</p>", r"\*Stars\* and \[links\](x) and \# 1"),
        ("First<br>second <b>stressed </b>word <b></b>", "First  \nsecond **stressed** word"),
        ("<p>- no list</p><p>1. no list</p>", "\\- no list\n\n1\\. no list"),
        ("<p>Unclosed <p>tags", "Unclosed\n\ntags"),
        ("Plain words", "Plain words"),
    ],
)
def test_html_becomes_clean_markdown(run, description, markdown):
    run(feed(job(description=description)))

    assert Listing.objects.get().description == markdown


def test_jobs_may_be_nested_and_in_cdata(run):
    text = "<source><jobs>" + job(description=None).replace(
        "</job>", "<description><![CDATA[<p>Hi</p>]]></description></job>"
    )

    status, report = run(text + "</jobs></source>")

    assert (status, report["rows"], Listing.objects.get().description) == (0, 1, "Hi")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><source><job><title>&b;</title></job></source>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("<source><job>", "not well-formed XML"),
        (feed(job()) + "<more/>", "not well-formed XML"),
        ("<rss><channel/></rss>", "begins with <rss>"),
        (BOMB, "declares entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><source/>', "DTD"),
        (b'<?xml version="1.0" encoding="utf-8"?><source>\xff\xfe</source>', "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><source/>', "XML|decoded"),
        (b"\x1f\x8b\x08\x00", "not well-formed XML"),
        ('{"jobs": []}', "not well-formed XML"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_before_anything_is_written(tmp_path, employer, text, words):
    file = tmp_path / "feed.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(CommandError, match=words) as refusal:
        call_command("import_openings", str(file), "--employer", "hudson-care")

    assert refusal.value.returncode == 2
    assert not Listing.objects.exists()


def test_unknown_employers_files_and_settings_are_usage_errors(tmp_path, employer):
    file = tmp_path / "feed.xml"
    file.write_text(feed(job()))
    EmployerFactory(slug="no-setting")
    for arguments, words in (
        ([file, "--employer", "nobody"], "no employer 'nobody'"),
        ([tmp_path / "gone.xml", "--employer", "hudson-care"], "cannot be read"),
        ([tmp_path, "--employer", "hudson-care"], "cannot be read"),
        ([file, "--employer", "no-setting"], "--setting"),
        ([file, "--employer", "hudson-care", "--setting", "moon"], "no care setting 'moon'"),
    ):
        with pytest.raises(CommandError, match=words) as refusal:
            call_command("import_openings", *map(str, arguments))
        assert refusal.value.returncode == 2


def test_complete_with_an_empty_feed_closes_nothing(run, tmp_path):
    run(feed(job()))

    with pytest.raises(CommandError, match="would close everything"):
        run(feed(), "--complete")

    assert Listing.objects.live(at=NOW).exists()


def test_the_plain_report_names_rows_and_counts(tmp_path, employer):
    file, out = tmp_path / "feed.xml", StringIO()
    file.write_text(feed(job(), job(referencenumber="A-2", city="Nowhere")))

    with pytest.raises(SystemExit) as end:
        call_command("import_openings", str(file), "--employer", "hudson-care", stdout=out)

    assert end.value.code == 1
    assert out.getvalue().splitlines() == [
        "row 2 (A-2) refused: place not found: Nowhere, NY, US",
        "2 rows: 1 created, 0 updated, 0 unchanged, 1 refused, 1 published, 0 closed",
    ]


@pytest.mark.skipif(not SHARED_FEED.exists(), reason="The shared sample of 60 real announcements is not here.")
def test_the_shared_sample_comes_in_once(employer):
    from careerportal.places.loading import load

    load()
    reports = []
    for _run in range(2):
        out = StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("import_openings", str(SHARED_FEED), "--employer", "hudson-care", "--json", stdout=out)
        assert end.value.code == 1
        reports.append(json.loads(out.getvalue()))

    first, second = reports
    assert first["rows"] == 60
    assert first["created"] == first["published"] == second["unchanged"]
    assert len(first["other_fields"]) > 30  # most are about software, and the report says so
    assert first["created"] + first["refused"] == 60
    assert (second["created"], second["updated"]) == (0, 0)
    assert searchrow.differences() == []
