"""Child processes that never outlive the launcher.

Each child stands in its own session, so a terminal's Ctrl-C reaches only the launcher, which stops its children in
order. On Linux the kernel also sends each child a signal when the launcher dies without a word (kill -9).
"""

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36
CAN_SEE_DESCENDANTS = Path("/proc/self/stat").exists()

_prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)


def die_with_parent(number):
    """Ask the kernel to send this process the signal `number` when its parent dies; nothing outside Linux."""
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def adopt_orphans():
    """Become the parent of every descendant whose own parent dies, so that `kill_descendants` finds it."""
    if _prctl is not None:
        _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def spawn(command, *, on_parent_death=signal.SIGTERM, own_session=True, as_user=None, **options):
    """Start `command` as a child that gets the signal `on_parent_death` when this process dies.

    Call from the main thread: the kernel watches the thread that started the child. `as_user` are the user arguments
    of subprocess.Popen, as `servants.service_user` returns them.
    """
    parent = os.getpid()

    def prepare():  # runs in the child, after the change of user: a later change would clear the signal
        die_with_parent(on_parent_death)
        if os.getppid() != parent:
            os._exit(1)  # the parent died before the line above
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored when started in the background of a script

    return subprocess.Popen(
        [str(part) for part in command],
        preexec_fn=prepare,
        start_new_session=own_session,
        **{**(as_user or {}), **options},
    )


def stop(process, *, with_signal=signal.SIGTERM, patience_s=15.0):
    """End a child and what is left of its process group; KILL after `patience_s` seconds. Return its exit status."""
    if process.poll() is None:
        try:
            process.send_signal(with_signal)
            process.wait(patience_s)
        except (subprocess.TimeoutExpired, ProcessLookupError):
            pass
    try:
        if os.getsid(process.pid) == process.pid or process.returncode is not None:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    return process.wait()


def descendants(of=None):
    """Process ids of all living descendants of `of` (default: this process), read from /proc; empty elsewhere."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        if state != "Z":
            children.setdefault(int(parent), []).append(int(stat.parent.name))
    found, queue = [], [of or os.getpid()]
    while queue:
        for child in children.get(queue.pop(), []):
            found.append(child)
            queue.append(child)
    return found


def kill_descendants(*, patience_s=2.0):
    """KILL every descendant still alive, again and again until none is left or `patience_s` seconds passed."""
    deadline = time.monotonic() + patience_s
    while (left := descendants()) and time.monotonic() < deadline:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        time.sleep(0.02)
        _collect()
    _collect()


def _collect():
    """Read the exit statuses of adopted orphans, so that none stays as a zombie."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
