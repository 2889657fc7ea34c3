"""`python -m devstack exec COMMAND...`: run a command against servers that exist only for it."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devstack import processes
from devstack.servers import Servers, database_url, forget_libpq_variables, redis_url

PREFIX = "careerportal-exec-"
MEMORY_DIR = Path("/dev/shm")
MEMORY_NEEDED_BYTES = 2 * 1024**3
FRESH_S = 10


def run(command):
    """Run `command` with DATABASE_URL, REDIS_URL and PORTAL_ENV=test; return its exit status. Nothing stays behind."""
    processes.adopt_orphans()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parent = _parent_folder()
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    servers = Servers(folder, throwaway=True)
    held = _hold(folder)
    try:
        folder.chmod(0o711)  # the service user must get in
        (folder / "data").mkdir()
        servers.start()
        environment = os.environ | {
            "PORTAL_ENV": "test",
            "DATABASE_URL": database_url(servers.sockets),
            "REDIS_URL": redis_url(servers.sockets),
            "DATA_DIR": str(folder / "data"),
        }
        forget_libpq_variables(environment)
        return _wait(processes.spawn(command, own_session=False, env=environment))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except FileNotFoundError as error:
        print(f"exec: {error.strerror}: {error.filename}", file=sys.stderr)
        return 127
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        servers.stop()
        processes.kill_descendants()
        servers.forget_sockets()
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


class Ended(KeyboardInterrupt):
    """We were asked to end by a signal that the command did not get, unlike a terminal's Ctrl-C."""


def _interrupt(_number, _frame):
    raise Ended


def _wait(process):
    """Wait for the command; return its exit status as a shell would. When asked to end, give it ten seconds."""
    try:
        status = process.wait()
    except KeyboardInterrupt as why:
        if isinstance(why, Ended):
            process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        return 128 + signal.SIGINT
    return status if status >= 0 else 128 - status


def _parent_folder():
    """Shared memory when there is room (nothing is written to disk), else the folder for temporary files."""
    try:
        room = shutil.disk_usage(MEMORY_DIR).free if os.access(MEMORY_DIR, os.W_OK | os.X_OK) else 0
    except OSError:
        room = 0
    return MEMORY_DIR if room >= MEMORY_NEEDED_BYTES else Path(tempfile.gettempdir())


def _hold(folder):
    """Lock the folder for as long as we live; the lock tells `_sweep` that it is in use."""
    held = os.open(folder / "in-use", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def _sweep(parent):
    """Remove what earlier runs left when they were killed with -9."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < FRESH_S:
                continue  # perhaps not locked yet
            held = os.open(folder / "in-use", os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            continue  # being removed, or someone else's
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            Servers(folder).forget_sockets()
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
        finally:
            os.close(held)
