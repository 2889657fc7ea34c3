"""The page of one opening: who sees what, and what stands on it."""

import json
import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from careers.vocabulary import RoleMask
from employers.explaining import SHORT_CHARACTERS
from employers.facts import kit
from employers.models import Listing
from tests.careers_factories import CareRoleFactory, CareSettingFactory, JobTitleFactory
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.public.test_search_page import html, ids
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

EIGHT = ["Pay", "Place", "Schedule", "Work mode and home visits", "License", "Caseload", "People served", "Languages"]


def open_page(client, listing):
    return client.get(listing.get_absolute_url())


def labels(response):
    facts = re.search(r'<dl class="facts">.*?</dl>', html(response), re.DOTALL)[0]
    return re.findall(r"<dt>([^<]+)</dt>", facts)


def json_ld(response):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(response), re.DOTALL)
    return json.loads(found[1]) if found else None


def a_member(client, listing, access="viewer"):
    client.force_login(MembershipFactory(employer=listing.employer, access=access).user)


def a_moderator(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="employers", codename="view_listing"))
    client.force_login(user)


# --- Who sees what ------------------------------------------------------------------------------
def test_a_live_opening_is_for_everyone(client):
    response = open_page(client, ListingFactory(published=True))

    assert response.status_code == 200
    assert "noindex" not in html(response)
    assert faults(html(response)) == []


@pytest.mark.parametrize("access", ["owner", "recruiter", "viewer"])
def test_a_draft_is_for_its_own_team_only(client, access):
    listing = ListingFactory()
    assert open_page(client, listing).status_code == 404
    client.force_login(MembershipFactory().user)
    assert open_page(client, listing).status_code == 404

    a_member(client, listing, access)
    response = open_page(client, listing)

    assert response.status_code == 200
    assert "only your team sees this page" in html(response)
    assert "noindex" in html(response)
    assert json_ld(response) is None


def test_a_moderator_sees_a_draft(client):
    a_moderator(client)

    assert open_page(client, ListingFactory()).status_code == 200


def test_a_draft_does_not_tell_its_headline_to_strangers(client):
    listing = ListingFactory(headline="Secret plan")

    assert client.get(f"/openings/{listing.pk}/").status_code == 404
    assert client.get(f"/openings/{listing.pk}/x/").status_code == 404


def test_an_opening_of_an_unapproved_employer_is_unknown_to_strangers(client):
    listing = ListingFactory(published=True, unapproved=True)
    assert open_page(client, listing).status_code == 404

    a_member(client, listing)
    assert open_page(client, listing).status_code == 200


@pytest.mark.parametrize(
    "situation",
    [{"taken_down": True}, {"published": True, "suspended": True}, {"closed": True, "suspended": True}],
)
def test_what_was_taken_down_is_gone_for_everyone(client, situation):
    listing = ListingFactory(headline="Secret plan", **situation)
    response = open_page(client, listing)

    assert response.status_code == 410
    assert "Secret plan" not in html(response)
    a_member(client, listing)
    assert open_page(client, listing).status_code == 410


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        ({"closed": True}, "The employer closed this opening on November 21, 2026."),
        (
            {"published": True, "closes_on": NOW.date() - timedelta(days=3)},
            "This opening closed on November 19, 2026.",
        ),
        (
            {"published": True, "published_at": NOW - timedelta(days=91)},
            "This opening is closed since November 21, 2026: the employer has not told us that it is still open.",
        ),
    ],
)
def test_an_ended_opening_stays_says_since_when_and_cannot_be_applied_to(client, situation, words):
    listing = ListingFactory(apply_url="https://jobs.example.org/1", **situation)

    response = open_page(client, listing)

    assert response.status_code == 200
    assert "This opening is closed." in html(response)
    assert words in html(response)
    assert "jobs.example.org" not in html(response)
    assert '<meta name="robots" content="noindex">' in html(response)
    assert json_ld(response) is None
    assert labels(response) == EIGHT


def test_an_opening_closes_the_day_after_its_last_day(client):
    listing = ListingFactory(published=True, closes_on=NOW.date())

    assert "Closes November 22, 2026" in html(open_page(client, listing))
    assert "Today is the last day." in html(open_page(client, listing))


@pytest.mark.parametrize(
    "address", ["/openings/999999/x/", "/openings/0/x/", f"/openings/{10**30}/x/", "/openings/x/x/"]
)
def test_an_unknown_opening_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["wrong", "%00", "RN-troy", "caf%C3%A9", "x" * 5000], ids=lambda slug: slug[:8])
def test_a_wrong_slug_leads_to_the_right_one_for_good(client, slug):
    listing = ListingFactory(published=True, headline="RN, Troy")

    response = client.get(f"/openings/{listing.pk}/{slug}/?zip=12207")

    assert response.status_code == 301
    assert response["Location"] == f"/openings/{listing.pk}/rn-troy/?zip=12207"


def test_the_id_alone_leads_to_the_opening(client):
    listing = ListingFactory(published=True)

    assert client.get(f"/openings/{listing.pk}/")["Location"] == listing.get_absolute_url()


