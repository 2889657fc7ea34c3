"""The dead-man address: somebody outside who raises an alarm when we fall silent.

Silence is the message. So it is pinged only while nothing vital fails, and never when in doubt.
"""

import logging
import urllib.error
import urllib.request

from django.conf import settings

from careerportal.core import doctor

log = logging.getLogger(__name__)

TIMEOUT_S = 5


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_anything):
        return None  # a redirect could lead to plain HTTP, or anywhere


def report(*, context=None):
    """Ping settings.HEARTBEAT_URL when all vital checks pass; return whether it answered. `context`: an SSL context."""
    if not settings.HEARTBEAT_URL:
        return False
    troubles = [one.name for one in doctor.examine(vital=True) if one.state == doctor.FAIL]
    if troubles:
        log.error("Not well: %s. The dead-man address is not pinged.", ", ".join(troubles))
        return False
    return ping(settings.HEARTBEAT_URL, context=context)


def ping(url, *, context=None):
    """One GET, HTTPS only, five seconds at most; return whether the answer was 2xx. Never raises for the network."""
    if not url.startswith("https://"):
        raise ValueError("the dead-man address must start with https://")
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(urllib.request.Request(url, headers={"User-Agent": "portal"}), timeout=TIMEOUT_S):  # noqa: S310
            return True
    except (urllib.error.URLError, OSError) as error:
        log.warning("The dead-man address did not answer: %s", type(error).__name__)
        return False
