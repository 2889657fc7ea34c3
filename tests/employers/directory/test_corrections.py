"""Corrections and removals: anyone may ask, only moderators see it, nothing is shown."""

import pytest
from django.db import IntegrityError, transaction

from accounts.staff import EDITORS, MODERATORS, write_groups
from employers import corrections
from employers.models import CorrectionRequest
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.directory.entries import listed
from tests.employers_factories import EmployerFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db

SAID = {"kind": "wrong", "text": "The phone number is of another office.", "email": "reader@example.org"}


@pytest.fixture
def clinic():
    return listed(slug="clinic", name="Riverside Clinic")


def test_a_request_is_stored_and_thanked_for_and_never_shown(client, clinic):
    form = client.get("/employers/clinic/correct/").content.decode()
    response = client.post("/employers/clinic/correct/", SAID, follow=True)

    asked = CorrectionRequest.objects.get()
    assert faults(form) == []
    assert (asked.employer, asked.kind, asked.text, asked.email) == (clinic, *SAID.values())
    assert response.redirect_chain == [("/employers/clinic/correct/thanks/", 302)]
    assert "is with our moderators" in response.content.decode()
    assert faults(response.content.decode()) == []
    assert SAID["text"] not in client.get("/employers/clinic/").content.decode()


def test_an_address_is_optional(client, clinic):
    client.post("/employers/clinic/correct/", {"kind": "remove", "text": "This is my home."})

    assert CorrectionRequest.objects.get().email == ""


@pytest.mark.parametrize(
    "said", [{}, {"kind": "x", "text": "a"}, {"kind": "wrong", "text": " "}, {"kind": "wrong", "text": "x" * 2001},
             {"kind": "wrong", "text": "a", "email": "no"}, {"kind": "\0", "text": "\0"}],
)  # fmt: skip
def test_what_cannot_be_read_stays_in_the_form(client, clinic, said):
    response = client.post("/employers/clinic/correct/", said)

    assert response.status_code == 200
    assert "usa-error-message" in response.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_the_same_request_twice_is_one(client, clinic):
    for _press in range(2):
        client.post("/employers/clinic/correct/", SAID)

    assert CorrectionRequest.objects.count() == 1


def test_one_place_on_the_network_sends_ten_an_hour(client, clinic):
    for number in range(11):
        response = client.post("/employers/clinic/correct/", SAID | {"text": f"Number {number}"})

    assert response.status_code == 200
    assert "a lot of requests" in response.content.decode()
    assert CorrectionRequest.objects.count() == 10


@pytest.mark.parametrize("facts", [{"unapproved": True}, {"suspended": True}])
def test_employers_without_a_public_page_take_no_requests(client, facts):
    EmployerFactory(slug="hidden", **facts)

    assert client.get("/employers/hidden/correct/").status_code == 404
    assert client.post("/employers/hidden/correct/", SAID).status_code == 404
    assert client.get("/employers/hidden/correct/thanks/").status_code == 404
    assert not CorrectionRequest.objects.exists()


def test_a_request_without_the_page_s_token_is_refused(clinic):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/employers/clinic/correct/", SAID).status_code == 403


# --- Moderators ---------------------------------------------------------------------------------
def staff(client, group):
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[group])
    sign_in_staff(client, user)
    return user


def test_a_moderator_says_what_was_done(client, clinic):
    request = corrections.ask(employer=clinic, now=NOW, **SAID)
    moderator = staff(client, MODERATORS)
    address = f"/admin/employers/correctionrequest/{request.pk}/change/"

    assert SAID["text"] in client.get(address).content.decode()
    client.post(address, {"outcome": "Phone mended."})

    request.refresh_from_db()
    assert (request.outcome, request.handled_by) == ("Phone mended.", moderator)
    assert request.handled_at is not None
    assert "Riverside Clinic" in client.get("/admin/employers/correctionrequest/?standing=done").content.decode()


def test_an_editor_sees_no_requests(client, clinic):
    staff(client, EDITORS)

    assert client.get("/admin/employers/correctionrequest/").status_code == 403


def test_dealing_with_a_request_needs_words_and_happens_once(clinic):
    request = corrections.ask(employer=clinic, now=NOW, **SAID)
    moderator = UserFactory()

    with pytest.raises(corrections.CorrectionRefused, match="what was done"):
        corrections.deal_with(request=request, by=moderator, outcome=" ", now=NOW)
    corrections.deal_with(request=request, by=moderator, outcome="Removed.", now=NOW)
    with pytest.raises(corrections.CorrectionRefused, match="before"):
        corrections.deal_with(request=request, by=moderator, outcome="Again.", now=NOW)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"kind": "x"}, "kind_known"),
        ({"text": ""}, "says_something"),
        ({"handled_at": NOW}, "handled_with_outcome"),
        ({"outcome": "Done."}, "handled_with_outcome"),
    ],
)
def test_the_database_refuses(clinic, fields, name):
    said = {"employer": clinic, "kind": "wrong", "text": "a"} | fields
    with pytest.raises(IntegrityError, match=f"employers_correctionrequest_{name}"), transaction.atomic():
        CorrectionRequest.objects.create(**said)