# --- What stands on it --------------------------------------------------------------------------
def test_all_eight_facts_stand_there_in_their_order_stated_or_not(client):
    bare = ListingFactory(published=True, pay_min_usd=None, pay_max_usd=None, pay_period="")
    full = ListingFactory(
        published=True, schedules=["weekdays"], mode="hybrid", visits="some", licences=["none"],
        caseload="About 40", languages=["en", "es"],
    )  # fmt: skip

    assert labels(open_page(client, bare)) == EIGHT
    assert html(open_page(client, bare)).count("The ad does not say.") == 6
    assert "This ad answers 1 of 8 questions" in html(open_page(client, bare))
    assert labels(open_page(client, full)) == EIGHT
    assert "This ad answers 7 of 8 questions" in html(open_page(client, full))
    assert "English and Spanish" in html(open_page(client, full))


def test_half_a_fact_is_shown_and_counts_as_missing(client):
    response = open_page(client, ListingFactory(published=True, mode="hybrid"))

    assert "Hybrid<small>The ad does not say if there are home visits.</small>" in html(response)
    assert "This ad answers 2 of 8 questions" in html(response)


def test_the_interview_kit_asks_what_the_ad_leaves_out(client):
    response = open_page(client, ListingFactory(published=True, licences=["rn"]))

    assert "How many people would I look after" in html(response)
    assert "Do I need a license" not in html(response)
    assert "What does the job pay" not in html(response)


def test_the_kit_asks_for_details_of_facts_that_are_stated(client):
    fields = {"published": True, "schedules": ["weekdays"], "mode": "field", "visits": "most", "caseload": "40"}
    bare = html(open_page(client, ListingFactory(**fields)))
    full = html(
        open_page(
            client,
            ListingFactory(
                **fields, on_call="none", visits_percent=80, needs_car=True, benefit_kinds=["mileage"], counties=["NY:Albany"],
                acuity="high", supervision="weekly", experience_months=0,
            ),
        )
    )  # fmt: skip

    for question in (
        "Is there on-call time? How often", "How many home visits are there", "Do I need my own car", "Is mileage paid, and how",
        "Which counties would I cover", "How much help do most people", "Who supervises me", "How long is the training",
    ):  # fmt: skip
        assert question in bare, question
        assert question not in full, question


def test_of_an_ad_that_nobody_read_everything_is_asked():
    left_out, always = kit(None)

    assert len(left_out) == 10
    assert len(always) == 3


def test_the_apply_link_names_its_host(client):
    listing = ListingFactory(published=True, apply_url="https://www.jobs.example.org/apply?id=1&ref=<x>")

    shown = html(open_page(client, listing))

    assert "Apply on jobs.example.org" in shown


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "https://[", "//x.org"]
)
def test_an_address_that_is_no_web_page_is_no_apply_link(client, address):
    listing = ListingFactory(published=True, apply_url=address)

    assert "Apply on" not in html(open_page(client, listing))
    assert address not in html(open_page(client, listing))


def test_without_an_apply_link_the_page_names_phone_and_website(client):
    employer = EmployerFactory(phone="518 555 0100", website="https://www.care.example")
    shown = html(open_page(client, ListingFactory(published=True, employer=employer)))

    assert 'href="tel:5185550100"' in shown
    assert "See care.example" in shown


def test_without_an_apply_link_one_applies_here(client):
    listing = ListingFactory(published=True)
    shown = html(open_page(client, listing))

    assert f'href="/openings/{listing.pk}/apply-here/"' in shown
    assert "Their own site takes the application" not in shown


def test_the_steps_to_apply_say_what_to_have_ready(client):
    listing = ListingFactory(
        published=True,
        apply_url="https://jobs.example.org/1",
        licences=["rn"],
        licence_stance="required",
        needs_car=True,
    )

    shown = html(open_page(client, listing))

    assert "The ad asks for: RN license." in shown
    assert "you need your own car" in shown
    assert "We show you its name before you leave." in shown
    assert "How to apply" not in html(open_page(client, ListingFactory(closed=True)))


def test_title_and_settings_are_explained_by_links(client):
    title = JobTitleFactory(notes="You keep a list. It is long.")
    setting = CareSettingFactory(name="Hospitals", summary="The pace is fast. " + "You walk a lot. " * 20)
    shown = html(open_page(client, ListingFactory(published=True, title=title, care_settings=[setting])))

    assert (
        f'<a href="/careers/titles/{title.slug}/">{title.name}</a><small>You keep a list. It is long.</small>' in shown
    )
    assert f'<a href="/careers/settings/{setting.slug}/">Hospitals</a><small>The pace is fast. You walk a lot.' in shown
    assert max(len(text) for text in re.findall(r"<small>([^<]*)</small>", shown)) <= SHORT_CHARACTERS


