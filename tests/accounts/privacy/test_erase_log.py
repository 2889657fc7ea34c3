"""The erase log: what it holds, and that a restored backup is erased again."""

import io
import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import eraselog, erasure
from accounts.models import ErasedAddress, JobAlert
from careerportal.core.models import User
from careerportal.outbox import ledger, sender, stops
from careerportal.outbox.addresses import address_hash
from careerportal.outbox.models import Delivery, Recipient
from careerportal.outbox.streams import register
from careerportal.outbox.transport import MailboxTransport
from tests.accounts.security.conftest import a_person
from tests.accounts_factories import JobAlertFactory
from tests.employers.racing import race
from tests.employers_factories import MembershipFactory

pytestmark = pytest.mark.django_db
PAT = "pat@example.org"


@pytest.fixture
def life(pat):
    """Pat with an address to mail to and an alert, as a backup would hold them."""
    User.objects.filter(pk=pat.pk).update(date_joined=timezone.now() - timedelta(days=1))
    recipient = Recipient.objects.create(address=PAT, user=pat)
    return JobAlertFactory(recipient=recipient)


def a_backup(user):
    """The rows of a person as a backup holds them."""
    user.refresh_from_db()
    rows = [user, *EmailAddress.objects.filter(user=user), *Recipient.objects.filter(address=user.email)]
    return serializers.serialize("json", [*rows, *JobAlert.objects.filter(recipient__user=user)])


def restore(backup):
    """Put rows back as a restore would: the erased ones under their old numbers, the erase table emptied."""
    for row in serializers.deserialize("json", backup):
        row.save()
    with transaction.atomic():
        from django.db import connection

        connection.cursor().execute("TRUNCATE accounts_erasedaddress")


