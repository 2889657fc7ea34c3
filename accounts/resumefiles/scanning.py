"""The virus scanner, where one is set up: clamd, asked over its socket (clamd(8), INSTREAM)."""

import logging
import socket

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.resumefiles.refusal import FileRefused

log = logging.getLogger(__name__)

TIMEOUT_S = 10
_PIECE = 64 * 1024


class ScannerAway(FileRefused):
    """A scanner is set up and does not answer. Nothing is taken unchecked."""


def scan(content: bytes) -> bool:
    """Ask the scanner of settings.CLAMD ("host:port" or the path of a socket); False when none is set up.

    Raises FileRefused when it finds something, ScannerAway when it does not say.
    """
    if not settings.CLAMD:
        return False
    try:
        said = _ask(content)
    except (OSError, ValueError) as problem:
        log.warning("The virus scanner does not answer: %s", type(problem).__name__)
        said = ""
    if said.endswith(" FOUND"):
        log.warning("The virus scanner refused a file")
        raise FileRefused(_("A virus check says no to this file. Save your resume as a new PDF and choose that."))
    if said != "stream: OK":
        raise ScannerAway(
            _("We can't check files for viruses at the moment. Try again in an hour, or write without a file.")
        )
    return True


def _ask(content):
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), _PIECE):
            piece = content[at : at + _PIECE]
            line.sendall(len(piece).to_bytes(4) + piece)
        line.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode("ascii", "replace").strip()


def _connected():
    if settings.CLAMD.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(TIMEOUT_S)
        try:
            line.connect(settings.CLAMD)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_S)
