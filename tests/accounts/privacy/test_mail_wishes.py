"""Mail preferences: streams, subjects, mailboxes that refused, people who called it spam."""

from email import message_from_bytes
from email.policy import default

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from accounts import mailwishes
from accounts.models import ErasedAddress, JobAlert, NewsSubscription
from accounts.tokens import MAIL_WISHES, MANAGE, token_for
from careerportal.core.models import AuditEvent
from careerportal.outbox import ledger, stops
from careerportal.outbox.addresses import address_hash
from careerportal.outbox.backend import OutboxBackend
from careerportal.outbox.headers import finish_message
from careerportal.outbox.models import Delivery, Recipient, StreamStop, Suppression
from tests.accounts.security.conftest import a_person, mailed_code, sign_in_by_code
from tests.accounts_factories import JobAlertFactory

pytestmark = pytest.mark.django_db
MAIL = "/me/mail/"
Reason = Suppression.Reason


@pytest.fixture
def mine(sam):
    return Recipient.objects.create(address=sam.email, user=sam)


def a_digest(recipient, key="alerts:1"):
    return ledger.enqueue(idem_key=key, recipient=recipient, stream="alerts", kind="alert_digest", now=timezone.now())


def may_go(delivery):
    """Whether the ledger lets a waiting message out."""
    (claimed,) = [one for one in ledger.claim() if one.pk == delivery.pk]
    return ledger.begin(claimed) or not ledger.refuse(claimed)


# --- Streams ------------------------------------------------------------------------------------
def test_a_stream_switched_off_stops_at_once_and_comes_back(client, sam, mine):
    waiting = a_digest(mine)
    client.force_login(sam)
    client.post(MAIL, {"do": "save", "stream": []})
    assert StreamStop.objects.filter(recipient=mine, stream="alerts").exists()
    assert Delivery.objects.get(pk=waiting.pk).state == "cancelled"
    assert 'value="alerts" checked' not in client.get(MAIL).content.decode()

    client.post(MAIL, {"do": "save", "stream": ["alerts"]})
    assert not StreamStop.objects.filter(stream="alerts").exists()
    assert 'value="alerts" checked' in client.get(MAIL).content.decode()


def test_career_news_begins_and_ends_here(client, sam, mine):
    client.force_login(sam)
    client.post(MAIL, {"do": "save", "stream": ["alerts", "news"]})
    subscription = NewsSubscription.objects.get()
    assert (subscription.state, subscription.recipient) == ("active", mine)

    client.post(MAIL, {"do": "save", "stream": ["alerts"]})
    subscription.refresh_from_db()
    assert subscription.state == "stopped"


def test_the_link_in_a_mail_acts_without_an_account_and_on_its_reader_alone(client, mine):
    alert = JobAlertFactory()
    page = client.get(reverse("alert_manage", args=[token_for(MANAGE, alert.pk)])).content.decode()
    where = reverse("mail_by_link", args=[token_for(MAIL_WISHES, alert.recipient_id)])
    assert where.rpartition("/mail/")[0] in page

    client.post(where, {"stream": [], "discreet": "1"})
    assert StreamStop.objects.filter(recipient=alert.recipient, stream="alerts").exists()
    alert.recipient.refresh_from_db()
    assert alert.recipient.is_discreet
    assert not StreamStop.objects.filter(recipient=mine).exists()

    client.post(where, {"stream": ["alerts", "news"]})
    assert not StreamStop.objects.filter(stream="alerts").exists()
    assert not NewsSubscription.objects.exists()


def test_a_link_of_another_purpose_or_of_an_erased_reader_is_not_found(client, mine):
    assert client.get(reverse("mail_by_link", args=[token_for(MANAGE, mine.pk)])).status_code == 404
    stops.erase(mine, now=timezone.now())
    assert client.get(reverse("mail_by_link", args=[token_for(MAIL_WISHES, mine.pk)])).status_code == 404


