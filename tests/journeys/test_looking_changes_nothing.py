"""Everyone looks at every page of a whole portal, and not one row changes: a GET shows, only a POST acts."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from careerportal.core.models import User
from tests.clock import NOW
from tests.journeys import world
from tests.staff_session import sign_in_staff

NOT_COUNTED = {"django_session", "usersessions_usersession"}  # a session notes when it was last seen
EVERYONE = [*world.WHO, "moderator", "admin"]
pytestmark = [pytest.mark.django_db]


def rows():
    """How many rows each table holds, and a hash of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall() if name not in NOT_COUNTED]
        each = " UNION ALL ".join(
            f"SELECT '{name}', count(*), md5(string_agg(md5(x::text), '' ORDER BY md5(x::text))) FROM \"{name}\" x"
            for name in tables
        )
        cursor.execute(each)
        return {name: (count, digest) for name, count, digest in cursor.fetchall()}


def plain_addresses(resolver=None, start="/"):
    """Every address that needs no argument, whatever app it is of."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = start + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if "<" in address or "(" in address:
            continue
        if hasattr(entry, "url_patterns"):
            yield from plain_addresses(entry, address)
        else:
            yield address


@time_machine.travel(NOW, tick=False)
def test_a_get_of_any_page_by_anyone_changes_no_row(settings, tmp_path):
    settings.PORTAL_ENV, settings.SENT_JOURNAL = "demo", tmp_path / "sent.log"
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"
    world.load(NOW)
    addresses = {visit.address for visit in world.visits(world.addresses(NOW))} | set(plain_addresses())
    readers = {"a stranger": Client()}
    for who in EVERYONE:
        readers[who] = Client()
        email = world.WHO.get(who, f"{who}@example.org")
        sign_in = sign_in_staff if who in ("moderator", "admin") else Client.force_login
        sign_in(readers[who], User.objects.get(email=email))
    before = rows()

    for who, reader in readers.items():
        for address in sorted(addresses):
            cache.clear()  # limits per place on the network: here everyone sits in one
            for look in (reader.get, reader.head):
                answer = look(address)
                assert answer.status_code < 500, (who, address)
        after = rows()
        assert {name for name in after if after[name] != before[name]} == set(), who
