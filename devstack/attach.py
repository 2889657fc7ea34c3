"""Lets a management command find the embedded servers, or have them for as long as it runs.

Three locks in the data folder keep this right when several commands and `make run` meet:

run      held by `make run`.
servers  held by the one process whose children the servers are: `make run`, or a keeper (below).
users    held shared by each command that uses the servers.

When no servers run, a command starts a keeper: a process that starts them, then asks for `users` alone. It gets that
when the last command has ended, by whatever means, and stops the servers. So commands share, and none ends another's.
"""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from devstack.binaries import LauncherError
from devstack.servers import Servers, database_url, forget_libpq_variables, postgres_answers, redis_url, valkey_answers
from devstack.state import CHECKOUT, State, wait_until

PATIENCE_S = 60.0
KEEPERS_MAX = 3


@contextmanager
def attach():
    """Set DATABASE_URL and REDIS_URL for a block when they are missing and this is not production."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if not missing or os.environ.get("PORTAL_ENV") == "production":
        yield
        return
    try:
        state = State()
        users = state.lock("users", shared=True)
        with users.holding():
            forget_libpq_variables(os.environ)
            sockets = _find_or_start(state, missing)
            addresses = {"DATABASE_URL": database_url(sockets), "REDIS_URL": redis_url(sockets)}
            os.environ.update({name: addresses[name] for name in missing})
            yield
    except LauncherError as error:
        sys.exit(f"manage.py: {error}")


def _find_or_start(state, missing):
    """Return the folder of the sockets once the servers that are missing answer there."""
    started = []

    def answer():
        sockets = Servers(state.home).sockets
        answers = [("REDIS_URL", valkey_answers(sockets)), ("DATABASE_URL", postgres_answers(sockets))]
        if all(there for name, there in answers if name in missing):
            return True
        owner = state.lock("servers")
        if not owner.take(wait=False):
            return False  # someone starts or stops them right now
        owner.release()
        if not started or started[-1].poll() is not None:
            if len(started) == KEEPERS_MAX:
                raise LauncherError(f"The embedded servers do not start; {state.logs / 'keeper.log'} says why.")
            started.append(_start_keeper(state))
        return False

    if not wait_until(answer, patience_s=PATIENCE_S):
        raise LauncherError(
            f"The embedded servers of {state.dir} do not answer; look into {state.logs}. If `make run` was given "
            "DATABASE_URL or REDIS_URL, set it here too."
        )
    return Servers(state.home).sockets


def _start_keeper(state):
    with open(state.logs / "keeper.log", "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "devstack", "keep"],
            cwd=CHECKOUT,
            env=os.environ | {"DATA_DIR": str(state.dir)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # it may outlive the command that started it, when another one uses the servers
        )


def keep():
    """Be a keeper: start the servers, stop them when no command uses them any more. Return an exit status."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    state = State()
    owner = state.lock("servers")
    if not owner.take(wait=False):
        return 0  # someone else was faster
    servers = Servers(state.make_home())
    users = state.lock("users")
    try:
        state.wait_for_leftovers(servers.NAMES)
        servers.start(logs=state.logs, note_pid=state.write_pid)
        users.take()
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        servers.stop()
        for name in servers.NAMES:
            state.forget_pid(name)
        users.release()
        owner.release()
    return 0


def _end(_number, _frame):
    raise KeyboardInterrupt
