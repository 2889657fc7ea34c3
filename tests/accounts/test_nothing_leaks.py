"""A person's whole time here, and what of them reaches anybody else: answers, mails, logs, Valkey, tasks.

Everything that tells who they are is marked. The words they write to an employer reach that employer's people on the
site, and nobody anywhere else.
"""

import io
import json
import logging
import re
import secrets
import zipfile

import pytest
import redis
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import planner, tasks
from accounts.models import Inquiry, JobAlert, SavedListing, SeekerProfile
from careerportal.core.logs import JsonFormatter, PlainFormatter
from careerportal.core.models import AuditEvent, User
from careerportal.outbox import mailbox, sender
from careerportal.outbox.models import Delivery, Recipient
from careerportal.outbox.transport import MailboxTransport
from tests.accounts.security.conftest import a_person
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import pdf
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "zaphira.markward@marked-domain.example"
WHO = ("zaphira", "markward", "marked-domain", "5185550142", "518-555-0142", "12309")  # name, address, phone, ZIP
WORDS = ("quillquestion", "wombatanswer")  # what she asks, what they answer
NOTES = ("nettlenote",)  # what she notes for herself


def found(text, marks):
    """The marks that stand in a text, whatever their case."""
    text = text.lower()
    return [mark for mark in marks if mark in text]


class Watcher:
    """A browser of somebody else: each answer is kept with its headers."""

    def __init__(self, who, user=None):
        self.who, self.client, self.seen = who, Client(), []
        if user is not None and user.is_staff:
            sign_in_staff(self.client, user)
        elif user is not None:
            self.client.force_login(user)

    def get(self, address):
        answer = self.client.get(address)
        self.seen.append(
            (address, f"{answer.headers!s} {answer.cookies!s} {b''.join(answer).decode(errors='replace')}")
        )
        return answer


