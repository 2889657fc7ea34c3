"""Fifty identical posts at the same moment, each by a connection of its own, make one object."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from careerportal.core.models import AuditEvent
from employers.models import Case, Employer, Invitation, Membership, Report, Verification
from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers.team.conftest import confirmed, safe, sign_in
from tests.employers.verification.conftest import agency, person  # noqa: F401
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("places")]
TIMES = 50


@pytest.fixture(autouse=True)
def _no_limits(settings):
    """All fifty reach the database: limits would stop most of them before."""
    settings.ACCOUNT_RATE_LIMITS = False


def posts(address, fields, *, user=None, once_more=False):
    """What fifty copies of one browser get when they send the same form at once: their status codes."""
    first = Client()
    if once_more:
        sign_in(first, user)
    elif user is not None:
        first.force_login(user)
    session = first.cookies["sessionid"].value if user is not None else ""

    def send():
        client = Client()
        if session:
            client.cookies["sessionid"] = session
        return client.post(address, fields).status_code

    answers = race(send, times=TIMES)
    assert set(answers) <= {200, 302}, answers
    assert 302 in answers
    return answers


def events(verb):
    return AuditEvent.objects.filter(verb=verb).count()


def test_one_registration():
    CareSettingFactory(slug="health-home-agency")
    user = confirmed(UserFactory(email="jane@gmail.com"))
    fields = {
        "name": "Hudson Care", "address1": "9 New Street", "zip": "12207", "care_setting": "health-home-agency",
        "summary": "We coordinate care.", "website": "hudsoncare.example", "inbox_email": "jobs@hudsoncare.example",
    }  # fmt: skip

    posts(reverse("employer_register_new"), fields, user=user)

    assert Employer.objects.count() == Membership.objects.count() == 1
    assert Verification.objects.count() == Case.objects.count() == 1
    assert events("employer.registered") == events("verification.asked") == 1


def test_one_claim(agency):  # noqa: F811
    user = person("someone@gmail.com")

    posts(reverse("employer_claim", args=["hudson"]), {"statement": "I hire here.", "may_act": "on"}, user=user)

    assert Verification.objects.count() == Case.objects.count() == Membership.objects.count() == 1
    assert events("employer.claimed") == events("verification.asked") == 1


def test_one_invitation():
    employer = EmployerFactory(slug="hudson-care")
    owner = safe(confirmed(MembershipFactory(employer=employer).user))
    fields = {"email": "new@agency.example", "access": "viewer"}

    with time_machine.travel(NOW, tick=False):
        posts(reverse("hiring_team", args=["hudson-care"]), fields, user=owner, once_more=True)

    assert Invitation.objects.count() == 1
    assert events("invitation.sent") == 1


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_one_report(is_signed_in):
    opening = ListingFactory(published=True)
    user = UserFactory() if is_signed_in else None

    posts(reverse("report_opening", args=[opening.pk]), {"reason": "wrong", "text": "The pay is another."}, user=user)

    assert Report.objects.count() == Case.objects.count() == 1
    assert events("report.made") == 1
