"""What the sample seeker has on their page: saved things, applications on their way, a profile."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts import profile, tracking
from accounts.models import ResumeLine, SavedEmployer, SavedListing, SeekerProfile
from careerportal.places.place import PlaceUnknown, resolve
from careers.models import CareSetting, Credential
from employers.models import Employer, Listing

SAVED, NOTE = 3, "Asked my neighbor, she likes working there. Ask about home visits."


def write(user, *, now: datetime) -> None:
    """Fill the page of a sample account that is still empty; what somebody changed there stays."""
    openings = Listing.objects.live(at=now).filter(employer__is_sample=True).order_by("closes_on", "pk")
    if not user.saved_listings.exists():
        _save(user, list(openings[:SAVED]), now)
    if not user.applications.exists():
        _apply(user, openings.select_related("employer").prefetch_related("sites").last(), now)
    if not SeekerProfile.objects.filter(user=user).exists():
        _tell(user, now)


def _save(user, openings, now):
    for number, listing in enumerate(openings):
        SavedListing.objects.create(
            user=user, listing=listing, note="" if number else NOTE, created_at=now - timedelta(days=number + 1)
        )
    closed = Listing.objects.filter(employer__is_sample=True, status=Listing.Status.CLOSED).order_by("pk").first()
    if closed:
        SavedListing.objects.create(user=user, listing=closed, created_at=now - timedelta(days=20))
    employer = Employer.objects.public().filter(is_sample=True).order_by("pk").first()
    if employer and not user.saved_employers.exists():
        SavedEmployer.objects.create(user=user, employer=employer, created_at=now - timedelta(days=2))


def _apply(user, listing, now):
    today = localdate(now)
    tracking.add(
        user=user, now=now, employer_name="Elmwood Family Practice (invented)", title="Patient navigator", place="Troy, NY",
        state="heard-back", applied_on=today - timedelta(days=9), heard_back_on=today - timedelta(days=2),
        next_step="Send a copy of my certificate", next_step_on=today + timedelta(days=3),
    )  # fmt: skip
    if listing is not None:
        tracking.add(
            user=user, listing=listing, now=now, state="interview", applied_on=today - timedelta(days=14),
            interview_on=today + timedelta(days=5), note="Meet the team lead. Ask how new families are shared out.",
        )  # fmt: skip


def _tell(user, now):
    today = localdate(now)
    try:
        places = [resolve(place="12207", miles=25)]
    except PlaceUnknown:  # no ZIP codes are loaded
        places = []
    credential = Credential.objects.filter(is_public=True).order_by("position", "pk").first()
    work, school = ResumeLine.Kind.WORK, ResumeLine.Kind.EDUCATION
    profile.write(
        user=user,
        values={
            "roles": ["cc"], "languages": ["en", "es"], "employment": ["full-time"], "schedules": ["weekdays"],
            "modes": ["hybrid"], "pay_min_usd": 27, "pay_period": "hour", "caseload_max": 45, "availability": "notice",
            "full_name": "Sam Seeker", "phone": "518-555-0142", "town": "Albany, NY",
            "summary": "Community health worker with seven years beside families who juggle many services. "
            "I listen first, write things down, and call back.",
        },
        lists={"care_settings": list(CareSetting.objects.order_by("name", "pk")[:2])},
        places=places,
        credentials=[
            {"credential": credential, "standing": "held", "state": "NY", "expires_on": today + timedelta(days=45)}
        ] if credential else [],
        lines=[
            {"kind": work, "what": "Community health worker", "where": "Hudson Neighbors, Albany (invented)",
             "years": "2021 to now", "text": "Visits at home, benefits, appointments: 40 families in English and Spanish."},
            {"kind": work, "what": "Front desk, pediatrics", "where": "Elmwood Family Practice, Troy (invented)",
             "years": "2018 to 2021", "text": "Scheduling and referrals for a practice of six."},
            {"kind": school, "what": "Associate degree, human services", "where": "A community college (invented)",
             "years": "2018", "text": ""},
        ],
        now=now,
    )  # fmt: skip
