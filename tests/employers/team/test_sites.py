"""Places of work: counties covered, pins, what holds a site, and groups."""

import pytest

from careerportal.core.models import AuditEvent
from careerportal.places.models import County
from employers import groups, sites
from employers.models import Case, EmployerGroup, Site
from tests.clock import NOW
from tests.employers.conftest import ZIPS
from tests.employers.racing import race
from tests.employers.team.conftest import sign_in
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ALBANY = {"name": "Clinic", "zip": "12207", "address1": "1 Main"}


@pytest.fixture
def site(employer):
    return SiteFactory(employer=employer)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_counties_covered_are_checked_kept_and_shown(as_owner, employer):
    County.objects.create(key="kings", state="NY", name="Kings", zip_count=1)
    County.objects.create(key="hudson", state="NJ", name="Hudson", zip_count=1)

    as_owner.post("/hiring/hudson-care/sites/new/", {**ALBANY, "counties": "albany county, Brooklyn; Hudson, NJ"})

    site = Site.objects.get()
    assert site.counties == ["NJ:Hudson", "NY:Albany", "NY:Kings"]
    assert (
        "Counties covered: Hudson (NJ); Albany, Kings (NY)" in as_owner.get("/employers/hudson-care/").content.decode()
    )
    form = as_owner.get(f"/hiring/hudson-care/sites/{site.pk}/edit/").content.decode()
    assert "Albany, Kings, Hudson, NJ" in form
    assert verbs() == ["site.added"]


def test_an_unknown_county_is_named_and_nothing_typed_is_lost(as_owner):
    page = as_owner.post("/hiring/hudson-care/sites/new/", {**ALBANY, "counties": "Atlantis"}).content.decode()

    assert "We know no county “Atlantis” in New York." in page
    assert 'href="#id_counties"' in page
    assert ">Atlantis</textarea>" in page.replace("\n", "")
    assert not Site.objects.exists()


def test_a_pin_by_coordinates_is_exact_moves_openings_and_outlives_a_new_name(as_owner, site):
    listing = ListingFactory(employer=site.employer, sites=[site], published=True)

    as_owner.post(f"/hiring/hudson-care/sites/{site.pk}/pin/", {"lat": "42.7001", "lng": "-73.8002"})
    as_owner.post(
        f"/hiring/hudson-care/sites/{site.pk}/edit/",
        {"name": "New name", "address1": site.address1, "zip": "12207", "city": "Albany", "state": "NY"},
    )

    site.refresh_from_db()
    assert (site.name, site.lat, site.lng, site.exactness) == ("New name", 42.7001, -73.8002, "own")
    assert (listing.points.get().lat, listing.points.get().lng) == (42.7001, -73.8002)
    assert verbs() == ["site.moved", "site.changed"]


def test_another_address_puts_the_pin_into_its_zip_code(as_owner, site):
    sites.move_pin(site=site, lat=42.7, lng=-73.8, by=None, now=NOW)

    as_owner.post(f"/hiring/hudson-care/sites/{site.pk}/edit/", {"address1": "9 Elm", "zip": "12208"})

    site.refresh_from_db()
    assert (site.lat, site.exactness) == (ZIPS[1][1], "zip")


def test_without_numbers_the_pin_goes_back(as_owner, site):
    sites.move_pin(site=site, lat=42.7, lng=-73.8, by=None, now=NOW)

    as_owner.post(f"/hiring/hudson-care/sites/{site.pk}/pin/", {"lat": "", "lng": ""})

    site.refresh_from_db()
    assert (site.lat, site.lng, site.exactness) == (42.6584, -73.7474, "zip")


@pytest.mark.parametrize(
    ("lat", "lng", "words"),
    [
        ("42.65", "73.75", "miles from ZIP 12207"),
        ("40.7", "-73.99", "miles from ZIP 12207"),
        ("91", "-73.75", "less than or equal to 90"),
        ("42.65", "", "Type both numbers"),
        ("nan", "-73.75", "Enter a number"),
        ("north", "-73.75", "Enter a number"),
    ],
)
def test_a_pin_that_cannot_be_is_refused_with_words(as_owner, site, lat, lng, words):
    page = as_owner.post(f"/hiring/hudson-care/sites/{site.pk}/pin/", {"lat": lat, "lng": lng}).content.decode()

    site.refresh_from_db()
    assert words in page
    assert (site.lat, site.exactness) == (42.6584, "zip")


