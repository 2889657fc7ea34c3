"""The data folder: what lies where, and the locks that say who is running what."""

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from devstack import binaries
from devstack.binaries import LauncherError

CHECKOUT = Path(__file__).resolve().parent.parent
OUTSIDE_DIR = Path("/var/lib/careerportal")  # used only when root's own data folder is closed to the service user


class State:
    """Paths under DATA_DIR (default: .data in the checkout), which is made when missing."""

    def __init__(self, data_dir=None):
        self.dir = Path(data_dir or os.environ.get("DATA_DIR") or CHECKOUT / ".data").absolute()
        self.pids = self.dir / "pids"
        self.logs = self.dir / "logs"
        self.address = self.dir / "address"  # where a running portal answers
        try:
            for folder in (self.dir, self.pids, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.dir):
                pass
        except OSError as error:
            raise LauncherError(
                f"{self.dir} cannot be written ({error.strerror}). It may belong to another user, for example root "
                "after a start as root; set DATA_DIR to a folder of your own."
            ) from error

    @property
    def home(self):
        """Folder of the servers' data: in the data folder, or a link from there to one the service user can reach."""
        inside = self.dir / "servers"
        if inside.is_symlink():
            return Path(os.readlink(inside))
        return inside

    def make_home(self):
        """Make the servers' folder and return it."""
        inside = self.dir / "servers"
        if inside.is_symlink() and not self.home.is_dir():
            inside.unlink()
        if not inside.exists():
            self._make_home(inside)
        return self.home

    def _make_home(self, inside):
        if binaries.can_enter(self.dir):
            inside.mkdir()
            binaries.give(inside)
            return
        outside = OUTSIDE_DIR / sha256(os.fsencode(self.dir)).hexdigest()[:12]
        if outside.exists():  # its data folder was removed, and with it the only link here
            shutil.rmtree(outside)
        outside.mkdir(parents=True)
        binaries.give(outside)
        if not binaries.can_enter(outside):
            raise LauncherError(f"The user {binaries.SERVICE_USER!r} can reach neither {self.dir} nor {outside}.")
        inside.symlink_to(outside)

    def write_pid(self, name, pid):
        """Note the process id of a part of the portal."""
        (self.pids / name).write_text(f"{pid}\n")

    def forget_pid(self, name):
        """Remove the note of a part that has ended."""
        (self.pids / name).unlink(missing_ok=True)

    def wait_for_leftovers(self, names, *, patience_s=30.0):
        """Wait until the parts `names` of an earlier start have ended: after kill -9 they take a moment to go.

        Raises LauncherError, naming the process, if one does not.
        """
        for note in (self.pids / name for name in names):
            if not wait_until(lambda note=note: not _is_part(note), patience_s=patience_s):
                raise LauncherError(
                    f"{note.name} of an earlier start still runs as process {note.read_text().strip()}."
                )
            note.unlink(missing_ok=True)

    def lock(self, name, *, shared=False):
        """Return the Lock called `name` in this folder."""
        return Lock(self.dir / f"{name}.lock", shared=shared)


def _is_part(note):
    """Whether the process noted in a pid file lives and looks like a part of the portal, not a later namesake."""
    try:
        command = Path(f"/proc/{int(note.read_text())}/cmdline").read_bytes()
    except (OSError, ValueError):
        return False
    return any(word in command for word in (b"postgres", b"valkey-server", b"gunicorn", b"celery"))


class Lock:
    """A file lock that the kernel releases when its process ends, however it ends."""

    def __init__(self, path, *, shared):
        self.path = path
        self.kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self.held = None

    def take(self, *, wait=True):
        """Take the lock; return whether we have it. Without `wait` a lock that others hold is left alone."""
        held = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(held, self.kind if wait else self.kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            return False
        except BaseException:
            os.close(held)
            raise
        self.held = held
        return True

    def release(self):
        """Give the lock back; harmless when we do not have it."""
        if self.held is not None:
            os.close(self.held)
            self.held = None

    @contextmanager
    def holding(self):
        """Hold the lock for a block, waiting for it as long as it takes."""
        self.take()
        try:
            yield
        finally:
            self.release()


def wait_until(true, *, patience_s, pause_s=0.02):
    """Ask `true()` again and again; return whether it became true within `patience_s` seconds."""
    deadline = time.monotonic() + patience_s
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)
    return True
