"""Walks tests/permissions.csv: every kind of visitor at every page about employers.

200 also stands for the redirect after a change or to confirm once more, L for the way to sign in. Staff have passed
their second step.
"""

import csv
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.staff import EDITORS, MODERATORS, write_groups
from employers.models import Employer
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory
from tests.staff_session import sign_in_staff

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "permissions.csv").read_text(encoding="utf-8").splitlines()))
WHO = [
    "anonymous", "seeker", "emp_pending", "viewer", "emp_a_member", "emp_a_owner", "emp_b", "editor", "moderator", "admin",
]  # fmt: skip
pytestmark = pytest.mark.django_db


def staff(group):
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[group])
    return user


@pytest.fixture
def world():
    """Employer A with openings in every state, an employer that waits, and the slugs and ids in their addresses."""
    a, pending = EmployerFactory(slug="a"), EmployerFactory(slug="pending", unapproved=True)
    site = SiteFactory(employer=a)
    openings = {
        "draft of A": ListingFactory(employer=a),
        "published opening of A": ListingFactory(employer=a, published=True),
        "closed opening of A": ListingFactory(employer=a, closed=True),
        "opening of A taken down": ListingFactory(employer=a, taken_down=True),
    }
    return {"A": a, "A (verified)": a, "pending": pending, "site of A": site, **openings}


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


def address_of(row, world):
    thing = world.get(row["resource"])
    if row["route_name"] == "listing":
        return thing.get_absolute_url()
    if row["resource"] == "site of A":
        return reverse(row["route_name"], args=["a", thing.pk])
    if thing is None:
        return reverse(row["route_name"])
    return reverse(row["route_name"], args=[thing.slug if isinstance(thing, Employer) else thing.pk])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['route_name']}-{row['resource']}".replace(" ", "_"))
def test_everyone_gets_what_the_table_says(client, world, row, who):
    user = visitor(who, world)
    if user and user.is_staff:
        sign_in_staff(client, user)
    elif user:
        client.force_login(user)

    answer = getattr(client, row["method"].lower())(address_of(row, world))

    given = str(answer.status_code)
    if given == "302":
        given = "L" if answer.url.startswith((reverse("account_login"), reverse("admin:login"))) else "200"
    assert given == row[who], row["action"]
