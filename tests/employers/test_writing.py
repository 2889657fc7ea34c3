"""Writing an opening in steps: nothing typed is lost, and one opening is made of it."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import localdate

from careerportal.core import clock
from employers import drafts, searchrow, typed, writing
from employers.forms.steps import BY_NAME, STEPS
from employers.models import Listing, ListingInput
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers.writing_steps import address, answers, change, new_york_asks_for_pay, write
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.usefixtures("places")
TODAY = localdate(NOW)
TOKEN = "0b0e7f6e-6a0c-4f0e-9f53-1d1f0c6a1a11"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner(client):
    membership = MembershipFactory(employer__slug="hudson-care", employer__name="Hudson Care", user__name="Dana Diaz")
    client.force_login(membership.user)
    return membership


@pytest.fixture
def employer(owner):
    return owner.employer


@pytest.fixture
def said(employer):
    """All that an opening needs, as typed."""
    JobTitleFactory()
    CareSettingFactory()
    new_york_asks_for_pay()
    return {
        "headline": "Care Coordinator",
        "title": "care-coordinator",
        "care_settings": ["hospital"],
        "sites": [str(SiteFactory(employer=employer).pk)],
        "employment": "full-time",
        "pay_min_usd": "25",
        "pay_max_usd": "31",
        "pay_period": "hour",
        "description": "You call people.",
        "positions": "1",
    }


def kept():
    return ListingInput.objects.get()


# --- Steps ----------------------------------------------------------------------------------------
def test_looking_at_any_step_keeps_nothing(client, employer):
    SiteFactory(employer=employer)
    for name in ("work", "place", "pay", "asks", "words", "apply", "check"):
        assert client.get(address(employer, TOKEN, name)).status_code == 200, name

    assert not ListingInput.objects.exists()
    assert client.get(address(employer, TOKEN, "elsewhere")).status_code == 404


def test_a_right_step_leads_to_the_next_and_the_last_of_them_to_the_check(client, employer, said):
    leads = {}
    for step in STEPS:
        leads[step.name] = client.post(address(employer, TOKEN, step.name), answers(step, said)).url.split("/")[-2]

    assert leads == {
        "work": "place",
        "place": "pay",
        "pay": "asks",
        "asks": "words",
        "words": "apply",
        "apply": "check",
    }
    assert (kept().step, set(kept().visited)) == ("apply", set(BY_NAME))


def test_steps_may_be_visited_in_any_order(client, employer, said):
    for step in reversed(STEPS):
        client.post(address(employer, TOKEN, step.name), answers(step, said))
    client.post(address(employer, TOKEN, "check"), {"finish": "draft"})

    assert Listing.objects.get().headline == "Care Coordinator"
    assert not ListingInput.objects.exists()


def test_what_is_wrong_is_kept_named_at_its_field_and_summed_up(client, employer, said):
    wrong = {
        "employment": "",
        "pay_min_usd": "a <lot>",
        "pay_max_usd": "31",
        "pay_period": "hour",
        "schedules": ["weekdays"],
    }

    page = client.post(address(employer, TOKEN, "pay"), wrong).content.decode()

    assert 'href="#id_pay_min_usd"' in page
    assert 'href="#id_employment"' in page
    assert 'href="#id_headline"' not in page  # another step's
    assert 'value="a &lt;lot&gt;"' in page
    assert kept().values["pay_min_usd"] == ["a <lot>"]
    again = client.get(address(employer, TOKEN, "pay")).content.decode()
    assert 'value="a &lt;lot&gt;"' in again
    assert 'value="weekdays" id="id_schedules_0" class="usa-checkbox__input" checked' in again


def test_the_check_links_each_thing_to_do_to_its_step(client, employer, said):
    said |= {"headline": "", "pay_min_usd": "", "pay_max_usd": "", "pay_period": ""}

    page = write(client, employer, said, finish="publish", token=TOKEN).content.decode()

    assert f'href="{address(employer, TOKEN, "work")}#id_headline"' in page
    assert f'href="{address(employer, TOKEN, "pay")}#id_pay_min_usd"' in page
    assert 'href="https://www.nysenate.gov/legislation/laws/LAB/194-B"' in page
    assert not Listing.objects.exists()
    assert kept().values["description"] == ["You call people."]


def test_the_rule_stands_beside_its_field_with_its_source(client, employer, said):
    client.post(address(employer, TOKEN, "place"), answers(BY_NAME["place"], said))

    page = client.post(address(employer, TOKEN, "pay"), {"employment": "full-time"}).content.decode()

    assert "New York requires a pay range" in page
    assert 'Source: <a href="https://www.nysenate.gov/legislation/laws/LAB/194-B"' in page


def test_a_wrong_step_may_be_left_for_later_and_is_found_again(client, employer):
    answer = client.post(address(employer, TOKEN, "work"), {"headline": "Half an open", "leave": "1"})

    assert answer.url == f"/hiring/{employer.slug}/openings/new/"
    page = client.get(answer.url).content.decode()
    assert "Half an open" in page
    assert address(employer, TOKEN, "work") in page
    assert "by Dana Diaz" in page


def test_a_colleague_can_finish_it(client, employer, said):
    for step in STEPS:
        client.post(address(employer, TOKEN, step.name), answers(step, said))
    client.force_login(MembershipFactory(employer=employer, access="recruiter").user)

    client.post(address(employer, TOKEN, "check"), {"finish": "publish"})

    assert Listing.objects.live(at=NOW).count() == 1


def test_an_empty_form_knows_the_only_site(client, employer):
    site = SiteFactory(employer=employer)

    page = client.get(address(employer, TOKEN, "place")).content.decode()

    assert f'value="{site.pk}" id="id_sites_0" class="usa-checkbox__input" checked' in page


# --- Autosave --------------------------------------------------------------------------------------
def test_autosave_keeps_the_step_without_a_page(client, employer, said):
    answer = client.post(address(employer, TOKEN, "work"), {"headline": "Care Coo", "autosave": "1"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert kept().values["headline"] == ["Care Coo"]
    seen = answer.headers["X-Seen"]
    again = client.post(address(employer, TOKEN, "work"), {"headline": "Care Coord", "seen": seen, "autosave": "1"})
    assert again.status_code == 204
    assert kept().values["headline"] == ["Care Coord"]


def test_when_the_session_has_ended_autosave_says_so_and_a_press_keeps_what_was_typed(client, owner, employer, said):
    where = address(employer, TOKEN, "words")
    client.post(where, {"description": "You call people."})
    client.logout()

    assert client.post(where, {"description": "You call people, daily.", "autosave": "1"}).status_code == 401
    answer = client.post(where, {"description": "You call people, daily.", "seen": "0"})
    assert answer.url == f"/accounts/login/?next={where}"
    assert kept().values["description"] == ["You call people."]

    client.force_login(owner.user)  # the session goes on, as signing in lets it
    page = client.get(where).content.decode()
    assert "You call people, daily." in page
    assert "You were signed out" in page
    seen = typed.mark(kept().values, BY_NAME["words"].fields)
    client.post(where, {"description": "You call people, daily.", "seen": seen})
    assert kept().values["description"] == ["You call people, daily."]
    assert "You were signed out" not in client.get(where).content.decode()


def test_what_was_typed_before_signing_in_is_shown_to_nobody_else(client, owner, employer):
    where = address(employer, TOKEN, "words")
    client.logout()
    client.post(where, {"description": "Our secret plans."})

    client.force_login(MembershipFactory().user)
    assert client.get(where).status_code == 404
    client.logout()
    client.force_login(owner.user)
    assert "Our secret plans" not in client.get(where).content.decode()


def test_strangers_cannot_fill_the_portal_with_typed_text(client, settings, employer):
    client.logout()
    where = address(employer, TOKEN, "words")

    client.post(where, {"description": "x" * 60_000, "caseload": "y" * 60_000})
    assert client.session.get("typed_before_signing_in") is None


# --- Two at once -----------------------------------------------------------------------------------
def test_who_saves_a_step_later_is_told_and_loses_nothing(client, employer, said):
    client.post(address(employer, TOKEN, "work"), answers(BY_NAME["work"], said))
    seen = typed.mark(kept().values, BY_NAME["work"].fields)
    colleague = MembershipFactory(employer=employer, user__name="Lee Park").user
    other = type(client)()
    other.force_login(colleague)
    other.post(address(employer, TOKEN, "work"), {**answers(BY_NAME["work"], said), "headline": "Nurse", "seen": seen})

    mine = {**answers(BY_NAME["work"], said), "headline": "Navigator", "seen": seen}
    assert client.post(address(employer, TOKEN, "work"), {**mine, "autosave": "1"}).status_code == 409
    page = client.post(address(employer, TOKEN, "work"), mine).content.decode()

    assert "Lee Park saved this step while you were typing" in page
    assert "<strong>Headline:</strong> Nurse" in page
    assert 'value="Navigator"' in page
    assert kept().values["headline"] == ["Nurse"]
    again = {**mine, "seen": typed.mark(kept().values, BY_NAME["work"].fields)}
    client.post(address(employer, TOKEN, "work"), again)
    assert kept().values["headline"] == ["Navigator"]


def test_saving_the_same_twice_disturbs_nobody(client, employer, said):
    step = answers(BY_NAME["work"], said)
    client.post(address(employer, TOKEN, "work"), step)
    assert client.post(address(employer, TOKEN, "work"), {**step, "seen": "stale"}).status_code == 302


def test_changes_of_two_members_are_joined_and_a_clash_is_told(client, employer, said):
    listing = ListingFactory(employer=employer, published=True, headline="Before", caseload="50")
    where = f"/hiring/openings/{listing.pk}/edit"
    as_it_is = typed.of_listing(listing)
    client.post(f"{where}/work/", {**answers(BY_NAME["work"], as_it_is), "headline": "Mine"})
    client.post(f"{where}/words/", {**answers(BY_NAME["words"], as_it_is)})

    drafts.revise(listing=listing, content={"caseload": "40", "supervision": "Weekly"})
    page = client.post(f"{where}/check/", {"finish": "save"}).content.decode()
    assert "Their changes are taken over" in page
    drafts.revise(listing=listing, content={"headline": "Theirs"})
    page = client.post(f"{where}/check/", {"finish": "save"}).content.decode()
    assert "<strong>Headline:</strong> Theirs" in page

    client.post(f"{where}/check/", {"finish": "save"})
    listing.refresh_from_db()
    assert (listing.headline, listing.caseload, listing.supervision) == ("Mine", "40", "Weekly")
    assert not ListingInput.objects.exists()


# --- Double submit ---------------------------------------------------------------------------------
def test_finishing_twice_makes_one_opening(client, employer, said):
    for _twice in range(2):
        write(client, employer, said, token=TOKEN, finish="publish")
        answer = client.post(address(employer, TOKEN, "check"), {"finish": "publish"})
        assert answer.url == f"/hiring/{employer.slug}/"

    assert Listing.objects.count() == 1
    assert not ListingInput.objects.exists()
    assert searchrow.differences() == []


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_make_one_opening():
    employer, user = EmployerFactory(), UserFactory()
    content = {
        "headline": "One",
        "roles": 1,
        "employment": "full-time",
        "title": JobTitleFactory(),
        "description": "You call.",
    }
    row = writing.begin(employer=employer, token=uuid.UUID(TOKEN), by=user, now=NOW)

    outcomes = race(lambda: writing.finish(row=row, content=content, by=user, now=NOW), times=50)

    assert sum(is_new for _listing, is_new in outcomes) == 1
    assert Listing.objects.count() == 1
    assert not ListingInput.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_first_saves_at_the_same_moment_keep_one_input():
    employer, user = EmployerFactory(), UserFactory()

    rows = race(lambda: writing.begin(employer=employer, token=uuid.UUID(TOKEN), by=user, now=NOW), times=8)

    assert len({row.pk for row in rows}) == ListingInput.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_member_has_one_change_of_an_opening():
    listing, user = ListingFactory(), UserFactory()

    rows = race(lambda: writing.begin_change(listing=listing, by=user, now=NOW), times=8)

    assert len({row.pk for row in rows}) == ListingInput.objects.count() == 1


# --- Limits and time -------------------------------------------------------------------------------
def test_at_most_fifty_are_unfinished(client, employer, said):
    for _each in range(writing.MOST_UNFINISHED):
        writing.begin(employer=employer, token=uuid.uuid4(), by=None, now=NOW)

    page = client.post(address(employer, TOKEN, "work"), answers(BY_NAME["work"], said)).content.decode()

    assert "50 openings that nobody has finished" in page
    assert 'value="Care Coordinator"' in page
    assert ListingInput.objects.count() == 50


def test_what_nobody_touches_for_ninety_days_is_removed(client, employer, said):
    client.post(address(employer, TOKEN, "work"), answers(BY_NAME["work"], said))

    assert clock.tick(NOW + timedelta(days=89))["employers.unfinished_openings"] == 0
    assert clock.tick(NOW + timedelta(days=91))["employers.unfinished_openings"] == 1
    assert not ListingInput.objects.exists()


def test_removing_takes_a_press_and_leaves_the_opening_alone(client, employer, said):
    listing = ListingFactory(employer=employer, published=True, headline="Before")
    client.post(address(employer, TOKEN, "work"), answers(BY_NAME["work"], said))
    client.post(f"/hiring/openings/{listing.pk}/edit/work/", {**answers(BY_NAME["work"], said), "headline": "After"})
    assert ListingInput.objects.count() == 2

    client.post(f"/hiring/{employer.slug}/openings/write/{TOKEN}/discard/")
    client.post(f"/hiring/openings/{listing.pk}/edit/discard/")

    listing.refresh_from_db()
    assert (ListingInput.objects.count(), listing.headline) == (0, "Before")


# --- Changing an opening ---------------------------------------------------------------------------
def test_changing_leads_to_the_step_where_one_was(client, employer, said):
    listing = ListingFactory(employer=employer)
    edit = f"/hiring/openings/{listing.pk}/edit/"

    assert client.get(edit).url == f"{edit}check/"
    client.post(f"{edit}words/", {**answers(BY_NAME["words"], said), "leave": "1"})
    assert client.get(edit).url == f"{edit}words/"


def test_a_change_shows_only_when_it_is_finished(client, employer, said):
    listing = ListingFactory(employer=employer, published=True, headline="Before")
    client.post(f"/hiring/openings/{listing.pk}/edit/work/", {**answers(BY_NAME["work"], said), "headline": "After"})

    listing.refresh_from_db()
    assert listing.headline == "Before"
    change(client, listing, {**said, "headline": "After"})
    listing.refresh_from_db()
    assert (listing.headline, listing.status) == ("After", "published")


def test_a_risky_change_waits_and_says_so(client, employer, said):
    listing = ListingFactory(employer=employer, published=True)

    page = change(client, listing, {**said, "pay_min_usd": "20"}, follow=True).content.decode()

    assert "Your changes wait for a moderator because of lower pay" in page


def test_scheduling_publishes_it_later(client, employer, said):
    write(client, employer, said, token=TOKEN)
    listing = Listing.objects.get()
    where = f"/hiring/openings/{listing.pk}/edit/check/"

    page = client.post(where, {"finish": "schedule", "publish_at": "soon"}, follow=True).content.decode()
    assert "Give a day and a time" in page
    client.post(where, {"finish": "schedule", "publish_at": "2026-12-01T08:30"})

    listing.refresh_from_db()
    assert (listing.status, str(listing.publish_at)) == ("draft", "2026-12-01 13:30:00+00:00")


# --- Preview ---------------------------------------------------------------------------------------
def main_of(page):
    """The whole of an opening's page between header and footer, without its number, the notice of a preview, and `inert`."""
    words = page.split("<main", 1)[1].split("</main>")[0].replace(" inert>", ">")
    words = re.sub(
        r'<div class="usa-alert[^>]*><div[^>]*><div[^>]*><p>Preview: .*?(?:</div>){3}', "", words, flags=re.DOTALL
    )
    return re.sub(r"(openings?)(/|%2F)\d+(/|%2F)", r"\1\g<2>0\3", re.sub(r"\s+", " ", words))


