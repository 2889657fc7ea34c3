"""Several calls at the same moment, each on a database connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def race(*calls, times=1):
    """Start all `calls`, `times` times each, at once; return their results or the exceptions they raised."""
    contestants = calls * times
    gate = threading.Barrier(len(contestants), timeout=20)

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait()
            return call()
        except Exception as error:  # the outcome is what the test asks about
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(contestants)) as pool:
        return list(pool.map(run, contestants))
