"""The virus scanner: asked where one is set up, and nothing is taken when it is away."""

import socket
import threading

import pytest

from accounts import resumes
from accounts.resumefiles import FileRefused, scanning
from tests.inquiry_factories import pdf


@pytest.fixture
def clamd(settings):
    """A scanner that says `answer` and keeps what it was sent."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
    heard = {"answer": b"stream: OK\0", "content": b"", "command": b""}

    def serve():
        line, _address = server.accept()
        with line, line.makefile("rb") as stream:
            heard["command"] = stream.read(10)
            while size := int.from_bytes(stream.read(4)):
                heard["content"] += stream.read(size)
            line.sendall(heard["answer"])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield heard
    server.close()
    thread.join(2)


def test_without_a_scanner_files_are_marked_as_not_scanned():
    assert not resumes.checked(content=pdf(), name="a.pdf").is_scanned


def test_a_scanner_gets_the_whole_file(clamd):
    content = pdf(streams=[(b"<</Length 200000>>", b"x" * 200_000)])

    assert resumes.checked(content=content, name="a.pdf").is_scanned
    assert (clamd["command"], clamd["content"]) == (b"zINSTREAM\0", content)


def test_what_a_scanner_finds_is_refused(clamd):
    clamd["answer"] = b"stream: Win.Test FOUND\0"

    with pytest.raises(FileRefused, match="virus check"):
        resumes.checked(content=pdf(), name="a.pdf")


def test_a_scanner_that_says_something_else_or_is_away_lets_nothing_through(clamd, settings):
    clamd["answer"] = b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(scanning.ScannerAway):
        resumes.checked(content=pdf(), name="a.pdf")

    for away in ("127.0.0.1:1", "/nowhere/clamd.sock"):
        settings.CLAMD = away
        with pytest.raises(scanning.ScannerAway, match="can't check files"):
            resumes.checked(content=pdf(), name="a.pdf")
