"""What seekers keep here is taken along, erased and merged whole."""

from datetime import date, timedelta

import pytest

from accounts import keeping, personal, profile, saved, tracking
from accounts.models import (
    KeptAnswers,
    ProfileCredential,
    SavedEmployer,
    SavedListing,
    SeekerProfile,
    TrackedApplication,
)
from careers.models import Credential
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, UserFactory

pytestmark = pytest.mark.django_db

NAMES = {
    "saved-openings", "saved-employers", "applications", "profile", "profile-licenses", "resume-lines", "kept-answers",
}  # fmt: skip


def fill(user, *, opening, employer, credential, note, schooling="bachelor", at=NOW):
    """Give a user one of each."""
    shelf = saved.Shelf(user=user)
    saved.write_note(shelf=shelf, thing=opening, note=note, now=at)
    saved.write_note(shelf=shelf, thing=employer, note=note, now=at)
    one = tracking.add(user=user, listing=opening, now=at)
    TrackedApplication.objects.filter(pk=one.pk).update(note=note)
    profile.write(
        user=user,
        values={"summary": note, "languages": ["es"]},
        lists={},
        places=[],
        credentials=[{"credential": credential, "standing": "held", "state": "NY", "expires_on": date(2027, 6, 30)}],
        lines=[{"kind": "work", "what": f"Job of {note}", "where": "", "years": "", "text": ""}],
        now=at,
    )
    keeping.keep(user=user, kind="route", query=f"schooling={schooling}", now=at)


@pytest.fixture
def things(db):
    return {
        "opening": ListingFactory(published=True),
        "employer": EmployerFactory(),
        "credential": Credential.objects.create(slug="lmsw", name="LMSW"),
    }


def taken_along(user):
    return {name: list(rows) for name, rows in personal.export(user) if name in NAMES}


def test_everything_is_taken_along(things):
    user = UserFactory()
    fill(user, **things, note="Marked words.")

    found = taken_along(user)

    assert set(found) == NAMES
    assert all(len(rows) == 1 for rows in found.values())
    assert found["saved-openings"][0]["note"] == "Marked words."
    assert found["profile"][0]["summary"] == "Marked words."
    assert found["applications"][0]["note"] == "Marked words."


def test_someone_with_nothing_takes_empty_tables_along(things):
    assert all(rows == [] for rows in taken_along(UserFactory()).values())


def test_erasing_leaves_nothing_of_one_person_and_all_of_another(things):
    gone, other = UserFactory(), UserFactory()
    fill(gone, **things, note="Mine.")
    fill(other, **things, note="Theirs.")

    personal.erase(gone, NOW)

    for table in (SavedListing, SavedEmployer, TrackedApplication, SeekerProfile, KeptAnswers):
        assert [row.user for row in table.objects.all()] == [other]
    assert ProfileCredential.objects.count() == 1


def test_merging_two_who_have_the_same_doubles_and_loses_nothing(things):
    kept, gone = UserFactory(), UserFactory()
    fill(kept, **things, note="First.")
    fill(gone, **things, note="Second.", schooling="master", at=NOW + timedelta(days=1))

    personal.merge(kept, gone, NOW)
    gone.delete()

    assert SavedListing.objects.get(user=kept).note == "First.\n\nSecond."
    assert SavedEmployer.objects.get(user=kept).note == "First.\n\nSecond."
    assert TrackedApplication.objects.get(user=kept).note == "First.\n\nSecond."
    held = SeekerProfile.objects.get(user=kept)
    assert held.summary == "First."
    assert held.credentials.count() == 1
    assert [line.what for line in held.resume_lines.order_by("position")] == ["Job of First.", "Job of Second."]
    assert KeptAnswers.objects.get(user=kept).query == "schooling=master"


def test_merging_into_an_empty_account_moves_everything(things):
    kept, gone = UserFactory(), UserFactory()
    fill(gone, **things, note="Only.")
    before = taken_along(gone)

    personal.merge(kept, gone, NOW)
    gone.delete()

    after = taken_along(kept)
    for rows in (before["profile"], after["profile"]):
        rows[0].pop("updated_at")
    assert after == before


def test_merging_fills_what_a_profile_leaves_open(things):
    kept, gone = UserFactory(), UserFactory()
    SeekerProfile.objects.create(user=kept, summary="Mine.")
    SeekerProfile.objects.create(
        user=gone, summary="Theirs.", pay_min_usd=60000, pay_period="year", availability="later", available_on=date(2027, 1, 4)
    )  # fmt: skip

    personal.merge(kept, gone, NOW)

    held = SeekerProfile.objects.get()
    assert (held.summary, held.pay_min_usd, held.pay_period) == ("Mine.", 60000, "year")
    assert (held.availability, held.available_on) == ("later", date(2027, 1, 4))
