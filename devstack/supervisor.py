"""`make run`: prepare everything, start every part, watch them, stop them in order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from hashlib import sha256
from pathlib import Path

from devstack import processes
from devstack.binaries import LauncherError
from devstack.listeners import listener
from devstack.packages import LOCK_FILE
from devstack.servers import Servers, database_url, forget_libpq_variables, redis_url
from devstack.state import CHECKOUT, State, wait_until
from devstack.steps import run_step, say, step

WEB_WORKERS = 2
WEB_THREADS = 4
TASK_PROCESSES = 2
PARTS = ("worker", "beat", "web")
QUEUES = "account,bulk"
STOP_PATIENCE_S = 20.0
READY_PATIENCE_S = 60.0
LOG_MAX_BYTES = 10_000_000


class Stopped(BaseException):
    """Someone asked the launcher to end: Ctrl-C, TERM or a closed terminal."""


def run():
    """Run the portal until it is asked to stop. Return 0 then, 1 when it cannot start or when a part of it ends."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)  # set even when a script started us with SIGINT ignored
    if Path(f"/proc/{os.getppid()}/comm").exists() and _command_of(os.getppid()) == "make":
        processes.die_with_parent(signal.SIGTERM)
    portal = None
    try:
        state = State()
        alone = state.lock("run")
        if not alone.take(wait=False):
            where = state.address.read_text().strip() if state.address.exists() else "an address it has not told yet"
            raise LauncherError(f"already running at {where}")
        portal = Portal(state)
        portal.start()
        portal.watch()
    except LauncherError as error:
        say(f"\n{error}")
        return 1
    except Stopped:
        say("\nstopping ...")
        return 0
    finally:
        _let_us_stop()
        if portal:
            portal.stop()


def _ask_to_stop(_number, _frame):
    _let_us_stop()
    raise Stopped