def replay():
    out = io.StringIO()
    call_command("replay_erasures", "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db(transaction=True)
def test_a_restored_person_is_erased_again(pat, life):
    backup = a_backup(pat)
    erasure.erase_account(user=pat, now=timezone.now())
    restore(backup)
    assert User.objects.get().email == PAT
    assert JobAlert.objects.get().recipient.address == PAT

    assert replay() == {"known": 1, "accounts": 1, "addresses": 0}

    assert not User.objects.exists()
    assert not JobAlert.objects.exists()
    assert Recipient.objects.get().address is None
    assert replay() == {"known": 1, "accounts": 0, "addresses": 0}


@pytest.mark.django_db(transaction=True)
def test_an_address_that_came_back_without_its_account_is_erased_too(pat, life):
    backup = a_backup(pat)
    erasure.erase_account(user=pat, now=timezone.now())
    restore(backup)
    Recipient.objects.update(user=None)
    User.objects.all().delete()

    assert replay() == {"known": 1, "accounts": 0, "addresses": 1}
    assert not JobAlert.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_by_themselves_stays(pat, life):
    erasure.erase_account(user=pat, now=timezone.now())
    again = a_person(PAT)
    Recipient.objects.create(address=PAT, user=again)

    assert replay() == {"known": 1, "accounts": 0, "addresses": 0}
    assert User.objects.get() == again


@pytest.mark.django_db(transaction=True)
def test_who_took_an_erased_address_before_the_backup_stays(pat, life):
    other = a_person("lee@example.org")
    User.objects.filter(pk=other.pk).update(date_joined=timezone.now() - timedelta(days=9))
    erasure.erase_account(user=pat, now=timezone.now())
    User.objects.filter(pk=other.pk).update(email=PAT)
    EmailAddress.objects.filter(user=other).update(email=PAT)

    assert replay() == {"known": 1, "accounts": 0, "addresses": 0}
    assert User.objects.get().email == PAT


@pytest.mark.django_db(transaction=True)
def test_a_restored_last_owner_is_erased_too(pat, life):
    backup = a_backup(pat)
    erasure.erase_account(user=pat, now=timezone.now())
    restore(backup)
    MembershipFactory(user=User.objects.get())

    assert replay()["accounts"] == 1


@pytest.mark.django_db(transaction=True)
def test_table_and_file_hold_a_keyed_hash_and_a_time_and_nothing_else(pat, life, settings):
    now = timezone.now()
    erasure.erase_account(user=pat, now=now)

    row = ErasedAddress.objects.get()
    assert (row.address_hash, row.erased_at) == (address_hash(PAT), now)
    assert settings.ERASE_JOURNAL.read_text() == f"{address_hash(PAT)} {now.isoformat()}\n"
    assert settings.ERASE_JOURNAL.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_a_refused_erasure_writes_nothing(pat, settings):
    MembershipFactory(user=pat)
    with pytest.raises(erasure.ErasureRefused):
        erasure.erase_account(user=pat, now=timezone.now())

    assert not ErasedAddress.objects.exists()
    assert not settings.ERASE_JOURNAL.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_crash_kept_from_the_file_is_copied_from_the_table(pat, life, settings):
    erasure.erase_account(user=pat, now=timezone.now())
    settings.ERASE_JOURNAL.unlink()

    assert eraselog.catch_up() == 1
    assert eraselog.catch_up() == 0
    assert [entry.address_hash for entry in eraselog.read()] == [address_hash(PAT)]


def test_torn_and_foreign_lines_are_skipped(settings):
    settings.ERASE_JOURNAL.parent.mkdir()
    good = f"{'a' * 64} 2026-11-22T15:00:00+00:00\n"
    settings.ERASE_JOURNAL.write_text(
        f"{good}nonsense\n{'b' * 64}\n{'c' * 64} yesterday\n{'d' * 64} 2026-11-22T15:00\n"
    )

    assert [entry.address_hash[0] for entry in eraselog.read()] == ["a"]


def test_the_database_refuses_to_change_or_delete_a_line_of_the_log():
    line = ErasedAddress.objects.create(address_hash="a" * 64, erased_at=timezone.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ErasedAddress.objects.update(erased_at=timezone.now() + timedelta(days=1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.delete()
    with pytest.raises(IntegrityError, match="is_a_hash"), transaction.atomic():
        ErasedAddress.objects.create(address_hash=PAT, erased_at=timezone.now())


def test_an_address_somebody_only_typed_is_not_in_the_log(pat):
    EmailAddress.objects.create(user=pat, email="other@example.org", verified=False)

    erasure.erase_account(user=pat, now=timezone.now())

    assert [row.address_hash for row in ErasedAddress.objects.all()] == [address_hash(PAT)]


def test_answers_of_mail_servers_do_not_keep_the_address(pat):
    recipient = Recipient.objects.create(address=PAT, user=pat)
    sent = ledger.enqueue(
        idem_key="alerts:1", recipient=recipient, stream="alerts", kind="alert_digest", now=timezone.now()
    )
    Delivery.objects.filter(pk=sent.pk).update(state="failed", reply=f"550 5.1.1 <{PAT.upper()}> unknown")

    erasure.erase_account(user=pat, now=timezone.now())

    assert PAT not in Delivery.objects.get().reply.lower()


class _Plain:
    """Renders any delivery."""

    def still_wanted(self, delivery, items, *, now):
        return True

    def build(self, delivery, items, *, now):
        from django.core.mail import EmailMultiAlternatives

        return EmailMultiAlternatives(subject="Hello", body="Hello", to=[delivery.address])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", range(3))
def test_erasing_while_sending_leaves_no_address_and_sends_nothing_later(pat, life, count):
    register("test_plain", _Plain())
    now = timezone.now()
    for number in range(20):
        fields = {"stream": "account", "kind": "test_plain", "now": now}
        ledger.enqueue(idem_key=f"test:{count}:{number}", recipient=life.recipient, **fields)

    outcomes = race(
        lambda: sender.drain(transport=MailboxTransport()), lambda: erasure.erase_account(user=pat, now=timezone.now())
    )

    assert not [one for one in outcomes if isinstance(one, Exception)]
    stops.forget_addresses()
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states <= {"sent", "cancelled"}
    assert not Delivery.objects.exclude(address=None).exists()
    assert not sender.drain(transport=MailboxTransport())
