"""Walks tests/permissions.csv: every kind of visitor at every page about employers.

200 also stands for the redirect after a change or to confirm once more, L for the way to sign in. Staff have passed
their second step.
"""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts import resumes
from accounts.models import ReplyTemplate, SupportGrant, TrackedApplication
from accounts.staff import EDITORS, MODERATORS, write_groups
from careerportal.core import audit
from careerportal.outbox.models import Recipient
from employers import confirming, inbox, queue, team
from employers.models import Employer, ImportRun, ImportSource, Invitation, ListingInput, Membership, Site
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory
from tests.inquiry_factories import InquiryFactory, pdf
from tests.staff_session import sign_in_staff

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "permissions.csv").read_text(encoding="utf-8").splitlines()))
WHO = [
    "anonymous", "seeker", "emp_pending", "viewer", "emp_a_member", "emp_a_owner", "emp_b", "editor", "moderator", "admin",
]  # fmt: skip
PAGES = ("hiring/", "employers/", "moderation/", "report/")
LATER = NOW + timedelta(days=3650)  # these pages are asked at the time the test runs
pytestmark = pytest.mark.django_db


def staff(group):
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[group])
    return user


def a_grant(now, **fields):
    """Leave of a seeker for support to look at their page."""
    times = {"created_at": now, "granted_at": now, "until": LATER}
    return SupportGrant.objects.create(user=UserFactory(), reason="My alert is silent.", days=7, **times, **fields)


@pytest.fixture
def world(settings, tmp_path):
    """Employer A with all that its pages name, an employer that waits, and what stands in their addresses."""
    a, pending = EmployerFactory(slug="a"), EmployerFactory(slug="pending", unapproved=True)
    a.inbox_wanted = "jobs@a.example"
    a.save()
    site = SiteFactory(employer=a)
    openings = {
        "draft of A": ListingFactory(employer=a),
        "opening of A in review": ListingFactory(employer=a, status="in_review", submitted_at=NOW),
        "published opening of A": ListingFactory(employer=a, published=True),
        "closed opening of A": ListingFactory(employer=a, closed=True),
        "opening of A taken down": ListingFactory(employer=a, taken_down=True),
    }
    member = MembershipFactory(employer=a, access="viewer")
    feed = ImportSource.objects.create(employer=a, name="feed", url="https://jobs.a.example/feed.xml")
    settings.RESUMES_DIR = tmp_path / "resumes"
    asked = InquiryFactory(employer=a)
    file = resumes.checked(content=pdf(), name="resume.pdf")
    case = queue.open_case(kind="organization", employer=a, now=NOW)
    case.messages.create(from_staff=True, text="What is your website?")
    return {
        "A": a,
        "A (verified)": a,
        "pending": pending,
        "site of A": site,
        "member of A": member,
        "invitation of A": Invitation.objects.create(
            employer=a, email="somebody@else.example", access="viewer", expires_at=LATER
        ),
        "case of A": case,
        "inquiry of A": asked,
        "resume sent to A": resumes.attach(inquiry=asked, seeker=asked.seeker, file=file, now=NOW),
        "reply template of A": ReplyTemplate.objects.create(employer=a, name="Yes", text="Yes, we train."),
        "input of A": ListingInput.objects.create(employer=a, touched_at=NOW),
        "feed of A": feed,
        "import of A": ImportRun.objects.create(
            source=ImportSource.objects.create(employer=a, name="jobs"), phase="checked"
        ),
        "leave to look": a_grant(NOW),
        "leave that ended": a_grant(NOW, ended_at=NOW),
        "application of a seeker": TrackedApplication.objects.create(
            user=UserFactory(), employer_name="Elm Clinic", title="Navigator"
        ),
        "alert of a seeker": JobAlertFactory(),
        "line of the audit log": audit.record("site.added", about=site, employer=a, now=NOW),
        **openings,
    }


def visitor(who, world):
    return {
        "anonymous": lambda: None,
        "seeker": UserFactory,
        "emp_pending": lambda: MembershipFactory(employer=world["pending"]).user,
        "viewer": lambda: MembershipFactory(employer=world["A"], access="viewer").user,
        "emp_a_member": lambda: MembershipFactory(employer=world["A"], access="recruiter").user,
        "emp_a_owner": lambda: MembershipFactory(employer=world["A"]).user,
        "emp_b": lambda: MembershipFactory().user,
        "editor": lambda: staff(EDITORS),
        "moderator": lambda: staff(MODERATORS),
        "admin": lambda: UserFactory(is_staff=True, is_superuser=True),
    }[who]()


