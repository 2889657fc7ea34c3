"""A copy of one's data: what is in it, who gets it, how often, and when it goes."""

import csv
import io
import json
import os
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import datacopy, erasure, personal, tasks
from accounts.models import DataExport
from careerportal.core import audit, clock
from careerportal.outbox import ledger, stops
from careerportal.outbox.models import Delivery, Recipient, Suppression
from tests.accounts.security.conftest import a_person, confirm_by_password, sign_in_by_password
from tests.accounts_factories import JobAlertFactory
from tests.employers.racing import race
from tests.employers_factories import MembershipFactory

pytestmark = pytest.mark.django_db
DATA = "/me/data/"


def whole(content):
    """data.json of a copy."""
    return json.loads(zipfile.ZipFile(io.BytesIO(content)).read("data.json"))


def table(content, name):
    """The rows of one CSV of a copy."""
    text = zipfile.ZipFile(io.BytesIO(content)).read(f"csv/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def signed_in(client, user):
    sign_in_by_password(client, user)
    confirm_by_password(client)


def ask(client):
    return client.post(DATA, follow=True).content.decode()


def link(client):
    return reverse("me_data_file", args=[client.session["data_copy"]])


@pytest.fixture
def life(pat):
    """Pat with alert, mail that was sent, a stop, a suppression, a membership and something done."""
    recipient = Recipient.objects.create(address=pat.email, user=pat)
    JobAlertFactory(recipient=recipient)
    now = timezone.now()
    items = [("opening", 4711, {})]
    sent = ledger.enqueue(idem_key="a", recipient=recipient, stream="alerts", kind="alert_digest", items=items, now=now)
    Delivery.objects.filter(pk=sent.pk).update(state="sent", sent_at=now)
    stops.stop_stream(recipient.pk, "news", now, "page")
    stops.suppress(pat.email, reason=Suppression.Reason.SOFT)
    membership = MembershipFactory(user=pat)
    audit.record("profile.changed", about=membership.employer, actor=pat, employer=membership.employer, now=now)
    return membership


# --- What is in it ------------------------------------------------------------------------------
def test_it_holds_everything_for_machines_and_as_tables(pat, life):
    content = datacopy.pack(pat, now=timezone.now())

    data = whole(content)
    assert (data["schema"], data["schema_version"]) == ("careerportal-personal-data", 1)
    assert data["data"]["account"][0]["email"] == "pat@example.org"
    assert data["data"]["mail"][0]["told_of"] == "opening:4711"
    assert data["data"]["stops"][0]["stream"] == "news"
    assert data["data"]["not-mailed"][0]["why"] == "soft"
    assert data["data"]["memberships"][0]["organization"] == life.employer.name
    assert data["data"]["what-you-did"][0]["what"] == "You changed the profile"
    assert table(content, "alerts")[0]["to"] == "pat@example.org"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {f"csv/{name}.csv" for name, rows in data["data"].items() if rows} == {
        name for name in names if name.startswith("csv/")
    }


def test_no_cell_is_a_formula(pat):
    pat.name = '=HYPERLINK("http://x")'
    pat.save()

    assert table(datacopy.pack(pat, now=timezone.now()), "account")[0]["name"].startswith("'=")


def test_files_come_along_and_a_strange_name_is_refused(pat, monkeypatch):
    monkeypatch.setattr(personal, "_kinds", {})
    personal.register("resumes", export=lambda user: [("files/resume-1.pdf", b"%PDF-1")])
    assert zipfile.ZipFile(io.BytesIO(datacopy.pack(pat, now=timezone.now()))).read("files/resume-1.pdf") == b"%PDF-1"

    personal.register("resumes", export=lambda user: [("files/../../etc/passwd", b"")])
    with pytest.raises(ValueError, match="not a name"):
        datacopy.pack(pat, now=timezone.now())


def test_nothing_of_others_is_in_it(pat, life):
    other = a_person("other@example.org", name="Otto Other")
    JobAlertFactory(recipient=Recipient.objects.create(address=other.email, user=other))
    MembershipFactory(user=other, employer=life.employer)

    content = zipfile.ZipFile(io.BytesIO(datacopy.pack(pat, now=timezone.now())))
    everything = b"".join(content.read(name) for name in content.namelist())
    assert b"other@example.org" not in everything
    assert b"Otto" not in everything


# --- The way to it ------------------------------------------------------------------------------
def test_asking_packs_it_and_the_link_works_once(
    client, pat, settings, django_capture_on_commit_callbacks, monkeypatch
):
    signed_in(client, pat)
    asked = []
    monkeypatch.setattr(tasks.make_copy, "delay_on_commit", lambda *ids: asked.append(ids))
    assert 'data-copy-state="packing"' in ask(client)
    assert asked == [(DataExport.objects.get().pk,)]

    tasks.make_copy(*asked[0])
    page = client.get(DATA).content.decode()
    assert 'data-copy-state="ready"' in page
    assert link(client) in page
    (file,) = settings.EXPORTS_DIR.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600

    where = link(client)
    assert client.get(where).url == DATA
    with django_capture_on_commit_callbacks(execute=True):
        got = client.post(where)
    assert got["Content-Type"] == "application/zip"
    assert got["Content-Disposition"].startswith('attachment; filename="my-data-')
    assert whole(got.content)["data"]["account"][0]["email"] == pat.email
    assert list(settings.EXPORTS_DIR.iterdir()) == []
    assert "Each works once" in client.post(where, follow=True).content.decode()


def test_an_open_session_alone_gets_no_copy(client, pat):
    client.force_login(pat)

    assert "/accounts/reauthenticate/" in client.post(DATA).url
    assert not DataExport.objects.exists()


def test_somebody_elses_link_hands_out_nothing(client, pat, sam):
    asked = datacopy.ask(user=sam, now=timezone.now())
    datacopy.build(export_id=asked.export.pk, now=timezone.now())
    signed_in(client, pat)

    page = client.post(reverse("me_data_file", args=[asked.token]), follow=True).content.decode()
    assert "not one of yours" in page
    assert DataExport.objects.get().fetched_at is None


def test_after_24_hours_it_is_over_and_the_file_goes(client, pat, settings, django_capture_on_commit_callbacks):
    now = timezone.now()
    asked = datacopy.ask(user=pat, now=now)
    datacopy.build(export_id=asked.export.pk, now=now)
    with pytest.raises(datacopy.CopyRefused, match="too old"):
        datacopy.fetch(user=pat, token=asked.token, now=now + timedelta(hours=24))

    with django_capture_on_commit_callbacks(execute=True):
        done = clock.tick(now + timedelta(hours=24))
    assert done["accounts.copies"] == 1
    assert list(settings.EXPORTS_DIR.iterdir()) == []


def test_a_new_one_replaces_the_old(pat, settings, django_capture_on_commit_callbacks):
    now = timezone.now()
    first = datacopy.ask(user=pat, now=now)
    datacopy.build(export_id=first.export.pk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        second = datacopy.ask(user=pat, now=now)
    assert list(settings.EXPORTS_DIR.iterdir()) == []

    assert not datacopy.build(export_id=first.export.pk, now=now)
    assert datacopy.build(export_id=second.export.pk, now=now)
    assert not datacopy.build(export_id=second.export.pk, now=now)
    with pytest.raises(datacopy.CopyRefused):
        datacopy.fetch(user=pat, token=first.token, now=now)


def test_deleting_the_account_takes_the_file(pat, settings, django_capture_on_commit_callbacks):
    asked = datacopy.ask(user=pat, now=timezone.now())
    datacopy.build(export_id=asked.export.pk, now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_account(user=pat, now=timezone.now())

    assert list(settings.EXPORTS_DIR.iterdir()) == []
    assert not DataExport.objects.exists()


def test_a_lost_message_is_made_up_for_by_the_clock(pat):
    datacopy.ask(user=pat, now=timezone.now())

    tasks.make_copies()

    assert DataExport.objects.get().ready_at


def test_a_file_nobody_knows_goes(settings):
    settings.EXPORTS_DIR.mkdir()
    lost = settings.EXPORTS_DIR / f"{'a' * 32}.zip"
    lost.write_bytes(b"")
    os.utime(lost, (0, 0))

    assert datacopy.clear(timezone.now()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_leave_one_copy_and_two_workers_pack_it_once(pat, settings):
    now = timezone.now()
    race(lambda: datacopy.ask(user=pat, now=now), times=4)
    export = DataExport.objects.get()
    done = race(lambda: datacopy.build(export_id=export.pk, now=now), times=4)

    assert sorted(done) == [False, False, False, True]
    assert len(list(settings.EXPORTS_DIR.iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_downloads_at_once_one_gets_it(pat):
    now = timezone.now()
    asked = datacopy.ask(user=pat, now=now)
    datacopy.build(export_id=asked.export.pk, now=now)

    got = race(lambda: datacopy.fetch(user=pat, token=asked.token, now=now), times=4)

    assert sum(isinstance(one, bytes) for one in got) == 1
    assert sum(isinstance(one, datacopy.CopyRefused) for one in got) == 3
