"""A seeker's own page and its parts: what needs them first, profile and resume, kept answers."""

import itertools
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import keeping, profile
from accounts.models import KeptAnswers, ProfileCredential, SavedListing, SeekerProfile, TrackedApplication
from careers.models import Credential
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory, UserFactory

pytestmark = pytest.mark.django_db


def a_seeker(**fields):
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def seeker(client):
    user = a_seeker(email="sam@example.org")
    client.force_login(user)
    return user


def test_an_empty_page_teaches_what_each_part_is_for(client, seeker):
    page = client.get(reverse("me")).content.decode()

    assert "Nothing needs you right now." in page
    for way in (
        "/openings/",
        reverse("alert_new"),
        reverse("application_new"),
        reverse("me_profile"),
        "/careers/route/",
    ):
        assert f'href="{way}"' in page


def test_someone_who_came_through_a_mail_finds_their_alerts_after_signing_in(client):
    alert = JobAlertFactory(recipient=RecipientFactory(address="sam@example.org"))
    client.force_login(a_seeker(email="sam@example.org"))

    assert reverse("me_alert", args=[alert.pk]) in client.get(reverse("me")).content.decode()


def test_alerts_of_an_address_that_is_not_confirmed_stay_hidden(client):
    alert = JobAlertFactory(recipient=RecipientFactory(address="other@example.org"))
    user = a_seeker(email="sam@example.org")
    EmailAddress.objects.create(user=user, email="other@example.org", verified=False)
    client.force_login(user)

    assert reverse("me_alert", args=[alert.pk]) not in client.get(reverse("me")).content.decode()
    assert client.get(reverse("me_alert", args=[alert.pk])).status_code == 404


def test_what_comes_up_next_stands_first(client, seeker):
    today = timezone.localdate()
    TrackedApplication.objects.create(
        user=seeker, employer_name="Home Nurses", title="Care manager", applied_on=today, next_step="Call Ms. Ruiz",
        next_step_on=today + timedelta(days=2),
    )  # fmt: skip
    TrackedApplication.objects.create(
        user=seeker, employer_name="Elm Clinic", title="Navigator", state="interview", interview_on=today + timedelta(days=1)
    )  # fmt: skip

    page = client.get(reverse("me")).content.decode()

    assert page.index("Interview at Elm Clinic") < page.index("Call Ms. Ruiz") < page.index("My account")


def test_the_page_costs_the_same_for_two_of_each_as_for_twelve(client, seeker):
    recipient = RecipientFactory(address="sam@example.org")

    words = itertools.count()

    def add(count):
        for number in range(count):
            SavedListing.objects.create(user=seeker, listing=ListingFactory(published=True), created_at=NOW)
            TrackedApplication.objects.create(user=seeker, employer_name=f"Clinic {number}", title="Nurse")
            JobAlertFactory(recipient=recipient, criteria=ListingCriteria(words=f"word{next(words)}"))

    add(2)
    client.get(reverse("me"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("me"))
    add(10)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("me"))

    assert len(many) == len(few)


PROFILE = {
    "roles": ["cc"], "languages": ["en", "es"], "employment": ["full-time"], "schedules": ["weekdays"], "modes": ["hybrid"],
    "pay_min_usd": "27.50", "pay_period": "hour", "caseload_max": "40", "availability": "notice", "full_name": "Sam Seeker",
    "phone": "518 555 0100", "town": "Albany, NY", "summary": "Seven years with families.", "reminds_of_expiry": "on",
    "work1-what": "Care coordinator", "work1-where": "Elm Clinic, Troy", "work1-years": "2019 to 2026",
    "work1-text": "Forty families at a time.", "school1-what": "BA, social work", "school1-where": "SUNY",
}  # fmt: skip