def invited(user, world):
    """The address of an invitation to `user`, who has confirmed the address it went to."""
    email = user.email if user else "nobody@else.example"
    if user:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invitation = Invitation.objects.create(employer=world["A"], email=email, access="viewer", expires_at=LATER)
    return reverse("hiring_invitation", args=[team.invitation_token(invitation)])


def address_of(row, world, user):
    """The address of a row's route, with what its resource names put into it."""
    name, thing = row["route_name"], world.get(row["resource"])
    if name == "hiring_invitation":
        who_asks = row["resource"] == "invitation to who asks"
        return invited(user, world) if who_asks else reverse(name, args=[team.invitation_token(thing)])
    if name == "hiring_keep":
        reader = Recipient.objects.for_address("owner@a.example")
        return reverse(name, args=[confirming.token(world["published opening of A"], reader)])
    if name == "hiring_inbox_confirm":
        return reverse(name, args=[inbox.token(world["A"])])
    if name == "hiring_resume":
        made_for = user or world["member of A"].user
        return reverse(name, args=["a", thing.inquiry_id, resumes.link(inquiry=thing.inquiry, member=made_for)])
    if name == "me_keep":
        return reverse(name, args=["route"]) + "?schooling=bachelor"
    if name == "listing":
        return thing.get_absolute_url()
    if thing is None:
        return reverse(name)
    if isinstance(thing, Employer):
        return reverse(name, args=[thing.slug])
    if isinstance(thing, ListingInput):
        return reverse(name, args=["a", thing.token, *(["work"] if name == "hiring_write" else [])])
    if name == "hiring_change":
        return reverse(name, args=[thing.pk, "work"])
    of_an_employer = (Site, Membership, Invitation, ImportRun, ImportSource, ReplyTemplate)
    wants_employer = isinstance(thing, of_an_employer) or name.startswith(
        ("hiring_message", "hiring_inquiry", "hiring_opening_figures")
    )
    return reverse(name, args=["a", thing.pk] if wants_employer else [thing.pk])


def sign_in(client, user):
    if user and user.is_staff:
        sign_in_staff(client, user)
    elif user:
        client.force_login(user)


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['method']}-{row['route_name']}-{row['resource']}".replace(" ", "_")
)
def test_everyone_gets_what_the_table_says(world, row):
    answers = {who: answer_to(who, row, world) for who in WHO}

    assert answers == {who: row[who] for who in WHO}, row["action"]


def answer_to(who, row, world):
    """What a visitor gets, as the table writes it; whatever that changes is taken back."""
    before, client = transaction.savepoint(), Client()
    user = visitor(who, world)
    sign_in(client, user)
    answer = getattr(client, row["method"].lower())(address_of(row, world, user))
    transaction.savepoint_rollback(before)
    if answer.status_code == 302:
        return "L" if answer.url.startswith((reverse("account_login"), reverse("admin:login"))) else "200"
    return str(answer.status_code)


def routes(patterns=None, before=""):
    """Every named route with its address pattern, as (name, pattern)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        where = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not pattern.namespace:
                yield from routes(pattern.url_patterns, where)
        elif pattern.name:
            yield pattern.name, where


OURS = sorted({name for name, where in routes() if where.startswith(PAGES) or where.endswith("/report/")})


def without_a_row(rows):
    """Names of our routes that these rows do not mention."""
    return set(OURS) - {row["route_name"] for row in rows}


def test_no_route_is_without_a_row():
    assert without_a_row(ROWS) == set()


@pytest.mark.parametrize(
    "name",
    ["hiring_team", "hiring_invitation", "employer_claim", "moderation_decide", "report_opening", "report_employer"],
)
def test_a_row_that_is_taken_away_is_missed(name):
    assert without_a_row([row for row in ROWS if row["route_name"] != name]) == {name}


@pytest.mark.parametrize("name", OURS)
def test_no_method_is_without_a_row(world, name):
    rows = [row for row in ROWS if row["route_name"] == name]
    for method in {"GET", "POST", "PUT", "DELETE"} - {row["method"] for row in rows}:
        for who in ("emp_a_owner", "admin"):
            given = answer_to(who, {**rows[0], "method": method}, world)
            assert given in ("403", "404", "405"), f"{method} {name} answers {given} to {who}"
