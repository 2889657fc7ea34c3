"""No way leads to a published opening without the pay range that a state's rule asks for; each refusal names the rule."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from employers import drafts, lifecycle, revisions, timetable
from employers.lifecycle import TransitionRefused
from employers.models import Listing
from tests.clock import NOW
from tests.employers.writing_steps import new_york_asks_for_pay
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
NO_PAY = {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}
RULE = "New York requires a pay range.*Source: Labor Law section 194-b, https://www.nysenate.gov"


@pytest.fixture(autouse=True)
def rule():
    return new_york_asks_for_pay()


@pytest.fixture
def employer():
    return EmployerFactory()


def test_a_draft_without_pay_is_not_published_and_one_with_pay_is(employer):
    without = ListingFactory(employer=employer, **NO_PAY)

    with pytest.raises(TransitionRefused, match=RULE):
        lifecycle.publish(listing=without, now=NOW)

    assert Listing.objects.get().status == "draft"
    assert lifecycle.publish(listing=ListingFactory(employer=employer), now=NOW).status == "published"


def test_the_button_in_the_list_says_why_with_the_source(client, employer):
    member = MembershipFactory(employer=employer)
    copied, _is_new = drafts.copy(listing=ListingFactory(employer=employer, **NO_PAY), by=member.user, source_id="1")
    client.force_login(member.user)

    page = client.post(f"/hiring/openings/{copied.pk}/publish/", follow=True).content.decode()

    assert "New York requires a pay range" in page
    assert "https://www.nysenate.gov" in page
    assert Listing.objects.get(pk=copied.pk).status == "draft"


def test_it_cannot_be_scheduled_or_opened_again(employer):
    with pytest.raises(TransitionRefused, match=RULE):
        lifecycle.schedule(
            listing=ListingFactory(employer=employer, **NO_PAY), publish_at=NOW + timedelta(days=1), now=NOW
        )
    with pytest.raises(TransitionRefused, match=RULE):
        lifecycle.reopen(listing=ListingFactory(employer=employer, closed=True, **NO_PAY), closes_on=None, now=NOW)


def test_a_scheduled_draft_that_lost_its_pay_stays_a_draft_and_its_people_are_told(employer):
    listing = ListingFactory(employer=employer)
    lifecycle.schedule(listing=listing, publish_at=NOW + timedelta(days=1), now=NOW)
    revisions.change(listing=listing, content=NO_PAY, now=NOW)

    timetable.publish_scheduled(NOW + timedelta(days=1))

    listing.refresh_from_db()
    assert (listing.status, listing.publish_at) == ("draft", None)


def test_a_moderator_cannot_let_it_go_live():
    listing = ListingFactory(employer=EmployerFactory(untrusted=True))
    lifecycle.publish(listing=listing, now=NOW)
    revisions.change(listing=listing, content=NO_PAY, now=NOW)

    with pytest.raises(TransitionRefused, match=RULE):
        lifecycle.accept(listing=listing, by=UserFactory(), now=NOW)


def test_what_is_published_does_not_lose_its_pay(employer):
    listing = ListingFactory(employer=employer, published=True)

    with pytest.raises(TransitionRefused, match=RULE):
        revisions.change(listing=listing, content=NO_PAY, now=NOW)

    listing.refresh_from_db()
    assert listing.pay_max_usd == 31
    assert not listing.revisions.exists()


def test_a_change_that_waits_is_not_accepted_once_a_rule_is_there(employer, rule):
    rule.delete()
    listing = ListingFactory(employer=employer, published=True)
    _listing, waits = revisions.change(listing=listing, content=NO_PAY, now=NOW)
    new_york_asks_for_pay()

    with pytest.raises(TransitionRefused, match=RULE):
        revisions.accept(revision=waits, by=UserFactory(), now=NOW)

    assert Listing.objects.get().pay_max_usd == 31


def test_what_is_published_without_pay_elsewhere_does_not_move_to_where_pay_is_asked_for(employer):
    elsewhere = SiteFactory(employer=employer, city="Scranton", state="PA", zip="18503", county="Lackawanna")
    here = SiteFactory(employer=employer)
    listing = ListingFactory(employer=employer, published=True, sites=[elsewhere], **NO_PAY)

    with pytest.raises(TransitionRefused, match=RULE):
        revisions.change(listing=listing, content={"sites": [here]}, now=NOW)
    revisions.change(listing=listing, content={"headline": "Care coordinator in Scranton"}, now=NOW)

    assert list(listing.sites.all()) == [elsewhere]


def test_what_was_published_before_the_rule_can_still_be_mended(employer):
    listing = ListingFactory(employer=employer, published=True, **NO_PAY)
    changed, _waits = revisions.change(listing=listing, content={"headline": "Care coordinator"}, now=NOW)
    assert changed.headline == "Care coordinator"


def test_the_admin_does_not_take_the_pay_away_nor_write_what_only_the_verbs_write(client, employer):
    listing = ListingFactory(employer=employer, published=True)
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_listing", "change_listing"]))
    sign_in_staff(client, user)
    address = f"/admin/employers/listing/{listing.pk}/change/"
    shown = client.get(address).context["adminform"].form
    sent = {name: shown[name].value() for name in shown.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", [], False)}

    page = client.post(address, {**sent, **dict.fromkeys(NO_PAY, "")}).content.decode()

    assert "New York requires a pay range" in page
    assert Listing.objects.get().pay_max_usd == 31
    assert not {"publish_at", "outcome", "outcome_asked_at"} & shown.fields.keys()
