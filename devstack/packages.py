"""The project's own Python environment, .venv, filled from the hashed lock files. Standard library only."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256

from devstack.binaries import LauncherError
from devstack.state import CHECKOUT, Lock
from devstack.steps import say, step

VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK_FILE = CHECKOUT / "requirements.lock"
BROWSER_LOCK_FILE = CHECKOUT / "requirements-browser.lock"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def inside_venv():
    """Whether this process already runs the project's own Python."""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def install(*, browser=False):
    """Make .venv and install what the lock file says, unless that is done; with `browser` also the browser tests' part.

    Raises LauncherError with what to do when the environment or a package cannot be made.
    """
    lock_files = [LOCK_FILE, *([BROWSER_LOCK_FILE] if browser else [])]
    if _works() and all(map(_is_installed, lock_files)):
        return
    alone = Lock(CHECKOUT / ".venv.lock", shared=False)
    try:
        if not alone.take(wait=False):
            say("Waiting for another set-up of this checkout to end.")
            alone.take()
        if not _works():
            with step("Python environment") as show:
                _make_venv(show)
        for lock_file in lock_files:
            if not _is_installed(lock_file):
                _stamp(lock_file).unlink(missing_ok=True)
                with step(f"Packages of {lock_file.name}") as show:
                    _pip_install(lock_file, show)
                _stamp(lock_file).write_text(_digest(lock_file))
    except PermissionError as error:
        raise LauncherError(
            f"{error.filename} belongs to another user. Work in a checkout of your own, or remove .venv there."
        ) from error
    finally:
        alone.release()


def chromium():
    """Path of the Chromium for browser tests: the variable CHROMIUM, or one on the search path; None without."""
    named = os.environ.get("CHROMIUM")
    return named if named else next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def install_for_tests():
    """Install what `make test` needs; browser tests' packages when Chromium is there. Say what is left out.

    Raises LauncherError when PORTAL_BROWSER=required and browser tests cannot run.
    """
    required = os.environ.get("PORTAL_BROWSER") == "required"
    install()
    if chromium() is None:
        if required:
            raise LauncherError(
                "PORTAL_BROWSER=required, but there is no Chromium. Install it or set CHROMIUM to its path."
            )
        say("Browser tests are left out: no Chromium here (install it, or set CHROMIUM to its path).")
        return
    try:
        install(browser=True)
    except LauncherError as error:
        if required:
            raise
        say(f"Browser tests are left out: {error}")


def _stamp(lock_file):
    return VENV / f".{lock_file.name}.installed"


def _digest(lock_file):
    return sha256(lock_file.read_bytes()).hexdigest()


def _is_installed(lock_file):
    return _stamp(lock_file).exists() and _stamp(lock_file).read_text() == _digest(lock_file)


def _works():
    """Whether .venv has a Python that starts, with pip."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def _make_venv(show):
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if done.returncode:
        raise LauncherError(
            "Python could not make an environment in .venv. On Debian and Ubuntu install it with: "
            f"apt install python3-venv\n{done.stdout}{done.stderr}".rstrip()
        )
    show("made")


def _pip_install(lock_file, show):
    """Run pip; show package names as they come, and pip's own words only when it fails."""
    wanted = sum(line[:1].isalnum() for line in lock_file.read_text().splitlines())
    command = [
        PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off",
        "--require-hashes", "--no-deps", "-r", lock_file,
    ]  # fmt: skip
    said, seen = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout:
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                name = (
                    line.removeprefix("Collecting ").removeprefix("Requirement already satisfied: ").partition("==")[0]
                )
                show(f"{seen} of {wanted}: {name.strip()}")
            elif line.startswith("Installing collected"):
                show("unpacking")
    if pip.returncode:
        raise LauncherError(f"pip could not install {lock_file.name}:\n{''.join(said[-20:])}".rstrip())
    show("installed")