def test_somebody_without_an_account_is_forgotten_by_the_link_in_a_mail(client):
    alert = JobAlertFactory()
    reader, address = alert.recipient, alert.recipient.address
    where = reverse("mail_by_link", args=[token_for(MAIL_WISHES, reader.pk)])
    waiting = a_digest(reader)
    stops.stop_stream(reader.pk, "news", timezone.now(), source="page")
    assert 'value="forget"' in client.get(where).content.decode()

    answer = client.post(where, {"do": "forget"})
    assert "Your address is deleted" in answer.content.decode()
    assert not JobAlert.objects.exists()
    assert not Recipient.objects.filter(address=address).exists()
    assert (Delivery.objects.get(pk=waiting.pk).state, Delivery.objects.get(pk=waiting.pk).address) == (
        "cancelled",
        None,
    )
    assert StreamStop.objects.filter(recipient=reader).exists()
    assert ErasedAddress.objects.get().address_hash == address_hash(address)
    assert client.get(where).status_code == 404
    assert client.post(where, {"do": "forget"}).status_code == 404


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_of_an_account_is_not_forgotten_by_a_link(client, sam, mine, verified):
    EmailAddress.objects.filter(user=sam).update(verified=verified)
    Recipient.objects.filter(pk=mine.pk).update(user=None)
    where = reverse("mail_by_link", args=[token_for(MAIL_WISHES, mine.pk)])
    assert 'value="forget"' not in client.get(where).content.decode()

    answer = client.post(where, {"do": "forget"}, follow=True)
    assert "belongs to an account" in answer.content.decode()
    assert Recipient.objects.get(pk=mine.pk).address == sam.email


def test_a_look_changes_nothing(client, sam, mine):
    client.force_login(sam)
    client.get(MAIL)

    assert not StreamStop.objects.exists()
    assert not NewsSubscription.objects.exists()


# --- Subjects -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("is_discreet", "subject"), [(True, "News from HWcollab"), (False, "New opening: RN")])
def test_discreet_subjects_say_who_writes_and_nothing_else(mine, is_discreet, subject, settings):
    settings.PORTAL_SHORT_NAME = "HWcollab"
    mine.is_discreet = is_discreet
    mine.save()
    message = EmailMultiAlternatives(subject="New opening: RN", body="Text", to=[mine.address])

    sent = message_from_bytes(finish_message(a_digest(mine), message).data, policy=default)
    assert sent["Subject"] == subject


def test_codes_keep_their_subject_so_that_they_are_found(mine):
    mine.is_discreet = True
    mine.save()
    OutboxBackend().send_messages([EmailMultiAlternatives("Your sign-in code", "AB-CD", to=[mine.address])])
    code = Delivery.objects.get(stream="account")
    message = EmailMultiAlternatives(subject=code.payload["subject"], body="AB-CD", to=[mine.address])

    sent = message_from_bytes(finish_message(code, message).data, policy=default)
    assert sent["Subject"] == "Your sign-in code"


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("account", "inquiry_seeker"), ("account", "alert_confirm"), ("account", "support_asked"), ("news", "news_monthly"),
        ("alerts", "alert_digest"),
    ],
)  # fmt: skip
def test_discreet_subjects_are_on_whatever_tells_of_a_search(mine, stream, kind):
    mine.is_discreet = True
    mine.save()
    delivery = ledger.enqueue(idem_key="a:1", recipient=mine, stream=stream, kind=kind, now=timezone.now())
    message = EmailMultiAlternatives(subject="Hudson Care answered you", body="Text", to=[mine.address])

    sent = message_from_bytes(finish_message(delivery, message).data, policy=default)
    assert sent["Subject"].startswith("News from ")


