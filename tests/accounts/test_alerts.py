"""The steps of an alert, each refusal, each repeat."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts import alerts
from accounts.models import AlertConfirmation, JobAlert
from accounts.tokens import confirmation_code
from careerportal.outbox.models import BadAddress, Delivery, StreamStop
from careerportal.outbox.stops import stop_stream
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW

pytestmark = pytest.mark.django_db
State = JobAlert.State


def ask(address="seeker@example.org", words="care", now=NOW, **more):
    fields = {"frequency": "daily", "source": "page", **more}
    return alerts.subscribe(address=address, criteria=ListingCriteria(words=words), now=now, **fields)


def test_an_alert_by_address_waits_for_its_confirmation_and_sends_one_mail_for_it():
    asked = ask()

    assert asked.waits
    assert asked.alert.state == State.UNCONFIRMED
    assert [(mail.stream, mail.kind) for mail in Delivery.objects.all()] == [("account", "alert_confirm")]


def test_asking_twice_makes_one_alert_and_the_second_mail_comes_ten_minutes_later():
    ask()
    ask(now=NOW + timedelta(minutes=2))

    assert JobAlert.objects.count() == 1
    dues = list(Delivery.objects.order_by("due_at").values_list("due_at", flat=True))
    assert dues == [NOW, NOW + timedelta(minutes=10)]


def test_an_address_gets_at_most_three_confirmation_mails_a_day_whatever_is_asked():
    for number in range(8):
        ask(words=f"word{number}", now=NOW + timedelta(minutes=number))

    assert JobAlert.objects.count() == 8
    assert Delivery.objects.count() == AlertConfirmation.objects.count() == 3

    ask(words="next day", now=NOW + timedelta(days=1, hours=1))
    assert Delivery.objects.count() == 4


def test_a_verified_address_needs_no_confirmation():
    asked = ask(verified=True)

    assert not asked.waits
    assert asked.alert.state == State.ACTIVE
    assert not Delivery.objects.exists()


def test_an_address_that_cannot_get_mail_is_refused():
    with pytest.raises(BadAddress):
        ask(address="not an address")


def test_asking_again_for_a_live_alert_leaves_it_on_with_its_own_frequency():
    alert = ask(verified=True, frequency="weekly", weekday=3).alert
    ask(frequency="daily")

    alert.refresh_from_db()
    assert (alert.state, alert.frequency, alert.weekday) == (State.ACTIVE, "weekly", 3)


def test_a_stranger_who_asks_for_a_paused_alert_changes_nothing_of_it():
    alert = alerts.pause(alert=ask(verified=True, frequency="weekly", weekday=3).alert, now=NOW)
    ask(frequency="daily", consent_text="Another text")

    alert.refresh_from_db()
    assert (alert.state, alert.frequency, alert.weekday) == (State.PAUSED, "weekly", 3)
    assert alert.consent_text != "Another text"


def test_asking_for_a_stopped_alert_needs_a_new_confirmation():
    alert = alerts.stop(alert=ask(verified=True).alert)
    ask()

    alert.refresh_from_db()
    assert alert.state == State.UNCONFIRMED


def test_the_link_confirms_and_again_changes_nothing():
    alert = ask().alert
    confirmation = alert.confirmations.get()

    alerts.confirm_by_link(confirmation=confirmation, now=NOW)
    alerts.confirm_by_link(confirmation=confirmation, now=NOW + timedelta(days=30))

    alert.refresh_from_db()
    assert alert.state == State.ACTIVE
    assert alert.confirmed_at == NOW


def test_a_used_link_does_not_revive_a_stopped_alert():
    alert = ask().alert
    confirmation = alert.confirmations.get()
    alerts.confirm_by_link(confirmation=confirmation, now=NOW)
    alerts.stop(alert=alert)

    assert alerts.confirm_by_link(confirmation=confirmation, now=NOW).state == State.STOPPED


def test_a_link_older_than_a_week_is_refused():
    confirmation = ask().alert.confirmations.get()

    with pytest.raises(alerts.AlertRefused, match="older than a week"):
        alerts.confirm_by_link(confirmation=confirmation, now=NOW + timedelta(days=8))


def test_the_code_confirms_however_it_is_spaced():
    alert = ask().alert
    code = confirmation_code(alert.confirmations.get().pk)

    assert alerts.confirm_by_code(alert=alert, code=f" {code[:3]} {code[3:]} ", now=NOW).state == State.ACTIVE


def test_five_wrong_codes_end_the_tries():
    alert = ask().alert
    code = confirmation_code(alert.confirmations.get().pk)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _try in range(alerts.CODE_TRIES):
        with pytest.raises(alerts.AlertRefused):
            alerts.confirm_by_code(alert=alert, code=wrong, now=NOW)

    with pytest.raises(alerts.AlertRefused):
        alerts.confirm_by_code(alert=alert, code=code, now=NOW)


def test_a_code_is_good_for_an_hour():
    alert = ask().alert
    code = confirmation_code(alert.confirmations.get().pk)

    with pytest.raises(alerts.AlertRefused):
        alerts.confirm_by_code(alert=alert, code=code, now=NOW + timedelta(minutes=61))


def test_a_code_confirms_only_the_alert_it_was_sent_for():
    first, second = ask(words="one").alert, ask(words="two").alert
    code = confirmation_code(first.confirmations.get().pk)

    with pytest.raises(alerts.AlertRefused):
        alerts.confirm_by_code(alert=second, code=code, now=NOW)


def test_confirming_ends_an_earlier_stop_of_all_alert_mail():
    alert = ask().alert
    stop_stream(alert.recipient_id, "alerts", NOW, "page")
    alerts.confirm(alert=alert, now=NOW)

    assert not StreamStop.objects.exists()


def test_pausing_and_resuming_an_alert():
    alert = JobAlertFactory()

    assert alerts.pause(alert=alert, now=NOW).paused_until == NOW + timedelta(days=30)
    assert not alerts.pause(alert=alert, now=NOW).is_on(at=NOW)
    assert alerts.resume(alert=alert, now=NOW).state == State.ACTIVE


@pytest.mark.parametrize("trait", ["unconfirmed", "stopped"])
def test_only_an_alert_that_is_on_can_be_paused(trait):
    with pytest.raises(alerts.AlertRefused):
        alerts.pause(alert=JobAlertFactory(**{trait: True}), now=NOW)


def test_an_unconfirmed_alert_cannot_be_resumed():
    with pytest.raises(alerts.AlertRefused, match="not confirmed"):
        alerts.resume(alert=JobAlertFactory(unconfirmed=True), now=NOW)


def test_stopping_twice_is_stopping_once():
    alert = JobAlertFactory()

    assert alerts.stop(alert=alerts.stop(alert=alert)).state == State.STOPPED


@pytest.mark.parametrize(("frequency", "weekday"), [("hourly", 0), ("weekly", 7), ("daily", -1)])
def test_an_unknown_frequency_is_refused(frequency, weekday):
    with pytest.raises(alerts.AlertRefused):
        alerts.reschedule(alert=JobAlertFactory(), frequency=frequency, weekday=weekday, now=NOW)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        # the clock goes back on November 1, 2026 and forward on March 14, 2027: the local hour stays
        (datetime(2026, 10, 31, 12, 30, tzinfo=UTC), "America/New_York", datetime(2026, 11, 1, 13, 0, tzinfo=UTC)),
        (datetime(2027, 3, 13, 13, 30, tzinfo=UTC), "America/New_York", datetime(2027, 3, 14, 12, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 13, 0, tzinfo=UTC), "America/New_York", datetime(2026, 11, 23, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 12, 59, tzinfo=UTC), "America/New_York", datetime(2026, 11, 22, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 13, 0, tzinfo=UTC), "Pacific/Honolulu", datetime(2026, 11, 22, 18, 0, tzinfo=UTC)),
    ],
)
def test_a_daily_alert_runs_next_at_its_local_hour(now, zone, expected):
    alert = JobAlertFactory(recipient=RecipientFactory(zone=zone, local_hour=8))

    assert alert.run_after(now) == expected


def test_a_weekly_alert_runs_on_its_weekday():
    alert = JobAlertFactory(frequency="weekly", weekday=2)

    due = alert.run_after(NOW)

    assert due.astimezone(ZoneInfo("America/New_York")).strftime("%A %H:%M") == "Wednesday 08:00"
    assert timedelta() < due - NOW <= timedelta(days=7)


@pytest.mark.parametrize("paused", [False, True])
def test_turning_one_on_again_ends_a_stop_of_all_alert_mail_though_it_counted_as_on(paused):
    alert = JobAlertFactory(paused=True) if paused else JobAlertFactory()
    stop_stream(alert.recipient_id, "alerts", NOW, "header")

    assert alerts.resume(alert=alert, now=NOW).state == State.ACTIVE
    assert not StreamStop.objects.exists()


def test_who_stopped_all_alert_mail_and_asks_for_the_same_again_gets_it_after_a_new_yes():
    alert = ask().alert
    alerts.confirm(alert=alert, now=NOW)
    stop_stream(alert.recipient_id, "alerts", NOW, "header")

    later = NOW + timedelta(days=3)
    assert ask(now=later).waits
    assert StreamStop.objects.exists(), "not before the person who reads the address says yes"
    newest = AlertConfirmation.objects.latest("pk")
    alerts.confirm_by_link(confirmation=newest, now=later)
    assert not StreamStop.objects.exists()