def test_the_preview_is_the_public_page_and_keeps_nothing(client, employer, said):
    said |= {
        "description": "## A week\n\n• calls\n• visits",
        "caseload": "45 members",
        "mode": "hybrid",
        "visits": "some",
    }
    for step in STEPS:
        client.post(address(employer, TOKEN, step.name), answers(step, said))
    preview = client.get(address(employer, TOKEN, "preview")).content.decode()
    assert not Listing.objects.exists()

    client.post(address(employer, TOKEN, "check"), {"finish": "publish"})
    public = type(client)().get(Listing.objects.get().get_absolute_url()).content.decode()

    assert main_of(preview) == main_of(public)
    assert "Ask a question" in preview
    assert "Save this opening" in preview
    assert preview.count(" inert>") == 4
    assert " inert>" not in public
    assert "Only people with this link" not in preview
    assert "45 members" in public
    assert "<li>calls</li>" in public
    assert "Preview: only your team sees this page" in preview


def test_the_preview_of_a_change_shows_it_and_changes_nothing(client, employer, said):
    listing = ListingFactory(employer=employer, published=True, headline="Before")
    client.post(f"/hiring/openings/{listing.pk}/edit/work/", {**answers(BY_NAME["work"], said), "headline": "After"})

    preview = client.get(f"/hiring/openings/{listing.pk}/edit/preview/").content.decode()

    assert "After" in preview
    listing.refresh_from_db()
    assert listing.headline == "Before"
    assert searchrow.differences() == []


