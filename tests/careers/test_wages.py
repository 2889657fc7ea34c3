"""Tables of wages: checked whole, loaded whole or not at all, and the same file again changes nothing."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from careers import wages
from careers.models import WageRow, WageTable
from tests.careers_factories import SourceFactory
from tests.clock import NOW

pytestmark = pytest.mark.django_db
LINE = {
    "source": "oews", "soc": "21-1022", "occupation": "Healthcare social workers", "area": "Albany, NY",
    "period": "May 2024", "unit": "year", "median": "70000", "p10": "50000", "p90": "95000",
    "caveat": "All of them, not this title.", "review_due": "",
}  # fmt: skip


@pytest.fixture
def source():
    return SourceFactory(slug="oews", name="Wage survey", tier="sourced")


def table(*lines, columns=wages.COLUMNS):
    """The bytes of a CSV file with these lines, each LINE with some values of its own."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**LINE, **line} for line in lines)
    return out.getvalue().encode()


def load(data):
    return wages.load(data, file_name="wages.csv", by=None, now=NOW)


def test_a_table_is_loaded_and_shown_with_area_date_source_and_caveat(client, source):
    loaded = load(table({}, {"area": "New York, NY", "median": "$80,100.50", "p10": "", "p90": ""}))

    assert (loaded.created, loaded.updated, loaded.unchanged) == (2, 0, 0)
    row = WageRow.objects.get(area="New York, NY")
    assert (row.median_usd, row.p10_usd, row.tier, row.review_due) == (
        Decimal("80100.50"),
        None,
        "sourced",
        date(2027, 11, 22),
    )
    page = client.get("/careers/pay/").content.decode()
    for words in (
        "Wages by area",
        "Albany, NY, May 2024.",
        "$70,000 a year",
        "Wage survey",
        "All of them, not this title.",
    ):
        assert words in page


def test_the_same_file_again_changes_nothing(source):
    load(table({}))
    again = load(table({}))

    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert WageRow.objects.count() == 1
    assert WageRow.history.count() == 1


def test_a_changed_line_changes_its_row_and_the_history_keeps_the_old_one(source):
    load(table({}))
    again = load(table({"median": "71000"}))

    assert (again.created, again.updated) == (0, 1)
    assert WageRow.objects.get().median_usd == 71_000
    assert {row.median_usd for row in WageRow.history.all()} == {70_000, 71_000}


def test_a_dry_run_writes_nothing(source):
    made = wages.plan(table({}), today=NOW.date())

    assert len(made.new) == 1
    assert not WageRow.objects.exists()
    assert not WageTable.objects.exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"source": "nobody"}, "Line 3, source: the key of a source"),
        ({"soc": "211022"}, "Line 3, soc: a code like 21-1022."),
        ({"median": "lots"}, "Line 3, median: dollars"),
        ({"median": "-5"}, "Line 3, median: dollars"),
        ({"median": "NaN"}, "Line 3, median: dollars"),
        ({"median": "40000"}, "Line 3, median: an amount between p10 and p90."),
        ({"unit": "month"}, "Line 3, unit: hour or year."),
        ({"area": ""}, "Line 3, area: it may not be empty."),
        ({"caveat": ""}, "Line 3, caveat: it may not be empty."),
        ({"caveat": "=HYPERLINK(1)"}, "Line 3, caveat: words, not a formula"),
        ({"area": "@SUM(A1)"}, "Line 3, area: words, not a formula"),
        ({"period": "x" * 41}, "Line 3, period: at most 40 letters."),
        ({"review_due": "soon"}, "Line 3, review_due: a date like"),
        ({"area": "Albany, NY"}, "Line 3: the same source, soc, area and period as line 2."),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_loaded(source, line, says):
    data = table({}, {"area": "Utica, NY", **line})

    with pytest.raises(wages.TableRefused) as refused:
        load(data)
    assert any(str(fault).startswith(says) for fault in refused.value.faults)
    assert not WageRow.objects.exists()
    assert not WageTable.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the columns"),
        (b"a,b\n1,2\n", "the columns"),
        (table(), "1 to 5000 lines"),
        (table({})[:-30] + b"\n", "cells"),
        (b"\xff\xfe" + b"x" * 9, "UTF-8"),
        (b"x\0y", "another kind of file"),
        (b"x" * (wages.MOST_BYTES + 1), "at most 2 MB"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(source, data, says):
    with pytest.raises(wages.TableRefused) as refused:
        load(data)
    assert says in str(refused.value.faults[0])


def test_the_example_is_a_table_that_loads():
    SourceFactory(slug="bls-sw")

    assert load(wages.template_csv().encode()).created == 1


def test_one_wage_stands_once(source):
    load(table({}))
    row = WageRow.objects.get()
    row.pk, row.slug = None, "other"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_editor_looks_first_and_then_loads(admin_client, source):
    address = "/admin/careers/wagetable/add/"

    def send(data, **more):
        return admin_client.post(address, {"table": SimpleUploadedFile("w.csv", data), **more})

    looked = send(table({})).content.decode()
    assert "1 new, 0 changed, 0 as before." in looked
    assert not WageRow.objects.exists()

    refused = send(table({"soc": "x"}), really="on").content.decode()
    assert "Line 2, soc: a code like 21-1022." in refused
    assert not WageRow.objects.exists()

    assert send(table({}), really="on").status_code == 302
    assert WageRow.objects.count() == 1
    assert admin_client.get("/admin/careers/wagetable/template.csv").content.decode() == wages.template_csv()
