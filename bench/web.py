"""How the portal serves: S3 search pages a second, W1 memory of the web workers and seconds until the first page.

gunicorn runs as `make run` runs it, and threads of this process ask over 8 connections on this machine, each query only
once. The bar of S3 is a peer's list of jobs on the machine of docs; the empty view, asked in the same run, carries its
figure over to this one. The start is that of `make run` itself, in a data folder of its own.
"""

import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.figures import Figures, prepare, scale
from devstack import processes
from devstack.supervisor import WEB_THREADS, WEB_WORKERS

SIZES = {"small": (10_000, 6.0), "full": (100_000, 20.0)}  # openings, seconds of load
CONNECTIONS = 8
REQUESTS_MAX = 20_000
WARM_UP = 20  # searches before the clock counts
PATIENCE_S = 120.0
# Requests a second of python.org's list of jobs, really running, with that many jobs, where an empty view answered 2,753.
PEER = {10_000: (3.1, 75), 100_000: (1.2, 200)}  # jobs: its rate, and how many times as fast we want to be
PEER_EMPTY = 2_753
BARS = {"W1.web_mb": 120, "W1": 10}


def main():
    prepare()
    figures = Figures()
    openings, seconds = SIZES[scale()]
    measure(figures, openings=openings, seconds=seconds)
    measure_start(figures)
    return figures.status


def measure(figures, *, openings, seconds):
    """Fill the database with `openings`, load the server for so many `seconds`, print S3 and the workers' memory."""
    from django.utils import timezone

    from bench.data import World
    from bench.search import Queries

    world = World(at=timezone.now(), seed=figures.seed)
    world.add_openings(openings)
    queries = Queries(world, random.Random(figures.seed))
    searches = [f"/openings/?{urlencode(search)}" for search in queries.words_and_zip(int(400 * seconds) + 100)]
    with gunicorn() as (master, port):
        load(port, itertools.repeat("/bench/empty/", 200), seconds=2)
        load(port, searches[:WARM_UP], seconds=5)
        empty = [load(port, itertools.repeat("/bench/empty/", REQUESTS_MAX), seconds=seconds / 2)]
        searched = load(port, searches[WARM_UP:], seconds=seconds)
        empty.append(load(port, itertools.repeat("/bench/empty/", REQUESTS_MAX), seconds=seconds / 2))
        memory_mb = [most_memory_mb(pid) for pid in processes.descendants(master.pid)]
    size = max(jobs for jobs in PEER if jobs <= max(openings, min(PEER)))
    peer, times = PEER[size]
    here = sum(empty) / len(empty)
    figures.at_least(
        "S3", searched / (peer * here / PEER_EMPTY), times,
        input=f"search pages a second, words + ZIP / the peer's with {size} jobs", n=openings, state="warm",
        connections=CONNECTIONS, pages_per_s=searched, empty_per_s=here, empty_first=empty[0], empty_last=empty[1],
    )  # fmt: skip
    if memory_mb and all(memory_mb):
        figures.at_most(
            "W1.web_mb", max(memory_mb), BARS["W1.web_mb"], input="largest web worker after the load, MB", n=openings,
            state="warm", workers=len(memory_mb),
        )  # fmt: skip


def measure_start(figures):
    """Start the portal twice in a new data folder, as `make run` does, and print how long the second start takes."""
    with tempfile.TemporaryDirectory(prefix="careerportal-bench-") as folder:
        first, _worker_mb = _start(folder)
        again, worker_mb = _start(folder)
    about = {"n": 1, "state": "warm"}
    figures.at_most("W1", again, BARS["W1"], input="seconds until `make run` is ready, started before", **about)
    figures.note(f"first start, packages installed and no data: {first:.1f} s")
    if worker_mb:
        figures.note(f"largest process of the task worker, nothing to do: {worker_mb:.0f} MB")


def _start(folder):
    """Run the portal until its ready line, then stop it; return seconds and MB of its largest task process."""
    given = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "PORT", "HOST")
    environment = {name: value for name, value in os.environ.items() if name not in given}
    environment |= {"PORTAL_ENV": "demo", "DATA_DIR": folder, "PORT": str(free_port())}
    began = time.monotonic()
    portal = processes.spawn(
        [sys.executable, "-m", "devstack", "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    killer = threading.Timer(PATIENCE_S, portal.terminate)
    killer.start()
    try:
        lines = []
        for line in portal.stdout:
            lines.append(line)
            if line.startswith("ready "):
                seconds = time.monotonic() - began
                worker = int((Path(folder) / "pids" / "worker").read_text().split()[0])
                memory_mb = [most_memory_mb(pid) for pid in [worker, *processes.descendants(worker)]]
                return seconds, max((one for one in memory_mb if one), default=None)
        raise RuntimeError(f"`make run` did not become ready:\n{''.join(lines[-20:])}")
    finally:
        killer.cancel()
        processes.stop(portal, with_signal=signal.SIGTERM, patience_s=60)
        portal.stdout.close()


@contextmanager
def gunicorn():
    """The web server over this benchmark's database; yields its master process and the port."""
    from django.conf import settings
    from django.db import connection

    database = connection.settings_dict
    environment = os.environ | {
        "PORTAL_ENV": settings.PORTAL_ENV,
        "DATABASE_URL": f"postgresql://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }
    port = free_port()
    threads = [
        "--worker-class",
        "gthread",
        "--workers",
        WEB_WORKERS,
        "--threads",
        WEB_THREADS,
        "--log-level",
        "warning",
    ]
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi:application", "--no-control-socket", *threads]
    master = processes.spawn([*command, "--bind", f"127.0.0.1:{port}"], env=environment)
    try:
        _wait_for(port, master)
        yield master, port
    finally:
        processes.stop(master)


def _wait_for(port, master):
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and master.poll() is None:
        connection = _Connection(port)
        try:
            if connection.status("/bench/empty/") == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.http.close()
    raise RuntimeError("the web server does not answer")


def load(port, paths, *, seconds):
    """Ask for `paths` over CONNECTIONS connections until they or the seconds run out; return answers a second.

    Raises RuntimeError for an answer other than 200.
    """
    paths, lock, done, wrong = iter(paths), threading.Lock(), [0] * CONNECTIONS, []
    began = time.perf_counter()

    def ask(number):
        connection = _Connection(port)
        while time.perf_counter() - began < seconds and not wrong:
            with lock:
                path = next(paths, None)
            if path is None:
                break
            try:
                status = connection.status(path)
            except OSError as error:
                status = error
            if status != 200:
                wrong.append(f"{path}: {status}")
            done[number] += 1
        connection.http.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"unexpected answer to {wrong[0]}")
    return sum(done) / (time.perf_counter() - began)


class _Connection:
    """A connection that is kept, and opened again when the server closed it."""

    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def status(self, path):
        """Ask for a page, read it whole, return its status. Raises OSError when the server cannot be reached."""
        try:
            return self._ask(path)
        except (http.client.HTTPException, ConnectionError):
            self.http.close()
            return self._ask(path)

    def _ask(self, path):
        self.http.request("GET", path, headers={"Accept-Encoding": "gzip", "Host": "localhost"})
        response = self.http.getresponse()
        response.read()
        return response.status


def free_port():
    """A port of this machine nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def most_memory_mb(pid):
    """The most memory a process ever held, shared pages included, in MB; None where /proc does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)


if __name__ == "__main__":
    sys.exit(main())
