"""The clock, and a small map."""

from tests.employers.public.conftest import at_now, small_map

__all__ = ["at_now", "small_map"]
