"""The audit log tells who did what, and nobody rewrites it."""

import pytest
from django.db import IntegrityError, transaction

from careerportal.core import audit
from careerportal.core.models import AuditEvent, User
from tests.clock import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    actor = User.objects.create_user("someone@example.org")
    return audit.record("user.looked", about=actor, actor=actor, employer=7, now=NOW, reason="a test")


def test_a_line_says_who_did_what_to_which_object(line):
    kept = AuditEvent.objects.get(pk=line.pk)

    assert (kept.at, kept.actor_id, kept.verb, kept.kind, kept.object_id, kept.employer_id, kept.detail) == (
        NOW, line.actor_id, "user.looked", "user", line.object_id, 7, {"reason": "a test"},
    )  # fmt: skip


def test_the_database_refuses_to_change_or_delete_a_line(line):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=line.pk).update(verb="user.slept")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.delete()

    assert AuditEvent.objects.get(pk=line.pk).verb == "user.looked"


def test_a_line_outlives_the_person_it_tells_about(line):
    User.objects.get(pk=line.actor_id).delete()

    assert AuditEvent.objects.get(pk=line.pk).actor_id == line.actor_id
