"""The pages on which seekers ask, read and go on."""

import re
import secrets
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import inquiries
from accounts.models import Inquiry, InquiryMessage, Resume, ResumeDownload
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def listing():
    now = timezone.now()
    return ListingFactory(published=True, published_at=now - timedelta(days=1), employer__name="Hudson Care")


def upload(content=None, name="My resume.pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="text/html")


def token():
    return secrets.token_hex(16)


def test_what_somebody_wrote_before_signing_in_is_sent_after(client, listing):
    address = f"/openings/{listing.pk}/ask/"

    answer = client.post(address, {"text": "Do you train people?", "called": "Jo", "token": token()})
    assert answer.url == f"/accounts/login/?next={address}"
    client.force_login(user := UserFactory())
    page = client.get(address).content.decode()
    assert "What you wrote is still here" in page
    assert "Do you train people?" in page
    assert not Inquiry.objects.exists()
    kept = re.search(r'name="token" value="([0-9a-f]{32})"', page)[1]
    client.post(address, {"text": "Do you train people?", "called": "Jo", "token": kept})
    again = client.post(address, {"text": "Do you train people?", "called": "Jo", "token": kept})

    inquiry = Inquiry.objects.get()
    assert (inquiry.seeker, inquiry.called, inquiry.messages.count()) == (user, "Jo", 1)
    assert again.url == f"/me/inquiries/{inquiry.pk}/"
    assert "inquiry_drafts" not in client.session or not client.session["inquiry_drafts"]


def test_the_page_of_an_opening_leads_to_asking_and_says_nothing_about_who_reads(client, listing):
    page = client.get(listing.get_absolute_url())

    assert f"/openings/{listing.pk}/ask/" in page.content.decode()
    assert not page.cookies


def test_an_employer_page_leads_to_asking_only_where_somebody_reads(client):
    verified, listed = EmployerFactory(), EmployerFactory(unapproved=True, listed_from="register")

    assert f"/employers/{verified.slug}/ask/" in client.get(verified.get_absolute_url()).content.decode()
    assert f"/employers/{listed.slug}/ask/" not in client.get(listed.get_absolute_url()).content.decode()
    assert "inbox is closed" in client.get(f"/employers/{listed.slug}/ask/").content.decode()


def test_openings_that_nobody_sees_cannot_be_asked_about(client):
    for trait in ("unapproved", "suspended"):
        hidden = ListingFactory(published=True, **{trait: True})
        assert client.get(f"/openings/{hidden.pk}/ask/").status_code == 404
    assert client.get(f"/openings/{ListingFactory().pk}/ask/").status_code == 404


def test_a_mistake_keeps_what_was_typed(client, seeker, listing):
    page = client.post(f"/openings/{listing.pk}/ask/", {"text": "", "called": "Jo", "token": token()}).content.decode()

    assert "Write something first." in page
    assert 'value="Jo"' in page


def test_an_application_with_a_resume_keeps_the_file_for_later(client, seeker, listing):
    form = {"text": "I'd like to work with you.", "resume": "new", "upload": upload(), "token": token()}

    answer = client.post(f"/openings/{listing.pk}/apply-here/", form)

    inquiry = Inquiry.objects.get()
    assert answer.url == f"/me/inquiries/{inquiry.pk}/"
    assert inquiry.resume.name == "My resume.pdf"
    shelf = Resume.objects.kept_by(seeker).get()
    assert shelf.stored != inquiry.resume.stored


def test_a_kept_resume_is_sent_without_choosing_the_file_again(client, seeker, listing):
    client.post("/me/resumes/", {"upload": upload()})
    shelf = Resume.objects.get()

    client.post(f"/openings/{listing.pk}/apply-here/", {"text": "Hello", "resume": str(shelf.pk), "token": token()})

    assert Inquiry.objects.get().resume.sha256 == shelf.sha256


def test_a_bad_file_is_refused_with_words_and_nothing_is_sent(client, seeker, listing):
    form = {"text": "Hello", "resume": "new", "upload": upload(b"<html>", "cv.pdf"), "token": token()}

    page = client.post(f"/openings/{listing.pk}/apply-here/", form).content.decode()

    assert "This is no PDF and no Word file" in page
    assert "Hello" in page
    assert not Inquiry.objects.exists()


def test_nobody_sends_a_file_of_somebody_else(client, seeker, listing):
    other = UserFactory()
    client.force_login(other)
    client.post("/me/resumes/", {"upload": upload()})
    client.force_login(seeker)

    form = {"text": "Hello", "resume": str(Resume.objects.get().pk), "token": token()}
    page = client.post(f"/openings/{listing.pk}/apply-here/", form)

    assert page.status_code == 200
    assert not Inquiry.objects.exists()


def test_only_its_seeker_reads_a_thread(client, seeker):
    own, other = InquiryFactory(seeker=seeker), InquiryFactory()

    assert client.get(f"/me/inquiries/{own.pk}/").status_code == 200
    for way in ("", "close/", "resume/", "resume/withdraw/"):
        assert client.post(f"/me/inquiries/{other.pk}/{way}", {"text": "Hi", "token": token()}).status_code == 404
    assert client.get(f"/me/inquiries/{other.pk}/").status_code == 404
    assert InquiryMessage.objects.filter(inquiry=other).count() == 1


def test_the_seeker_sees_when_the_resume_was_downloaded_and_takes_it_back(client, seeker, resumes_folder):
    now = timezone.now()
    inquiry = InquiryFactory(seeker=seeker, opened_at=now)
    client.post(f"/me/inquiries/{inquiry.pk}/resume/", {"resume": "new", "upload": upload()})
    ResumeDownload.objects.create(inquiry=inquiry, by=None, at=now)
    assert len(list(resumes_folder.iterdir())) == 2

    assert "Downloaded by the employer on" in client.get(f"/me/inquiries/{inquiry.pk}/").content.decode()
    client.post(f"/me/inquiries/{inquiry.pk}/resume/withdraw/")
    client.post(f"/me/inquiries/{inquiry.pk}/resume/withdraw/")

    page = client.get(f"/me/inquiries/{inquiry.pk}/").content.decode()
    assert "You took it back on" in page
    assert "Downloaded by the employer on" in page
    assert not Resume.objects.sent().exists()


def test_a_thread_with_a_closed_inbox_says_so(client, seeker):
    inquiry = InquiryFactory(seeker=seeker, employer=EmployerFactory(suspended=True))

    page = client.get(f"/me/inquiries/{inquiry.pk}/").content.decode()

    assert "inbox is closed" in page
    assert "<textarea" not in page


def test_own_files_are_downloads_that_do_nothing(client, seeker):
    client.post("/me/resumes/", {"upload": upload(name="C:\\temp\\Zoë's <b>.pdf")})
    resume = Resume.objects.get()

    answer = client.get(f"/me/resumes/{resume.pk}/")

    assert answer.content == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {*answer["Content-Security-Policy"].split("; ")} == {"default-src 'none'", "sandbox"}
    assert resume.name == "Zoë's b .pdf" or resume.name == "Zoë's b.pdf"
    client.force_login(UserFactory())
    assert client.get(f"/me/resumes/{resume.pk}/").status_code == 404
    assert client.post(f"/me/resumes/{resume.pk}/delete/").status_code == 404
    assert Resume.objects.exists()


def test_five_files_are_kept_and_the_same_one_once(client, seeker):
    for number in (0, 0, 1, 2, 3, 4, 5):
        page = client.post("/me/resumes/", {"upload": upload(pdf(objects=[b"%d" % number]))}, follow=True)

    assert Resume.objects.kept_by(seeker).count() == 5
    assert "You keep 5 files here already" in page.content.decode()


def test_deleting_takes_the_file_off_the_disk(client, seeker, resumes_folder, django_capture_on_commit_callbacks):
    client.post("/me/resumes/", {"upload": upload()})
    assert len(list(resumes_folder.iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/me/resumes/{Resume.objects.get().pk}/delete/")

    assert not list(resumes_folder.iterdir())


def test_the_list_of_threads_costs_the_same_for_two_as_for_twelve(client, seeker):
    InquiryFactory.create_batch(2, seeker=seeker)
    client.get("/me/inquiries/")  # the first page of a session costs more
    with CaptureQueriesContext(connection) as two:
        client.get("/me/inquiries/")
    InquiryFactory.create_batch(10, seeker=seeker)
    with CaptureQueriesContext(connection) as twelve:
        client.get("/me/inquiries/")

    assert len(two) == len(twelve)


def test_a_member_of_an_organization_may_ask_another_one(client):
    member, other = MembershipFactory(), EmployerFactory()
    client.force_login(member.user)

    client.post(f"/employers/{other.slug}/ask/", {"text": "Do you train?", "token": token()})

    assert inquiries.opened_by(member.user, employer=other)