def test_a_preview_of_what_is_not_ready_leads_to_what_is_missing(client, employer):
    answer = client.get(address(employer, TOKEN, "preview"))

    assert answer.url == address(employer, TOKEN, "check")


# --- Who may ---------------------------------------------------------------------------------------
def test_a_token_of_another_team_is_nobody_elses(client, employer, said):
    theirs = writing.begin(
        employer=EmployerFactory(), token=uuid.uuid4(), by=None, now=NOW, values={"headline": ["Secret"]}
    )

    for name in ("work", "check", "preview"):
        assert client.get(address(employer, theirs.token, name)).status_code == 404
    assert client.post(address(employer, theirs.token, "work"), {"headline": "Taken"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.values["headline"] == ["Secret"]


def test_a_members_change_is_their_own(client, employer, said):
    listing = ListingFactory(employer=employer, headline="Before")
    client.post(f"/hiring/openings/{listing.pk}/edit/work/", {**answers(BY_NAME["work"], said), "headline": "Mine"})
    client.force_login(MembershipFactory(employer=employer).user)

    assert "Mine" not in client.get(f"/hiring/openings/{listing.pk}/edit/work/").content.decode()


# --- Costs -----------------------------------------------------------------------------------------
def test_a_step_costs_the_same_for_two_choices_as_for_twelve(client, employer, said, django_assert_max_num_queries):
    counts = []
    for more in range(2):
        SiteFactory.create_batch(2 + 8 * more, employer=employer)
        for number in range(2 + 8 * more):
            CareSettingFactory(slug=f"setting-{more}-{number}")
            writing.begin(employer=employer, token=uuid.uuid4(), by=UserFactory(), now=NOW)
        for name in ("work", "place", "check"):
            client.get(address(employer, TOKEN, name))
        asked = []
        for where in (
            *(address(employer, TOKEN, name) for name in ("work", "place", "check")),
            f"/hiring/{employer.slug}/openings/new/",
        ):
            with django_assert_max_num_queries(40) as queries:
                client.get(where)
            asked.append(len(queries))
        counts.append(asked)

    assert counts[0] == counts[1]
