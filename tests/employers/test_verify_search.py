"""manage.py verify_search: says what differs, mends it when asked."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from employers.models import ListingSearch
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


def verify(*options):
    out, status = StringIO(), 0
    try:
        call_command("verify_search", *options, stdout=out)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue()


def test_no_difference_is_status_zero():
    ListingFactory(published=True)

    assert verify() == (0, "1 openings, 0 differences\n")


def test_differences_are_named_and_left_alone_until_fixed():
    listing = ListingFactory(published=True)
    ListingSearch.objects.update(title="wrong", is_remote=True)

    assert verify() == (1, f"opening {listing.pk}: title is_remote\n1 openings, 1 differences\n")
    status, report = verify("--json")
    assert status == 1
    assert json.loads(report) == {
        "openings": 1,
        "differences": [{"opening": listing.pk, "what": "title is_remote"}],
        "fixed": 0,
    }
    assert verify("--fix") == (0, f"opening {listing.pk}: title is_remote\n1 openings, 1 differences, 1 mended\n")
    assert verify()[0] == 0
