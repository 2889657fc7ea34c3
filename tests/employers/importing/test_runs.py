"""Imports step by step: what a person sees before, what happens to openings, and what a dead worker leaves behind."""

import os
import time
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from careerportal.core import clock
from careerportal.core.models import AuditEvent
from careers.models import PayRule
from employers import activity, lifecycle, revisions, searchrow
from employers.importing import files, retention, running
from employers.models import ImportRow, ImportRun, ImportSource, Listing, ListingRevision
from tests.clock import NOW
from tests.employers.importing import samples
from tests.employers.importing.conftest import to_the_end
from tests.employers_factories import MembershipFactory, SiteFactory

pytestmark = pytest.mark.usefixtures("places", "job_titles", "new_york_pay_rule")
LATER = NOW + timedelta(days=1)
HEADER = "reference,title,description,city,state,pay_min,pay_max,pay_period,apply_url,closes_on\n"


def row(reference="A-1", **fields):
    given = {
        "reference": reference, "title": "RN Case Manager", "description": "You plan care.", "city": "Albany", "state": "NY",
        "pay_min": "36", "pay_max": "42", "pay_period": "hour", "apply_url": "https://jobs.example.org/1", "closes_on": "",
        **fields,
    }  # fmt: skip
    return ",".join(f'"{given[name]}"' for name in HEADER.strip().split(",")) + "\n"


def table(*rows):
    return HEADER + "".join(rows)


def notes(run, number=1):
    return " ".join(run.results.get(number=number).notes)


def test_a_check_tells_what_would_happen_and_keeps_nothing(bring, source):
    run = bring(table(row(), row("A-2", city="Nowhere"), row("A-3", pay_min="", pay_max="")), check_only=True)

    assert run.phase == "checked"
    assert (run.counts["created"], run.counts["refused"], run.counts["shown"], run.counts["waiting"]) == (2, 1, 1, 1)
    assert "Nowhere" in notes(run, 2)
    assert "New York requires a pay range" in notes(run, 3)
    assert not Listing.objects.exists()
    assert source.employer.sites.count() == 1


def test_the_real_run_does_what_the_check_told(bring):
    text = table(row(), row("A-2", city="Nowhere"), row("A-3", pay_min=""), row("A-1"), row("A-4", city="Brooklyn"))
    told = {}

    def look(run):
        told.update({one.number: (one.outcome, one.status, one.notes) for one in run.results.all()})

    run = bring(text, before=look)

    assert {one.number: (one.outcome, one.status, one.notes) for one in run.results.all()} == told


def test_rows_of_a_run_are_counted_once(bring):
    run = bring(table(row()))

    with pytest.raises(IntegrityError, match="employers_importrow_once_per_run"), transaction.atomic():
        ImportRow.objects.create(run=run, number=1, outcome="created")


def test_a_source_is_read_once_at_a_time(source):
    running.start(source=source, by=None, now=NOW, file="a" * 32)

    with pytest.raises(running.ImportRefused, match="right now"):
        running.start(source=source, by=None, now=NOW, file="b" * 32)
    assert ImportRun.objects.count() == 1


def test_two_sources_with_the_same_references_do_not_collide(bring, source, employer):
    bring(table(row()))
    other = ImportSource.objects.create(employer=employer, name="other", care_setting=employer.care_setting)
    run = running.start(source=other, by=None, now=NOW, file=files.keep([table(row()).encode()]))
    to_the_end(run)
    to_the_end(_checked(run, other))
    running.go_ahead(run=run, by=None, now=NOW)
    to_the_end(run)

    assert Listing.objects.filter(source_id="A-1").count() == 2


def _checked(run, source):
    source.refresh_from_db()
    return running.set_fields(
        run=run, fields=source.mapping, care_setting=source.employer.care_setting, site=None, employment="full-time",
        is_complete=False, by=None, now=NOW,
    )  # fmt: skip


