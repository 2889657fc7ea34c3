"""A checkout with the real launcher and the smallest project it can start, so that these tests take seconds."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")  # this checkout's project has no settings

MANAGE = """
import os, sys
from devstack.attach import attach
with attach():
    if sys.argv[1] == "addresses":
        print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"])
    elif sys.argv[1] == "hold":
        import psycopg, time
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            for _ in range(int(float(sys.argv[2]) / 0.05)):
                connection.execute("SELECT 1")
                time.sleep(0.05)
        print("held")
    elif sys.argv[1] == os.environ.get("BROKEN_COMMAND"):
        sys.exit(f"Unknown command: {sys.argv[1]!r}")
    else:
        print("did", *sys.argv[1:])
"""
CELERY = """
import os
from celery import Celery
url = os.environ["REDIS_URL"].removeprefix("unix://")
app = Celery("careerportal", broker=f"redis+socket://{url}?virtual_host=0")
app.conf.broker_connection_retry_on_startup = True
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
"""


class Checkout:
    """A small checkout; everything it starts can be found by the name of its folder."""

    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"
        self.mark = os.fsencode(folder)
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.environment = kept | {
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "PORTAL_ENV": "demo",
        }
        self.started = []

    def run(self, **more):
        """Start the portal; return the process at once."""
        launch = "import sys; from devstack import supervisor; sys.exit(supervisor.run())"
        return self._start([sys.executable, "-c", launch], more)

    def manage(self, *arguments, **more):
        """Start a management command; return the process at once."""
        return self._start([sys.executable, "manage.py", *arguments], more)

    def launch(self, *arguments, **more):
        """Start `python -m devstack ...`; return the process at once."""
        return self._start([sys.executable, "-m", "devstack", *arguments], more)

    def _start(self, command, more):
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment | {"DATA_DIR": str(self.data)} | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def processes(self):
        """Process ids of everything that works in this checkout's folder or whose command line or environment names it."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes()
                place = os.readlink(process / "cwd").encode()
                if words and self.mark in b" ".join([words, place, (process / "environ").read_bytes()]):
                    found.append(int(process.name))
            except OSError:
                continue
        return found

    def is_quiet(self, *, within_s=60.0):
        """Whether no process of this checkout is left after `within_s` seconds at most."""
        deadline = time.monotonic() + within_s
        while self.processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def pid(self, name):
        """The noted process id of a part."""
        return int((self.data / "pids" / name).read_text())

    def end(self):
        """Kill whatever a failed test left."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self.started:
            process.wait(PATIENCE_S)
            process.stdout.close()


def free_port():
    """A TCP port that nobody listens on right now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def read_until(process, start):
    """Read the process's lines until one begins with `start`; return all of them. Fails when it ends without."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(start):
            return "".join(lines)
    raise AssertionError(f"no line {start!r} in:\n{''.join(lines)}")


@pytest.fixture
def checkout():
    """A Checkout in a folder of its own, short and open to the servers' user; afterwards nothing of it runs."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    folder.chmod(0o755)
    shutil.copytree(REPOSITORY / "devstack", folder / "devstack", ignore=shutil.ignore_patterns("__pycache__"))
    package = folder / "careerportal"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "celery.py").write_text(CELERY)
    (package / "wsgi.py").write_text(WSGI)
    (folder / "manage.py").write_text(MANAGE)
    made = Checkout(folder)
    yield made
    made.end()
    for outside in (made.data / "servers" / "sock", made.data / "servers"):
        if outside.is_symlink():  # see devstack/state.py and devstack/servers.py
            shutil.rmtree(os.readlink(outside), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
