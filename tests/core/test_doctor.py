"""Each thing that may be wrong is named, with a remedy that can be followed."""

import json
import os
import time
from datetime import timedelta
from io import StringIO

import pytest
import redis
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts import allwell, staff
from careerportal.core import doctor, requests
from careerportal.core.doctor import FAIL, NOTE, OK, WARN
from careerportal.outbox import control, ledger
from careerportal.outbox.models import Delivery, Heartbeat, Recipient
from careerportal.places.models import ZipCode
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings, tmp_path):
    """Settings of a machine on which nothing is wrong."""
    settings.PRODUCTION = True
    settings.PORTAL_ENV = "production"
    settings.SECRET_KEY = "Zq8" + "abcdefghij0123456789" * 3
    settings.PORTAL_URL = "https://careers.portal.test"
    settings.ALLOWED_HOSTS = ["careers.portal.test"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.TRUSTED_PROXY_COUNT = 1
    settings.POSTAL_ADDRESS = "9 State Street, Albany, NY 12207"
    settings.HEARTBEAT_URL = "https://alive.portal.test/ping"
    settings.DATA_DIR = tmp_path
    settings.SENT_JOURNAL = tmp_path / "sent-journal.log"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    (tmp_path / "backups").mkdir()
    return settings


def found(name):
    """What one check says now."""
    (finding,) = doctor.examine(only=[name])
    if finding.state in (WARN, FAIL):
        assert finding.remedy
    return finding


def person(email="a@portal.test", **traits):
    return get_user_model().objects.create_user(email=email, **traits)


# --- Settings -----------------------------------------------------------------------------------
def test_a_short_or_dull_secret_is_named(production):
    assert found("secret").state == OK
    production.SECRET_KEY = "x" * 60
    assert found("secret").state == FAIL
    production.SECRET_KEY = "abcdefghijklmnopqrstuvwxyz0123456789"
    assert found("secret").state == FAIL


def test_hosts_must_be_named_and_hold_that_of_the_public_address(production):
    assert found("hosts").state == OK
    production.ALLOWED_HOSTS = [".portal.test"]
    assert found("hosts").state == OK
    production.ALLOWED_HOSTS = ["*"]
    assert found("hosts").state == FAIL
    production.ALLOWED_HOSTS = ["other.test"]
    assert "careers.portal.test" in found("hosts").says


def test_https_must_be_enforced(production):
    assert found("https").state == OK
    production.SECURE_HSTS_SECONDS = 0
    assert found("https").state == FAIL
    production.PORTAL_URL = "http://careers.portal.test"
    assert found("https").state == FAIL


def test_a_wrong_count_of_proxies_is_seen_from_the_requests_that_came(production):
    assert found("proxies").state == NOTE
    cache.set(requests.SEEN_KEY, (1, 1))
    assert found("proxies").state == OK
    cache.set(requests.SEEN_KEY, (0, 1))
    assert found("proxies").state == FAIL
    cache.set(requests.SEEN_KEY, (1, 3))
    assert found("proxies").state == WARN


def test_requests_are_counted_by_how_many_proxies_they_name(production, client):
    client.get(
        "/robots.txt", secure=True, headers={"X-Forwarded-For": "203.0.113.9, 10.0.0.1", "Host": "careers.portal.test"}
    )

    assert cache.get(requests.SEEN_KEY) in [(2, 2), None]  # None: noted less than a minute ago by this process


def test_the_samples_postal_address_is_refused(production):
    assert found("postal-address").state == OK
    production.POSTAL_ADDRESS = "Health Workforce Collaborative, 100 Sample Street, Albany, NY 12207"
    assert found("postal-address").state == FAIL


def test_a_missing_dead_man_address_is_a_warning(production):
    assert found("dead-man").state == OK
    production.HEARTBEAT_URL = ""
    assert found("dead-man").state == WARN


def test_an_unreachable_certificate_is_a_warning_that_speaks_of_dns(production):
    production.PORTAL_URL = "https://127.0.0.1:9"

    assert found("certificate").state == WARN
    assert "DNS" in found("certificate").remedy


def test_outside_of_production_such_checks_only_say_so():
    assert found("https").state == NOTE


# --- Servers ------------------------------------------------------------------------------------
def test_the_database_says_its_version_and_encoding():
    assert found("database").state == OK
    assert "UTF-8" in found("database").says


def test_waiting_migrations_are_counted_and_the_first_is_named():
    assert found("migrations").state == OK
    (last,) = MigrationLoader(connection).graph.leaf_nodes("outbox")
    MigrationRecorder(connection).record_unapplied(*last)

    assert found("migrations").state == FAIL
    assert ".".join(last) in found("migrations").says


def test_a_redis_that_drops_things_is_named(settings):
    assert found("redis").state == OK
    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        try:
            assert found("redis").state == FAIL
            assert "noeviction" in found("redis").remedy
        finally:
            client.config_set("maxmemory-policy", "noeviction")


def test_a_redis_that_is_away_is_a_finding_and_not_a_crash(settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/1"},
    }

    assert found("redis").state == FAIL


def test_the_clock_is_compared_with_the_databases(monkeypatch):
    assert found("clock").state == OK
    real = time.time
    monkeypatch.setattr("careerportal.core.health.time.time", lambda: real() + 60)

    assert found("clock").state == FAIL


# --- Mail ---------------------------------------------------------------------------------------
def test_a_silent_worker_is_named_after_90_seconds():
    assert found("heartbeat").state == FAIL
    Heartbeat.objects.create(name="worker", at=timezone.now())
    assert found("heartbeat").state == OK
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=120))
    assert found("heartbeat").state == FAIL


