"""The sample employers, openings and accounts: what they hold, how they stay fresh, how they go. Loaded once for all."""

import csv
import io
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import yaml
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import localdate

from accounts import samples
from accounts.adapters import AccountAdapter
from accounts.models import JobAlert
from careerportal.core.models import User
from careerportal.outbox.models import Recipient
from careerportal.places.near import miles_between
from careerportal.places.place import Place
from careers import vocabulary
from employers import lifecycle, searchrow, timetable
from employers.models import Employer, Listing, Membership
from employers.samples import read
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory, UserFactory
from tests.samples_lists import content, write_lists

ALBANY = Place(kind="radius", zip="12207", lat=42.655489, lng=-73.747618, miles=25)
OPENINGS = [(file, opening) for file in read() for opening in file["openings"]]
EACH_OPENING = pytest.mark.parametrize(
    "opening", [pytest.param(opening, id=f"{file['slug']}-{opening['key']}") for file, opening in OPENINGS]
)


@pytest.fixture(scope="module")
def first_load(django_db_setup, django_db_blocker):
    """Load the samples once for this file; every test runs in a savepoint on top, and all goes at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        write_lists()
        yield samples.load(now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(first_load, db):
    return first_load


def printed(command):
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def snapshot():
    """Every value of every sample row that a second load might touch."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Employer, Listing, Membership, User, EmailAddress)
    }


def test_there_are_12_employers_with_40_openings_and_10_accounts(loaded):
    assert (loaded.employers, loaded.openings, loaded.created) == (12, 40, 40)
    assert Employer.objects.filter(is_sample=True).count() == Employer.objects.count() == 12
    assert Listing.objects.count() == 40
    assert User.objects.count() == len(samples.ACCOUNTS) == 10


def test_every_opening_but_the_draft_of_the_pending_employer_is_live(loaded):
    hidden = Listing.objects.exclude(pk__in=Listing.objects.live(at=NOW))

    assert [(row.employer.slug, row.status) for row in hidden] == [("newcare", "draft")]
    assert not Employer.objects.get(slug="newcare").is_approved


def test_all_19_settings_all_kinds_of_role_and_all_stances_are_used(loaded):
    live = Listing.objects.live(at=NOW)

    assert set(live.values_list("care_settings__slug", flat=True)) == {row["slug"] for row in content("settings")}
    assert live.values("care_settings").distinct().count() == 19
    assert set(live.values_list("roles", flat=True)) == set(vocabulary.RoleMask)
    assert set(live.values_list("licence_stance", flat=True)) - {""} == set(vocabulary.Stance)
    assert set(live.values_list("experience_stance", flat=True)) - {""} == set(vocabulary.Stance)
    assert set(live.values_list("employment", flat=True)) == set(vocabulary.EmploymentType)
    assert set(live.values_list("mode", flat=True)) == set(vocabulary.WorkMode)
    assert set(live.values_list("visits", flat=True)) - {""} == set(vocabulary.HomeVisits)
    assert set(live.values_list("pay_period", flat=True)) == set(vocabulary.PayPeriod)


def test_openings_state_between_5_and_8_of_the_eight_facts(loaded):
    stated = {sum(listing.stated) for listing in Listing.objects.prefetch_related("sites", "populations")}

    assert stated == {5, 6, 7, 8}


def test_all_live_openings_can_be_done_in_new_york_and_8_or_more_are_near_albany(loaded):
    live = Listing.objects.live(at=NOW)
    in_new_york = live.matching(ListingCriteria(place=Place(kind="state", state="NY")), at=NOW)
    near_albany = live.matching(ListingCriteria(place=ALBANY), at=NOW)

    assert in_new_york.count() == live.count() == 39
    assert near_albany.count() >= 8
    for listing in near_albany.prefetch_related("sites"):
        nearest = min(miles_between(site.lat, site.lng, ALBANY.lat, ALBANY.lng) for site in listing.sites.all())
        assert nearest <= 25


def test_a_medical_assistant_finds_a_care_coordinator_job_near_albany_that_asks_for_no_license(loaded):
    criteria = ListingCriteria(
        words="care coordinator", place=ALBANY, roles=("cc",), licences=("none",), education_rank=1
    )

    assert Listing.objects.live(at=NOW).matching(criteria, at=NOW).filter(employer__slug="harborview").exists()


