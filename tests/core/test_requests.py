"""An id for every request, one line for each in the log, and no person in any of them."""

import json
import logging
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from careerportal.core import logs, requests

ADDRESS = "wanda.walker@portal.test"


@pytest.fixture
def lines():
    """Everything that is logged, as it would be written."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.PlainFormatter())
    handler.addFilter(logs.RequestIdFilter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


# --- Ids ----------------------------------------------------------------------------------------
def test_every_answer_has_an_id_and_each_its_own(client):
    first, second = client.get("/healthz"), client.get("/healthz")

    assert len(first["X-Request-ID"]) == 32
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_the_id_of_a_proxy_of_ours_is_kept(client, settings):
    settings.TRUSTED_PROXY_COUNT = 1

    assert client.get("/healthz", headers={"X-Request-ID": "abc-123_def.4"})["X-Request-ID"] == "abc-123_def.4"


@pytest.mark.parametrize("given", ["short", "x" * 65, "has space in it", "semi;colon;123", "<script>alert"])
def test_an_id_that_is_no_id_is_replaced(client, settings, given):
    settings.TRUSTED_PROXY_COUNT = 1

    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] != given


def test_without_a_proxy_of_ours_nobody_chooses_their_id(client):
    assert client.get("/healthz", headers={"X-Request-ID": "abcdefgh12345"})["X-Request-ID"] != "abcdefgh12345"


def test_a_line_names_the_id_and_the_page_but_not_the_search(client, db, lines):
    answer = client.get("/openings/?zip=12207&miles=25&q=night+shift")

    (line,) = [line for line in lines.getvalue().splitlines() if "portal.request" in line]
    assert answer["X-Request-ID"] in line
    assert "GET openings 200" in line
    assert "12207" not in line
    assert "night" not in line


def test_probes_fill_no_log(client, lines):
    client.get("/healthz")

    assert "portal.request" not in lines.getvalue()


# --- No person in the log -----------------------------------------------------------------------
def test_walks_through_the_portal_leave_no_address_token_or_search_in_the_log(client, db, lines):
    token = "kQ3vR8sT1uW5xY7zA9bC2dE4fG6hJ0kL"
    person = get_user_model().objects.create_user(email=ADDRESS)
    client.get("/openings/?zip=12207&words=nursing")
    client.post("/accounts/login/", {"login": ADDRESS, "password": "not-the-right-one"})
    client.post("/alerts/new/", {"email": ADDRESS, "zip": "12207", "miles": "25"})
    client.get(f"/alerts/confirm/{token}/")
    client.get(f"/alerts/manage/{token}/?email={ADDRESS}")
    client.post(f"/alerts/unsubscribe/{token}/")
    client.get(f"/no-such-page/{ADDRESS}/")
    client.get("/accounts/confirm-email/" + token + "/")
    client.force_login(person)
    client.get("/me/")
    logging.getLogger("anything").error("could not reach %s", ADDRESS)

    text = lines.getvalue()
    assert "portal.request" in text
    for secret in ("wanda", token, "12207", "nursing", "not-the-right-one", "?email"):
        assert secret not in text, secret


def test_an_error_of_the_database_does_not_quote_values(lines):
    try:
        raise ValueError(f"duplicate key\nDETAIL:  Key (email)=({ADDRESS}) already exists.")
    except ValueError:
        logging.getLogger("django.request").exception(
            "Internal Server Error: /alerts/confirm/abcdefghijklmnopqrstuvwxyz/"
        )

    assert "wanda" not in lines.getvalue()
    assert "abcdefghijklmnop" not in lines.getvalue()
    assert "ValueError" in lines.getvalue()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (f"mail to {ADDRESS} failed", "mail to [address] failed"),
        ("GET /openings/?zip=12207&q=x HTTP", "GET /openings/?[search] HTTP"),
        ("/alerts/confirm/AbCdEfGhIjKlMnOpQr/", "/alerts/confirm/[token]/"),
        ("postgresql://portal:hunter2@db/portal", "postgresql://[password]@db/portal"),
        ("delivery 6f1d3c52-7a0e-5b0c-9c53-6a1f0f2f9a10 sent", "delivery 6f1d3c52-7a0e-5b0c-9c53-6a1f0f2f9a10 sent"),
        ("/employers/harborview/ 200", "/employers/harborview/ 200"),
        ("task outbox.sweep took 3 s", "task outbox.sweep took 3 s"),
    ],
)
def test_lines_are_cleaned_of_people_and_secrets_and_of_nothing_else(raw, clean):
    assert logs.clean(raw) == clean


def test_json_lines_hold_the_same_and_parse():
    record = logging.makeLogRecord({"name": "a", "levelname": "INFO", "msg": "to %s", "args": (ADDRESS,)})
    logs.RequestIdFilter().filter(record)

    line = json.loads(logs.JsonFormatter().format(record))

    assert line["message"] == "to [address]"
    assert line["request_id"] == "-"


# --- Inside and outside -------------------------------------------------------------------------
def ask(remote, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return Client(REMOTE_ADDR=remote).get("/readyz", headers=headers).status_code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "status"),
    [
        (0, "127.0.0.1", None, 200),
        (0, "10.1.2.3", None, 200),
        (0, "8.8.8.8", None, 404),
        (0, "127.0.0.1", "127.0.0.1", 404),  # a proxy nobody counted: it may speak for anybody
        (1, "", "8.8.8.8", 404),
        (1, "", "127.0.0.1", 200),
        (1, "127.0.0.1", "127.0.0.1, 8.8.8.8", 404),  # the first is what the visitor claims
        (2, "127.0.0.1", "127.0.0.1", 404),
        (1, "", "nonsense", 404),
        (1, "", "::1", 200),
    ],
)
def test_readyz_answers_only_inside(settings, proxies, remote, forwarded, status):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert ask(remote, forwarded) == status


def test_healthz_answers_everybody(client):
    assert client.get("/healthz", REMOTE_ADDR="8.8.8.8").content == b"ok"


def test_a_chain_is_read_from_the_visitor_to_us(rf):
    request = rf.get("/", headers={"X-Forwarded-For": " 203.0.113.1 ,10.0.0.2,"})

    assert requests.forwarded(request) == ["203.0.113.1", "10.0.0.2"]
