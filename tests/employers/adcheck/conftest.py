"""The rules of the shipped content, and an ad with nothing wrong about it."""

from decimal import Decimal

import pytest

from employers.adcheck.ad import Ad
from tests.careers.conftest import _content_of_module, content  # noqa: F401  the whole content, once a module


@pytest.fixture
def ad():
    """A function that returns an Ad for work in Albany with a fair range, changed by keywords."""

    def make(**changed):
        fair = {
            "headline": "Care Coordinator",
            "description": "You call patients and set up visits.",
            "has_site": True,
            "site_states": ("NY",),
            "site_counties": ("NY:Albany",),
            "site_cities": ("NY:Albany",),
            "home_states": ("NY",),
            "employment": "full-time",
            "pay_min_usd": Decimal(24),
            "pay_max_usd": Decimal(28),
            "pay_period": "hour",
            "benefits": "Health insurance",
        }
        return Ad(**(fair | changed))

    return make
