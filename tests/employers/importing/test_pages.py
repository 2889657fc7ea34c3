"""The pages of imports: from a file to a report without script, with words for whatever is wrong."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from employers import tasks
from employers.importing import running
from employers.models import ImportRow, ImportRun, ImportSource, Listing
from tests.employers.importing import samples
from tests.employers.importing.conftest import to_the_end
from tests.employers_factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.usefixtures("places", "job_titles", "new_york_pay_rule")
HOME = "/hiring/hudson-care/import/"


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """Ids of imports that a worker was asked to go on with."""
    asked = []
    monkeypatch.setattr("employers.views.importing.go_on_with_import", asked.append)
    return asked


@pytest.fixture
def recruiter(client, employer):
    user = MembershipFactory(employer=employer, access="recruiter").user
    client.force_login(user)
    return user


def send(client, text, name="jobs.csv", **fields):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(HOME, {"kind": "file", "file": SimpleUploadedFile(name, data), **fields})


def go_on(run):
    return to_the_end(run, now=timezone.now())


@pytest.fixture
def checked(client, recruiter):
    """An import of our table that was checked; two rows are fine, one names no place that we know."""
    send(client, samples.CSV + "A-3,=HYPERLINK(1),You plan.,,Nowhere,NY,,,,,\n")
    run = go_on(ImportRun.objects.get())
    page = client.get(f"{HOME}{run.pk}/", follow=True)
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "is_complete"}
    client.post(f"{HOME}{run.pk}/fields/", data)
    return go_on(run)


def test_a_file_goes_from_the_form_to_openings_without_script(client, checked, asked):
    page = client.get(f"{HOME}{checked.pk}/")
    assert "What would happen" in page.content.decode()
    assert "Nowhere, NY" in page.content.decode()
    assert not Listing.objects.exists()

    answer = client.post(f"{HOME}{checked.pk}/go/", follow=True)
    assert 'http-equiv="refresh"' in answer.content.decode()
    assert client.get(f"{HOME}{checked.pk}/progress/").json() == {
        "phase": "importing", "is_at_work": True, "done": 0, "rows": 3,
    }  # fmt: skip
    run = go_on(checked)

    page = client.get(f"{HOME}{run.pk}/").content.decode()
    assert "The import is done" in page
    assert Listing.objects.live(at=timezone.now()).count() == 2
    assert set(asked) == {run.pk}


def test_the_table_of_notes_is_safe_in_spreadsheets(client, checked):
    answer = client.get(f"{HOME}{checked.pk}/rows.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(rows) == 4
    assert rows[3][2] == "'=HYPERLINK(1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_rows_can_be_narrowed_to_one_result(client, checked):
    page = client.get(f"{HOME}{checked.pk}/?show=refused").content.decode()

    assert (page.count("data-row="), 'data-row="3"' in page) == (1, True)
    assert client.get(f"{HOME}{checked.pk}/?show=%00x").status_code in (200, 400)
    assert client.get(f"{HOME}{checked.pk}/?show=what").content.decode().count("data-row=") == 3


def test_known_formats_come_filled_in_and_can_be_corrected(client, recruiter):
    send(client, samples.UNKNOWN_CSV.replace("Ad text", "Blurb"))
    run = go_on(ImportRun.objects.get())
    address = f"{HOME}{run.pk}/fields/"
    form = client.get(address).context["form"]
    assert form["field-title"].value() == "Job Title"
    assert form["field-description"].value() == ""
    assert "RN Case Manager" in client.get(address).content.decode()
    data = {name: form[name].value() or "" for name in form.fields if name != "is_complete"}

    wrong = client.post(address, data)
    assert "Choose the field of your file" in wrong.content.decode()
    client.post(address, {**data, "field-description": "Blurb"})
    run = go_on(run)

    assert (run.phase, run.counts["created"]) == ("checked", 2)
    assert ImportSource.objects.get().mapping["description"] == "Blurb"


def test_a_column_that_is_not_in_the_file_is_refused(client, recruiter):
    send(client, samples.CSV)
    run = go_on(ImportRun.objects.get())

    answer = client.post(f"{HOME}{run.pk}/fields/", {"field-title": "nonsense", "field-description": "description"})

    assert answer.status_code == 200
    assert "error" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"PK\x03\x04zip", "CSV UTF-8"),
     (b"%PDF-1.4", "no list of openings"), (b"x" * 21_000_000, "larger than 20 MB")],
    ids=["empty", "zip", "pdf", "large"],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_at_the_form(client, recruiter, content, words):
    answer = send(client, content)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not ImportSource.objects.exists()


def test_without_a_file_the_form_says_so(client, recruiter):
    assert "Choose a file" in client.post(HOME, {"kind": "file"}).content.decode()
    assert "Type the address" in client.post(HOME, {"kind": "feed"}).content.decode()


@pytest.mark.parametrize(
    "url", ["ftp://x.org/a", "javascript:alert(1)", "https://x.org\\@evil.org/", "nonsense", "https://"]
)
def test_an_address_that_is_none_is_refused_at_the_form(client, recruiter, url):
    answer = client.post(HOME, {"kind": "feed", "url": url})

    assert answer.status_code == 200
    assert not ImportSource.objects.exists()


def test_a_feed_is_kept_to_be_read_daily_and_once_only(client, recruiter, asked):
    feed = {"kind": "feed", "url": "https://jobs.hudsoncare.org/feed.xml", "is_daily": "on"}
    client.post(HOME, feed)
    again = client.post(HOME, feed)

    source = ImportSource.objects.get()
    assert (source.is_daily, source.read_next_at is not None) == (True, True)
    assert "import this feed already" in again.content.decode()
    assert asked == [ImportRun.objects.get().pk]
    client.post(f"{HOME}feeds/{source.pk}/daily/", {"daily": "off"})
    source.refresh_from_db()
    assert (source.is_daily, source.read_next_at) == (False, None)


def test_reading_a_feed_again_while_it_is_read_is_refused_with_words(client, recruiter):
    client.post(HOME, {"kind": "feed", "url": "https://jobs.hudsoncare.org/feed.xml"})
    source = ImportSource.objects.get()

    answer = client.post(f"{HOME}feeds/{source.pk}/read/", follow=True)

    assert "being read right now" in answer.content.decode()
    assert ImportRun.objects.count() == 1


def test_an_import_can_be_stopped_from_its_page(client, recruiter):
    send(client, samples.CSV)
    run = ImportRun.objects.get()

    client.post(f"{HOME}{run.pk}/stop/")

    run.refresh_from_db()
    assert run.phase == "stopped"
    assert "You stopped this import" in client.get(f"{HOME}{run.pk}/").content.decode()
    assert not running.work(run.pk, now=timezone.now())


def test_steps_out_of_order_are_refused_with_words(client, checked):
    client.post(f"{HOME}{checked.pk}/go/")
    go_on(checked)

    for step in ("go", "close-missing"):
        answer = client.post(f"{HOME}{checked.pk}/{step}/", follow=True)
        assert answer.status_code == 200
        assert "usa-alert" in answer.content.decode() or "notice" in answer.content.decode()
    assert client.get(f"{HOME}{checked.pk}/fields/").status_code == 302
    assert Listing.objects.count() == 2


def test_imports_of_another_employer_are_not_there(client, checked):
    other = EmployerFactory(slug="other")
    client.force_login(MembershipFactory(employer=other).user)

    for address in ("", "progress/", "rows.csv", "fields/"):
        assert client.get(f"/hiring/other/import/{checked.pk}/{address}").status_code == 404
        assert client.get(f"{HOME}{checked.pk}/{address}").status_code == 404
    source = ImportSource.objects.create(employer=checked.source.employer, name="x", url="https://x.org/f")
    assert client.post(f"/hiring/other/import/feeds/{source.pk}/read/").status_code == 404


def test_the_template_is_safe_and_has_an_example(client, recruiter):
    answer = client.get(f"{HOME}template.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (rows[0][:3], len(rows), len(rows[0]) == len(rows[1])) == (["reference", "title", "description"], 2, True)
    assert "pay_period" in client.get(f"{HOME}columns/").content.decode()


def test_the_report_costs_the_same_for_two_rows_as_for_twelve(client, checked, django_assert_num_queries):
    client.post(f"{HOME}{checked.pk}/go/")
    go_on(checked)
    address = f"{HOME}{checked.pk}/"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    listing = Listing.objects.first()
    for number in range(10, 20):
        ImportRow.objects.create(run=checked, number=number, outcome="created", listing=listing, notes=["x"])
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_a_feed_that_fails_for_a_week_is_said_on_the_page(client, recruiter, employer):
    now = timezone.now()
    ImportSource.objects.create(
        employer=employer, name="jobs.hudsoncare.org", url="https://jobs.hudsoncare.org/f", is_daily=True, read_next_at=now,
        failing_since=now - timedelta(days=8), told_failing_at=now,
    )  # fmt: skip

    assert "has failed for a week" in client.get(HOME).content.decode()


def test_a_lost_redis_loses_no_import(client, recruiter, monkeypatch):
    def away(**kwargs):
        raise OperationalError

    monkeypatch.setattr(tasks.import_step, "apply_async", away)
    tasks._send_import(1)
    send(client, samples.CSV)

    assert running.waiting(now=timezone.now()) == [ImportRun.objects.get().pk]


def test_the_workspace_links_to_imports(client, recruiter):
    assert reverse("hiring_import", args=["hudson-care"]) in client.get("/hiring/hudson-care/").content.decode()