def test_what_a_member_changed_stays_until_the_file_says_something_else(bring):
    bring(table(row()))
    listing = Listing.objects.get()
    revisions.change(listing=listing, content={"headline": "Nurse, days", "caseload": "35 people"}, now=NOW)

    again = bring(table(row(city="Hoboken", state="NJ")), now=LATER)

    listing.refresh_from_db()
    assert again.counts["updated"] == 1
    assert (listing.headline, listing.caseload, listing.sites.get().town) == ("Nurse, days", "35 people", "Hoboken, NJ")
    bring(table(row(title="RN Case Manager, nights", city="Hoboken", state="NJ")), now=LATER)
    listing.refresh_from_db()
    assert (listing.headline, listing.caseload) == ("RN Case Manager, nights", "35 people")


def test_a_risky_change_waits_for_a_moderator_and_is_asked_once(bring):
    bring(table(row()))

    run = bring(table(row(apply_url="https://elsewhere.example.net/1")), now=LATER)
    again = bring(table(row(apply_url="https://elsewhere.example.net/1")), now=LATER)

    listing = Listing.objects.get()
    assert listing.apply_url == "https://jobs.example.org/1"
    assert "where people apply" in notes(run)
    assert ListingRevision.objects.get().decided_at is None
    assert again.counts.get("unchanged") == 1


def test_another_change_keeps_the_one_that_waits(bring):
    bring(table(row()))
    bring(table(row(apply_url="https://elsewhere.example.net/1")), now=LATER)

    bring(table(row(apply_url="https://elsewhere.example.net/1", description="You plan more care.")), now=LATER)

    waiting = revisions.waiting_for(Listing.objects.get())
    assert waiting.content["apply_url"] == "https://elsewhere.example.net/1"
    assert waiting.content["description"] == "You plan more care."


def test_an_employer_that_waits_gets_drafts(bring, employer):
    employer.approved_at = None
    employer.save()

    run = bring(table(row()))

    assert Listing.objects.get().status == "draft"
    assert "waiting for approval" in notes(run)


def test_a_new_employer_sends_few_to_review_and_keeps_the_rest_as_drafts(bring, employer, monkeypatch):
    monkeypatch.setattr("employers.importing.saving.MOST_IN_REVIEW", 2)
    employer.trusted_at = None
    employer.save()

    bring(table(*(row(f"A-{number}", description=f"Plan number {number} of care.") for number in range(5))))

    counts = Listing.objects.values_list("status", flat=True)
    assert sorted(counts) == ["draft", "draft", "draft", "in_review", "in_review"]


def test_what_is_gone_is_closed_only_when_the_list_is_complete_and_comes_back(bring):
    three = table(row(), row("A-2", description="Two."), row("A-3", description="Three."))
    two = table(row(), row("A-2", description="Two."))
    bring(three)

    assert bring(two).counts.get("closed") is None
    run = bring(two, is_complete=True, now=LATER)
    assert (run.counts["closed"], Listing.objects.get(source_id="A-3").status) == (1, "closed")
    assert "not in the file any more" in notes(run, 3)
    back = bring(three, is_complete=True, now=LATER)

    assert (back.counts["reopened"], Listing.objects.get(source_id="A-3").status) == (1, "published")
    assert searchrow.differences() == []


def test_a_row_that_takes_the_pay_away_is_refused_and_the_opening_stays_as_it_was(bring):
    bring(table(row()))

    run = bring(table(row(pay_min="", pay_max="", pay_period="", description="You plan more care.")), now=LATER)

    assert run.results.get().outcome == "refused"
    assert "The opening stays as it was. New York requires a pay range" in notes(run)
    listing = Listing.objects.get()
    assert (listing.status, listing.pay_max_usd, listing.description) == ("published", 42, "You plan care.")
    assert not ListingRevision.objects.exists()


def test_what_could_not_come_back_without_pay_comes_back_with_it(bring, new_york_pay_rule):
    with_pay, without = row(), row("A-2", description="Two.", pay_min="", pay_max="", pay_period="")
    PayRule.objects.filter(pk=new_york_pay_rule.pk).update(must_show=False)
    bring(table(with_pay, without))
    bring(table(with_pay), is_complete=True, now=LATER)
    PayRule.objects.filter(pk=new_york_pay_rule.pk).update(must_show=True)

    run = bring(table(with_pay, without), is_complete=True, now=LATER)
    assert "New York requires a pay range" in notes(run, 2)
    assert Listing.objects.get(source_id="A-2").status == "closed"

    bring(table(with_pay, row("A-2", description="Two.")), is_complete=True, now=LATER)
    assert Listing.objects.get(source_id="A-2").status == "published"


