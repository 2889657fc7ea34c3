"""Headers that keep pages safe are on every answer: pages, feeds, files, errors, redirects, refused hosts."""

import pytest

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/openings/feed/", 200),
        ("/employers/map.json", 200),
        ("/robots.txt", 200),
        ("/static/css/site.css", 200),
        ("/static/img/mark.svg", 200),
        ("/nothing/here/", 404),
        ("/openings/feed/?zip=00000", 400),
        ("/me/", 302),
        ("/hiring", 301),
    ],
)
def test_every_answer_carries_them(client, path, status):
    answer = client.get(path)
    answer.close()

    assert answer.status_code == status
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    assert "camera=()" in answer["Permissions-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert directives["default-src"] == directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_way_to_https_and_a_refused_host_may_not_be_framed_and_run_nothing(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["testserver"]

    for answer, status in ((client.get("/"), 301), (client.get("/", HTTP_HOST="stranger.example"), 400)):
        assert answer.status_code == status
        assert answer["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "stranger.example" not in answer.content.decode()


def test_a_fault_of_ours_carries_them_and_shows_nothing_of_it(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("employers.views.home.NEWEST", "no number at all")

    answer = client.get("/")

    assert answer.status_code == 500
    assert {name: answer.get(name) for name in ALWAYS} == ALWAYS
    assert "Traceback" not in answer.content.decode()
    assert "no number at all" not in answer.content.decode()
