"""Feed addresses: fetched by a worker alone, from the public internet alone, every day when a person chose so."""

import gzip
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from careerportal.core import safefetch
from careerportal.core.models import AuditEvent
from employers import tasks
from employers.importing import files, running
from employers.models import ImportRun, ImportSource, Listing
from tests.clock import NOW
from tests.employers.importing import samples
from tests.employers.importing.conftest import to_the_end

pytestmark = pytest.mark.usefixtures("places", "job_titles", "new_york_pay_rule")
PUBLIC = "93.184.216.34"
URL = "https://jobs.hudsoncare.org/feed.xml"


@pytest.fixture
def web(monkeypatch):
    """A server of our own that stands for the internet; `web.names` says what names lead to, public by default."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            web.asked.append((self.headers["Host"], self.path))
            if self.path == "/drip":
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"<")
                        time.sleep(0.02)
                except OSError:
                    return
            status, headers, body = web.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    web.answers, web.asked, web.names = {}, [], {}
    threading.Thread(target=web.serve_forever, daemon=True).start()
    opened = safefetch.open_socket

    def open_socket(address, port, timeout):
        assert safefetch.is_public(address)
        return opened("127.0.0.1", web.server_port, timeout=timeout)

    def look_up(host):
        found = web.names.get(host, [PUBLIC])
        return found.pop(0) if found and isinstance(found[0], list) else found

    monkeypatch.setattr(safefetch, "look_up", look_up)
    monkeypatch.setattr(safefetch, "open_socket", open_socket)
    monkeypatch.setattr(safefetch.ssl, "create_default_context", lambda: _PlainContext())
    yield web
    web.shutdown()
    web.server_close()


class _PlainContext:
    """Leaves the connection as it is, so that a test needs no certificate."""

    def wrap_socket(self, plain, server_hostname):
        return plain


@pytest.fixture
def feed(employer):
    return ImportSource.objects.create(
        employer=employer, name="feed", url=URL, care_setting=employer.care_setting, format="indeed", is_daily=True,
        read_next_at=NOW,
        mapping={"reference": "referencenumber", "title": "title", "description": "description", "apply_url": "url",
                 "city": "city", "state": "state", "pay": "salary"},
    )  # fmt: skip


def read(feed, *, now=NOW, automatic=False):
    return to_the_end(running.start(source=feed, by=None, now=now, is_automatic=automatic), now=now)


def test_a_feed_is_fetched_and_waits_for_a_person_to_look_at_its_fields(web, feed):
    web.answers["/feed.xml"] = (200, {}, samples.INDEED.encode())

    run = read(feed)

    assert (run.phase, run.rows, web.asked) == ("fields", 2, [("jobs.hudsoncare.org", "/feed.xml")])


def test_http_and_redirects_between_the_two_are_followed(web, feed):
    web.answers["/feed.xml"] = (302, {"Location": "http://www.hudsoncare.org/new.xml"}, b"")
    web.answers["/new.xml"] = (200, {}, samples.INDEED.encode())

    assert read(feed).phase == "fields"
    assert web.asked[-1] == ("www.hudsoncare.org", "/new.xml")


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd", "ftp://www.hudsoncare.org/x", "gopher://x/", "http://127.0.0.1/", "https://[::1]/", "http://inside/",
        "https://www.hudsoncare.org:8443/", "http://user:word@www.hudsoncare.org/", "javascript:alert(1)",
        "http://www.hudsoncare.org:22/",
    ],
)  # fmt: skip
def test_redirects_lead_only_to_the_web_and_never_inside(web, feed, target):
    web.names = {"127.0.0.1": ["127.0.0.1"], "::1": ["::1"], "inside": ["10.0.0.7"]}
    web.answers["/feed.xml"] = (302, {"Location": target}, b"")

    run = read(feed)

    assert (run.phase, len(web.asked)) == ("failed", 1)
    assert run.failure


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.9.9", "192.168.0.1", "169.254.169.254", "100.64.1.1", "0.0.0.0", "::1", "fe80::1",
     "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1"],
)  # fmt: skip
def test_no_address_inside_is_ever_connected_to(web, feed, address):
    web.names = {"jobs.hudsoncare.org": [address]}

    assert "not on the public internet" in read(feed).failure
    assert web.asked == []


def test_a_name_that_answers_differently_the_second_time_gains_nothing(web, feed):
    web.names = {"jobs.hudsoncare.org": [[PUBLIC], ["127.0.0.1"]]}
    web.answers["/feed.xml"] = (302, {"Location": "https://jobs.hudsoncare.org/again.xml"}, b"")
    web.answers["/again.xml"] = (200, {}, samples.INDEED.encode())

    assert "not on the public internet" in read(feed).failure
    assert web.asked == [("jobs.hudsoncare.org", "/feed.xml")]


def test_a_name_with_one_address_inside_is_refused_whole(web, feed):
    web.names = {"jobs.hudsoncare.org": [PUBLIC, "10.0.0.1"]}

    assert "not on the public internet" in read(feed).failure


def test_too_much_too_slow_broken_off_and_absent_are_said(web, feed, monkeypatch, imports_dir):
    web.answers["/feed.xml"] = (200, {}, b"x" * 3_000_000)
    monkeypatch.setattr(files, "MOST_BYTES", 2_000_000)
    assert "larger than" in read(feed).failure

    web.answers["/feed.xml"] = (200, {"Content-Length": "5000"}, b"<source>")
    assert "broke off" in read(feed).failure

    web.answers["/feed.xml"] = (503, {}, b"busy")
    assert "503" in read(feed).failure

    ImportSource.objects.update(url="https://jobs.hudsoncare.org/drip")
    feed.refresh_from_db()
    monkeypatch.setattr(running, "FETCH_S", 0.5)
    began = time.monotonic()
    assert "too long" in read(feed).failure or "did not answer" in read(feed).failure
    assert time.monotonic() - began < 10
    assert not imports_dir.exists() or list(imports_dir.iterdir()) == []


def test_a_daily_feed_comes_in_by_itself_once_a_day(web, feed, django_capture_on_commit_callbacks, monkeypatch):
    web.answers["/feed.xml"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(samples.INDEED.encode()))
    assert running.start_daily(now=NOW - timedelta(minutes=1)) == []

    [run_id] = running.start_daily(now=NOW)
    assert running.start_daily(now=NOW) == []
    run = to_the_end(ImportRun.objects.get(pk=run_id))

    assert (run.phase, run.is_automatic, run.counts["created"]) == ("done", True, 2)
    [again] = running.start_daily(now=NOW + timedelta(days=1))
    assert to_the_end(ImportRun.objects.get(pk=again), now=NOW + timedelta(days=1)).counts == {
        "unchanged": 2, "waiting": 0, "shown": 0,
    }  # fmt: skip


def test_a_feed_that_fails_for_a_week_tells_the_team_once(web, feed):
    for day in range(9):
        now = NOW + timedelta(days=day)
        [run_id] = running.start_daily(now=now)
        to_the_end(ImportRun.objects.get(pk=run_id), now=now)

    assert AuditEvent.objects.filter(verb="import.failing").count() == 1
    feed.refresh_from_db()
    assert feed.told_failing_at == NOW + timedelta(days=7)
    web.answers["/feed.xml"] = (200, {}, samples.INDEED.encode())
    [run_id] = running.start_daily(now=NOW + timedelta(days=9))
    to_the_end(ImportRun.objects.get(pk=run_id), now=NOW + timedelta(days=9))
    feed.refresh_from_db()
    assert (feed.failing_since, feed.told_failing_at) == (None, None)


def test_a_daily_feed_that_is_cut_off_closes_nothing_by_itself(web, feed):
    web.answers["/feed.xml"] = (200, {}, samples.INDEED.encode())
    ImportSource.objects.update(is_complete=True)
    [run_id] = running.start_daily(now=NOW)
    to_the_end(ImportRun.objects.get(pk=run_id))
    half = samples.INDEED[: samples.INDEED.index("<job><title>Care")] + "</source>"
    web.answers["/feed.xml"] = (200, {}, half.encode())
    later = NOW + timedelta(days=1)

    [run_id] = running.start_daily(now=later)
    run = to_the_end(ImportRun.objects.get(pk=run_id), now=later)
    assert run.counts["closed"] == 1  # one of two is no less than half

    web.answers["/feed.xml"] = (200, {}, half.replace("A-1", "B-1").encode())
    later = NOW + timedelta(days=2)
    [run_id] = running.start_daily(now=later)
    assert to_the_end(ImportRun.objects.get(pk=run_id), now=later).counts["missing"] == 1


def test_a_suspended_employer_reads_no_feed(web, feed, employer):
    employer.suspended_at, employer.suspended_reason = NOW, "Openings that do not exist."
    employer.save()

    assert running.start_daily(now=NOW) == []


def test_tasks_take_up_what_waits(web, feed, monkeypatch):
    web.answers["/feed.xml"] = (200, {}, samples.INDEED.encode())
    sent = []
    monkeypatch.setattr(tasks, "go_on_with_import", sent.append)
    run = running.start(source=feed, by=None, now=NOW)

    tasks.resume_imports()
    tasks.import_step(run.pk)
    tasks.import_step(run.pk, an_argument_of_tomorrow=1)

    assert sent == [run.pk]
    assert not Listing.objects.exists()