def test_a_profile_is_kept_and_the_resume_made_of_it(client, seeker, albany):
    licence = Credential.objects.create(slug="lmsw", name="Licensed Master Social Worker", is_public=True)
    typed = PROFILE | {
        "place1-place": "12207", "place1-miles": "25", "licence1-credential": licence.slug, "licence1-standing": "held",
        "licence1-state": "NY", "licence1-expires_on": "2027-06-30",
    }  # fmt: skip

    answer = client.post(reverse("me_profile"), typed)

    assert answer.status_code == 302, answer.context["page"].broken[0].errors
    held = SeekerProfile.objects.get(user=seeker)
    assert (held.languages, held.caseload_max, str(held.pay_min_usd)) == (["en", "es"], 40, "27.50")
    assert [one.place.zip for one in held.places.all()] == ["12207"]
    assert ProfileCredential.objects.get(profile=held).state == "NY"
    resume = client.get(reverse("me_resume_page")).content.decode()
    for words in (
        "Sam Seeker",
        "Care coordinator",
        "BA, social work",
        "Licensed Master Social Worker",
        "sam@example.org",
    ):
        assert words in resume


def test_saving_a_profile_again_keeps_a_license_row(client, seeker):
    licence = Credential.objects.create(slug="lmsw", name="LMSW")
    typed = PROFILE | {
        "licence1-credential": licence.slug,
        "licence1-standing": "held",
        "licence1-expires_on": "2027-06-30",
    }
    client.post(reverse("me_profile"), typed)
    first = ProfileCredential.objects.get().pk

    client.post(reverse("me_profile"), typed)

    assert ProfileCredential.objects.get().pk == first


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"place1-place": "Atlantis"}, "Atlantis"),
        ({"pay_min_usd": "lots"}, "Enter a number."),
        ({"availability": "later"}, "Name the day"),
        ({"roles": "boss"}, "boss"),
        ({"work2-where": "Elm Clinic"}, "Name it, or leave all of it empty."),
        ({"licence1-credential": "moon"}, "Select a valid choice"),
        ({"caseload_max": "0"}, "greater than or equal to 1"),
    ],
)
def test_mistakes_in_a_profile_are_named_and_nothing_is_lost(client, seeker, typed, says):
    answer = client.post(reverse("me_profile"), PROFILE | typed)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "Forty families at a time." in answer.content.decode()
    assert not SeekerProfile.objects.exists()


def test_one_license_twice_for_one_state_is_named(client, seeker):
    licence = Credential.objects.create(slug="lmsw", name="LMSW")
    twice = {"licence1-credential": licence.slug, "licence2-credential": licence.slug}

    assert "twice" in client.post(reverse("me_profile"), PROFILE | twice).content.decode()


def test_there_is_no_address_by_which_anyone_else_reads_a_profile(client, seeker):
    client.post(reverse("me_profile"), PROFILE)
    client.force_login(a_seeker(email="other@example.org"))

    assert "Seven years" not in client.get(reverse("me_profile")).content.decode()
    assert "Seven years" not in client.get(reverse("me_resume_page")).content.decode()


def test_a_route_is_kept_with_its_answers_alone(client, seeker):
    address = reverse("me_keep", args=["route"]) + "?schooling=bachelor&utm_source=mail&miles=25"

    client.get(address)
    assert not KeptAnswers.objects.exists()
    client.post(address, {"do": "keep"})

    assert KeptAnswers.objects.get(user=seeker, kind="route").query == "schooling=bachelor"
    assert "schooling=bachelor" in client.get(reverse("me")).content.decode()
    client.post(reverse("me_keep", args=["route"]), {"do": "forget"})
    assert not KeptAnswers.objects.exists()


def test_later_answers_take_the_place_of_earlier_ones(seeker):
    keeping.keep(user=seeker, kind="route", query="schooling=bachelor", now=NOW)
    keeping.keep(user=seeker, kind="route", query="schooling=master", now=NOW)

    assert KeptAnswers.objects.get().query == "schooling=master"


@pytest.mark.parametrize(("kind", "query"), [("route", ""), ("route", "schooling=phd"), ("fit", ""), ("fit", "q1=zz")])
def test_no_answers_are_not_kept(seeker, kind, query):
    with pytest.raises(keeping.NotKept):
        keeping.keep(user=seeker, kind=kind, query=query, now=NOW)


def test_a_profile_that_does_not_exist_reads_as_empty(seeker):
    assert profile.of(seeker).pk is None


def test_an_empty_answer_does_not_wipe_a_profile(client, seeker):
    client.post(reverse("me_profile"), PROFILE)

    assert client.post(reverse("me_profile")).status_code == 200
    assert SeekerProfile.objects.get(user=seeker).full_name == "Sam Seeker"
