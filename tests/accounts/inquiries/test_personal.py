"""Threads and resumes are taken along, erased and merged without doubles or loss."""

import secrets

import pytest

from accounts import inquiries, inquiry_personal, resumes
from accounts.models import Inquiry, Resume
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory
from tests.inquiry_factories import InquiryFactory, pdf

pytestmark = pytest.mark.django_db


def with_resume(inquiry):
    file = resumes.checked(content=pdf(), name="Mine.pdf")
    resumes.attach(inquiry=inquiry, seeker=inquiry.seeker, file=file, now=NOW)
    return inquiry


def test_a_copy_holds_both_sides_of_threads_and_the_files():
    member = MembershipFactory(employer__name="Hudson Care")
    inquiry = with_resume(InquiryFactory(employer=member.employer, called="Jo"))
    InquiryFactory(employer=member.employer)  # of somebody else
    inquiries.answer(inquiry=inquiry, by=member.user, text="Yes.", token=secrets.token_hex(16), now=NOW)

    tables = dict(inquiry_personal.export(inquiry.seeker))

    assert [(row["employer"], row["called"]) for row in tables["inquiries"]] == [("Hudson Care", "Jo")]
    assert [(row["from"], row["text"]) for row in tables["inquiry-messages"]] == [
        ("you", "Do you train people?"),
        ("employer", "Yes."),
    ]
    assert tables[f"files/resume-{inquiry.resume.pk}.pdf"] == pdf()
    assert member.user.email not in str(tables)


def test_erasing_empties_the_folder_at_once(resumes_folder, django_capture_on_commit_callbacks):
    inquiry = with_resume(InquiryFactory())
    resumes.keep(user=inquiry.seeker, file=resumes.checked(content=pdf(), name="a.pdf"), now=NOW)
    assert len(list(resumes_folder.iterdir())) == 2

    with django_capture_on_commit_callbacks(execute=True):
        inquiry_personal.erase(inquiry.seeker, NOW)

    assert not list(resumes_folder.iterdir())
    assert not Resume.objects.exists()
    assert Inquiry.objects.get().seeker is None


def test_two_accounts_become_one_without_doubles_or_loss():
    kept, gone, employer = UserFactory(), UserFactory(), EmployerFactory()
    listing = ListingFactory(employer=employer, published=True)
    for user in (kept, gone):
        with_resume(InquiryFactory(seeker=user, listing=listing))
        InquiryFactory(seeker=user, employer=employer)
        resumes.keep(user=user, file=resumes.checked(content=pdf(), name="a.pdf"), now=NOW)
    only = InquiryFactory(seeker=gone)

    inquiry_personal.merge(kept, gone, NOW)

    assert Inquiry.objects.filter(seeker=kept).count() == 5
    assert Inquiry.objects.filter(seeker=kept).unfinished().count() == 3
    assert not Inquiry.objects.filter(seeker=gone).exists()
    assert Inquiry.objects.get(pk=only.pk).seeker == kept
    assert Resume.objects.kept_by(kept).count() == 1
    assert Resume.objects.sent().filter(user=kept).count() == 2
    assert not Resume.objects.filter(user=gone).exists()