def test_a_file_that_looks_cut_off_closes_nothing_without_a_word(bring):
    bring(table(*(row(f"A-{number}", description=f"Plan {number}.") for number in range(5))), is_complete=True)

    run = bring(table(row("A-0", description="Plan 0.")), is_complete=True, now=LATER)

    assert (run.is_closing_held, run.counts.get("closed"), run.counts["missing"]) == (True, None, 4)
    assert Listing.objects.filter(status="published").count() == 5
    running.close_missing(run=run, by=None, now=LATER)
    run = to_the_end(run, now=LATER)
    assert Listing.objects.filter(status="closed").count() == 4
    with pytest.raises(running.ImportRefused):
        running.close_missing(run=run, by=None, now=LATER)


def test_a_confirmed_short_file_closes_at_once(bring):
    bring(table(*(row(f"A-{number}", description=f"Plan {number}.") for number in range(5))), is_complete=True)

    bring(table(row("A-0", description="Plan 0.")), is_complete=True, confirm=True, now=LATER)

    assert Listing.objects.filter(status="closed").count() == 4


def test_what_a_person_closed_stays_closed(bring):
    bring(table(row()))
    lifecycle.close(listing=Listing.objects.get(), now=NOW)

    run = bring(table(row(description="You plan more care.")), now=LATER)

    assert Listing.objects.get().status == "closed"
    assert "Your team closed it" in notes(run)


def test_a_closing_date_that_moves_into_the_past_closes_and_a_later_one_opens_again(bring):
    bring(table(row(closes_on="2026-12-31")))

    run = bring(table(row(closes_on="2026-11-01")), now=LATER)
    assert (run.results.get().outcome, Listing.objects.get().status) == ("closed", "closed")

    assert Listing.objects.get().closes_on == date(2026, 12, 31)


def test_the_same_job_once_a_city_is_one_opening_with_several_places(bring):
    text = table(row(), row("A-2", description="Two."), row(city="Hoboken", state="NJ"), row(city="Brooklyn"))

    run = bring(text)
    again = bring(text, now=LATER)

    listing = Listing.objects.get(source_id="A-1")
    assert {site.town for site in listing.sites.all()} == {"Albany, NY", "Hoboken, NJ", "Brooklyn, NY"}
    assert (run.counts["created"], run.counts["merged"]) == (2, 2)
    assert (again.counts["unchanged"], again.counts["merged"]) == (2, 2)


def test_the_same_reference_for_another_job_is_refused(bring):
    run = bring(table(row(), row(title="Care Coordinator")))

    assert "Row 1 has the same reference" in notes(run, 2)


def test_rows_without_a_place_stand_at_the_chosen_site_or_are_refused(bring):
    text = table(row(city="", state=""))

    assert bring(text, site=False).counts["refused"] == 1
    assert bring(text).counts["created"] == 1
    assert Listing.objects.get().sites.get().address1 == "9 New Street"