@pytest.fixture
def log_lines():
    """Every line that any logger wrote, as both formats print it."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            record.request_id = getattr(record, "request_id", "-")
            lines.extend(form.format(record) for form in (PlainFormatter(), JsonFormatter()))

    keep, root = Keep(), logging.getLogger()
    level = root.level
    root.addHandler(keep)
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(keep)
    root.setLevel(level)


@pytest.fixture
def own_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"
    settings.EXPORTS_DIR, settings.RESUMES_DIR = tmp_path / "exports", tmp_path / "resumes"
    settings.ERASE_JOURNAL, settings.SENT_JOURNAL = tmp_path / "erased.log", tmp_path / "sent.log"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def valkey():
    """Every key of every database of the Valkey of this test, with its value."""
    base = django_settings.REDIS_URL.partition("?")[0]
    for number in range(16):
        unix = base.startswith(("unix://", "redis+socket://"))
        url = f"unix://{base.partition('://')[2]}?db={number}" if unix else f"{base.rsplit('/', 1)[0]}/{number}"
        client = redis.Redis.from_url(url)
        try:
            for key in client.scan_iter(count=1000):
                yield number, key, _value(client, key)
        finally:
            client.close()


def _value(client, key):
    read = {
        b"string": client.get, b"hash": client.hgetall, b"set": client.smembers,
        b"list": lambda name: client.lrange(name, 0, -1), b"zset": lambda name: client.zrange(name, 0, -1),
    }  # fmt: skip
    return repr(read.get(client.type(key), lambda name: b"")(key)).encode()


def send_mail():
    """Send what is due into the mailbox of this machine."""
    sender.drain(transport=MailboxTransport())


def letters():
    return [mailbox.letter(row) for row in mailbox.kept()]


def code():
    """The code in the newest letter to her."""
    send_mail()
    newest = next(letter for letter in letters() if ADDRESS in letter.to)
    return re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", newest.text, re.MULTILINE).group()


class Life:
    """What she does, in the order in which she does it."""

    def __init__(self, listing):
        self.browser, self.listing = Client(), listing

    def post(self, address, **data):
        answer = self.browser.post(address, data)
        assert answer.status_code in (200, 302), (address, answer.status_code)
        return answer

    def begins(self):
        """Save without an account, sign up by a mailed code, keep an alert, a profile and notes."""
        self.post(reverse("saved_opening", args=[self.listing.pk]), do="save")
        self.post("/accounts/signup/", email=ADDRESS)
        self.post(reverse("account_email_verification_sent"), code=code())
        user = User.objects.get(email=ADDRESS)
        assert EmailAddress.objects.get(user=user).verified
        assert SavedListing.objects.get(user=user).listing == self.listing
        user.name = "Zaphira Markward"
        user.save(update_fields=["name"])
        SavedListing.objects.filter(user=user).update(note="nettlenote: ask about caseload")
        SeekerProfile.objects.create(
            user=user, full_name="Zaphira Markward", phone="518-555-0142", town="Albany 12309", summary="nettlenote"
        )
        self.post("/alerts/new/", q="markward nettlenote", place="", frequency="daily", weekday="0")
        self.post("/alerts/new/", place="", frequency="daily", weekday="0")
        assert JobAlert.objects.filter(recipient__user=user).exists()
        return user

    def asks(self):
        """Ask an employer with a resume whose file is called by her name."""
        resume = SimpleUploadedFile("Zaphira Markward 518-555-0142.pdf", pdf(), content_type="application/pdf")
        self.post(
            f"/openings/{self.listing.pk}/apply-here/", text="quillquestion: do you train people?", called="",
            token=secrets.token_hex(16), resume="new", upload=resume,
        )  # fmt: skip
        return Inquiry.objects.get()

    def leaves(self):
        """Take a copy of everything along, then delete the account."""
        for address, data in (("/me/data/", {}), ("/me/delete/", {})):
            answer = self.post(address, **data)
            if "/me/confirm/" in answer.headers.get("Location", ""):
                self.post("/me/confirm/", do="send", next=address)
                answer = self.post("/me/confirm/", code=code(), next=address)
            if address == "/me/data/":
                copy = self.fetch()
        return copy

    def fetch(self):
        tasks.make_copies()
        answer = self.post(reverse("me_data_file", args=[self.browser.session["data_copy"]]))
        return zipfile.ZipFile(io.BytesIO(answer.content))


def everywhere(watcher, employer, listing, inquiry, user):
    """Look at every page that could tell of her."""
    public = [
        "/", "/openings/", "/openings/?q=care", listing.get_absolute_url(), "/employers/",
        employer.get_absolute_url(), "/privacy/", "/sitemap.xml",
    ]  # fmt: skip
    hiring = [
        f"/hiring/{employer.slug}/{part}" for part in ("", "team/", "activity/", "figures/", "inbox/", "profile/")
    ] + [f"/hiring/{employer.slug}/inbox/{inquiry.pk}/"]
    private = [
        "/me/", "/me/alerts/", "/me/inquiries/", f"/me/inquiries/{inquiry.pk}/", "/me/profile/", "/me/data/", "/me/mail/",
        "/me/support/", "/me/merge/", "/saved/", "/me/applications/", "/support/", "/moderation/", "/me/resumes/1/",
        *(reverse("me_alert", args=[alert.pk]) for alert in JobAlert.objects.filter(recipient__user=user)),
    ]  # fmt: skip
    for address in [*public, *hiring, *private]:
        watcher.get(address)


def test_nothing_of_a_person_reaches_anybody_else(own_files, log_lines):
    now = timezone.now()
    employer = EmployerFactory(slug="hudson-care", name="Hudson Care")
    listing = ListingFactory(published=True, published_at=now, confirmed_at=now, employer=employer)
    owner = MembershipFactory(employer=employer).user
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    life = Life(listing)
    user = life.begins()
    inquiry = life.asks()
    send_mail()

    team = Watcher("the employer", owner)
    others = [
        team,
        Watcher("a stranger"),
        Watcher("another seeker", a_person("somebody@else.example")),
        Watcher("another employer", MembershipFactory().user),
        Watcher("an administrator", UserFactory(is_staff=True, is_superuser=True)),
    ]
    for watcher in others:
        everywhere(watcher, employer, listing, inquiry, user)
    thread = f"/hiring/hudson-care/inbox/{inquiry.pk}/"
    assert "quillquestion" in team.get(thread).content.decode()
    team.client.post(thread, {"text": "wombatanswer: yes, we do.", "token": secrets.token_hex(16)})
    link = re.search(rf'href="({re.escape(thread)}resume/[^"]+)"', team.get(thread).content.decode())
    assert link, "the employer finds the resume"
    assert "attachment" in team.get(link[1]).headers["Content-Disposition"]
    send_mail()
    assert "wombatanswer" in life.browser.get(f"/me/inquiries/{inquiry.pk}/").content.decode()
    planner.plan(now=now, whatever_the_hour=True)
    send_mail()
    for watcher in others:
        everywhere(watcher, employer, listing, inquiry, user)
    copy = life.leaves()
    send_mail()

    # She has everything, and then nobody has anything.
    whole = copy.read("data.json").decode()
    assert found(whole, (*WHO[:5], *WORDS, *NOTES)) == [*WHO[:3], "518-555-0142", *WORDS, *NOTES]
    assert json.loads(whole)["schema_version"] == 1
    assert any(name.startswith("files/") for name in copy.namelist())
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Recipient.objects.filter(address=ADDRESS).exists()
    assert not Delivery.objects.filter(address=ADDRESS).exclude(state="queued").exists()

    # Answers to others, with their headers.
    for watcher in others:
        for address, answer in watcher.seen:
            assert not found(answer, (*WHO, *NOTES)), (watcher.who, address)
            if watcher is not team:
                assert not found(answer, WORDS), (watcher.who, address)
    # Mails, with their headers.
    sent = letters()
    assert any(owner.email in letter.to for letter in sent)
    for letter in sent:
        hers = ADDRESS in letter.to
        whole = " ".join([letter.subject, str(letter.headers), letter.text, letter.html])
        assert not found(whole, WORDS), letter.subject
        if not hers:
            assert not found(whole, (*WHO, *NOTES)), letter.subject
        else:
            assert owner.email not in whole
    # Log lines, the audit log, Valkey's keys and values (task messages are among them), files beside the database.
    everything = (*WHO, *WORDS, *NOTES)
    for line in log_lines:
        assert not found(line, everything), line
    for event in AuditEvent.objects.all():
        assert not found(json.dumps(event.detail), everything), event.verb
    for number, key, value in valkey():
        assert not found(key.decode(errors="replace"), everything), (number, key)
        assert not found(value.decode(errors="replace"), everything), (number, key)
    for path in (django_settings.ERASE_JOURNAL, django_settings.SENT_JOURNAL):
        assert not found(path.read_text(), everything)
    assert list(django_settings.EXPORTS_DIR.iterdir()) == []
    assert list(django_settings.RESUMES_DIR.iterdir()) == []