def test_dates_stand_relative_to_the_day_of_loading(loaded):
    published = Listing.objects.filter(status="published")

    assert all(0 <= (NOW - listing.published_at).days <= 30 for listing in published)
    closing = [(listing.closes_on - localdate(NOW)).days for listing in published if listing.closes_on]
    assert closing
    assert all(7 <= days <= 60 for days in closing)
    assert published.filter(is_always_hiring=True, closes_on=None).exists()


def test_search_rows_say_what_the_openings_say(loaded):
    assert searchrow.differences() == []


def test_loading_again_on_the_same_day_changes_nothing(loaded):
    before = snapshot()

    again = samples.load(now=NOW + timedelta(hours=2))

    assert (again.created, again.redated) == (0, 0)
    assert snapshot() == before


def test_openings_that_their_date_closed_are_open_again_after_the_next_start(loaded):
    later = NOW + timedelta(days=50)
    open_before = Listing.objects.live(at=NOW).count()
    assert timetable.close_ended(later) > 0

    samples.load(now=later)

    assert not Listing.objects.filter(status="closed").exists()
    assert Listing.objects.live(at=later).count() == open_before
    assert searchrow.differences() == []


def test_loading_later_changes_nothing_but_dates_and_brings_back_what_ran_out(loaded):
    before, later = snapshot(), NOW + timedelta(days=100)
    assert not Listing.objects.live(at=later).exists()

    again = samples.load(now=later)

    assert (again.created, again.redated) == (0, 39)
    assert Listing.objects.live(at=later).count() == 39
    assert searchrow.differences() == []
    dates = {"published_at", "confirmed_at", "closes_on", "updated_at"}
    changed = {
        name
        for old, new in zip(before["Listing"], snapshot()["Listing"], strict=True)
        for name in old
        if old[name] != new[name]
    }
    assert changed == dates


def test_a_sample_that_a_member_changed_or_closed_stays_so(loaded):
    closed, changed = Listing.objects.filter(employer__slug="harborview").order_by("pk")[:2]
    lifecycle.close(listing=closed, now=NOW)
    Listing.objects.filter(pk=changed.pk).update(headline="A better headline")

    samples.load(now=NOW + timedelta(days=1))

    closed.refresh_from_db()
    changed.refresh_from_db()
    assert closed.status == "closed"
    assert changed.headline == "A better headline"


def test_accounts_sign_in_with_the_printed_password_and_have_confirmed_addresses(loaded):
    users = User.objects.filter(email__in=[account.email for account in samples.ACCOUNTS])

    assert all(check_password(samples.PASSWORD, held) for held in set(users.values_list("password", flat=True)))
    assert EmailAddress.objects.filter(user__in=users, verified=True, primary=True).count() == 10
    assert {user.email: user.is_staff for user in users} == {row.email: row.is_staff for row in samples.ACCOUNTS}


def test_accounts_land_where_the_table_says(loaded):
    for account in samples.ACCOUNTS:
        user = User.objects.get(email=account.email)
        landing = AccountAdapter().get_login_redirect_url(SimpleNamespace(user=user))
        assert account.lands.startswith(landing)


def test_a_changed_password_is_put_back_to_the_printed_one(loaded):
    seeker = User.objects.get(email="seeker@example.org")
    seeker.set_password("something-else-2026")
    seeker.save()

    samples.load(now=NOW)

    seeker.refresh_from_db()
    assert seeker.check_password(samples.PASSWORD)


def test_members_have_the_access_of_their_address(loaded):
    held = Membership.objects.order_by("user__email").values_list("user__email", "employer__slug", "access")

    assert list(held) == [
        ("owner@harborview.example", "harborview", "owner"),
        ("owner@maplebridge.example", "maplebridge", "owner"),
        ("pending@newcare.example", "newcare", "owner"),
        ("recruiter@harborview.example", "harborview", "recruiter"),
        ("viewer@harborview.example", "harborview", "viewer"),
    ]


def test_harborview_may_publish_at_once(loaded):
    draft = ListingFactory(employer=Employer.objects.get(slug="harborview"))

    assert lifecycle.publish(listing=draft, now=NOW).status == "published"


