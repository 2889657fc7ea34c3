"""Importing registers: identity by key, honest points, repeats that change nothing, closing, claimed employers."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.forms.models import model_to_dict

from employers.models import Employer, RegisterEntry, RegisterRun, Site
from employers.registers import importing
from employers.registers.formats import FileUnusable, MappingNeeded
from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.employers.registers.tables import HEADERS, USUAL, row, write
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def snapshot():
    """Every row of employers, sites and entries, without when they were last seen."""
    return [
        [model_to_dict(each) for each in model.objects.order_by("pk")] + list(model.objects.values_list("updated_at"))
        for model in (Employer, Site)
    ] + [list(RegisterEntry.objects.order_by("pk").values_list("pk", "employer", "site", "checksum", "updated_at"))]


@pytest.mark.parametrize("register", [name for name in HEADERS if name != "omh-agencies"])
def test_a_second_run_of_each_register_changes_nothing(bring, register):
    rows = [row(register, "1"), row(register, "2", name="Second Place", address1="2 Second Street", phone="")]
    first = bring(register, *rows)
    before = snapshot()
    second = bring(register, *rows, now=LATER)

    assert (first.created, first.refused) == (2, 0)
    assert (second.created, second.updated, second.closed, second.unchanged, second.merged) == (0, 0, 0, 2, 0)
    assert snapshot() == before


def test_one_operator_is_one_employer_with_a_site_for_each_address(bring):
    bring(
        "nysdoh",
        row("nysdoh", "1"),
        row("nysdoh", "2", name="Linden Clinic", facility_type="Hospital Extension Clinic", address1="2 Elm Road"),
        row("nysdoh", "3", name="Linden Home Care", address1="2 Elm Rd, Suite 4", parent_org="LINDEN HEALTH, INC."),
    )

    employer = Employer.objects.get()
    assert (employer.name, employer.slug, employer.listed_from) == (
        "Linden Health Inc",
        "linden-health-inc",
        "register",
    )
    assert sorted(employer.sites.values_list("address1", "name")) == [
        ("10 Linden Street", "Linden Hospital"), ("2 Elm Road", "Linden Clinic"),
    ]  # fmt: skip
    assert employer.register_entries.count() == 3


def test_facilities_without_an_operator_are_not_joined_by_their_name(bring):
    bring("hifld", row("hifld", "1"), row("hifld", "2", address1="9 Other Street", zip="12208", phone=""))

    assert sorted(Employer.objects.values_list("name", "slug")) == [
        ("Linden Hospital", "linden-hospital"), ("Linden Hospital", "linden-hospital-2"),
    ]  # fmt: skip


def test_register_employers_are_public_and_nobody_may_publish_for_them(bring):
    bring("nysdoh", row("nysdoh", "1"))

    assert Employer.objects.public().get().is_public
    assert not Employer.objects.approved().exists()


def test_repeated_keys_double_nothing_and_the_likelier_operator_counts_in_any_order(bring):
    rows = [row("nysdoh", "8", parent_org="Birch Women's Care LLC"), row("nysdoh", "8", parent_org="Linden County")]
    same = row("nysdoh", "9", address1="11 Linden Street")
    report = bring("nysdoh", *rows, same, same, dry_run=True)
    bring("nysdoh", *reversed(rows))

    assert (report.rows, report.created, report.repeated, report.disagreeing) == (4, 2, 2, 1)
    assert report.notes[0][:2] == (3, "8")
    assert "repeats line 2 and disagrees: operator: kept 'Linden County'" in report.notes[0][2]
    assert RegisterEntry.objects.get().operator == "Linden County"


@pytest.mark.parametrize(
    ("fields", "exactness", "point", "said"),
    [
        ({}, "own", (42.6590, -73.7480), ""),
        ({"lat": "", "lng": ""}, "zip", (42.6584, -73.7474), ""),
        ({"lat": "40.70", "lng": "-73.99"}, "zip", (42.6584, -73.7474), "miles from the middle of ZIP 12207"),
        ({"zip": "11200"}, "own", (42.6590, -73.7480), "ZIP 11200 is not in the ZIP table"),
        ({"zip": "00000", "lat": "", "lng": ""}, "town", (42.6573, -73.7682), "shown in the middle of the town"),
        ({"zip": "00000", "lat": "", "lng": "", "city": "Nowhere"}, "zip", (None, None), "no point on the map"),
        ({"lat": "north", "lng": "0"}, "zip", (42.6584, -73.7474), "are no point"),
    ],
)
def test_a_point_is_the_best_that_can_be_trusted_and_says_so(bring, fields, exactness, point, said):
    report = bring("nysdoh", row("nysdoh", "1", **fields))

    site = Site.objects.get()
    assert (site.exactness, (site.lat, site.lng), site.county) == (exactness, point, "Albany")
    assert said in " ".join(reason for _line, _key, reason in report.notes)
    assert report.refused == 0


def test_a_withheld_address_is_an_entry_of_the_employer_without_a_site(bring):
    bring("omh", row("omh", "1-1", address1="", city="", zip="", lat="", lng=""))

    entry = RegisterEntry.objects.get()
    assert (entry.site, entry.employer.name, Site.objects.count()) == (None, "Birch Community Services", 0)


def test_care_management_agencies_enrich_and_never_add(bring):
    CareSettingFactory(slug="health-home-agency")
    bring("omh", row("omh", "1-1", agency_phone=""))
    alone = bring("omh-agencies", row("omh-agencies", "50010"), row("omh-agencies", "99999"))
    again = bring("omh-agencies", row("omh-agencies", "50010"))

    employer = Employer.objects.get()
    assert (alone.created, alone.refused, again.unchanged) == (1, 1, 1)
    assert "no program of this agency" in alone.refusals[0][2]
    assert (employer.phone, employer.employs, employer.care_setting.slug) == (
        "(518) 555-0141", "yes", "health-home-agency",
    )  # fmt: skip


def test_bad_rows_are_refused_with_their_line_and_the_others_come_in(bring):
    report = bring(
        "nysdoh",
        row("nysdoh", "1", name=""),
        row("nysdoh", "2", state="XX"),
        row("nysdoh", "3", zip="1220"),
        row("nysdoh", "4"),
        row("nysdoh", "5", source="NYS OMH"),
        row("nysdoh", "6", name="nul\0name"),
    )

    assert report.refusals == [
        (2, "1", "name is empty"),
        (3, "2", "state 'XX' is not one of ours"),
        (4, "3", "zip '1220' is not five digits"),
        (6, "", "belongs to another register ('NYS OMH')"),
        (7, "", "holds a NUL character or a value that is far too long"),
    ]
    assert (report.created, report.refused, Employer.objects.count()) == (1, 5, 1)


def test_what_changed_in_the_file_changes_here(bring):
    bring("nysdoh", row("nysdoh", "1"))
    report = bring(
        "nysdoh",
        row("nysdoh", "1", name="Linden General", phone="518-555-0199", address1="12 Linden Street", zip="12208"),
        now=LATER,
    )

    site = Site.objects.get(closed_at=None)
    assert (report.updated, report.unchanged) == (1, 0)
    assert (site.name, site.address1, site.zip) == ("Linden General", "12 Linden Street", "12208")
    assert Employer.objects.get().phone == "(518) 555-0199"


def test_another_operator_takes_the_entry_along(bring):
    bring("nysdoh", row("nysdoh", "1"))
    bring("nysdoh", row("nysdoh", "1", parent_org="Maple Health"), now=LATER)

    assert [employer.name for employer in Employer.objects.public()] == ["Maple Health"]
    assert Employer.objects.get(name="Linden Health Inc").closed_at == LATER


def test_only_complete_closes_and_only_in_the_states_of_the_file(bring):
    def hospice(key, **fields):
        return row("cms-hospices", key, name=f"HOSPICE {key}", address1=f"{key} WILLOW RD", phone="", **fields)

    albany = {"city": "ALBANY", "state": "NY", "zip": "12207", "county": "Albany"}
    bring("cms-hospices", hospice("1"), hospice("2"), hospice("3", **albany))
    kept = bring("cms-hospices", hospice("1"), now=LATER)
    report = bring("cms-hospices", hospice("1"), now=LATER, complete=True)
    gone = Employer.objects.get(name="Hospice 2")
    gone_site = gone.sites.get()
    after = bring("cms-hospices", hospice("2"), now=LATER)

    assert (kept.closed, report.closed, report.unchanged) == (0, 1, 1)
    assert (gone.closed_at, gone_site.closed_at, gone.is_public) == (LATER, LATER, False)
    assert after.updated == 1
    assert Employer.objects.public().count() == 3
    assert not Site.objects.exclude(closed_at=None).exists()


def test_a_refused_row_is_not_gone(bring):
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", address1="2 Elm Road"))
    report = bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", zip="oops"), complete=True)

    assert (report.closed, report.refused) == (0, 1)


def test_complete_with_nothing_usable_closes_nothing(bring):
    bring("nysdoh", row("nysdoh", "1"))

    with pytest.raises(FileUnusable, match="would close everything"):
        bring("nysdoh", row("nysdoh", "1", name=""), complete=True)
    assert Employer.objects.public().count() == 1


def test_rows_that_the_register_calls_closed_close_and_never_open(bring):
    bring("hifld", row("hifld", "1"))
    report = bring(
        "hifld", row("hifld", "1", status="CLOSED"), row("hifld", "2", status="CLOSED", name="OLD"), now=LATER
    )

    assert (report.closed, report.closed_at_source, report.created) == (1, 2, 0)
    assert Employer.objects.get().closed_at == LATER


def test_a_claimed_employer_is_filled_in_and_never_overwritten_or_closed(bring):
    bring("nysdoh", row("nysdoh", "1"))
    employer = Employer.objects.get()
    MembershipFactory(employer=employer)
    Employer.objects.filter(pk=employer.pk).update(name="Linden, our way", phone="(518) 555-0000")
    bring("nysdoh", row("nysdoh", "1", phone="(518) 555-0112", website="linden.example", address1="99 Elsewhere"))
    report = bring("nysdoh", row("nysdoh", "7", parent_org="Other", address1="1 Elm"), complete=True, now=LATER)

    employer.refresh_from_db()
    assert (employer.name, employer.phone, employer.website) == (
        "Linden, our way", "(518) 555-0000", "https://linden.example",
    )  # fmt: skip
    assert employer.sites.get().address1 == "10 Linden Street"
    assert (report.closed, employer.closed_at) == (1, None)


def test_a_site_of_an_opening_stays(bring):
    bring("nysdoh", row("nysdoh", "1"))
    site = Site.objects.get()
    ListingFactory(employer=site.employer, sites=[site])
    bring("nysdoh", row("nysdoh", "2", address1="1 Elm"), complete=True, now=LATER)

    site.refresh_from_db()
    assert site.closed_at is None


def test_a_dry_run_keeps_nothing(bring):
    report = bring("nysdoh", row("nysdoh", "1"), dry_run=True)

    assert report.created == 1
    assert not Employer.objects.exists()
    assert not RegisterRun.objects.exists()


def test_an_unknown_kind_comes_in_as_unknown_and_is_reported(bring):
    report = bring("nysdoh", row("nysdoh", "1", facility_type="Moon Clinic"))

    assert "'Moon Clinic' is not in our table" in report.notes[0][2]
    assert Employer.objects.get().employs == "unknown"


def test_the_run_is_kept_with_its_numbers_and_reasons(bring):
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", name=""), dated=date(2026, 5, 1), complete=True)

    run = RegisterRun.objects.get()
    assert (run.source, run.rows, run.created, run.refused, run.complete) == ("nysdoh", 2, 1, 1, True)
    assert run.report["refusals"] == [{"line": 3, "key": "2", "reason": "name is empty"}]
    assert RegisterEntry.objects.get().register_date == date(2026, 5, 1)


def test_an_unknown_header_is_a_question_and_an_answer_imports_it(places, tmp_path):
    path = tmp_path / "strange.csv"
    path.write_text("Id,Called,Type,Street,Town,St,Postal\n1,Linden Hospital,Hospital,10 Linden St,Albany,NY,12207\n")
    mapping = dict(pair.split("=") for pair in (
        "key=Id", "name=Called", "kind=Type", "address1=Street", "city=Town", "state=St", "zip=Postal",
    ))  # fmt: skip

    with pytest.raises(MappingNeeded, match=r"Which column is the key, the name, .* the state, the zip"):
        importing.import_file(path, now=NOW)
    with pytest.raises(MappingNeeded, match="--register"):
        importing.import_file(path, now=NOW, mapping=mapping)
    with pytest.raises(MappingNeeded, match="does not fit: Nope"):
        importing.import_file(path, now=NOW, register="nysdoh", mapping={**mapping, "city": "Nope"})
    assert not Employer.objects.exists()
    assert importing.import_file(path, now=NOW, register="nysdoh", mapping=mapping).created == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("a,b\n", "no row"), ("\xff", "not UTF-8"), ("source,x\nMars,1\n", "don't know this header")],
)
def test_files_that_are_no_register_are_refused_in_words(places, tmp_path, text, said):
    path = tmp_path / "odd.csv"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(FileUnusable, match=said):
        importing.import_file(path, now=NOW)


PUBLISHED = {
    "nysdoh": (
        "Facility ID,Facility Name,Description,Facility Address 1,Facility Address 2,Facility City,Facility State,"
        "Facility Zip Code,Facility Phone Number,Facility Website,Facility County,Operator Name,Ownership Type,"
        "Facility Latitude,Facility Longitude\n"
        "7,Linden Hospital,Hospital,10 Linden Street,,Albany,New York,12207,5185550110,,Albany,Linden Health Inc,LLC,"
        "42.6590,-73.7480\n"
    ),
    "omh": (
        "Agency Name,Agency Code,Facility Code, Program Name, Program Code, Populations Served, Agency Phone,"
        " Program Phone,  Program Address 1, Program Address 2, Program City, Program State, Program Zip, Program County,"
        " Program Type Description, Program Subcategory Description,Georeference\n"
        "Birch,50010,0021,Birch House,712,Adults,(518)555-0141,Not Available,,,,NY,,Albany,Outreach,Support,"
        "POINT (-75.5 42.9)\n"
    ),
    "cms-hospitals": (
        "facility_id,facility_name,address,citytown,state,zip_code,countyparish,telephone_number,hospital_type,"
        "hospital_ownership\n330001,LINDEN HOSPITAL,10 LINDEN ST,ALBANY,NY,12207,ALBANY,(518) 555-0110,Psychiatric,Tribal\n"
    ),
    "cms-hospices": (
        '"CMS Certification Number (CCN)","Facility Name","Address Line 1","Address Line 2","City/Town","State",'
        '"ZIP Code","County/Parish","Telephone Number","Ownership Type"\n'
        '"331500","WILLOW HOSPICE","8 WILLOW RD","","ALBANY","NY","12207","Albany","(518) 555-0160","Non-Profit"\n'
    ),
    "hifld": (
        "ID,NAME,ADDRESS,CITY,STATE,ZIP,TELEPHONE,TYPE,STATUS,COUNTY,LATITUDE,LONGITUDE,WEBSITE,OWNER,BEDS\n"
        "0005,LINDEN,10 LINDEN ST,ALBANY,NY,12207,NOT AVAILABLE,WOMEN,OPEN,ALBANY,42.659,-73.748,NOT AVAILABLE,NON-PROFIT,-999\n"
    ),
}


@pytest.mark.parametrize("register", PUBLISHED)
def test_the_publishers_own_headers_are_known(places, tmp_path, register):
    path = tmp_path / "published.csv"
    path.write_text(PUBLISHED[register])
    report = importing.import_file(path, now=NOW, expected=register)

    entry = RegisterEntry.objects.get()
    assert (report.source, report.refused, report.created, entry.state) == (register, 0, 1, "NY")
    if register == "omh":
        assert (entry.source_id, entry.lat, entry.phone, entry.site) == ("0021-712", None, "", None)
    if register == "hifld":
        assert (entry.beds, entry.website, entry.phone) == (None, "", "")


def test_another_register_than_the_expected_one_is_refused(bring):
    with pytest.raises(FileUnusable, match="not omh"):
        bring("nysdoh", row("nysdoh", "1"), expected="omh")


def test_reserved_and_taken_address_words_are_avoided(bring):
    EmployerFactory(slug="linden-health-inc")
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", parent_org="Register", address1="2 Elm"))

    slugs = Employer.objects.filter(listed_from="register").order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["linden-health-inc-2", "register-2"]


def test_an_import_does_not_touch_what_people_registered(bring):
    site = SiteFactory(address1="10 Linden Street", employer__name="Linden Health Inc")
    bring("nysdoh", row("nysdoh", "1"))

    site.refresh_from_db()
    assert Employer.objects.count() == 2
    assert (site.lat, site.employer.register_entries.count()) == (42.6584, 0)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_refused(places, tmp_path):
    path = write(tmp_path / "one.csv", "nysdoh", row("nysdoh", "1"))
    refused = []

    def other():
        try:
            importing.import_file(path, now=NOW)
        except importing.ImportBusy as busy:
            refused.append(str(busy))
        finally:
            connections.close_all()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [importing._LOCK])
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(30)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [importing._LOCK])

    assert refused == ["Another import of a register is running. Try again when it has ended."]
    assert importing.import_file(path, now=NOW).created == 1


def test_the_cost_does_not_grow_with_the_rows(bring, django_assert_max_num_queries):
    rows = [row("nysdoh", str(key), address1=f"{key} Elm Road", parent_org=f"Operator {key}") for key in range(300)]

    with django_assert_max_num_queries(70):
        assert bring("nysdoh", *rows).created == 300


def test_usual_rows_are_those_of_their_headers():
    assert all(set(USUAL[register]) <= set(header) for register, header in HEADERS.items())
