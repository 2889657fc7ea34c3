"""How long things are kept: each timer clears by its constant, and /privacy/ prints the same."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.utils import timezone

from accounts import retention
from accounts.models import Inquiry, JobAlert, SupportGrant
from accounts.retention import rules
from careerportal.core import clock
from careerportal.core.models import User
from careerportal.outbox import ledger, stops
from careerportal.outbox.models import Delivery, Recipient, StreamStop
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW
from tests.employers_factories import UserFactory
from tests.inquiry_factories import InquiryFactory

pytestmark = pytest.mark.django_db


def aged(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def days(number):
    """So many days and a minute from now: what happened just now is over by then."""
    return timezone.now() + timedelta(days=number, minutes=1)


def test_the_page_follows_the_constants(client, monkeypatch):
    before = client.get("/privacy/").content.decode()
    monkeypatch.setattr(retention, "UNCONFIRMED_DAYS", 4321)
    monkeypatch.setattr(retention, "EXPORT_HOURS", 77)
    after = client.get("/privacy/").content.decode()

    assert "4321 days after it began" not in before
    assert "4321 days after it began" in after
    assert "77 hours" in after
    assert before.count("<dt>") == after.count("<dt>")


def test_the_page_names_each_rule_and_each_cookie(client, settings):
    page = client.get("/privacy/").content.decode()

    for rule in rules():
        assert rule.what.replace("’", "’") in page
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        assert f"<code>{name}</code>" in page


def test_reading_the_page_sets_no_cookie(client):
    assert not client.get("/privacy/").cookies


def test_backups_are_kept_as_long_as_the_page_says():
    script = (django_settings.BASE_DIR / "deploy" / "backup.sh").read_text()

    assert re.search(r"BACKUP_KEEP_DAYS=(\d+)", script).group(1) == str(retention.BACKUP_DAYS)


def test_an_alert_nobody_confirmed_goes_and_a_confirmed_one_stays():
    JobAlertFactory(unconfirmed=True)
    kept = JobAlertFactory()
    retention.clear_unconfirmed(days(retention.UNCONFIRMED_DAYS - 1))
    assert JobAlert.objects.count() == 2

    assert retention.clear_unconfirmed(days(retention.UNCONFIRMED_DAYS)) == 1
    assert JobAlert.objects.get() == kept


def test_an_account_nobody_confirmed_goes():
    claimed, confirmed, staff = UserFactory(), UserFactory(), UserFactory(is_staff=True)
    for user in (claimed, confirmed, staff):
        EmailAddress.objects.create(user=user, email=user.email, verified=user == confirmed, primary=True)
        aged(user, date_joined=timezone.now())
    without = UserFactory()

    retention.clear_unconfirmed(days(retention.UNCONFIRMED_DAYS))

    assert set(User.objects.all()) == {confirmed, staff, without}


def test_a_stopped_alert_goes_after_a_year():
    JobAlertFactory(stopped=True)

    assert retention.clear_stopped(days(retention.STOPPED_DAYS - 1)) == 0
    assert retention.clear_stopped(days(retention.STOPPED_DAYS)) == 1


def test_an_alert_goes_too_a_year_after_all_alert_mail_was_stopped_by_the_mail_program():
    alert, other = JobAlertFactory(), JobAlertFactory()
    stops.stop_stream(alert.recipient_id, "alerts", timezone.now(), "header")

    assert retention.clear_stopped(days(retention.STOPPED_DAYS - 1)) == 0
    assert retention.clear_stopped(days(retention.STOPPED_DAYS)) == 1
    assert retention.clear_addresses(days(retention.STOPPED_DAYS)) == 1
    assert JobAlert.objects.get() == other
    alert.recipient.refresh_from_db()
    assert alert.recipient.address is None


def test_an_address_nobody_uses_is_forgotten_and_one_in_use_is_not():
    unused = RecipientFactory()
    RecipientFactory(user=UserFactory())
    JobAlertFactory()
    silent = RecipientFactory()
    stops.stop_stream(silent.pk, "alerts", timezone.now(), "header")
    mailed = RecipientFactory()
    later = days(retention.UNUSED_ADDRESS_DAYS)
    ledger.enqueue(idem_key="x", recipient=mailed, stream="account", kind="raw", now=later - timedelta(days=2))

    assert retention.clear_addresses(later) == 2

    assert set(Recipient.objects.filter(address=None)) == {unused, silent}
    assert StreamStop.objects.count() == 1


def test_old_mail_keeps_what_it_told_and_loses_the_address():
    made = ledger.enqueue(
        idem_key="x", recipient=RecipientFactory(), stream="alerts", kind="alert_digest",
        items=[("opening", 1, {})], now=timezone.now(),
    )  # fmt: skip
    Delivery.objects.filter(pk=made.pk).update(state="sent", sent_at=timezone.now(), reply="250 ok seeker@x")

    assert retention.clear_mail_details(days(retention.MAIL_DETAIL_DAYS - 1)) == 0
    assert retention.clear_mail_details(days(retention.MAIL_DETAIL_DAYS)) == 1
    made.refresh_from_db()
    assert (made.address, made.reply, made.items.count()) == (None, "", 1)


def test_grants_of_long_ago_go():
    now = timezone.now()
    SupportGrant.objects.create(
        user=UserFactory(), reason="x", days=1, created_at=now, granted_at=now, until=now + timedelta(days=1)
    )

    assert retention.clear_support(days(retention.SUPPORT_DAYS)) == 0
    assert retention.clear_support(days(retention.SUPPORT_DAYS + 1)) == 1


def test_sessions_that_are_over_go(client):
    client.force_login(UserFactory())
    session_days = django_settings.SESSION_COOKIE_AGE // 86_400

    assert retention.clear_sessions(days(session_days - 1)) == 0
    assert retention.clear_sessions(days(session_days + 1)) == 1


def test_every_timer_of_this_module_runs_by_the_clock():
    assert {name for name in clock.names() if name.startswith("accounts.clear_")} == {
        "accounts.clear_addresses", "accounts.clear_corrections", "accounts.clear_inquiries", "accounts.clear_invitations",
        "accounts.clear_mail_details", "accounts.clear_sessions", "accounts.clear_stopped", "accounts.clear_support",
        "accounts.clear_unconfirmed",
    }  # fmt: skip


@pytest.mark.parametrize("situation", [{"closed": True}, {"answered": True}])
def test_a_conversation_goes_a_year_after_it_was_closed_or_fell_silent(situation):
    said = InquiryFactory(**situation).closed_at or NOW
    year = timedelta(days=retention.INQUIRY_DAYS)

    retention.clear_inquiries(said + year)
    assert Inquiry.objects.exists()

    retention.clear_inquiries(said + year + timedelta(seconds=1))
    assert not Inquiry.objects.exists()
