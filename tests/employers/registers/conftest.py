"""Importing small register files over the small map."""

import pytest

from employers.registers.importing import import_file
from tests.clock import NOW
from tests.employers.registers import tables


@pytest.fixture
def bring(places, tmp_path):
    """Import rows as a register's file and return the report: bring("nysdoh", row, row, complete=True)."""

    def run(register, *rows, **options):
        return import_file(tables.write(tmp_path / f"{register}.csv", register, *rows), **{"now": NOW, **options})

    return run
