"""An employer with an owner whose account is safe, a fixed clock, and people who have confirmed their address."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tests.clock import NOW
from tests.employers_factories import EmployerFactory, MembershipFactory, UserFactory
from tests.staff_session import sign_in_staff


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def confirmed(user):
    """The user, whose address is confirmed."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def safe(user):
    """The user, whose account an authenticator app protects."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    return user


@pytest.fixture
def employer(db):
    return EmployerFactory(slug="hudson-care", name="Hudson Care")


@pytest.fixture
def owner(employer):
    return safe(confirmed(MembershipFactory(employer=employer, user__name="Olive Owner").user))


@pytest.fixture
def as_owner(client, owner):
    """A client signed in as the owner, who has just passed the second step."""
    sign_in(client, owner)
    return client


def sign_in(client, user):
    """Sign in as if the code of an app had just been typed, also for what asks once more who it is."""
    sign_in_staff(client, user)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()


@pytest.fixture
def newcomer(db):
    return confirmed(UserFactory(email="new@agency.example", name="Nora New"))
