"""The commands: exit codes, report files, JSON, and a register fetched over https from a server on this machine."""

import json
import ssl
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from django.utils import timezone

from careers.content_files import FOLDER
from employers.models import RegisterEntry
from employers.registers import fetching, kinds
from employers.registers.formats import FORMATS
from tests.employers.registers.tables import row, write

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """Call a command; return (exit status, output)."""
    out = StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=StringIO(), **options)
    except SystemExit as left:
        return left.code, out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_a_clean_import_exits_with_0_and_writes_its_report(places, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    path = write(tmp_path / "ny.csv", "nysdoh", row("nysdoh", "1", zip="11200"))
    status, said = run("import_directory", path)

    (report,) = (tmp_path / "reports").iterdir()
    assert (status, said.splitlines()[0].partition(";")[0]) == (
        0, "nysdoh: 1 rows: 1 created, 0 updated, 0 closed, 0 unchanged, 0 merged, 0 refused",
    )  # fmt: skip
    assert "line 2\t1\tZIP 11200 is not in the ZIP table" in report.read_text()


def test_refused_rows_exit_with_1_and_stand_in_json_and_report(places, tmp_path):
    path = write(tmp_path / "ny.csv", "nysdoh", row("nysdoh", "1"), row("nysdoh", "2", name=""))
    status, said = run("import_directory", path, "--json", "--dry-run", "--report", tmp_path / "deep/report.txt")

    answer = json.loads(said)
    assert (status, answer["created"], answer["refused"], answer["dry_run"]) == (1, 1, 1, True)
    assert answer["refusals"] == [{"line": 3, "key": "2", "reason": "name is empty"}]
    assert "line 3\t2\trefused: name is empty" in (tmp_path / "deep/report.txt").read_text()
    assert not RegisterEntry.objects.exists()


def test_an_unknown_header_exits_with_2_and_asks(places, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Nr,Called\n1,Linden\n")
    status, said = run("import_directory", path)

    assert status == 2
    assert "Its columns are: Nr; Called. Which column is the key" in said
    assert run("import_directory", path, "--map", "name")[0] == 2
    assert run("import_directory", tmp_path / "absent.csv")[0] == 2


def test_every_kind_of_the_table_has_a_setting_of_ours():
    slugs = {line.removeprefix("- slug: ") for line in (FOLDER / "settings.yaml").read_text().splitlines()}
    table = kinds.table()

    assert {setting for setting, _employs in table.values()} <= slugs
    assert {employs for _setting, employs in table.values()} == {"yes", "likely", "unknown"}
    assert {source for source, _kind in table} == {str(form.source) for form in FORMATS}


class Publisher(BaseHTTPRequestHandler):
    """Serves `pages`: path -> (status, headers, body)."""

    pages: dict = {}

    def do_GET(self):
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


class Server(ThreadingHTTPServer):
    """Clients that hang up are part of these tests."""

    def handle_error(self, _request, _address):
        pass


@pytest.fixture
def publisher(tmp_path, monkeypatch):
    """A server on this machine with a certificate that this process trusts; returns (its address, its pages)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(("127.0.0.1", 0), Publisher)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(Publisher, "pages", {})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", Publisher.pages
    server.shutdown()
    server.server_close()


@pytest.fixture
def table(tmp_path):
    return write(tmp_path / "published.csv", "nysdoh", row("nysdoh", "1")).read_bytes()


def test_a_register_is_fetched_dated_and_imported(places, publisher, table, tmp_path):
    address, pages = publisher
    stamp = {"Last-Modified": "Mon, 04 May 2026 08:00:00 GMT", "Content-Length": str(len(table))}
    pages |= {"/old": (302, {"Location": "/new"}, b""), "/new": (200, stamp, table)}
    status, said = run("fetch_register", "nysdoh", "--url", f"{address}/old", "--report", tmp_path / "report.txt")

    assert (status, said.split(";")[0].endswith("0 refused")) == (0, True)
    assert RegisterEntry.objects.get().register_date == date(2026, 5, 4)


def test_what_is_no_complete_answer_over_https_imports_nothing(places, publisher, table, tmp_path):
    address, pages = publisher
    pages |= {
        "/gone": (404, {}, b""),
        "/plain": (302, {"Location": "http://127.0.0.1/new"}, b""),
        "/short": (200, {"Content-Length": str(len(table) + 9)}, table),
        "/page": (200, {}, b"<html></html>"),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/ok": (200, {}, table),
    }  # fmt: skip
    for path, said in {"/gone": "404", "/plain": "Only https", "/short": "", "/page": "", "/loop": ""}.items():
        status, answer = run("fetch_register", "nysdoh", "--url", address + path)
        assert status == 2, path
        assert said in answer
    assert run("fetch_register", "omh", "--url", f"{address}/ok")[0] == 2
    assert run("fetch_register", "nysdoh", "--url", "http://127.0.0.1/x")[0] == 2
    assert run("fetch_register", "hifld")[0] == 2
    assert not RegisterEntry.objects.exists()


def test_a_download_has_limits(publisher, tmp_path):
    address, pages = publisher
    pages["/long"] = (200, {}, b"x" * 200_000)

    with pytest.raises(fetching.FetchFailed, match="longer than 100,000 bytes"):
        fetching.download(f"{address}/long", tmp_path / "file", most_bytes=100_000)
    with pytest.raises(fetching.FetchFailed, match=r"longer than|cannot be reached"):
        fetching.download(f"{address}/long", tmp_path / "file", most_seconds=0.0001)


def test_a_stranger_s_certificate_is_not_trusted(publisher, tmp_path, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(fetching.FetchFailed, match="cannot be reached"):
        fetching.download(f"{publisher[0]}/x", tmp_path / "file")


def test_the_publishers_addresses_are_https():
    assert all(address.startswith("https://") for address in fetching.ADDRESSES.values())
