"""Every mail to employers, moderators and readers of news: whole in both parts, and nobody else's address in it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from accounts import news
from accounts.models import NewsSubscription
from careerportal.core.mail import SUBJECT_MAX_LENGTH, subject_about
from careerportal.outbox import streams
from careerportal.outbox.models import Delivery
from careers.models import NewsItem
from employers import (
    casetalk,
    confirming,
    drafts,
    emails,
    inbox,
    lifecycle,
    queue,
    queue_mail,
    team,
    team_emails,
    timetable,
    verification,
    verification_mail,
)
from employers.models import Verification
from tests.clock import NOW
from tests.employers.team.conftest import safe
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NAME = "Care & Sons <b>Health Home</b> of the Upper Hudson Valley and the Adirondack Park"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(r"https?://[^\s<>\"]+")
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 9 in the morning in New York
FIRST_TUESDAY = datetime(2026, 12, 1, 13, tzinfo=UTC)


@pytest.fixture
def employer():
    return EmployerFactory(name=NAME, slug="care-and-sons")


@pytest.fixture
def owner(employer):
    return safe(MembershipFactory(employer=employer, user__name="Olive Owner").user)


def request(employer, **fields):
    return Verification.objects.create(employer=employer, user=UserFactory(), **{"reason": "claim", **fields})


def is_approved(employer, owner):
    ListingFactory(employer=employer)
    emails.tell_approved(employer, now=NOW)


def claim_is_approved(employer, owner):
    verification.approve(verification=request(employer), by=UserFactory(), evidence="Called back.", now=NOW)


def claim_is_rejected(employer, owner):
    verification.reject(verification=request(employer), by=UserFactory(), reason="Nobody knows you & yours.", now=NOW)


def change_is_approved(employer, owner):
    asked = request(employer, reason="change", proposed_name=NAME)
    verification.approve(verification=asked, by=UserFactory(), evidence="Called back.", now=NOW)


def is_asked_again_soon(employer, owner):
    verification_mail.tell_owners(employer, verification_mail.IDLE_SOON, since=NOW, now=NOW)


def is_asked_again(employer, owner):
    verification_mail.tell_owners(employer, verification_mail.IDLE, since=NOW, now=NOW)


def moderators_write(employer, owner):
    case = queue.open_case(kind="opening", employer=employer, listing=ListingFactory(employer=employer), now=NOW)
    casetalk.say(case=case, by=UserFactory(is_staff=True), text="What is the pay?", now=NOW)


def somebody_is_invited(employer, owner):
    asked = team.invite(employer=employer, email="new@agency.example", access="viewer", by=owner, now=NOW)
    team_emails.send_invitation(asked, now=NOW)


def inbox_is_chosen(employer, owner):
    employer = inbox.want(employer=employer, email="jobs@agency.example", by=owner, now=NOW)
    team_emails.send_inbox_confirmation(employer, now=NOW)


def is_asked_whether_it_is_open(employer, owner):
    ListingFactory(employer=employer, headline=NAME, published=True, published_at=NOW, confirmed_at=NOW)
    confirming.ask(NOW + timedelta(days=60))


def is_told_that_it_is_hidden(employer, owner):
    ListingFactory(employer=employer, headline=NAME, published=True, published_at=NOW, confirmed_at=NOW)
    confirming.ask(NOW + timedelta(days=90))


def is_asked_how_it_ended(employer, owner):
    ListingFactory(employer=employer, headline=NAME, published=True, closes_on=NOW.date())
    timetable.close_ended(NOW + timedelta(days=1))


def cannot_be_published_on_its_day(employer, owner):
    listing = ListingFactory(employer=employer, headline=NAME)
    lifecycle.schedule(listing=listing, publish_at=NOW + timedelta(days=2), now=NOW)
    drafts.revise(listing=listing, content={"closes_on": NOW.date()})
    timetable.publish_scheduled(NOW + timedelta(days=2))


def the_week_begins(employer, owner):
    queue.open_case(kind="organization", employer=employer, now=NOW, is_urgent=True)
    queue_mail.send_weekly(MONDAY)


def news_is_asked_for(employer, owner):
    news.subscribe(address="reader@example.org", now=NOW)


def news_is_due(employer, owner):
    news.subscribe(address="reader@example.org", verified=True, now=NOW)
    NewsItem.objects.create(slug="one", title=NAME, summary="In short.", published_at=NOW - timedelta(days=3))
    news.plan(now=FIRST_TUESDAY)
    assert NewsSubscription.objects.exists()


ACTS = {
    is_approved: "is approved",
    claim_is_approved: "your request is approved",
    claim_is_rejected: "we could not verify it",
    change_is_approved: "your request is approved",
    is_asked_again_soon: "are you still there?",
    is_asked_again: "please confirm it",
    moderators_write: "A message about",
    somebody_is_invited: "You are invited to the team of",
    inbox_is_chosen: "Confirm the inbox of",
    is_asked_whether_it_is_open: "Still open?",
    is_told_that_it_is_hidden: "Hidden now:",
    is_asked_how_it_ended: "How did it end?",
    cannot_be_published_on_its_day: "Not published:",
    the_week_begins: "1 case waits",
    news_is_asked_for: "Please confirm: career news",
    news_is_due: "Career news:",
}


def sent(act, employer, owner):
    """The one message that comes of an act, and its delivery."""
    act(employer, owner)
    delivery = Delivery.objects.get()
    message = streams.handler_for(delivery.kind).build(delivery, list(delivery.items.all()), now=NOW)
    return message, delivery


@pytest.fixture(params=ACTS, ids=lambda act: act.__name__)
def mail(request, employer, owner):
    """(message, delivery, words of its subject) of each act."""
    return (*sent(request.param, employer, owner), ACTS[request.param])


def test_the_subject_says_what_it_is_about_in_one_short_line_whatever_the_name(mail):
    message, _delivery, words = mail

    assert words in message.subject
    assert len(message.subject) <= SUBJECT_MAX_LENGTH
    assert "\n" not in message.subject


def test_it_goes_to_one_person_and_names_nobody_elses_address(mail, settings):
    message, delivery, _words = mail
    bodies = message.body + "".join(str(part) for part, _kind in message.alternatives)

    assert message.to in ([], [delivery.address])  # the sender writes the recipient of a delivery in any case
    assert not message.cc + message.bcc
    assert set(ADDRESS.findall(bodies)) <= {settings.SUPPORT_EMAIL, delivery.address}


def test_every_link_is_absolute_and_ours_and_both_parts_have_the_same(mail, settings):
    message, delivery, _words = mail
    in_text = {link.rstrip(".,:") for link in LINK.findall(message.body)}

    assert in_text
    assert {link for link in in_text if not link.startswith(f"{settings.PORTAL_URL}/")} == set()
    for html, _kind in message.alternatives:
        hrefs = set(re.findall(r'href="([^"]*)"', html))
        assert {one for one in hrefs if not one.startswith((f"{settings.PORTAL_URL}/", "mailto:"))} == set()
        assert in_text <= {one.replace("&amp;", "&") for one in hrefs}
        assert "<img" not in html
        assert "<script" not in html
    assert bool(message.alternatives) == (delivery.kind != streams.RAW)


def test_the_text_says_what_the_html_says_and_names_stay_names(mail, settings):
    message, delivery, _words = mail
    lines = message.body.splitlines()

    assert max(len(line) for line in lines) < 998
    assert "&amp;" not in message.body
    assert "&lt;" not in message.body
    if delivery.kind == streams.RAW:
        return
    html = message.alternatives[0][0]
    assert "<b>Health Home" not in html
    assert max(len(line) for line in html.splitlines()) < 998
    for part in (message.body, html):
        assert settings.POSTAL_ADDRESS in part
        assert "because you" in " ".join(strip_tags(part).split()) or "You get this because" in part


@pytest.mark.parametrize("act", [claim_is_rejected], ids=lambda act: act.__name__)
def test_a_refusal_says_why(act, employer, owner):
    message, _delivery = sent(act, employer, owner)

    assert "Reason: Nobody knows you & yours." in message.body
    assert "Reason: Nobody knows you &amp; yours." in message.alternatives[0][0]


def test_what_moderators_wrote_stays_on_the_site(employer, owner):
    message, _delivery = sent(moderators_write, employer, owner)

    assert "What is the pay?" not in message.body + message.alternatives[0][0]


def test_the_moderators_letter_names_no_employer(employer, owner):
    message, _delivery = sent(the_week_begins, employer, owner)

    assert "Care & Sons" not in message.subject + message.body


def test_a_long_name_loses_its_end_and_the_subject_none_of_its_words():
    said = subject_about("%(name)s: we could not verify it", "word " * 40)

    assert len(said) <= SUBJECT_MAX_LENGTH
    assert said.endswith("…: we could not verify it")
    assert subject_about("About %(name)s", "Hudson\nCare") == "About Hudson Care"
