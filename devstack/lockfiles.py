"""What must hold for the lock files: hashes for everything, no addresses, and every dependency of pyproject.toml."""

import re
import tomllib

from devstack.packages import BROWSER_LOCK_FILE, LOCK_FILE
from devstack.state import CHECKOUT

ADDRESS = re.compile(r"https?:|file:|index|find-links|trusted-host|^-", re.IGNORECASE)
GROUPS = {LOCK_FILE: ("embedded", "test", "check"), BROWSER_LOCK_FILE: ("browser",)}


def problems():
    """Return a sentence for each thing that is wrong with the lock files; an empty list when all is well."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    found = []
    for lock_file, groups in GROUPS.items():
        text = lock_file.read_text()
        locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE))
        wanted = [project["project"]["dependencies"], *(project["dependency-groups"][group] for group in groups)]
        lacking = {_name(line) for lines in wanted for line in lines} - {_name(name) for name in locked}
        found += [f"{lock_file.name} lacks {name}, which pyproject.toml names: make lock" for name in sorted(lacking)]
        for number, line in enumerate(text.splitlines(), start=1):
            if ADDRESS.search(line) and not line.strip().startswith("--hash=sha256:"):
                found.append(
                    f"{lock_file.name}:{number} holds an address or an option; only names and hashes belong there"
                )
        entries = re.split(r"\n(?=\S)", text.strip())
        found += [f"{lock_file.name}: no hash for {entry.split()[0]}" for entry in entries if "--hash=" not in entry]
    return found


def _name(requirement):
    """The normalized name of a requirement, as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement).group()).lower()