def test_a_pin_in_another_state_is_refused(employer):
    brooklyn = SiteFactory(employer=employer, zip="11201", city="Brooklyn", county="Kings", lat=40.6937, lng=-73.9899)

    with pytest.raises(sites.SiteRefused, match="in New Jersey, but the address is in New York"):
        sites.move_pin(site=brooklyn, lat=40.7445, lng=-74.0329, by=None, now=NOW)


def test_the_map_names_zip_codes_around_and_asks_no_other_host(as_owner, site):
    page = as_owner.get(f"/hiring/hudson-care/sites/{site.pk}/pin/").content.decode()

    assert "12208" in page
    assert "js/pin" in page


def test_only_a_site_that_nothing_names_is_deleted(as_owner, employer, site):
    used = SiteFactory(employer=employer)
    ListingFactory(employer=employer, sites=[used])

    page = as_owner.post(f"/hiring/hudson-care/sites/{used.pk}/delete/", follow=True).content.decode()
    as_owner.post(f"/hiring/hudson-care/sites/{site.pk}/delete/")

    assert "Openings name this place" in page
    assert list(Site.objects.all()) == [used]
    assert "Openings name this place" in as_owner.get(f"/hiring/hudson-care/sites/{used.pk}/edit/").content.decode()


def test_a_site_a_claimant_adds_waits_for_the_claim_and_the_registers_own_stays(client):
    claimed = EmployerFactory(slug="claimed", name="Claimed Care", unapproved=True, listed_from="register")
    listed = SiteFactory(employer=claimed, name="As listed")
    sign_in(client, MembershipFactory(employer=claimed).user)

    client.post("/hiring/claimed/sites/new/", {**ALBANY, "name": "Wished for"})
    page = client.post(f"/hiring/claimed/sites/{listed.pk}/edit/", {**ALBANY, "name": "Mine"}).content.decode()

    assert Site.objects.get(name="Wished for").is_proposed
    assert "Once your claim is verified" in page
    public = client.get("/employers/claimed/").content.decode()
    assert "As listed" in public
    assert "Wished for" not in public


def test_a_viewer_sees_sites_and_why_nothing_can_be_changed(client, employer, site):
    sign_in(client, MembershipFactory(employer=employer, access="viewer").user)

    page = client.get("/hiring/hudson-care/sites/").content.decode()

    assert site.address1 in page
    assert "disabled" in page
    assert "Viewers don" in page


def test_the_list_costs_the_same_for_two_sites_as_for_twelve(as_owner, employer, django_assert_max_num_queries):
    counts = []
    for more in (2, 10):
        SiteFactory.create_batch(more, employer=employer)
        as_owner.get("/hiring/hudson-care/sites/")
        with django_assert_max_num_queries(40) as queries:
            as_owner.get("/hiring/hudson-care/sites/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_sites_are_one(employer, owner, places):
    fields = {**sites.locate(zip_code="12207"), "address1": "1 Main", "name": ""}

    outcomes = race(lambda: sites.save(employer=employer, by=owner, now=NOW, **fields), times=50)

    assert Site.objects.count() == 1
    assert sum(isinstance(one, sites.SiteRefused) for one in outcomes) == 49
    assert verbs() == ["site.added"]


# --- Groups ---------------------------------------------------------------------------------------
def test_an_owner_proposes_a_group_and_a_moderator_decides(as_owner, employer, owner):
    EmployerGroup.objects.create(name="Hudson Health", slug="hudson-health")
    for name in ("Other Health", "hudson health", "hudson health"):
        as_owner.post("/hiring/hudson-care/group/", {"name": name})

    case = Case.objects.get(kind="group")
    employer.refresh_from_db()
    assert (case.note, employer.group) == ("hudson health", None)
    assert "You proposed: hudson health" in as_owner.get("/hiring/hudson-care/sites/").content.decode()
    assert verbs() == ["group.proposed", "group.proposed"]

    group = groups.join(case=case, by=None, now=NOW)
    employer.refresh_from_db()
    assert (group.name, employer.group) == ("Hudson Health", group)
    assert "Part of Hudson Health" in as_owner.get("/employers/hudson-care/").content.decode()

    as_owner.post("/hiring/hudson-care/group/", {"do": "leave"})
    employer.refresh_from_db()
    assert employer.group is None


def test_only_owners_of_verified_organizations_propose(client, employer):
    sign_in(client, MembershipFactory(employer=employer, access="recruiter").user)
    assert client.post("/hiring/hudson-care/group/", {"name": "Hudson Health"}).status_code == 403
    waits = MembershipFactory(employer__unapproved=True)
    with pytest.raises(groups.GroupRefused, match="verified first"):
        groups.propose(employer=waits.employer, name="Big Health", by=waits.user, now=NOW)
    assert not Case.objects.exists()
