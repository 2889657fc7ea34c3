"""A person with confirmed addresses, and an agency that only a register knows."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from tests.employers.conftest import places  # noqa: F401
from tests.employers.directory.entries import entry_for, listed
from tests.employers_factories import UserFactory

PHONE, PHONE_KEY = "(518) 262-3474", "5182623474"


def person(*addresses, **fields):
    """A user who has confirmed these addresses; without any, one at a free mail service."""
    addresses = addresses or ("someone@gmail.com",)
    user = UserFactory(email=addresses[0], **fields)
    for number, address in enumerate(addresses):
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=number == 0)
    return user


@pytest.fixture
def agency(db):
    """Hudson Health Home, listed by a register with a phone and a website."""
    employer = listed(name="Hudson Health Home", slug="hudson", places=({"zip": "12207", "address1": "9 New Street"},))
    entry_for(
        employer, employer.sites.get(), source="omh", phone=PHONE, website="https://www.hudsoncare.org",
        register_date=date(2026, 5, 1), address1="9 New Street", zip="12207",
    )  # fmt: skip
    return employer


@pytest.fixture
def letters_dir(settings, tmp_path):
    settings.LETTERS_DIR = tmp_path / "letters"
    return settings.LETTERS_DIR
