"""The employer's inbox: what its people see, answer and download, and what nobody else gets."""

import re
import secrets
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import inquiries, resumes
from accounts.models import Inquiry, InquiryMessage, ReplyTemplate, ResumeDownload
from careerportal.core.models import AuditEvent
from employers.models import Employer, Membership
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory, pdf
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(slug="hudson-care", name="Hudson Care")


@pytest.fixture
def owner(client, employer):
    member = MembershipFactory(employer=employer)
    client.force_login(member.user)
    return member


@pytest.fixture
def asked(employer):
    """A question of somebody whose address and name must not be seen."""
    seeker = UserFactory(email="marked-address@example.org", name="Marked Name")
    return InquiryFactory(employer=employer, seeker=seeker, opened_at=timezone.now(), called="")


def with_resume(inquiry):
    file = resumes.checked(content=pdf(), name="Marked Name resume.pdf")
    resumes.attach(inquiry=inquiry, seeker=inquiry.seeker, file=file, now=inquiry.opened_at)
    return inquiry


def token():
    return secrets.token_hex(16)


def test_neither_address_nor_name_of_a_seeker_reaches_the_employer(client, owner, asked):
    with_resume(asked)

    for address in ("/hiring/hudson-care/inbox/", f"/hiring/hudson-care/inbox/{asked.pk}/"):
        page = client.get(address).content.decode()
        assert "A seeker" in page
        assert "marked" not in page.lower()


def test_an_answer_is_said_once_and_the_thread_is_answered(client, owner, asked):
    said = {"text": "Yes, we train.", "token": token()}
    for _press in range(3):
        client.post(f"/hiring/hudson-care/inbox/{asked.pk}/", said)

    asked.refresh_from_db()
    assert asked.state == "answered"
    assert asked.messages.filter(from_seeker=False).count() == 1


@pytest.mark.parametrize("access", ["viewer", "gone", "other", "onlooker"])
def test_who_may_not_answer_does_not(client, asked, access):
    if access == "onlooker":
        user = UserFactory(is_staff=True, is_superuser=True)
    elif access == "other":
        user = MembershipFactory().user
    else:
        member = MembershipFactory(employer=asked.employer, access="viewer" if access == "viewer" else "owner")
        user = member.user
    client.force_login(user)
    if access == "gone":
        assert client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").status_code == 200  # the form is open
        Membership.objects.all().delete()

    answer = client.post(f"/hiring/hudson-care/inbox/{asked.pk}/", {"text": "Yes.", "token": token()})

    assert answer.status_code in (302, 403, 404)
    assert not InquiryMessage.objects.filter(from_seeker=False).exists()


def test_a_viewer_reads_and_is_told_why_there_is_no_button(client, asked):
    with_resume(asked)
    client.force_login(MembershipFactory(employer=asked.employer, access="viewer").user)

    page = client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").content.decode()

    assert "Do you train people?" in page
    assert "You are a viewer" in page
    assert "<textarea" not in page
    assert "/resume/" not in page


def test_a_thread_of_another_employer_is_not_found(client, owner):
    assert client.get(f"/hiring/hudson-care/inbox/{InquiryFactory().pk}/").status_code == 404


def test_the_inbox_of_a_suspended_organization_is_closed(client, owner, asked):
    Employer.objects.update(suspended_at=timezone.now(), suspended_reason="Openings that do not exist.")

    inbox = client.get("/hiring/hudson-care/inbox/").content.decode()

    assert "Your inbox is closed" in inbox
    assert "A seeker" not in inbox
    assert client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").status_code == 403


def test_threads_are_narrowed_by_state_and_opening(client, owner, employer):
    now = timezone.now()
    listing = ListingFactory(employer=employer, published=True, headline="Nurse care manager")
    InquiryFactory(listing=listing, opened_at=now, called="Waits")
    InquiryFactory(employer=employer, answered=True, opened_at=now, called="Knows")
    InquiryFactory(employer=employer, closed=True, opened_at=now, called="Closed one")

    def shown(query):
        page = client.get(f"/hiring/hudson-care/inbox/{query}").content.decode()
        return {name for name in ("Waits", "Knows", "Closed one") if f">{name}</a>" in page}

    assert shown("") == {"Waits"}
    assert shown("?state=answered") == {"Knows"}
    assert shown("?state=closed") == {"Closed one"}
    assert shown("?state=all") == {"Waits", "Knows", "Closed one"}
    assert shown(f"?state=all&opening={listing.pk}") == {"Waits"}
    assert shown("?state=all&opening=general") == {"Knows", "Closed one"}
    assert shown("?state=all&opening=x&page=x") == {"Waits", "Knows", "Closed one"}


def test_the_inbox_costs_the_same_for_two_threads_as_for_twelve(client, owner, employer):
    now = timezone.now()
    InquiryFactory.create_batch(2, employer=employer, opened_at=now)
    client.get("/hiring/hudson-care/inbox/")  # the first page of a session costs more
    with CaptureQueriesContext(connection) as two:
        client.get("/hiring/hudson-care/inbox/")
    InquiryFactory.create_batch(10, employer=employer, opened_at=now)
    with CaptureQueriesContext(connection) as twelve:
        client.get("/hiring/hudson-care/inbox/")

    assert len(two) == len(twelve)


