"""Embedded PostgreSQL 18 and Valkey: made, started, found again and stopped.

Both listen on sockets in one closed folder, never on the network.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from devstack import binaries, processes
from devstack.binaries import LauncherError

USER = DATABASE = "portal"
POSTGRES_MAJOR = "18"
# A socket's whole path must stay under 108 bytes (unix(7)); PostgreSQL's own name in the folder takes 20.
SOCKET_DIR_MAX_BYTES = 80
START_PATIENCE_S = 60.0

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "dynamic_shared_memory_type": "mmap",  # files in the data folder: nothing stays in shared memory after kill -9
}
THROWAWAY_POSTGRES_SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "log_min_messages": "fatal",
}
VALKEY_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "yes",
    "maxmemory": "128mb",
    "maxmemory-policy": "noeviction",
}
THROWAWAY_VALKEY_SETTINGS = {"appendonly": "no", "maxmemory": "512mb", "databases": "64"}
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def database_url(sockets):
    """DATABASE_URL of the PostgreSQL whose socket is in the folder `sockets`."""
    return f"postgresql://{USER}@{quote(str(sockets), safe='')}/{DATABASE}"


def redis_url(sockets):
    """REDIS_URL of the Valkey whose socket is in the folder `sockets`."""
    return f"unix://{sockets}/valkey.sock"


def postgres_answers(sockets, *, database=DATABASE):
    """Whether a PostgreSQL in `sockets` takes connections to `database`."""
    try:
        psycopg.connect(host=str(sockets), port=5432, user=USER, dbname=database, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def valkey_answers(sockets):
    """Whether a Valkey in `sockets` answers PING."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(f"{sockets}/valkey.sock")
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


