"""Odd addresses of the admin."""

import pytest

from tests.employers_factories import UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db


def test_a_nul_in_a_filter_of_the_admin_is_a_bad_request(client):
    sign_in_staff(client, UserFactory(is_staff=True, is_superuser=True))

    assert client.get("/admin/core/auditevent/?verb=%00").status_code == 400
    assert client.get("/admin/core/auditevent/?verb=site.added").status_code == 200
