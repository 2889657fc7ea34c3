"""Exit status 0 while the web process of this container answers. Standard library only.

It asks for the host name of PORTAL_URL, because production answers to no other.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

TIMEOUT_S = 4


def is_alive(portal_url, port):
    """Whether /healthz on this machine answers 200 to the host of `portal_url`."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": urlsplit(portal_url).netloc})
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT_S) as answer:  # noqa: S310 - http only, written above
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_alive(os.environ["PORTAL_URL"], os.environ.get("PORT", "8000")) else 1)
