"""Who notices: the dead-man address, the smoke test, the handover page."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import handover
from careerportal.core import deadman, health
from careerportal.outbox import control
from careerportal.outbox.models import Heartbeat
from tests.clock import NOW


class Listener:
    """An HTTPS server on this machine that counts who asks, and the context that trusts it."""

    def __init__(self, folder, *, answers=200, location=""):
        self.asked = 0
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                listener.asked += 1
                self.send_response(answers)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_said):
                pass

        certificate = _certificate(folder)
        server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server_side.load_cert_chain(certificate)
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = server_side.wrap_socket(self.server.socket, server_side=True)
        self.context = ssl.create_default_context(cafile=certificate)
        self.port = self.server.server_address[1]
        self.url = f"https://localhost:{self.port}/ping"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def _certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def listener(tmp_path):
    one = Listener(tmp_path)
    yield one
    one.server.shutdown()
    one.server.server_close()


# --- The dead-man address -----------------------------------------------------------------------
@pytest.mark.django_db
def test_the_address_is_pinged_while_all_is_well(listener, settings):
    settings.HEARTBEAT_URL = listener.url
    Heartbeat.objects.create(name="worker", at=timezone.now())

    assert deadman.report(context=listener.context)
    assert listener.asked == 1


@pytest.mark.django_db
def test_it_is_not_pinged_while_something_vital_fails(listener, settings):
    settings.HEARTBEAT_URL = listener.url
    Heartbeat.objects.create(name="worker", at=timezone.now())
    control.pause("", why="restored")

    assert not deadman.report(context=listener.context)
    assert listener.asked == 0


@pytest.mark.django_db
def test_without_an_address_nothing_is_asked_and_nothing_is_wrong(settings):
    settings.HEARTBEAT_URL = ""

    assert not deadman.report()


def test_plain_http_is_refused():
    with pytest.raises(ValueError, match="https"):
        deadman.ping("http://localhost/ping")


def test_a_redirect_is_not_followed(tmp_path, listener):
    (tmp_path / "b").mkdir()
    elsewhere = Listener(tmp_path / "b", answers=302, location=listener.url)
    try:
        assert not deadman.ping(elsewhere.url, context=elsewhere.context)
    finally:
        elsewhere.server.shutdown()
        elsewhere.server.server_close()
    assert listener.asked == 0


def test_an_address_that_does_not_answer_stops_nothing():
    assert not deadman.ping("https://127.0.0.1:9/")


def test_the_days_of_a_certificate_are_counted(listener):
    assert health.certificate_days("localhost", listener.port, context=listener.context) == 30


def test_a_certificate_that_browsers_refuse_is_an_error(listener):
    with pytest.raises(ssl.SSLCertVerificationError):
        health.certificate_days("localhost", listener.port)


# --- The smoke test -----------------------------------------------------------------------------
def smoke(*arguments):
    out = StringIO()
    try:
        call_command("smoke", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_smoke_test_passes_on_a_portal_that_works(live_server):
    status, said = smoke(live_server.url)

    assert status == 0, said
    assert "ok    /openings/?zip=12207&miles=25" in said


@pytest.mark.django_db(transaction=True)
def test_it_knocks_elsewhere_and_asks_for_the_public_host(live_server, settings):
    settings.ALLOWED_HOSTS, settings.TRUSTED_PROXY_COUNT = ["careers.portal.test"], 1

    assert smoke("https://careers.portal.test", "--plain", "--at", live_server.url.removeprefix("http://"))[0] == 0
    assert smoke("https://other.portal.test", "--plain", "--at", live_server.url.removeprefix("http://"))[0] == 1


def test_it_fails_where_nobody_answers():
    status, said = smoke("http://127.0.0.1:9")

    assert status == 1
    assert "WRONG /healthz: no answer" in said


def test_it_refuses_what_is_no_address():
    assert smoke("careers.portal.test")[0] == 2


# --- The handover page --------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_handover_page_names_everything_and_holds_no_secret(settings):
    settings.SECRET_KEY = "a-secret-that-nobody-must-read-0123456789-0123456789"
    settings.EMAIL_URL = "smtp+tls://sender:hunter2@relay.portal.test:587"
    settings.DATABASE_URL = "postgresql://portal:sesame@db.portal.test/portal"
    settings.HEARTBEAT_URL = "https://alive.portal.test/4711"
    settings.MAIL_DOMAIN = "mail.portal.test"

    page = handover.page(now=NOW)

    for word in (
        "relay.portal.test:587",
        "STARTTLS",
        "_dmarc.mail.portal.test",
        "v=spf1",
        "MX",
        "moderators",
        "2026-11-22",
    ):
        assert word in page
    for secret in (settings.SECRET_KEY, "hunter2", "sesame", "4711", "sender"):
        assert secret not in page
    for title in ("Domains", "DNS records", "Mail relay", "Keys and passwords", "People", "Backups", "Certificate"):
        assert f"\n## {title}\n" in page


@pytest.mark.django_db
def test_its_tables_are_whole():
    for block in handover.page(now=NOW).split("\n\n"):
        if block.startswith("|"):
            assert len({line.count(" | ") for line in block.splitlines()}) == 1, block


@pytest.mark.django_db
def test_the_command_prints_it_or_writes_it(tmp_path):
    out = StringIO()
    call_command("handover", stdout=out)
    call_command("handover", "--output", str(tmp_path / "handover.md"), stderr=StringIO())

    assert (tmp_path / "handover.md").read_text() == out.getvalue()
