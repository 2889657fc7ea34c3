"""/hiring/: who sees what, and what its buttons do."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.timezone import localdate

from employers import drafts, searchrow
from employers.models import Listing, Site
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers.writing_steps import change, write
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.usefixtures("places")
TODAY = localdate(NOW)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner(client):
    membership = MembershipFactory(employer__slug="hudson-care", employer__name="Hudson Care")
    client.force_login(membership.user)
    return membership


@pytest.fixture
def employer(owner):
    return owner.employer


@pytest.fixture
def typed(employer):
    JobTitleFactory()
    CareSettingFactory()
    return {
        "headline": "Care Coordinator",
        "title": "care-coordinator",
        "care_settings": ["hospital"],
        "sites": [SiteFactory(employer=employer).pk],
        "employment": "full-time",
        "pay_min_usd": "25",
        "pay_max_usd": "31",
        "pay_period": "hour",
        "description": "You call people.",
        "positions": "1",
    }


def steps(listing):
    return {
        name: f"/hiring/openings/{listing.pk}/{name}/"
        for name in ("publish", "close", "extend", "copy", "delete-draft", "edit")
    }


def private(employer, listing):
    """Every private page of one employer: address -> method."""
    pages = {
        f"/hiring/{employer.slug}/": "get",
        f"/hiring/{employer.slug}/openings/new/": "get",
        f"/hiring/{employer.slug}/sites/new/": "get",
        f"/hiring/{employer.slug}/sites/{listing.sites.get().pk}/edit/": "get",
    }
    return pages | {address: "get" if name == "edit" else "post" for name, address in steps(listing).items()}


def test_without_signing_in_every_page_leads_to_it(client):
    listing = ListingFactory()
    for address, method in {"/hiring/": "get", **private(listing.employer, listing)}.items():
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={address}"), address


def test_strangers_and_members_of_others_get_404_everywhere(client, owner):
    listing = ListingFactory()
    for address, method in private(listing.employer, listing).items():
        assert getattr(client, method)(address).status_code == 404, address
    listing.refresh_from_db()
    assert listing.status == "draft"


def test_a_viewer_may_look_but_every_change_is_refused(client):
    listing = ListingFactory()
    client.force_login(MembershipFactory(employer=listing.employer, access="viewer").user)
    pages = private(listing.employer, listing)

    page = client.get(f"/hiring/{listing.employer.slug}/").content.decode()
    assert "You can look, not change" in page
    assert listing.headline in page
    assert "/openings/new/" not in page
    assert f'action="/hiring/openings/{listing.pk}' not in page
    for address, method in pages.items():
        if address != f"/hiring/{listing.employer.slug}/":
            assert getattr(client, method)(address).status_code == 403, address
    assert list(Listing.objects.values_list("status", flat=True)) == ["draft"]


def test_a_recruiter_may_write_and_publish(client):
    listing = ListingFactory()
    client.force_login(MembershipFactory(employer=listing.employer, access="recruiter").user)

    for address, method in private(listing.employer, listing).items():
        expected = (404,) if address.endswith("/delete-draft/") else (200, 302)  # only owners delete
        assert getattr(client, method)(address).status_code in expected, address


def test_steps_are_taken_by_post_only(client, employer):
    listing = ListingFactory(employer=employer)
    for name, address in steps(listing).items():
        assert client.get(address).status_code == (302 if name in ("edit", "close", "extend") else 405)


def test_someone_without_an_employer_is_shown_the_way(client):
    client.force_login(UserFactory())

    page = client.get("/hiring/").content.decode()

    assert 'href="/employers/register/"' in page
    assert "You are signed in, but you don't act for an employer yet." in page


def test_the_home_page_lists_own_employers_with_counts(client, owner, employer):
    ListingFactory(employer=employer, published=True)
    ListingFactory.create_batch(2, employer=employer)
    waiting = MembershipFactory(user=owner.user, employer__unapproved=True).employer
    stranger = EmployerFactory()

    page = client.get("/hiring/").content.decode()

    assert f'href="/hiring/{employer.slug}/"' in page
    assert f'href="/hiring/{waiting.slug}/"' in page
    assert stranger.name not in page
    assert "1 opening" in page
    assert "and 2 drafts" in page
    assert "Waiting for approval" in page


def test_the_workspace_groups_openings_by_status(client, employer):
    for traits in ({}, {"published": True}, {"closed": True}, {"taken_down": True}):
        ListingFactory(employer=employer, headline=f"Opening {len(traits)} {next(iter(traits), 'draft')}", **traits)

    page = client.get(f"/hiring/{employer.slug}/").content.decode()

    order = [page.index(f'data-status="{status}"') for status in ("published", "draft", "closed", "taken_down")]
    assert order == sorted(order)
    assert "It asks applicants for money." in page


def test_the_workspace_costs_the_same_for_two_openings_as_for_twelve(client, employer, django_assert_max_num_queries):
    counts = []
    for more in (2, 10):
        ListingFactory.create_batch(more, employer=employer, published=True)
        SiteFactory.create_batch(more, employer=employer)
        MembershipFactory.create_batch(more, employer=employer)
        client.get(f"/hiring/{employer.slug}/")
        with django_assert_max_num_queries(40) as queries:
            client.get(f"/hiring/{employer.slug}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_many_openings_are_paged_by_status(client, employer):
    ListingFactory.create_batch(60, employer=employer)
    address = f"/hiring/{employer.slug}/"

    assert client.get(address).content.decode().count("data-opening-id") == 20
    assert client.get(f"{address}?status=draft").content.decode().count("data-opening-id") == 50
    assert client.get(f"{address}?status=draft&page=2").content.decode().count("data-opening-id") == 10
    assert client.get(f"{address}?status=nonsense&page=x").status_code == 200


def test_a_new_opening_is_a_draft_of_the_employer_by_its_writer(client, owner, employer, typed):
    answer = write(client, employer, typed)

    listing = Listing.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/hiring/{employer.slug}/")
    assert (listing.employer, listing.created_by, listing.status) == (employer, owner.user, "draft")
    assert not Listing.objects.live(at=NOW).exists()


def test_save_and_publish_shows_it_at_once(client, employer, typed):
    page = write(client, employer, typed, finish="publish", follow=True).content.decode()

    assert Listing.objects.live(at=NOW).count() == 1
    assert "is now visible to everyone" in page


def test_a_waiting_employer_may_write_but_not_publish(client, typed, owner, employer):
    employer.approved_at = None
    employer.save()

    page = write(client, employer, typed, finish="publish", follow=True).content.decode()

    assert Listing.objects.get().status == "in_review"
    assert not Listing.objects.live(at=timezone.now()).exists()
    assert "is in review" in page


@pytest.mark.django_db(transaction=True)
def test_the_form_sent_twice_at_once_makes_one_opening():
    employer, content = (
        EmployerFactory(),
        {"headline": "One", "roles": 1, "employment": "full-time", "title": JobTitleFactory()},
    )

    outcomes = race(lambda: drafts.create(employer=employer, content=content, source="form", source_id="1"), times=2)

    assert sorted(is_new for _listing, is_new in outcomes) == [False, True]
    assert Listing.objects.count() == 1
    assert searchrow.differences() == []


def test_editing_a_published_opening_changes_what_search_finds(client, employer, typed):
    listing = ListingFactory(employer=employer, published=True)

    change(client, listing, {**typed, "headline": "Oncology navigator", "mode": "hybrid"}, finish="publish")

    listing.refresh_from_db()
    assert (listing.headline, listing.status, listing.search.modes) == ("Oncology navigator", "published", ["hybrid"])
    assert listing.published_at == NOW - timedelta(days=1)
    assert searchrow.differences() == []


def test_what_was_taken_down_cannot_be_edited(client, employer, typed):
    listing = ListingFactory(employer=employer, taken_down=True)

    page = change(client, listing, {**typed, "headline": "Again"}, follow=True).content.decode()

    assert "was taken down" in page
    assert not Listing.objects.filter(headline="Again").exists()


def test_publish_close_and_publish_again(client, employer):
    listing = ListingFactory(employer=employer)
    for name, status in (
        ("publish", "published"),
        ("publish", "published"),
        ("close", "closed"),
        ("publish", "published"),
    ):
        assert client.post(steps(listing)[name]).url == f"/hiring/{employer.slug}/"
        listing.refresh_from_db()
        assert listing.status == status


def test_a_refused_step_says_why(client, employer):
    listing = ListingFactory(employer=employer, closes_on=TODAY - timedelta(days=1))

    page = client.post(steps(listing)["publish"], follow=True).content.decode()

    assert "Its closing date is over. Choose a later date first." in page


@pytest.mark.parametrize(
    ("closes_on", "kept", "words"),
    [
        (str(TODAY + timedelta(days=20)), TODAY + timedelta(days=20), "stays open"),
        ("", None, "stays open"),
        (str(TODAY - timedelta(days=1)), TODAY, "in the past"),
        ("tomorrow", TODAY, "year-month-day"),
    ],
)
def test_extending(client, employer, closes_on, kept, words):
    listing = ListingFactory(employer=employer, published=True, closes_on=TODAY)

    page = client.post(steps(listing)["extend"], {"closes_on": closes_on}, follow=True).content.decode()

    listing.refresh_from_db()
    assert listing.closes_on == kept
    assert words in page


def test_a_copy_is_a_draft_and_one_wish_makes_one(client, employer):
    listing = ListingFactory(employer=employer, published=True, closes_on=TODAY)

    answers = [client.post(steps(listing)["copy"], {"wish": "2026-11-22T10:00"}) for _twice in range(2)]

    copy = Listing.objects.exclude(pk=listing.pk).get()
    assert {answer.url for answer in answers} == {f"/hiring/openings/{copy.pk}/edit/"}
    assert (copy.status, copy.headline, copy.closes_on, copy.published_at) == ("draft", listing.headline, None, None)
    assert list(copy.sites.all()) == list(listing.sites.all())
    assert list(copy.care_settings.all()) == list(listing.care_settings.all())


def test_only_drafts_can_be_deleted(client, employer):
    draft, published = ListingFactory(employer=employer), ListingFactory(employer=employer, published=True)

    client.post(steps(draft)["delete-draft"])
    page = client.post(steps(published)["delete-draft"], follow=True).content.decode()

    assert list(Listing.objects.all()) == [published]
    assert "Only a draft can be deleted" in page
    assert client.post(steps(draft)["delete-draft"]).status_code == 404


def test_a_site_gets_its_point_from_its_zip_and_moves_its_openings(client, employer):
    client.post(f"/hiring/{employer.slug}/sites/new/", {"name": "Clinic", "zip": "12207", "address1": "1 Main"})
    site = Site.objects.get()
    listing = ListingFactory(employer=employer, sites=[site], published=True)

    client.post(
        f"/hiring/{employer.slug}/sites/{site.pk}/edit/", {"name": "Clinic", "zip": "07030", "address1": "1 Main"}
    )

    site.refresh_from_db()
    assert (site.town, site.county, site.lat) == ("Hoboken, NJ", "Hudson", 40.7445)
    listing.search.refresh_from_db()
    assert (listing.search.states, listing.points.get().lat) == (["NJ"], 40.7445)
    assert searchrow.differences() == []


def test_the_same_address_twice_and_an_unknown_zip_are_refused(client, employer):
    typed = {"name": "Clinic", "zip": "12207", "address1": "1 Main"}
    address = f"/hiring/{employer.slug}/sites/new/"
    client.post(address, typed)

    assert "You already have a site at this address." in client.post(address, typed).content.decode()
    assert "know ZIP 00000" in client.post(address, {**typed, "zip": "00000"}).content.decode()
    assert Site.objects.count() == 1


def test_a_suspended_employer_sees_why(client, employer):
    employer.suspended_at, employer.suspended_reason = NOW, "Openings that do not exist."
    employer.save()

    page = client.get(f"/hiring/{employer.slug}/").content.decode()

    assert "Reason: Openings that do not exist." in page


def test_a_wish_to_copy_that_no_browser_sends_makes_a_copy_too(client, employer):
    listing = ListingFactory(employer=employer)

    assert client.post(steps(listing)["copy"], {"wish": "\0"}).status_code == 302
    assert client.post(steps(listing)["copy"], {"wish": "a\0b" * 100}).status_code == 302
    assert Listing.objects.count() == 3