def test_an_import_that_stops_keeps_what_came_in_and_can_begin_again(bring, source, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    rows = [row(f"A-{number}", description=f"Plan {number}.") for number in range(6)]
    run = bring(table(*rows), check_only=True)
    running.go_ahead(run=run, by=None, now=NOW)
    running.work(run.pk, now=NOW, seconds=0)

    running.stop(run=run, by=None, now=NOW)
    running.stop(run=run, by=None, now=NOW)

    assert not running.work(run.pk, now=NOW)
    assert Listing.objects.count() == 2
    running.go_ahead(run=run, by=None, now=NOW)
    run = to_the_end(run)
    assert (run.phase, run.counts["created"], run.counts["unchanged"]) == ("done", 4, 2)


class Killed(BaseException):
    """What a killed worker meets."""


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(bring, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    run = bring(table(*(row(f"A-{number}", description=f"Plan {number}.") for number in range(6))), check_only=True)
    running.go_ahead(run=run, by=None, now=NOW)
    take, taken = running.run.take_one, []

    def dies(importer, groups, number, values, fields):
        taken.append(number)
        if len(taken) == 4:
            raise Killed
        return take(importer, groups, number, values, fields)

    monkeypatch.setattr(running.run, "take_one", dies)
    with pytest.raises(Killed):
        running.work(run.pk, now=NOW)
    assert (Listing.objects.count(), run.results.count()) == (2, 2)

    assert not running.work(run.pk, now=NOW)  # the dead one's lease still holds
    assert running.waiting(now=NOW) == []
    after = NOW + timedelta(minutes=2)
    assert running.waiting(now=after) == [run.pk]
    run = to_the_end(run, now=after)

    assert taken[4:] == [3, 4, 5, 6]
    assert (run.phase, run.counts["created"], run.results.count(), Listing.objects.count()) == ("done", 6, 6, 6)


def test_a_worker_that_lost_its_lease_writes_nothing(bring, monkeypatch):
    run = bring(table(row()), check_only=True)
    running.go_ahead(run=run, by=None, now=NOW)
    groups = running.spool.Groups

    def slow(*args):
        ImportRun.objects.filter(pk=run.pk).update(lease_until=NOW + timedelta(hours=1))
        return groups(*args)

    monkeypatch.setattr(running.spool, "Groups", slow)
    assert not running.work(run.pk, now=NOW)
    assert not Listing.objects.exists()


def test_a_fault_of_ours_ends_the_import_with_words(bring, monkeypatch):
    run = bring(table(row()), check_only=True)
    running.go_ahead(run=run, by=None, now=NOW)
    monkeypatch.setattr(running.run, "take_one", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        running.work(run.pk, now=NOW)

    run.refresh_from_db()
    assert (run.phase, "our side" in run.failure) == ("failed", True)


def test_files_and_notes_go_after_30_days(bring, imports_dir):
    run = bring(table(row()))
    assert list(imports_dir.iterdir())
    ImportRun.objects.update(created_at=NOW)

    assert retention.forget_old(NOW + timedelta(days=29)) == 0
    assert clock.tick(NOW + timedelta(days=31))["employers.imports"] == 1

    run.refresh_from_db()
    assert (list(imports_dir.iterdir()), run.file, run.results.count()) == ([], "", 0)
    assert Listing.objects.exists()
    with pytest.raises(running.ImportRefused):
        running.go_ahead(run=run, by=None, now=NOW)


def test_files_that_belong_to_no_import_go_after_a_day(imports_dir):
    name, young = files.keep([b"a,b\n1,2\n"]), files.keep([b"a,b\n1,2\n"])
    old = time.time() - 90_000
    os.utime(files.path_of(name), (old, old))

    assert retention.forget_old(NOW) == 1
    assert [path.name for path in imports_dir.iterdir()] == [young]


def test_the_team_reads_in_the_log_what_happened(bring, source):
    owner = MembershipFactory(employer=source.employer).user
    run = bring(table(row()), check_only=True)
    running.go_ahead(run=run, by=owner, now=NOW)

    verbs = set(AuditEvent.objects.filter(employer_id=source.employer_id).values_list("verb", flat=True))
    assert {"import.started", "import.begun"} <= verbs
    lines = activity.lines(source.employer, activity.events(source.employer))
    assert any("import" in line.text for line in lines)


def test_sites_are_used_again(bring, employer):
    SiteFactory(employer=employer, city="Brooklyn", zip="11201", address1="1 Court Street")

    bring(table(row(city="Brooklyn"), row("A-2", city="Brooklyn", description="Two.")))

    assert {listing.sites.get().address1 for listing in Listing.objects.all()} == {"1 Court Street"}


@pytest.mark.parametrize("text", [samples.CSV, samples.LIST])
def test_a_sentence_for_every_row(bring, text):
    run = bring(text)

    assert run.results.count() == run.rows
    assert all(one.listing_id for one in run.results.exclude(outcome="refused"))
