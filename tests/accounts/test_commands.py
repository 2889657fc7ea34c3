"""send_alerts and expected_alerts as scripts use them."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from careerportal.outbox.models import Delivery
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


def output_of(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_send_alerts_plans_as_of_a_time_and_reports_what_it_did():
    JobAlertFactory()
    ListingFactory(published=True)

    figures = json.loads(output_of("send_alerts", "--as-of", NOW.isoformat(), "--json"))

    assert figures == {"as_of": NOW.isoformat(), "recipients": 1, "deliveries": 1, "items": 1}
    assert Delivery.objects.get().due_at == NOW


def test_send_alerts_leaves_alone_what_is_not_due_at_that_time():
    JobAlertFactory(next_run_at=NOW + timedelta(hours=1))
    ListingFactory(published=True)

    assert json.loads(output_of("send_alerts", "--as-of", NOW.isoformat(), "--json"))["deliveries"] == 0


def test_expected_alerts_prints_who_should_get_what_and_nothing_after_it_was_planned(settings):
    settings.PORTAL_URL = "https://portal.example"
    alert, listing = JobAlertFactory(), ListingFactory(published=True)
    asked = ("expected_alerts", "--as-of", NOW.isoformat(), "--now")

    rows = list(csv.DictReader(io.StringIO(output_of(*asked))))
    assert rows == [
        {
            "recipient": alert.recipient.address,
            "opening_url": f"https://portal.example/openings/{listing.pk}/{listing.slug}/",
        }
    ]

    output_of("send_alerts", "--as-of", NOW.isoformat())
    assert output_of(*asked) == "recipient,opening_url\n"


@pytest.mark.parametrize("command", ["send_alerts", "expected_alerts"])
@pytest.mark.parametrize("time", ["tomorrow", "2026-13-45T00:00", ""])
def test_a_time_that_is_none_is_a_usage_error(command, time):
    with pytest.raises(CommandError, match="is not a time"):
        call_command(command, "--as-of", time)
