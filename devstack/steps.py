"""Visible progress: one line per step, with its seconds. Standard library only."""

import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from devstack import processes
from devstack.binaries import LauncherError

QUIET_S = 3.0  # a step shows a sign of life at least this often
NAME_WIDTH = 34
LINE_WIDTH = 100


def say(text=""):
    """Print a line at once."""
    print(text, flush=True)


@contextmanager
def step(name):
    """Time a step. The block gets a function `show(text)` that tells what is happening right now.

    On a terminal the line is written over; elsewhere a line appears every QUIET_S seconds at most.
    """
    began = shown_at = time.monotonic()
    terminal = sys.stdout.isatty()
    last = ""

    def show(text):
        nonlocal shown_at, last
        last = text
        if terminal:
            print(f"\r\033[K  {name:<{NAME_WIDTH}} {text}"[:LINE_WIDTH], end="", flush=True)
        elif time.monotonic() - shown_at > QUIET_S:
            say(f"    {name}: {text} ({time.monotonic() - began:.0f} s)")
            shown_at = time.monotonic()

    show("...")
    try:
        yield show
    except BaseException:
        say(f"{_over(terminal)}  {name:<{NAME_WIDTH}} failed after {time.monotonic() - began:.1f} s")
        raise
    seconds = f"{time.monotonic() - began:5.1f} s"
    say(f"{_over(terminal)}  {name:<{NAME_WIDTH}} {seconds}  {last.removeprefix('...')}".rstrip())


def _over(terminal):
    return "\r\033[K" if terminal else ""


def run_step(name, command, *, environment, cwd=None, log=None, quiet=False, sum_up=None):
    """Run a command as a step, showing its newest line; return what it printed. All its words go to the file `log`.

    With `quiet` nothing is shown and, when there is a log, warnings go only there. The closing line ends with
    `sum_up(what it printed)`, by default its last line.

    Raises LauncherError with everything it said when it fails.
    """
    with step(name) as show:
        with open(log or os.devnull, "ab") as record:
            record.write(f"--- {name}\n".encode())
            process = processes.spawn(
                command,
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=record if quiet and log else subprocess.STDOUT,
            )
            try:
                said = _listen(process, (lambda _text: None) if quiet else show)
                status = process.wait()
            except BaseException:
                processes.stop(process, with_signal=signal.SIGTERM, patience_s=5)
                raise
            finally:
                process.stdout.close()
            if not quiet:
                record.write(said.encode())
        if status:
            more = f" {log} may say more." if log else ""
            raise LauncherError(f"{name}: status {status}.{more} It said:\n{said}".rstrip())
        show("" if quiet else (sum_up or _last_line)(said))
    return said


def _last_line(said):
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")


def _listen(process, show):
    """Read the command's words until it closes its output; repeat the newest line while it is silent."""
    said, newest = [], "..."
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(QUIET_S):
                show(newest)
                continue
            chunk = process.stdout.read1(65536)
            if not chunk:
                break
            said.append(chunk)
            newest = b"".join(said[-2:]).decode(errors="replace").strip().rpartition("\n")[2].strip() or newest
            show(newest)
    return b"".join(said).decode(errors="replace")