def test_the_address_can_be_copied_and_mailed_without_any_other_site(client):
    listing = ListingFactory(published=True, headline="Guide & friend?", pay_min_usd=25, pay_max_usd=31)
    shown = html(open_page(client, listing))

    assert f'value="{settings.PORTAL_URL}/openings/{listing.pk}/"' in shown
    mail = re.search(r'href="(mailto:[^"]*)"', shown)[1].replace("&amp;", "&")
    asked = parse_qs(mail.partition("?")[2])
    assert asked["subject"] == ["Guide & friend?"]
    assert "$25 to $31 an hour" in asked["body"][0]
    assert asked["body"][0].endswith(f"/openings/{listing.pk}/")


def test_a_draft_shows_its_team_what_everyone_will_see_and_its_ways_do_nothing(client):
    listing = ListingFactory()
    a_member(client, listing)

    shown = html(open_page(client, listing))

    for part in ("apply-bar", "side-actions", "part--close no-print", "quiet gap-2 no-print"):
        tags = re.findall(rf'<\w+ class="{part}[^>]*>', shown)
        assert any(tag.endswith(" inert>") for tag in tags), part
    assert "Ask a question" in shown
    assert "Only people with this link" not in shown
    assert "js/share" not in shown


def test_what_is_closed_is_not_shared_and_has_no_bar(client):
    listing = ListingFactory(closed=True)
    a_member(client, listing)

    shown = html(open_page(client, listing))

    assert "share-address" not in shown
    assert "apply-bar" not in shown


def test_several_positions_are_said(client):
    assert "3 people are wanted." in html(open_page(client, ListingFactory(published=True, positions=3)))


def test_headline_and_text_cannot_carry_markup(client):
    listing = ListingFactory(
        published=True,
        headline="</title><script>alert(1)</script>",
        caseload="<img src=x onerror=alert(2)>",
        benefits="<iframe src=//evil.example>",
        description="<script>alert(3)</script>\n\n[x](javascript:alert(4)) ![y](//evil.example/p.gif)\n\n<b onclick=a>z</b>",
    )

    shown = html(open_page(client, listing))

    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "<iframe" not in shown
    assert 'href="javascript:' not in shown
    assert "<b onclick" not in shown
    assert faults(shown) == []


def test_a_sample_is_marked_and_kept_from_machines(client):
    response = open_page(client, ListingFactory(published=True, sample=True))

    assert ">Sample<" in html(response)
    assert '<meta name="robots" content="noindex">' in html(response)
    assert json_ld(response) is None


# --- Similar openings ---------------------------------------------------------------------------
def test_similar_openings_are_live_for_the_same_work_nearest_first(client):
    role = CareRoleFactory()
    guide, helper = JobTitleFactory(slug="care-guide", role=role), JobTitleFactory(slug="care-helper", role=role)
    employer = EmployerFactory()
    here = SiteFactory(employer=employer)
    troy = SiteFactory(employer=employer, city="Troy", lat=42.73, lng=-73.69)
    shown = ListingFactory(published=True, employer=employer, title=guide, sites=[here])
    far = ListingFactory(published=True, employer=employer, title=helper, sites=[troy])
    near = ListingFactory(published=True, employer=employer, title=helper, sites=[here])
    ListingFactory(closed=True, employer=employer, title=helper, sites=[here])
    ListingFactory(
        published=True, employer=employer, title=JobTitleFactory(slug="nurse", roles=RoleMask.CM), sites=[here]
    )

    response = open_page(client, shown)

    assert ids(response) == [near.pk, far.pk]
    assert "data-miles" not in html(response)


def test_a_closed_opening_leads_to_similar_ones(client):
    listing = ListingFactory(closed=True)
    other = ListingFactory(published=True, title=listing.title)

    assert ids(open_page(client, listing)) == [other.pk]


def test_the_page_costs_the_same_for_one_similar_opening_as_for_three(client, django_assert_num_queries):
    listing = ListingFactory(published=True)
    ListingFactory(published=True)
    with django_assert_num_queries(8):
        open_page(client, listing)
    for _number in range(3):
        ListingFactory(published=True)
    with django_assert_num_queries(8):
        open_page(client, listing)


def test_every_status_has_a_page():
    assert {status.value for status in Listing.Status} == {
        "draft",
        "in_review",
        "rejected",
        "published",
        "closed",
        "taken_down",
    }


# --- What an ad says beyond the eight facts -----------------------------------------------------
def test_what_the_ad_adds_to_a_fact_stands_under_it(client):
    listing = ListingFactory(
        published=True, on_call="some", visits="some", visits_percent=60, needs_car=True, acuity="high",
        counties=["NY:Rensselaer", "NY:Albany"], supervision="an hour a week with an LCSW",
        benefit_kinds=["pslf", "tuition"], caseload="45 members",
    )  # fmt: skip

    page = html(open_page(client, listing))

    for words in (
        "Some on-call time, in turns", "About 60% home visits. Own car needed. Covers Albany and Rensselaer (NY)",
        "High needs: many conditions or frequent crises. Supervision: an hour a week with an LCSW",
        "<li>Counts for Public Service Loan Forgiveness</li><li>Tuition help</li>",
    ):  # fmt: skip
        assert words in page
