"""The clock, and a small map."""

import pytest
import time_machine

from tests.clock import NOW
from tests.places.conftest import small_map

__all__ = ["at_now", "small_map"]


@pytest.fixture
def at_now():
    """The clock stands at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