def _let_us_stop():
    """From now on only a second Ctrl-C hurries us: it kills what is left."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # `make` passes its own TERM on, so we may get it twice
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, lambda _number, _frame: processes.kill_descendants())


def _command_of(pid):
    return Path(f"/proc/{pid}/comm").read_text().strip()


class Portal:
    """Every part of the portal on this machine, as children of this process."""

    def __init__(self, state):
        self.state = state
        self.mode = os.environ.get("PORTAL_ENV") or "demo"
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = _port(os.environ.get("PORT") or "8000")
        self.servers = None
        self.servers_lock = state.lock("servers")
        self.parts = {}
        self.environment = os.environ | {
            "PORTAL_ENV": self.mode,
            "HOST": self.host,
            "PORT": str(self.port),
            "DATA_DIR": str(state.dir),
            "PYTHONUNBUFFERED": "1",
        }
        self.environment.pop("GUNICORN_CMD_ARGS", None)

    @property
    def url(self):
        """Where the portal answers."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def start(self):
        """Start everything; print the sample accounts and, once a page was served, the `ready` line."""
        began = time.monotonic()
        processes.adopt_orphans()
        say(f"Starting the portal ({self.mode}); its data and logs are in {self.state.dir}")
        self._clear_the_way()
        self.state.address.write_text(f"{self.url}\n")
        self._start_servers()
        self._prepare()
        accounts = self._sample_accounts()
        with step("Web, worker, beat") as show:
            self._start_parts()
            self._wait_for_a_page(show)
        say(f"\n{accounts.strip()}\n" if accounts else "")
        say(f"Started in {time.monotonic() - began:.1f} s. Ctrl-C stops everything.")
        say(f"ready {self.url}")

    def watch(self):
        """Wait; raise LauncherError naming the part that ended, if one does."""
        while True:
            self._check_parts()
            time.sleep(0.2)

    def stop(self):
        """Stop beat, worker and web, then the servers, and whatever else is left of us."""
        for process in self.parts.values():
            if process.poll() is None:
                process.terminate()
        for name in reversed(list(self.parts)):
            processes.stop(self.parts.pop(name), patience_s=STOP_PATIENCE_S)
            self.state.forget_pid(name)
        if self.servers:
            self.servers.stop()
            for name in Servers.NAMES:
                self.state.forget_pid(name)
        processes.kill_descendants()
        self.state.address.unlink(missing_ok=True)
        self.servers_lock.release()

    def _clear_the_way(self):
        """Wait for what a killed start left; refuse a port that is taken, naming who has it."""
        self.state.wait_for_leftovers(PARTS)
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.host, self.port))
            except OSError as error:
                who = listener(self.port)
                raise LauncherError(
                    f"Port {self.port} on {self.host} cannot be used: {error.strerror.lower()}"
                    + (f" by {who}." if who else ".")
                    + f" Choose another one: make run PORT={self.port + 1}"
                ) from error

    def _start_servers(self):
        """Start the embedded servers for the addresses that are not given, and set these."""
        missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not self.environment.get(name)]
        if not missing:
            return
        if self.environment.get("PORTAL_ENV") == "production":
            raise LauncherError(
                f"{' and '.join(missing)} must be set in production: its data belongs on servers of its own. "
                "README.md, section Settings, says how."
            )
        names = {"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Valkey"}
        with step("Servers: " + ", ".join(names[name] for name in missing)) as show:
            while not self.servers_lock.take(wait=False):
                show("waiting for a management command that uses them")
                time.sleep(0.1)
            self.state.wait_for_leftovers(Servers.NAMES)
            self.servers = Servers(self.state.make_home())
            forget_libpq_variables(self.environment)
            self.servers.start(
                postgres="DATABASE_URL" in missing,
                valkey="REDIS_URL" in missing,
                logs=self.state.logs,
                note_pid=self.state.write_pid,
            )
            addresses = {
                "DATABASE_URL": database_url(self.servers.sockets),
                "REDIS_URL": redis_url(self.servers.sockets),
            }
            self.environment |= {name: addresses[name] for name in missing}
            show("")

    def _prepare(self):
        self._manage("Database tables", "migrate", "--noinput", sum_up=_count_migrations)
        self._manage("ZIP codes", "load_zip_codes")
        self._manage("Content", "load_content")
        if self.mode == "demo":
            self._manage("Samples", "load_samples")
        self._collect_static()

    def _collect_static(self):
        """Collect and compress static files, unless those of the last start are still the right ones."""
        stamp = self.state.dir / "static" / ".made-from"
        digest = _digest_of_static_sources(apart_from=self.state.dir)
        if stamp.exists() and stamp.read_text() == digest:
            return
        stamp.unlink(missing_ok=True)
        self._manage("Static files", "collectstatic", "--noinput")
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(digest)

    def _sample_accounts(self):
        return self._manage("Sample accounts", "sample_accounts", quiet=True) if self.mode == "demo" else ""

    def _manage(self, name, *arguments, **how):
        command = [sys.executable, CHECKOUT / "manage.py", *arguments]
        return run_step(name, command, environment=self.environment, log=self.state.logs / "start.log", **how)

    def _start_parts(self):
        celery = [sys.executable, "-m", "celery", "-A", "careerportal"]
        tasks = ["-c", TASK_PROCESSES, "-Ofair", "-Q", QUEUES, "-l", "INFO", "--without-gossip", "--without-mingle"]
        # A killed launcher takes the servers along, so a worker could not finish anything: KILL it, the ledger copes.
        self._start_part("worker", [*celery, "worker", *tasks], on_parent_death=signal.SIGKILL)
        timetable = self.state.dir / "beat-schedule"
        self._start_part("beat", [*celery, "beat", "--pidfile=", "-s", timetable, "-l", "INFO"])
        gunicorn = [sys.executable, "-m", "gunicorn", "careerportal.wsgi:application", "--no-control-socket"]
        threads = ["--worker-class", "gthread", "--workers", WEB_WORKERS, "--threads", WEB_THREADS]
        bind = ["--bind", self.url.removeprefix("http://"), "--graceful-timeout", 10]
        self._start_part("web", [*gunicorn, *threads, *bind], on_parent_death=signal.SIGQUIT)

    def _start_part(self, name, command, *, on_parent_death=signal.SIGTERM):
        log = self.state.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with open(log, "ab") as output:
            self.parts[name] = processes.spawn(
                command,
                on_parent_death=on_parent_death,
                cwd=CHECKOUT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.state.write_pid(name, self.parts[name].pid)

    def _check_parts(self):
        watched = self.parts | (self.servers.running if self.servers else {})
        for name, process in watched.items():
            status = process.poll()
            if status is not None:
                how = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
                log = self.state.logs / f"{name}.log"
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                raise LauncherError(f"{name} {how}; stopping everything. The end of {log}:\n{tail}")

    def _worker_works(self):
        """Whether the worker has started its task processes; always true where /proc does not tell."""
        self._check_parts()
        return (
            not processes.CAN_SEE_DESCENDANTS or len(processes.descendants(self.parts["worker"].pid)) >= TASK_PROCESSES
        )

    def _wait_for_a_page(self, show):
        """Ask the web server for /healthz until it answers 200; then wait for the worker."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host) or (
            f"[{self.host}]" if ":" in self.host else self.host
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        answer = "no answer yet"

        def served():
            nonlocal answer
            self._check_parts()
            show(answer)
            try:
                with direct.open(f"http://{host}:{self.port}/healthz", timeout=5) as response:
                    return response.status == 200
            except urllib.error.HTTPError as error:
                answer = f"/healthz answers {error.code}"
            except OSError:
                pass
            return False

        if not wait_until(served, patience_s=READY_PATIENCE_S, pause_s=0.1):
            raise LauncherError(f"The web server does not come up: {answer}. {self.state.logs / 'web.log'} says more.")
        show("waiting for the worker")
        if not wait_until(self._worker_works, patience_s=READY_PATIENCE_S, pause_s=0.1):
            raise LauncherError(f"The worker does not come up. {self.state.logs / 'worker.log'} says more.")
        show("")


def _count_migrations(said):
    applied = said.count("Applying ")
    return f"{applied} migrations applied" if applied else "up to date"


def _digest_of_static_sources(*, apart_from):
    """A digest that changes when a static file, a package or a setting does."""
    sources = [CHECKOUT / "careerportal" / "settings.py", LOCK_FILE]
    for pattern in ("static", "[!.]*/static", "careerportal/*/static"):
        for folder in CHECKOUT.glob(pattern):
            if apart_from not in folder.parents:
                sources += folder.rglob("*")
    facts = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(sources) if path.is_file()]
    return sha256("\n".join(facts).encode()).hexdigest()


def _port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LauncherError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)