def test_staff_have_the_printed_second_factor(loaded):
    factors = Authenticator.objects.filter(type="totp")
    counter = int(NOW.timestamp()) // 30

    assert sorted(factors.values_list("user__email", flat=True)) == [
        "admin@example.org",
        "editor@example.org",
        "moderator@example.org",
    ]
    for factor in factors:
        code = format_hotp_value(hotp_value(samples.TOTP_SECRET, counter))
        assert format_hotp_value(hotp_value(factor.data["secret"], counter)) == code
        assert re.fullmatch(r"\d{6}", code)


@pytest.mark.parametrize(
    ("email", "may", "may_not"),
    [
        (
            "editor@example.org",
            ["careers.change_jobtitle", "careers.add_population", "careers.view_historicaljobtitle"],
            ["employers.view_employer", "core.view_user", "careers.change_historicaljobtitle", "outbox.view_delivery"],
        ),
        (
            "moderator@example.org",
            [
                "employers.change_employer",
                "employers.view_listing",
                "employers.view_membership",
                "outbox.view_delivery",
            ],
            ["careers.change_jobtitle", "employers.delete_employer", "core.view_user", "outbox.change_delivery"],
        ),
    ],
)
def test_staff_may_touch_what_they_look_after_and_nothing_else(email, may, may_not, loaded):
    user = User.objects.get(email=email)

    assert [permission for permission in may if not user.has_perm(permission)] == []
    assert [permission for permission in may_not if user.has_perm(permission)] == []


def test_the_table_names_every_account_the_password_and_the_secret(loaded):
    table = printed("sample_accounts")

    assert all(account.email in table for account in samples.ACCOUNTS)
    assert samples.PASSWORD in table
    assert samples.TOTP_SECRET in table
    columns = {line.index("/") for line in table.splitlines() if "@" in line}
    assert len(columns) == 1


def test_removing_leaves_no_sample_behind_and_nothing_else_missing(loaded):
    real, person = ListingFactory(published=True), UserFactory()
    kept = JobAlertFactory(recipient__address="reader@example.net")
    JobAlertFactory(recipient__address="seeker@example.org")
    Recipient.objects.for_address("second-seeker@example.org", user=User.objects.get(email="second-seeker@example.org"))
    ListingFactory(published=True, employer=Employer.objects.get(slug="harborview"))

    said = printed("samples_remove")

    assert said.startswith("Removed 12 sample employers, 41 openings and 10 accounts.")
    assert list(Employer.objects.all()) == [real.employer]
    assert list(Listing.objects.all()) == [real]
    assert list(User.objects.all()) == [person]
    assert list(JobAlert.objects.all()) == [kept]
    assert list(Recipient.objects.all()) == [kept.recipient]
    assert searchrow.differences() == []


def test_removing_twice_says_that_nothing_is_left(loaded):
    printed("samples_remove")

    assert printed("samples_remove").startswith("Nothing to remove")


@EACH_OPENING
def test_a_description_is_of_readable_length_and_its_own(opening):
    lines = [line for line in opening["description"].splitlines() if line]
    others = {line for _file, other in OPENINGS if other is not opening for line in other["description"].splitlines()}

    assert 120 <= len(opening["description"].split()) <= 250
    assert not others & {line for line in lines if len(line) > 40}
    assert not [line for line in lines if line[0].islower() or line != line.strip()]  # no break inside a sentence


def test_hosts_addresses_and_phones_cannot_be_anyones():
    for file in read():
        text = yaml.safe_dump(file)
        assert all(host.endswith(".example") for host in re.findall(r"https?://([^/\s]+)", text))
        assert all(host.endswith(".example") for host in re.findall(r"[\w.-]+@([\w.-]+)", text))
        assert re.fullmatch(r"\(\d{3}\) 555-01\d\d", file["phone"])
        assert all("Sample" in site["address1"] for site in file["sites"])


def test_no_sample_bears_the_name_of_an_organization_in_the_public_registers():
    registers = sorted((settings.BASE_DIR.parent / "shared" / "data").glob("employers_*.csv"))
    if not registers:
        pytest.skip("The public registers are not on this machine.")

    def plain(name):
        return re.sub(r"[^a-z0-9]+", "", name.lower())

    invented = {plain(file["name"]) for file in read()} | {
        plain(site["name"]) for file in read() for site in file["sites"]
    }
    for register in registers:
        with register.open(encoding="utf-8", newline="") as rows:
            real = {
                plain(row[column])
                for row in csv.DictReader(rows)
                for column in ("name", "parent_org", "agency_name")
                if row.get(column)
            }
        assert not invented & real
