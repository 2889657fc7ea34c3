"""The public search and the planner's statement are two renderings of one definition: here they are held equal."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import planner
from accounts.models import JobAlert
from careerportal.places.place import Place, PlaceKind
from careers import vocabulary
from careers.vocabulary import RoleMask
from employers.models import Listing
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.careers_factories import CareRoleFactory, CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db

ALBANY = Place(kind=PlaceKind.RADIUS, zip="12207", town="Albany", state="NY", lat=42.6584, lng=-73.7474, miles=25)
PLACES = [
    None,
    ALBANY,
    Place(kind=PlaceKind.RADIUS, zip="12180", town="Troy", state="NY", lat=42.7284, lng=-73.6918, miles=1),
    Place(kind=PlaceKind.RADIUS, zip="99546", town="Adak", state="AK", lat=51.88, lng=-179.99, miles=100),
    Place(kind=PlaceKind.COUNTY, state="NY", county="Albany"),
    Place(kind=PlaceKind.STATE, state="NY"),
    Place(kind=PlaceKind.STATE, state="VT"),
    Place(kind=PlaceKind.REMOTE),
]
WORDS = [
    "",
    "care",
    "nurse -home",
    '"care manager"',
    "bilingual or hospice",
    "the",
    "zzz",
    "o'neil & <b>",
    "coordinating",
]
CHOICES = {
    "roles": ["cc", "cm", "related"],
    "settings": ["hospital", "hospice"],
    "populations": ["older-adults", "children"],
    "employment": ["full-time", "part-time"],
    "schedules": ["weekdays", "nights"],
    "modes": ["remote", "on-site"],
    "visits": ["none", "most"],
    "licences": ["none", "rn"],
    "languages": ["es", "zh"],
    "titles": ["care-coordinator", "care-manager", "patient-navigator", "no-such-title"],
}


def make_openings():
    """Twenty-five openings that differ in everything criteria can ask, some of them not live."""
    work = CareRoleFactory(slug="care-coordinator")
    titles = [
        JobTitleFactory(slug="care-coordinator", role=work),
        JobTitleFactory(slug="patient-navigator", role=work, roles=RoleMask.RELATED),
        JobTitleFactory(slug="care-manager", roles=RoleMask.CM, synonyms=["Manager of Care"]),
        JobTitleFactory(slug="nurse-coordinator", roles=RoleMask.BOTH),
    ]
    settings_, populations = (
        [CareSettingFactory(slug=slug) for slug in CHOICES["settings"]],
        [PopulationFactory(slug=slug) for slug in CHOICES["populations"]],
    )
    employers = [EmployerFactory(), EmployerFactory(name="Hospice of O'Neil"), EmployerFactory(suspended=True)]
    for number, (title, employer, step) in enumerate(product(titles, employers, (0, 1))):
        sites = [
            SiteFactory(employer=employer),
            SiteFactory(employer=employer, city="Adak", state="AK", zip="99546", county="Aleutians West", lat=51.88, lng=179.98),
            SiteFactory(employer=employer, city="Troy", zip="12180", county="Rensselaer", lat=42.7284, lng=-73.6918),
        ]  # fmt: skip
        ListingFactory(
            published=number % 7 != 6,
            employer=employer,
            title=title,
            headline=["Care manager, bilingual", "Nurse coordinator for home care", "Coordinator"][number % 3],
            care_settings=settings_[: 1 + number % 2],
            populations=populations[: number % 3],
            sites=sites[number // 4 % 3 :][: 1 + step],
            remote_states=[[], ["US"], ["VT"]][number % 3 if step else 0],
            employment=CHOICES["employment"][number % 2],
            schedules=CHOICES["schedules"][: number % 3],
            mode=["", "remote", "on-site"][number % 3],
            visits=["", "none", "most"][(number + 1) % 3],
            licences=[[], ["rn"], ["none"]][number % 3],
            licence_stance=["", "preferred", "required"][number % 3],
            education=["", "bachelor", "high-school"][number % 3],
            education_stance=["", "preferred", "required", "equivalent"][number % 4],
            experience_months=[None, 12, 24][number % 3],
            experience_stance=["", "required", "preferred"][(number + step) % 3],
            languages=CHOICES["languages"][: number % 3],
            pay_min_usd=[None, 24, 52_000][number % 3],
            pay_max_usd=[None, Decimal("29.99"), 60_000][number % 3],
            pay_period=["", "hour", "year"][number % 3],
            weekly_hours=[None, None, Decimal("37.5")][number % 3],
            closes_on=[None, NOW.date(), NOW.date() - timedelta(days=1)][number % 3] if step else None,
        )
    ListingFactory(published=True, title=titles[2], headline="Only in Vermont", remote_states=["VT"], care_settings=[])


criteria_strategy = st.builds(
    ListingCriteria,
    words=st.sampled_from(WORDS),
    place=st.sampled_from(PLACES),
    same_work=st.booleans(),
    education_rank=st.none() | st.integers(0, 4),
    experience_months=st.none() | st.sampled_from([0, 12, 30]),
    pay_floor_usd_hour=st.none() | st.sampled_from([Decimal("29.99"), Decimal("30.00"), Decimal("30.77")]),
    employers=st.just(()) | st.just(("care-agency-0",)),
    **{
        facet: st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)
        for facet, values in CHOICES.items()
    },
)


def planned(alerts, at):
    with connection.cursor() as cursor:
        cursor.execute(planner.MATCH, {"now": at, "alerts": [alert.pk for alert in alerts]})
        return Counter((alert_id, listing_id) for alert_id, _recipient, listing_id, _live_from in cursor.fetchall())


def searched(alerts, at):
    return Counter(
        (alert.pk, pk)
        for alert in alerts
        for pk in Listing.objects.live(at=at).matching(alert.criteria, at=at).values_list("pk", flat=True)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(criteria_strategy, min_size=1, max_size=12), hours=st.integers(-30, 24 * 100))
def test_planner_and_search_find_the_same_openings_for_any_criteria_at_any_time(asked, hours):
    if not Listing.objects.exists():
        make_openings()
    JobAlert.objects.all().delete()
    recipient = RecipientFactory()
    at = NOW + timedelta(hours=hours)
    alerts = [
        JobAlertFactory(recipient=recipient, criteria=criteria, first_digest_at=NOW)
        for criteria in dict.fromkeys(asked)
    ]

    assert planned(alerts, at) == searched(alerts, at)


def test_each_single_criterion_finds_something_and_leaves_something_out():
    make_openings()
    everything = Listing.objects.live(at=NOW).count()
    single = [ListingCriteria(place=place) for place in PLACES if place] + [
        ListingCriteria(words="bilingual"),
        ListingCriteria(education_rank=vocabulary.EDUCATION_RANKS["high-school"]),
        ListingCriteria(experience_months=0),
        ListingCriteria(pay_floor_usd_hour=Decimal("30.00")),
        *(ListingCriteria(**{facet: (values[0],)}) for facet, values in CHOICES.items()),
    ]
    for criteria in single:
        assert 0 < Listing.objects.live(at=NOW).matching(criteria, at=NOW).count() < everything, criteria


def test_stored_criteria_mean_what_was_asked():
    asked = ListingCriteria(
        words="  Care   MANAGER ", place=ALBANY, roles=("cm", "cc"), titles=("care-manager",), same_work=False,
        pay_floor_usd_hour=Decimal("30.77"), education_rank=2,
    )  # fmt: skip
    alert = JobAlertFactory(criteria=asked)
    alert.refresh_from_db()

    assert alert.criteria == asked
    assert JobAlertFactory(criteria=asked).facets_class_id == alert.facets_class_id
