"""Career news by mail: double opt-in, a stream of its own, once a month, each item once ever."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import news
from accounts.models import NewsConfirmation, NewsSubscription
from accounts.tokens import CONFIRM, MANAGE, NEWS_CONFIRM, NEWS_MANAGE, read_token, token_for
from careerportal.core import clock
from careerportal.outbox import stops, streams
from careerportal.outbox.models import Delivery, Item, Recipient
from careerportal.outbox.tokens import unsubscribe_token
from careers.models import NewsItem
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers.racing import race

pytestmark = pytest.mark.django_db
FIRST_TUESDAY = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)  # 8:00 in New York
WEDNESDAY = FIRST_TUESDAY + timedelta(days=1)


def an_item(slug="first", *, out=NOW - timedelta(days=3), **fields):
    return NewsItem.objects.create(slug=slug, title=f"Title {slug}", summary="In short.", published_at=out, **fields)


def subscribed(address="seeker@example.org", *, now=NOW):
    return news.subscribe(address=address, verified=True, now=now)


def built(delivery, *, now=FIRST_TUESDAY):
    return streams.handler_for(delivery.kind).build(delivery, list(delivery.items.all()), now=now)


def test_asking_sends_a_confirmation_and_nothing_else(client):
    an_item()

    answer = client.post("/news/subscribe/", {"email": "Seeker@Example.org"})

    assert (answer.status_code, answer.url) == (302, "/news/sent/")
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.stream, delivery.address) == ("news_confirm", "account", "seeker@example.org")
    assert news.plan(now=FIRST_TUESDAY).deliveries == 0
    assert news.plan(now=FIRST_TUESDAY, whatever_the_day=True).deliveries == 0


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client):
    subscribed("known@example.org")

    answers = [client.post("/news/subscribe/", {"email": f"{who}@example.org"}).url for who in ("known", "new")]

    assert answers == ["/news/sent/", "/news/sent/"]
    assert Delivery.objects.filter(kind="news_confirm").count() == 2


def test_the_link_shows_a_button_and_only_the_button_confirms(client):
    subscription = news.subscribe(address="seeker@example.org", now=NOW)
    link = reverse("news_confirm", args=[token_for(NEWS_CONFIRM, NewsConfirmation.objects.get().pk)])
    NewsConfirmation.objects.update(expires_at=datetime(2100, 1, 1, tzinfo=UTC))

    assert client.get(link).status_code == 200
    subscription.refresh_from_db()
    assert subscription.state == "unconfirmed"

    answers = [client.post(link).url, client.post(link).url]
    subscription.refresh_from_db()
    assert subscription.state == "active"
    assert answers[0] == answers[1] == reverse("news_manage", args=[token_for(NEWS_MANAGE, subscription.pk)])


def test_a_link_older_than_a_week_is_refused_with_a_way_on(client):
    news.subscribe(address="seeker@example.org", now=NOW)
    confirmation = NewsConfirmation.objects.get()

    with pytest.raises(news.NewsRefused):
        news.confirm_by_link(confirmation=confirmation, now=NOW + timedelta(days=8))

    NewsConfirmation.objects.update(
        asked_at="2020-01-01T00:00Z", due_at="2020-01-01T00:00Z", expires_at="2020-01-08T00:00Z"
    )
    page = client.post(reverse("news_confirm", args=[token_for(NEWS_CONFIRM, confirmation.pk)])).content.decode()
    assert "older than a week" in page
    assert 'href="/news/subscribe/"' in page


def test_an_inbox_gets_three_confirmations_a_day_ten_minutes_apart():
    for minute in range(6):
        news.subscribe(address="seeker@example.org", now=NOW + timedelta(minutes=minute))

    dues = list(Delivery.objects.order_by("due_at").values_list("due_at", flat=True))
    assert dues == [NOW, NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)]


def test_who_is_subscribed_and_asks_again_is_told_so():
    subscription = subscribed()
    news.subscribe(address="seeker@example.org", now=NOW)

    message = built(Delivery.objects.get())
    assert message.subject == "You already get career news"
    subscription.refresh_from_db()
    assert subscription.state == "active"


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("America/New_York", NOW, "2026-12-01T08:00:00-05:00"),
        ("America/New_York", FIRST_TUESDAY, "2027-01-05T08:00:00-05:00"),
        ("America/New_York", FIRST_TUESDAY - timedelta(seconds=1), "2026-12-01T08:00:00-05:00"),
        ("America/Los_Angeles", FIRST_TUESDAY, "2026-12-01T08:00:00-08:00"),
        ("America/New_York", datetime(2027, 3, 10, tzinfo=UTC), "2027-04-06T08:00:00-04:00"),
    ],
)
def test_it_is_due_on_the_first_tuesday_at_the_recipients_hour(zone, now, due):
    subscription = NewsSubscription(recipient=Recipient(zone=zone, local_hour=8))

    assert subscription.run_after(now).isoformat() == due


def test_the_first_tuesday_brings_the_news_once_and_a_repeat_brings_nothing():
    subscription, first, second = subscribed(), an_item(), an_item("second", out=NOW)

    assert news.plan(now=FIRST_TUESDAY - timedelta(hours=1)).deliveries == 0
    assert news.plan(now=FIRST_TUESDAY).deliveries == 1
    assert news.plan(now=FIRST_TUESDAY).deliveries == 0
    assert news.plan(now=WEDNESDAY, whatever_the_day=True).deliveries == 0

    delivery = Delivery.objects.get()
    assert delivery.idem_key == f"news:{subscription.recipient_id}:2026-12"
    assert delivery.stream == "news"
    assert set(delivery.items.values_list("kind", "object_id")) == {("news", str(first.pk)), ("news", str(second.pk))}


def test_no_news_no_mail_and_nothing_is_told_twice():
    subscribed()
    assert news.plan(now=FIRST_TUESDAY).deliveries == 0

    january = datetime(2027, 1, 5, 13, tzinfo=UTC)
    item = an_item(out=january - timedelta(days=5))
    assert news.plan(now=january).deliveries == 1
    february = datetime(2027, 2, 2, 13, tzinfo=UTC)
    assert news.plan(now=february).deliveries == 0
    an_item("newer", out=february - timedelta(days=1))
    assert news.plan(now=datetime(2027, 3, 2, 13, tzinfo=UTC)).deliveries == 1
    assert Item.objects.filter(kind="news", object_id=str(item.pk)).count() == 1


def test_drafts_news_of_the_future_and_old_news_are_not_told():
    subscribed()
    an_item("draft", out=None)
    an_item("future", out=WEDNESDAY)
    an_item("old", out=FIRST_TUESDAY - news.NEWS_AGE)

    assert news.plan(now=FIRST_TUESDAY).deliveries == 0


def test_what_does_not_fit_into_one_mail_comes_in_the_next():
    subscribed()
    for number in range(news.NEWS_IN_A_MAIL + 2):
        an_item(f"item-{number}", out=FIRST_TUESDAY - timedelta(days=number + 1))

    news.plan(now=FIRST_TUESDAY)
    news.plan(now=datetime(2027, 1, 5, 13, tzinfo=UTC))

    counts = [one.items.count() for one in Delivery.objects.order_by("due_at")]
    assert counts == [news.NEWS_IN_A_MAIL, 2]


def test_the_mail_says_what_why_and_how_to_stop():
    source = "A <source> & more"
    subscribed()
    item = an_item()
    NewsItem.objects.filter(pk=item.pk).update(title=source)
    news.plan(now=FIRST_TUESDAY)

    message = built(Delivery.objects.get())

    html = message.alternatives[0].content
    assert message.subject == f"Career news: {source}"
    assert "A &lt;source&gt; &amp; more" in html
    for text in (message.body, html):
        assert "/careers/news/first/" in text
        assert "you asked us for career news and confirmed your address" in text
        assert "/alerts/unsubscribe/" in text
        assert "/news/manage/" in text
    assert source in message.body


def test_news_taken_back_after_planning_is_left_out_and_an_empty_mail_is_not_sent():
    subscribed()
    kept, gone = an_item("kept"), an_item("gone")
    news.plan(now=FIRST_TUESDAY)
    NewsItem.objects.filter(pk=gone.pk).update(published_at=None)

    assert "Title gone" not in built(Delivery.objects.get()).body
    NewsItem.objects.filter(pk=kept.pk).update(published_at=None)
    with pytest.raises(streams.NothingLeft):
        built(Delivery.objects.get())


def test_stopping_news_leaves_alerts_on_and_stopping_alerts_leaves_news_on(client):
    alert = JobAlertFactory(recipient__address="seeker@example.org")
    subscription = subscribed()
    an_item()
    news.plan(now=FIRST_TUESDAY)

    client.post(
        reverse("alert_unsubscribe", args=[unsubscribe_token(subscription.recipient_id, "news")]),
        {"List-Unsubscribe": "One-Click"},
    )

    assert stops.is_stopped(subscription.recipient_id, "news")
    assert not stops.is_stopped(subscription.recipient_id, "alerts")
    assert alert.is_on(at=NOW)
    assert Delivery.objects.get().state == "cancelled"
    an_item("later", out=FIRST_TUESDAY)
    assert news.plan(now=datetime(2027, 1, 5, 13, tzinfo=UTC)).deliveries == 0

    other = subscribed("other@example.org")
    stops.stop_stream(other.recipient_id, "alerts", NOW, source="page")
    assert news.is_on(other)


def test_asking_again_after_a_stop_starts_with_the_next_first_tuesday():
    subscription = subscribed()
    stops.stop_stream(subscription.recipient_id, "news", NOW, source="header")

    again = news.confirm(subscription=subscription, now=FIRST_TUESDAY + timedelta(days=9))

    assert news.is_on(again)
    assert again.next_run_at == datetime(2027, 1, 5, 13, tzinfo=UTC)


def test_the_manage_page_stops_and_starts_and_does_nothing_else(client):
    subscription = subscribed()
    page = reverse("news_manage", args=[token_for(NEWS_MANAGE, subscription.pk)])

    assert 'data-news-state="active"' in client.get(page).content.decode()
    client.post(page, {"do": "stop"})
    client.post(page, {"do": "stop"})
    assert 'data-news-state="stopped"' in client.get(page).content.decode()
    client.post(page, {"do": "explode"})
    client.post(page, {"do": "resume"})
    assert 'data-news-state="active"' in client.get(page).content.decode()


def test_who_never_confirmed_cannot_be_turned_on_from_the_manage_page(client):
    subscription = news.subscribe(address="seeker@example.org", now=NOW)

    with pytest.raises(news.NewsRefused):
        news.resume(subscription=subscription, now=NOW)
    page = reverse("news_manage", args=[token_for(NEWS_MANAGE, subscription.pk)])
    client.post(page, {"do": "resume"})
    assert 'data-news-state="unconfirmed"' in client.get(page).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_with_a_token_stay_out_of_caches_indexes_and_the_logs_of_others(client, method):
    subscription = news.subscribe(address="seeker@example.org", now=NOW)
    for address in (
        reverse("news_confirm", args=[token_for(NEWS_CONFIRM, NewsConfirmation.objects.get().pk)]),
        reverse("news_manage", args=[token_for(NEWS_MANAGE, subscription.pk)]),
    ):
        answer = getattr(client, method)(address)

        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
        assert f"Disallow: /{'/'.join(address.split('/')[1:3])}/" in client.get("/robots.txt").content.decode()


def test_a_token_is_good_for_its_own_purpose_alone(client):
    for purpose in (NEWS_CONFIRM, NEWS_MANAGE):
        others = {CONFIRM, MANAGE, NEWS_CONFIRM, NEWS_MANAGE} - {purpose}
        assert {read_token(other, token_for(purpose, 1)) for other in others} == {None}
    subscription = subscribed()
    assert client.get(reverse("news_manage", args=[token_for(MANAGE, subscription.pk)])).status_code == 404
    assert client.get("/news/confirm/nonsense/").status_code == 404


def test_a_bad_address_is_refused_on_the_page_and_what_was_typed_stays(client):
    page = client.post("/news/subscribe/", {"email": "no address"}).content.decode()

    assert 'value="no address"' in page
    assert not Delivery.objects.exists()


def test_one_place_may_sign_up_so_often_and_no_more(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "portal_news_subscribe": "2/h/ip"}

    answers = [client.post("/news/subscribe/", {"email": f"a{n}@example.org"}).status_code for n in range(3)]

    assert answers == [302, 302, 200]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "active"},
        {"state": "active", "confirmed_at": NOW},
        {"state": "unconfirmed", "next_run_at": NOW},
        {"state": "asleep"},
    ],
)
def test_the_database_refuses_impossible_subscriptions(wrong):
    recipient = Recipient.objects.for_address("seeker@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        NewsSubscription.objects.create(recipient=recipient, **wrong)


def test_planning_costs_the_same_for_two_subscribers_as_for_twelve():
    an_item()
    counts = []
    for start, end, at in ((0, 2, FIRST_TUESDAY), (2, 12, datetime(2027, 1, 5, 13, tzinfo=UTC))):
        for number in range(start, end):
            subscribed(f"a{number}@example.org")
        an_item(f"at-{start}", out=at - timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            news.plan(now=at)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_command_reports_what_it_planned():
    subscribed()
    an_item()
    out = io.StringIO()

    call_command("send_news", "--as-of", FIRST_TUESDAY.isoformat(), "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"as_of": FIRST_TUESDAY.isoformat(), "recipients": 1, "deliveries": 1}
    call_command("send_news", "--now", stdout=out)
    assert "mails queued" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_one_address_asked_for_many_times_at_once_is_one_subscription():
    race(lambda: Client().post("/news/subscribe/", {"email": "seeker@example.org"}), times=8)

    assert NewsSubscription.objects.count() == Recipient.objects.count() == 1
    assert NewsConfirmation.objects.count() <= 3


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_send_one_mail():
    subscribed()
    an_item()

    race(lambda: news.plan(now=FIRST_TUESDAY), times=6)

    assert Delivery.objects.count() == Item.objects.count() == 1


def test_the_clock_plans_news_and_alerts_too_and_a_repeat_plans_nothing():
    an_item()
    subscribed()
    first = clock.tick(FIRST_TUESDAY)

    assert first["accounts.news"] == 1
    assert first["accounts.alerts"] == 0
    assert clock.tick(FIRST_TUESDAY)["accounts.news"] == 0
