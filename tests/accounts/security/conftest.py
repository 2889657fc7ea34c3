"""People in every situation of signing in."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache

from tests.employers_factories import UserFactory

PASSWORD = "a long enough phrase"
SECRET = "HWCOLLABTESTSECRETFORTHETESTS222"


@pytest.fixture(autouse=True)
def _fresh(settings):
    """Limits count from nothing, and passwords are hashed quickly."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere


def a_person(address="sam@example.org", **fields):
    """A user with a confirmed address; without `password` they sign in by mailed code."""
    user = UserFactory(email=address, **fields)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def with_app(user):
    """Give `user` an authenticator app and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def app_code(secret=SECRET, *, steps=0):
    """What the app shows now, or `steps` times 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def codes_of(user):
    """The unused recovery codes of `user`."""
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def mailed_code():
    """The code in the newest mail."""
    return re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", mail.outbox[-1].body, re.MULTILINE).group()


def sign_in_by_password(client, user):
    """Sign in with the password; the second step, if there is one, waits."""
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def sign_in_by_code(client, user):
    """Sign in by mailed code."""
    client.post("/accounts/login/", {"login": user.email})
    return client.post("/accounts/login/code/confirm/", {"code": mailed_code()})


def confirm_by_password(client):
    """Confirm once more that it is you."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client):
    """Whether the session of a test client belongs to someone."""
    return "_auth_user_id" in client.session


@pytest.fixture
def sam(db):
    """Someone who signs in by mailed code."""
    return a_person()


@pytest.fixture
def pat(db):
    """Someone with a password."""
    return a_person("pat@example.org", password=PASSWORD)


@pytest.fixture
def ada(db):
    """Someone with a password and an authenticator app."""
    return with_app(a_person("ada@example.org", password=PASSWORD))