class Servers:
    """The servers that keep their data in one folder, `home`, which belongs to the service user."""

    NAMES = ("postgres", "valkey")

    def __init__(self, home, *, throwaway=False):
        self.home = Path(home)
        self.throwaway = throwaway
        self.running = {}

    @property
    def sockets(self):
        """Folder of the sockets: in `home`, or where the link there points when that path is too long."""
        inside = self.home / "sock"
        return Path(os.readlink(inside)) if inside.is_symlink() else inside

    def start(self, *, postgres=True, valkey=True, logs=None, note_pid=None):
        """Start the servers asked for and wait until they answer; `logs` is the folder of their log files.

        `note_pid(name, pid)` is called for each as soon as it is started.

        Raises LauncherError, with the end of the log, if one of them does not come up.
        """
        found = binaries.locate()
        log_dir = Path(logs or self.home)
        self._make_socket_dir()
        if postgres:
            self._make_cluster(found)
            self.running["postgres"] = self._spawn(
                self._postgres_command(found), signal.SIGINT, log_dir / "postgres.log"
            )
        if valkey:
            self._make_dir(self.home / "valkey")
            self.running["valkey"] = self._spawn(self._valkey_command(found), signal.SIGTERM, log_dir / "valkey.log")
        try:
            for name, process in self.running.items():
                if note_pid:
                    note_pid(name, process.pid)
            if valkey:
                self._wait("valkey", lambda: valkey_answers(self.sockets), log_dir)
            if postgres:
                self._wait("postgres", lambda: postgres_answers(self.sockets, database="postgres"), log_dir)
                self._make_database()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        """Stop what `start` started: Valkey by TERM, PostgreSQL by INT (its fast shutdown; TERM waits for clients)."""
        asked = {"valkey": signal.SIGTERM, "postgres": signal.SIGINT}
        for name, number in asked.items():
            if name in self.running and self.running[name].poll() is None:
                self.running[name].send_signal(number)
        for name, number in asked.items():
            if name in self.running:
                processes.stop(self.running.pop(name), with_signal=number, patience_s=30)

    def _make_dir(self, path, mode=0o700):
        path.mkdir(mode=mode, exist_ok=True)
        binaries.give(path)

    def _make_socket_dir(self):
        """Make the folder for the sockets, or link to a short one when its path is too long for a socket."""
        inside = self.home / "sock"
        if len(os.fsencode(inside)) <= SOCKET_DIR_MAX_BYTES:
            if inside.is_symlink():  # the whole folder was moved here from a longer path
                inside.unlink()
            self._make_dir(inside)
            return
        if inside.is_symlink() and _is_ours(os.readlink(inside)):
            return
        if inside.is_symlink():
            inside.unlink()
        elif inside.exists():
            shutil.rmtree(inside)
        short = Path(tempfile.mkdtemp(prefix="careerportal-sock-", dir="/tmp"))
        binaries.give(short)
        inside.symlink_to(short)

    def forget_sockets(self):
        """Remove a socket folder that stands outside `home`."""
        if (self.home / "sock").is_symlink():
            shutil.rmtree(self.sockets, ignore_errors=True)
            (self.home / "sock").unlink()

    def _make_cluster(self, found):
        """Make the PostgreSQL data folder unless it is there; refuse one of another major version."""
        data = self.home / "postgres"
        if (data / "PG_VERSION").exists():
            version = (data / "PG_VERSION").read_text().strip()
            if version != POSTGRES_MAJOR:
                raise LauncherError(f"{data} was made by PostgreSQL {version}; this portal brings {POSTGRES_MAJOR}.")
            return
        shutil.rmtree(data, ignore_errors=True)  # an initdb that was interrupted
        fresh = self.home / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_dir(fresh)
        done = subprocess.run(
            [
                found.initdb, "-D", fresh, "-U", USER, "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
                "--auth=trust", "--no-sync", "--no-instructions",
            ],
            cwd="/", env=_environment(), capture_output=True, text=True, errors="replace", **binaries.service_user(),
        )  # fmt: skip
        if done.returncode:
            raise LauncherError(f"initdb could not make {data}:\n{done.stdout}{done.stderr}")
        fresh.rename(data)

    def _postgres_command(self, found):
        settings = {**POSTGRES_SETTINGS, **(THROWAWAY_POSTGRES_SETTINGS if self.throwaway else {})}
        settings["unix_socket_directories"] = str(self.sockets)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [found.postgres, "-D", self.home / "postgres", *options]

    def _valkey_command(self, found):
        settings = {**VALKEY_SETTINGS, **(THROWAWAY_VALKEY_SETTINGS if self.throwaway else {})}
        settings |= {"unixsocket": f"{self.sockets}/valkey.sock", "dir": str(self.home / "valkey")}
        return [found.valkey, *(part for name, value in settings.items() for part in (f"--{name}", value))]

    def _spawn(self, command, on_parent_death, log):
        with open(log, "ab") as output:
            return processes.spawn(
                command,
                on_parent_death=on_parent_death,
                as_user=binaries.service_user(),
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _wait(self, name, answers, log_dir):
        deadline = time.monotonic() + START_PATIENCE_S
        while not answers():
            status = self.running[name].poll()
            if status is not None or time.monotonic() > deadline:
                what = "did not answer in time" if status is None else f"ended with status {status}"
                tail = "\n".join((log_dir / f"{name}.log").read_text(errors="replace").splitlines()[-15:])
                raise LauncherError(f"{name} {what}. The end of {log_dir / (name + '.log')}:\n{tail}")
            time.sleep(0.02)

    def _make_database(self):
        """Create the database if this cluster does not have it yet."""
        with psycopg.connect(
            host=str(self.sockets), port=5432, user=USER, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f'CREATE DATABASE "{DATABASE}"')


def _is_ours(path):
    """Whether `path` is a real folder that belongs to the service user, so that no one else can put a socket there."""
    owner = binaries.service_user().get("user", os.geteuid())
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return os.path.isdir(path) and not os.path.islink(path) and found.st_uid == owner


def _environment():
    """A clean environment for the servers: no locale, no libpq variables of the caller."""
    return {"PATH": SYSTEM_PATH, "LC_ALL": "C", "TZ": "UTC"}


def forget_libpq_variables(environment):
    """Remove PGHOST, PGPORT and the like from `environment`: libpq would prefer them to what is left unsaid."""
    for name in [name for name in environment if name.startswith("PG") and name.isupper() and len(name) > 4]:
        del environment[name]