# --- Mail that had to stop ----------------------------------------------------------------------
@pytest.mark.parametrize("reason", [Reason.HARD_BOUNCE, Reason.SOFT])
def test_after_a_bounce_a_code_brings_mail_back(client, sam, mine, reason):
    client.force_login(sam)
    stops.suppress(sam.email, reason=reason)
    assert 'data-held="bounce"' in client.get(MAIL).content.decode()

    client.post(MAIL, {"do": "bounce"})
    assert Suppression.objects.get().scope == "commercial"
    client.post(MAIL, {"do": "bounce-code", "code": mailed_code()})

    assert not Suppression.objects.exists()
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == ["mail.tried_again", "mail.cured"]
    assert may_go(a_digest(mine))


def test_until_the_code_is_typed_nothing_but_account_mail_goes(client, sam, mine):
    client.force_login(sam)
    stops.suppress(sam.email, reason=Reason.HARD_BOUNCE)
    client.post(MAIL, {"do": "bounce"})

    page = client.post(MAIL, {"do": "bounce-code", "code": "XXXX-0000"}).content.decode()
    assert "not the newest code" in page
    waiting = a_digest(mine)
    (claimed,) = [one for one in ledger.claim() if one.pk == waiting.pk]
    assert not ledger.begin(claimed)


def test_who_called_it_spam_gets_it_again_only_by_asking_in_so_many_words(client, sam, mine):
    client.force_login(sam)
    stops.suppress(sam.email, reason=Reason.COMPLAINT, scope="commercial")
    page = client.get(MAIL).content.decode()
    assert 'data-held="complaint"' in page
    assert 'name="yes"' in page
    assert "Tick the box" in client.post(MAIL, {"do": "complaint"}).content.decode()
    client.post(MAIL, {"do": "bounce"})
    assert Suppression.objects.get().reason == "complaint"

    client.post(MAIL, {"do": "complaint", "yes": "on"})
    assert Suppression.objects.exists()
    client.post(MAIL, {"do": "complaint-code", "code": mailed_code()})
    assert not Suppression.objects.exists()
    assert AuditEvent.objects.get(verb="mail.asked_again").detail == {"agreed_to": mailwishes.COMPLAINT_CONSENT}


def test_a_bounce_code_does_not_end_a_complaint(client, sam, mine):
    client.force_login(sam)
    stops.suppress(sam.email, reason=Reason.COMPLAINT, scope="commercial")
    stops.suppress(sam.email, reason=Reason.HARD_BOUNCE)
    client.post(MAIL, {"do": "bounce"})
    client.post(MAIL, {"do": "bounce-code", "code": mailed_code()})

    assert Suppression.objects.get().reason == "complaint"


def test_what_staff_stopped_by_hand_is_not_lifted_here(client, sam, mine):
    client.force_login(sam)
    stops.suppress(sam.email, reason=Reason.MANUAL)
    mail.outbox.clear()

    assert "by hand" in client.post(MAIL, {"do": "bounce"}, follow=True).content.decode()
    assert Suppression.objects.get().scope == "all"
    assert not mail.outbox


def test_a_code_of_one_person_is_nothing_to_another(client, sam, mine):
    other = a_person("other@example.org")
    Recipient.objects.create(address=other.email, user=other)
    stops.suppress(sam.email, reason=Reason.SOFT)
    stops.suppress(other.email, reason=Reason.SOFT)
    client.force_login(sam)
    client.post(MAIL, {"do": "bounce"})
    code = mailed_code()
    client.force_login(other)
    client.post(MAIL, {"do": "bounce"})
    client.post(MAIL, {"do": "bounce-code", "code": code})

    assert Suppression.objects.filter(reason="soft").count() == 2


def test_an_account_without_a_confirmed_address_is_told_so(client, sam):
    sam.emailaddress_set.all().delete()
    client.force_login(sam)

    assert "Confirm your email address first" in client.get(MAIL).content.decode()


def test_signing_in_makes_the_page_whole(client, sam):
    sign_in_by_code(client, sam)

    assert "We mail you at" in client.get(MAIL).content.decode()
