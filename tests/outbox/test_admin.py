"""What staff see of the ledger."""

import pytest
from django.contrib.auth import get_user_model

from careerportal.outbox import stops
from careerportal.outbox.models import Suppression
from careerportal.outbox.sender import drain
from tests.outbox.factories import NOW, queue, recipient
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    sign_in_staff(client, get_user_model().objects.create_superuser("admin@example.org", "not a real password"))
    return client


def test_deliveries_are_shown_masked_and_found_by_address(staff):
    queue("a", items=[("opening", 1, {})])
    queue("b", to=recipient("bob@example.org"))
    drain(now=NOW)
    page = staff.get("/admin/outbox/delivery/", {"q": "ANN@example.org"}).content.decode()
    assert "a***@example.org" in page
    assert "b***@example.org" not in page
    assert "ann@example.org" not in page.replace('value="ANN@example.org"', "").lower().replace("q=ann@example.org", "")


def test_an_erased_person_is_found_by_the_address_they_had(staff):
    delivery = queue()
    drain(now=NOW)
    stops.erase(delivery.recipient, now=NOW)
    page = staff.get("/admin/outbox/delivery/", {"q": "ann@example.org"}).content.decode()
    assert "(erased)" in page
    assert "1 delivery" in page


def test_part_of_an_address_finds_nobody(staff):
    queue()
    assert b"0 deliveries" in staff.get("/admin/outbox/delivery/", {"q": "ann"}).content


def test_one_delivery_shows_its_tries_and_items_and_cannot_be_changed(staff):
    delivery = queue(items=[("opening", 4711, {})])
    drain(now=NOW)
    page = staff.get(f"/admin/outbox/delivery/{delivery.pk}/change/").content.decode()
    assert "4711" in page
    assert "kept in the local mailbox" in page
    assert 'name="_save"' not in page
    assert staff.get("/admin/outbox/delivery/add/").status_code == 403
    assert staff.post(f"/admin/outbox/delivery/{delivery.pk}/delete/").status_code == 403


@pytest.mark.parametrize("name", ["recipient", "suppression", "streamstop", "outboxswitch"])
def test_every_list_opens(staff, name):
    stops.suppress("ann@example.org", reason="manual")
    stops.stop_stream(recipient().pk, "alerts", NOW, "page")
    assert staff.get(f"/admin/outbox/{name}/").status_code == 200


def test_staff_may_lift_a_suppression(staff):
    stops.suppress("ann@example.org", reason="manual")
    staff.post(f"/admin/outbox/suppression/{Suppression.objects.get().pk}/delete/", {"post": "yes"})
    assert not Suppression.objects.exists()
