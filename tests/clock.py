"""The moment at which every test takes place."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # a Sunday, 10:00 in New York