def test_closing_kindly_tells_the_seeker_the_last_words(client, owner, asked):
    page = client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").content.decode()
    assert "We wish you well in your search." in page

    client.post(f"/hiring/hudson-care/inbox/{asked.pk}/close/", {"text": "All the best.", "token": token()})

    asked.refresh_from_db()
    assert (asked.state, asked.closed_by) == ("closed", "employer")
    client.force_login(asked.seeker)
    assert "All the best." in client.get(f"/me/inquiries/{asked.pk}/").content.decode()


def test_a_template_begins_an_answer_and_names_are_used_once(client, owner, employer, asked):
    client.post("/hiring/hudson-care/inbox/replies/", {"name": "Yes, we train", "text": "Yes, six weeks."})
    again = client.post("/hiring/hudson-care/inbox/replies/", {"name": "yes, WE train", "text": "Other."})
    template = ReplyTemplate.objects.get()

    assert "A template of this name exists already." in again.content.decode()
    page = client.get(f"/hiring/hudson-care/inbox/{asked.pk}/?use={template.pk}").content.decode()
    assert "Yes, six weeks.</textarea>" in page
    client.post(f"/hiring/hudson-care/inbox/replies/{template.pk}/", {"name": "Training", "text": "Yes, eight weeks."})
    template.refresh_from_db()
    assert template.text == "Yes, eight weeks."
    client.force_login(MembershipFactory().user)
    assert client.get(f"/hiring/hudson-care/inbox/replies/{template.pk}/").status_code == 404
    client.force_login(owner.user)
    for _press in range(2):
        client.post(f"/hiring/hudson-care/inbox/replies/{template.pk}/delete/")
    assert not ReplyTemplate.objects.exists()


# --- The five-minute link ---------------------------------------------------------------------------


def link_on(client, inquiry):
    page = client.get(f"/hiring/hudson-care/inbox/{inquiry.pk}/").content.decode()
    return re.search(rf"/hiring/hudson-care/inbox/{inquiry.pk}/resume/[^\"]+", page)[0]


def test_a_resume_is_a_download_that_is_written_down_and_names_nobody(client, owner, asked):
    answer = client.get(link_on(client, with_resume(asked)))

    assert answer.content == pdf()
    assert answer["Content-Disposition"] == f'attachment; filename="resume-{asked.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {*answer["Content-Security-Policy"].split("; ")} == {"default-src 'none'", "sandbox"}
    assert "no-store" in answer["Cache-Control"]
    assert ResumeDownload.objects.get().by == owner.user
    event = AuditEvent.objects.get(verb="resume.downloaded")
    assert (event.actor_id, event.object_id, event.employer_id) == (owner.user.pk, asked.pk, asked.employer_id)


def test_a_link_is_over_after_five_minutes(client, owner, asked, monkeypatch):
    address = link_on(client, with_resume(asked))
    monkeypatch.setattr(resumes, "LINK_SECONDS", -1)

    answer = client.get(address)

    assert answer.url == f"/hiring/hudson-care/inbox/{asked.pk}/"
    assert not ResumeDownload.objects.exists()


@pytest.mark.parametrize(
    "who", ["colleague", "viewer", "removed", "other employer", "seeker", "suspended", "taken back"]
)
def test_a_link_is_good_for_its_member_alone_and_only_while_they_may(client, owner, employer, asked, who):
    address = link_on(client, with_resume(asked))
    if who == "colleague":
        client.force_login(MembershipFactory(employer=employer).user)
    elif who == "viewer":
        Membership.objects.update(access="viewer")
    elif who == "removed":
        Membership.objects.all().delete()
    elif who == "other employer":
        client.force_login(MembershipFactory().user)
    elif who == "seeker":
        client.force_login(asked.seeker)
    elif who == "suspended":
        Employer.objects.update(suspended_at=timezone.now(), suspended_reason="No.")
    else:
        resumes.delete(asked.resume)

    assert client.get(address).status_code in (403, 404)
    assert not ResumeDownload.objects.exists()


def test_a_made_up_or_borrowed_link_finds_nothing(client, owner, employer, asked):
    other = with_resume(InquiryFactory(employer=employer, opened_at=timezone.now()))
    stolen = link_on(client, with_resume(asked)).rpartition("resume/")[2]

    assert client.get(f"/hiring/hudson-care/inbox/{other.pk}/resume/{stolen}").status_code == 404
    assert client.get(f"/hiring/hudson-care/inbox/{other.pk}/resume/x.y.z/").status_code == 404


def test_moderators_see_that_there_is_an_inbox_and_no_more(client, asked):
    moderator = UserFactory(is_staff=True, is_superuser=True)
    sign_in_staff(client, moderator)

    inbox = client.get("/hiring/hudson-care/inbox/")
    assert inbox.status_code == 200
    assert "A seeker" not in inbox.content.decode()
    assert client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").status_code == 404


def test_who_left_is_named_as_such(client, owner, asked):
    inquiries.leave(seeker=asked.seeker, now=timezone.now() + timedelta(seconds=1))

    page = client.get(f"/hiring/hudson-care/inbox/{asked.pk}/").content.decode()
    assert "The seeker has left" in page
    assert "Do you train people?" not in page
    assert Inquiry.objects.get().seeker is None


def test_an_upload_by_an_employer_is_nowhere(client, owner, asked):
    answer = client.post(f"/me/inquiries/{asked.pk}/resume/", {"upload": SimpleUploadedFile("a.pdf", pdf())})

    assert answer.status_code == 404
