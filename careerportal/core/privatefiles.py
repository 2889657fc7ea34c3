"""Files for us alone: under random names, readable by the portal's own user, in folders that no web server serves."""

import os
import secrets
from pathlib import Path


def create(folder, suffix=""):
    """Return (name, file open for writing bytes) of a new file in `folder`, which is made if it is missing.

    The name is 32 random hexadecimal digits and `suffix`, such as ".pdf".
    """
    folder = Path(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}{suffix}"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return name, os.fdopen(handle, "wb")


def put(folder, content, suffix=""):
    """Store the bytes `content` as `create` does; return the name."""
    name, file = create(folder, suffix)
    with file:
        file.write(content)
    return name
