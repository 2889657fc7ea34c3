"""What days do to threads: reminders, a kind end, a word when an inbox closes, files that belong to nobody."""

import os
from datetime import timedelta

import pytest

from accounts import inquiry_timers, response_record, resumes
from accounts.models import Inquiry
from accounts.resumefiles import folder
from careerportal.core import clock
from careerportal.outbox import streams
from careerportal.outbox.models import Delivery
from employers.models import Employer
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, MembershipFactory
from tests.inquiry_factories import InquiryFactory, pdf

pytestmark = pytest.mark.django_db


def ago(days):
    return NOW - timedelta(days=days)


def mails(kind):
    return Delivery.objects.filter(kind=kind)


def test_an_employer_is_reminded_after_ten_and_thirty_days_once_each_with_one_mail():
    employer = MembershipFactory().employer
    InquiryFactory.create_batch(3, employer=employer, opened_at=ago(10))
    InquiryFactory(employer=employer, opened_at=ago(9))

    assert inquiry_timers.remind(NOW) == 1
    assert inquiry_timers.remind(NOW + timedelta(hours=1)) == 0
    assert mails("inquiry_reminder").count() == 1
    assert inquiry_timers.remind(NOW + timedelta(days=20)) == 1
    assert mails("inquiry_reminder").count() == 2
    assert set(Inquiry.objects.values_list("reminded_days", flat=True)) == {10, 30}


def test_the_reminder_lists_all_that_waits_and_who_asked_is_not_named():
    employer = MembershipFactory().employer
    InquiryFactory.create_batch(3, employer=employer, opened_at=ago(12), called="Marked")
    inquiry_timers.remind(NOW)
    delivery = mails("inquiry_reminder").get()

    handler = streams.handler_for("inquiry_reminder")
    message = handler.build(delivery, [], now=NOW)

    assert message.subject == "3 people wait for your answer"
    assert message.body.count("/inbox/") == 4
    assert "Marked" not in message.body + message.alternatives[0][0]
    assert handler.still_wanted(delivery, [], now=NOW)
    Inquiry.objects.update(state="closed", closed_by="seeker", closed_at=NOW, waiting_since=None)
    assert not handler.still_wanted(delivery, [], now=NOW)


def test_what_nobody_answers_is_closed_after_sixty_days_and_the_seeker_told():
    old, younger = InquiryFactory(opened_at=ago(60)), InquiryFactory(opened_at=ago(59))

    assert inquiry_timers.close_unanswered(NOW) == 1
    assert inquiry_timers.close_unanswered(NOW) == 0
    old.refresh_from_db()
    younger.refresh_from_db()
    assert (old.state, old.closed_by, younger.state) == ("closed", "time", "waiting")
    delivery = mails("inquiry_seeker").get()
    message = streams.handler_for("inquiry_seeker").build(delivery, [], now=NOW)
    assert delivery.address == old.seeker.email
    assert message.subject == f"No answer from {old.employer.name}"


def test_an_answered_thread_is_neither_reminded_of_nor_closed():
    InquiryFactory(employer=MembershipFactory().employer, opened_at=ago(90), answered=True)

    assert (inquiry_timers.remind(NOW), inquiry_timers.close_unanswered(NOW)) == (0, 0)


def test_seekers_are_told_once_that_an_inbox_closed_and_again_after_it_was_open_between():
    inquiry = InquiryFactory(opened_at=ago(2))
    Employer.objects.update(suspended_at=NOW, suspended_reason="Openings that do not exist.")

    assert inquiry_timers.tell_halted(NOW) == 1
    assert inquiry_timers.tell_halted(NOW + timedelta(hours=1)) == 0
    Employer.objects.update(suspended_at=None, suspended_reason="")
    assert inquiry_timers.tell_halted(NOW + timedelta(days=1)) == 0
    inquiry.refresh_from_db()
    assert inquiry.halted_at is None


def test_the_clock_runs_all_of_them():
    assert {
        "accounts.inquiries_reminders", "accounts.inquiries_unanswered", "accounts.inquiries_halted",
        "accounts.resumes_sweep",
    } <= set(clock.names())  # fmt: skip


def test_files_that_no_resume_names_are_swept_after_an_hour(resumes_folder):
    inquiry = InquiryFactory()
    kept = resumes.attach(
        inquiry=inquiry, seeker=inquiry.seeker, file=resumes.checked(content=pdf(), name="a.pdf"), now=NOW
    )
    orphan, fresh = folder.put(b"x", "pdf"), folder.put(b"x", "pdf")
    for name, hours in ((kept.stored, 9), (orphan, 9), (fresh, 0)):
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(resumes_folder / name, (at, at))

    assert resumes.sweep(now=NOW) == 1
    assert {file.name for file in resumes_folder.iterdir()} == {kept.stored, fresh}


# --- The response record ----------------------------------------------------------------------------


def test_below_five_threads_nothing_is_said():
    employer = EmployerFactory()
    InquiryFactory.create_batch(4, employer=employer, opened_at=ago(20), answered=True)

    assert response_record.record_of(employer, at=NOW) is None


def test_the_record_counts_answers_within_ten_days_and_the_days_in_the_middle():
    employer = EmployerFactory()
    for days in (1, 2, 3, 20):
        InquiryFactory(employer=employer, opened_at=ago(30), answered=True, answered_at=ago(30 - days))
    InquiryFactory(employer=employer, opened_at=ago(11))  # had its ten days
    InquiryFactory(employer=employer, opened_at=ago(9))  # still has time
    InquiryFactory(employer=employer, opened_at=ago(20), closed=True)  # taken back by its seeker after two days
    InquiryFactory(employer=employer, opened_at=ago(400), answered=True)  # too long ago

    record = response_record.record_of(employer, at=NOW)

    assert (record.asked, record.in_time, record.percent) == (5, 3, 60)
    assert (record.median_days, record.whole_days) == (2.5, 3)


def test_the_employer_page_says_it_from_five_on(client):
    employer = EmployerFactory(slug="hudson-care")
    InquiryFactory.create_batch(4, employer=employer, opened_at=ago(20), answered=True)
    assert "within 10 days" not in client.get("/employers/hudson-care/").content.decode()

    InquiryFactory(employer=employer, opened_at=ago(20), answered=True)

    assert "Answers 100 %" in client.get("/employers/hudson-care/").content.decode()
