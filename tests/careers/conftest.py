"""The whole content of the portal, loaded once for each module that asks for it."""

import pytest
import time_machine
from django.db import transaction

from careers import content_files, loading
from tests.clock import NOW


@pytest.fixture(scope="module")
def _content_of_module(django_db_setup, django_db_blocker):
    """Load the content files into a transaction that stays open for one module and is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(content_files.records(), now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def content(_content_of_module, db):
    """Everything in the content files, in the database. What a test changes is undone after it.

    Every test of a module either asks for it or does not care what is there.
    """


@pytest.fixture
def now():
    """The clock stands at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