def test_held_mail_is_named_with_its_reason():
    assert found("sending").state == OK
    control.pause("alerts", why="breaker")
    assert found("sending").state == WARN
    control.pause("", why="restored from 20261122")
    assert found("sending").state == FAIL
    assert "outbox release" in found("sending").remedy


def test_mail_that_is_due_for_a_quarter_of_an_hour_is_named():
    assert found("due-mail").state == OK
    ledger.enqueue(
        idem_key="staff:test:1", recipient=Recipient.objects.for_address("a@portal.test"), stream="staff", kind="raw",
        payload={"subject": "s", "text": "t"}, now=timezone.now() - timedelta(minutes=20),
    )  # fmt: skip

    assert found("due-mail").state == FAIL


def test_a_mail_server_that_does_not_answer_is_named(settings):
    assert found("mail-server").state == NOTE  # the mailbox of this machine
    settings.EMAIL_URL = "smtp://127.0.0.1:9"

    assert found("mail-server").state == FAIL


def test_records_for_mail_are_given_as_texts_where_nothing_can_look_them_up(production, monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert found("mail-dns").state == NOTE
    assert "v=spf1" in found("mail-dns").remedy
    assert "v=DMARC1" in found("mail-dns").remedy


# --- This machine -------------------------------------------------------------------------------
def test_a_journal_that_cannot_be_written_is_named(production, tmp_path, monkeypatch):
    assert found("sent-journal").state == OK
    monkeypatch.setattr("careerportal.core.health.os.access", lambda *_asked: False)  # root may write everywhere

    assert found("sent-journal").state == FAIL


def test_a_full_disk_is_named(production, monkeypatch):
    assert found("disk").state in (OK, WARN)
    monkeypatch.setattr("careerportal.core.health.DISK_LOW_BYTES", 2**62)

    assert found("disk").state == FAIL


def test_missing_static_files_are_named(production, tmp_path):
    production.STATIC_ROOT = tmp_path / "nothing"

    assert found("static").state == FAIL
    assert "collectstatic" in found("static").remedy


def test_backups_must_be_there_be_new_and_leave_the_machine(production, tmp_path):
    folder = tmp_path / "backups"
    assert found("backup").state == FAIL
    (folder / "last").touch()
    assert found("backup").state == WARN
    (folder / "last-away").touch()
    assert found("backup").state == OK
    two_days_ago = time.time() - 2 * 86_400
    os.utime(folder / "last", (two_days_ago, two_days_ago))
    assert found("backup").state == FAIL
    production.BACKUP_DIR = ""
    assert found("backup").state == WARN


# --- What the portal holds ----------------------------------------------------------------------
def test_missing_zip_codes_and_content_are_named():
    ZipCode.objects.all().delete()

    assert "load_zip_codes" in found("zip-codes").remedy
    assert found("content").state in (OK, FAIL)


def test_search_rows_that_differ_from_the_truth_are_counted():
    ListingFactory(published=True)
    assert found("search").state == OK
    with connection.cursor() as cursor:
        cursor.execute("UPDATE employers_listingsearch SET title = 'other'")

    assert found("search").says.startswith("1 ")


def test_staff_without_a_second_factor_are_counted_and_not_named(production):
    assert found("staff").state == FAIL
    one = person("someone@portal.test", is_staff=True)
    assert found("staff").state == WARN  # no moderator
    staff.write_groups()
    one.groups.add(Group.objects.get(name=staff.MODERATORS))
    assert found("staff").state == OK

    assert found("second-factor").state == FAIL
    assert "someone" not in found("second-factor").says
    Authenticator.objects.create(user=one, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert found("second-factor").state == FAIL
    Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={})
    assert found("second-factor").state == OK


# --- The command --------------------------------------------------------------------------------
def run(*arguments):
    """(exit status, what it printed) of manage.py doctor."""
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_every_check_answers_and_every_trouble_has_a_remedy():
    for finding in doctor.examine():
        assert finding.says
        assert finding.remedy or finding.state in (OK, NOTE), finding.name


def test_a_check_that_breaks_is_a_finding_of_its_own():
    doctor._checks["broken"] = doctor.Check("broken", lambda: 1 / 0, False, False)
    try:
        assert found("broken").state == FAIL
    finally:
        del doctor._checks["broken"]


def test_the_exit_status_says_whether_something_is_wrong():
    assert run("--only", "database")[0] == 0
    assert run("--only", "heartbeat")[0] == 1


def test_an_unknown_name_is_a_mistake_in_the_command_line():
    with pytest.raises(CommandError, match="nonsense"):
        call_command("doctor", "--only", "nonsense", stdout=StringIO())


def test_json_holds_the_same_findings():
    status, text = run("--json", "--only", "database", "heartbeat")
    answer = json.loads(text)

    assert status == 1
    assert answer["well"] is False
    assert {one["name"]: one["state"] for one in answer["findings"]} == {"database": "ok", "heartbeat": "fail"}


# --- The weekly report --------------------------------------------------------------------------
def test_the_weekly_report_goes_to_staff_once_a_week(settings):
    settings.STAFF_EMAIL = "staff@portal.test"
    findings = doctor.examine(only=["database"])
    first = allwell.send(findings, now=NOW)

    assert first.stream == "staff"
    assert first.address == "staff@portal.test"
    assert first.payload["subject"].endswith("all well")
    assert "PostgreSQL" in first.payload["text"]
    assert allwell.send(findings, now=NOW) is None
    assert allwell.send(findings, now=NOW + timedelta(days=7)) is not None


def test_its_subject_says_how_much_is_wrong():
    assert allwell.subject(doctor.examine(only=["heartbeat"])).endswith("1 things are wrong")


def test_doctor_weekly_queues_the_report():
    run("--weekly", "--only", "database")

    assert Delivery.objects.filter(stream="staff", idem_key__startswith="staff:weekly:").count() == 1
