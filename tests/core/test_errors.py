import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404
from django.test import RequestFactory
from django.urls import include, path
from redis.exceptions import ConnectionError as RedisAway

from careerportal.core import views
from careerportal.urls import handler400, handler403, handler404, handler500  # noqa: F401  (Django looks here)
from tests.core.pages import faults


class _Cause(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def raising(error, cause=None):
    @login_not_required
    def view(request):
        raise error from cause

    return view


urlpatterns = [
    path("bad/", raising(SuspiciousOperation("no"))),
    path("forbidden/", raising(PermissionDenied("Owners need a second step first."))),
    path("missing/", raising(Http404())),
    path("broken/", raising(ValueError("ours"))),
    path("database-away/", raising(OperationalError("gone"))),
    path("deadlock/", raising(OperationalError("deadlock"), _Cause("40P01"))),
    path("cache-away/", raising(RedisAway("gone"))),
    path("gone/", login_not_required(lambda request: views.gone(request, "Taken down by a moderator."))),
    path("", include("careerportal.urls")),
]


@pytest.fixture
def visitor(client, settings):
    settings.ROOT_URLCONF = "tests.core.test_errors"
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "We could not read that request"),
        ("/forbidden/", 403, "Owners need a second step first."),
        ("/missing/", 404, "We cannot find that page"),
        ("/no/such/page", 404, "We cannot find that page"),
        ("/gone/", 410, "Taken down by a moderator."),
        ("/broken/", 500, "Something went wrong on our side"),
        ("/deadlock/", 500, "Something went wrong on our side"),
        ("/database-away/", 503, "We are away for a moment"),
        ("/cache-away/", 503, "We are away for a moment"),
    ],
)
def test_each_error_wears_the_look_and_needs_no_database(visitor, address, status, words):
    # Without pytest's database mark every query raises, so that a page that asks the database fails here.
    response = visitor.get(address)

    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'class="usa-header' in html
    assert not response.cookies
    assert faults(html) == []


def test_the_503_page_says_when_to_come_back(visitor):
    assert visitor.get("/database-away/")["Retry-After"] == "120"


def test_a_broken_template_still_gives_a_page(monkeypatch):
    def broken(name):
        raise RuntimeError("templates are what is wrong")

    monkeypatch.setattr(views, "get_template", broken)

    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert b"Something went wrong" in response.content


@pytest.mark.django_db
def test_a_form_without_its_secret_is_explained(settings):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org"})

    assert response.status_code == 403
    assert "Please send that form again" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_refused_connection_is_recognized(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")
    try:
        with pytest.raises(OperationalError) as caught:
            connection.ensure_connection()
    finally:
        monkeypatch.undo()

    assert views.is_away(caught.value)
