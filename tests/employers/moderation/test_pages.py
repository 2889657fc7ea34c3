"""The moderators' pages: the queue, one case, and what each button does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers import evidence, queue, reports, revisions
from employers.models import CannedReason, Case, CaseMessage, Evidence, GuestModerator, Listing, Membership
from tests.clock import NOW
from tests.employers.moderation.conftest import a_moderator
from tests.employers_factories import EmployerFactory, ListingFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"


def page_of(case):
    return reverse("moderation_case", args=[case.pk])


def ids(answer):
    return [row.case.pk for row in answer.context["rows"]]


def opened(**fields):
    fields = {"kind": "organization", "employer": EmployerFactory(), "now": NOW, **fields}
    return queue.open_case(**fields)


def test_urgent_first_then_the_oldest_with_reasons_and_ages_in_words(at_work):
    young = opened(now=NOW - timedelta(hours=1))
    old = opened(now=NOW - timedelta(days=9))
    urgent = opened(now=NOW, is_urgent=True, risks=["fee-asked"])

    answer = at_work.get(QUEUE)

    assert ids(answer) == [urgent.pk, old.pk, young.pk]
    text = answer.content.decode()
    assert "Asks the person for money" in text
    assert "3 cases wait" in text
    assert "over the promise" in text


def test_the_queue_narrows_to_a_kind_and_ignores_unknown_ones(at_work):
    opened()
    report = opened(kind="report")

    assert ids(at_work.get(f"{QUEUE}?kind=report")) == [report.pk]
    assert len(ids(at_work.get(f"{QUEUE}?kind=x&page=z"))) == 2
    assert "Nothing of this kind waits" in at_work.get(f"{QUEUE}?kind=group").content.decode()


def test_the_queue_has_pages(at_work):
    for _number in range(26):
        opened()

    assert len(ids(at_work.get(QUEUE))) == 25
    assert len(ids(at_work.get(f"{QUEUE}?page=2"))) == 1


def test_an_empty_queue_says_so(at_work):
    assert "Nothing waits" in at_work.get(QUEUE).content.decode()


def test_the_queue_costs_the_same_for_two_cases_as_for_twelve(at_work, django_assert_num_queries):
    def a_case():
        listing = ListingFactory(published=True)
        opened(kind="opening", employer=listing.employer, listing=listing, risks=["fee-asked"])

    a_case()
    a_case()
    at_work.get(QUEUE)  # the first visit of a session asks for more
    with CaptureQueriesContext(
        connection,
    ) as few:
        at_work.get(QUEUE)
    for _number in range(10):
        a_case()
    with django_assert_num_queries(len(few)):
        at_work.get(QUEUE)


def test_ones_own_organization_is_named_but_cannot_be_opened(at_work, moderator, first_opening):
    Membership.objects.create(employer=first_opening.employer, user=moderator, access="viewer")

    assert "someone else must decide" in at_work.get(QUEUE).content.decode()
    refused = at_work.get(page_of(first_opening))
    assert refused.status_code == 403
    assert "someone else must decide" in refused.content.decode()
    assert at_work.post(reverse("moderation_decide", args=[first_opening.pk])).status_code == 403


def test_a_guest_sees_their_states_only(at_work, moderator, first_opening):
    GuestModerator.objects.create(user=moderator, states=["NJ"])

    assert ids(at_work.get(QUEUE)) == []
    assert at_work.get(page_of(first_opening)).status_code == 404


def test_staff_pass_a_second_step_first(client, moderator):
    client.force_login(moderator)

    assert client.get(QUEUE).url == reverse("me_security")


def test_people_who_are_no_moderators_are_refused(client):
    assert client.get(QUEUE).url.startswith(reverse("account_login"))
    client.force_login(UserFactory())
    assert client.get(QUEUE).status_code == 403
    sign_in_staff(client, UserFactory(is_staff=True))
    assert client.get(QUEUE).status_code == 403


# --- One case -------------------------------------------------------------------------------------
def test_an_opening_is_shown_as_people_would_see_it_with_its_phrases_marked(at_work):
    text = "Before you start you pay a refundable deposit of $80 for the kit."
    listing = ListingFactory(employer=EmployerFactory(untrusted=True), description=text)
    case = opened(kind="opening", employer=listing.employer, listing=listing, risks=["fee-asked"])

    html = at_work.get(page_of(case)).content.decode()

    assert "<mark>" in html
    assert "Asks the person for money" in html
    assert "$25 to $31 an hour" in html


def test_a_script_in_an_opening_stays_text_between_the_marks(at_work):
    text = "<script>alert(1)</script> you pay a refundable deposit of $80"
    listing = ListingFactory(headline=f"{text} <b>", description=text)
    case = opened(kind="opening", employer=listing.employer, listing=listing)

    html = at_work.get(page_of(case)).content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_a_canned_reason_is_filled_in_by_the_server_with_own_words_below(at_work, first_opening):
    reason = CannedReason.objects.get(code="says-too-little")
    sent = {"decision": "send-back", "canned": reason.code, "words": "What are the hours?"}

    assert at_work.post(reverse("moderation_decide", args=[first_opening.pk]), sent).url == QUEUE

    assert Listing.objects.get().rejected_reason == f"{reason.text}\n\nWhat are the hours?"


def test_a_missing_reason_is_asked_for_on_the_page(at_work, first_opening):
    answer = at_work.post(reverse("moderation_decide", args=[first_opening.pk]), {"decision": "send-back"})

    assert "Choose a reason" in answer.content.decode()
    assert Case.objects.get().decided_at is None


def test_the_same_decision_sent_twice_says_that_it_is_decided(at_work, first_opening):
    address = reverse("moderation_decide", args=[first_opening.pk])
    at_work.post(address, {"decision": "accept"})

    again = at_work.post(address, {"decision": "accept"}, follow=True)

    assert again.status_code == 200
    assert "decided this already" in again.content.decode()
    assert at_work.get(page_of(first_opening)).status_code == 200


@pytest.mark.parametrize("kind", ["organization", "opening", "edit", "report", "correction", "group"])
def test_every_kind_of_case_has_its_page(at_work, kind, request_case):
    listing = ListingFactory(published=True)
    about = {"listing": listing} if kind in ("opening", "edit") else {}
    if kind == "edit":
        revisions.change(listing=listing, content={"pay_min_usd": 20}, now=NOW)
    case = request_case
    if kind == "correction":
        from employers import corrections

        corrections.ask(employer=listing.employer, kind="wrong", text="Phone is old.", email="a@b.example", now=NOW)
        case = Case.objects.get(kind="correction")
    elif kind != "organization":
        case = opened(kind=kind, employer=listing.employer, note="Lakeside Health", **about)

    answer = at_work.get(page_of(case))

    assert answer.status_code == 200
    for choice in answer.context["page"].choices:
        assert str(choice.label) in answer.content.decode()


def test_a_report_is_shown_without_who_reported(at_work):
    listing = ListingFactory(published=True)
    reporter = UserFactory(name="Night Nurse", email="night@example.org")
    reports.report(
        employer=listing.employer, listing=listing, reason="scam", text="They want $40.", user=reporter,
        address="192.0.2.1", now=NOW,
    )  # fmt: skip

    html = at_work.get(page_of(Case.objects.get(kind="report"))).content.decode()

    assert "They want $40." in html
    assert "Night Nurse" not in html
    assert "night@example.org" not in html


def test_a_call_that_reached_nobody_is_a_note(at_work, request_case, monkeypatch):
    phone = evidence.Phone("518 555 0134", "5185550134", "a register", "Riverside")
    monkeypatch.setattr(evidence, "phones_of", lambda employer: [phone])
    address = reverse("moderation_call", args=[request_case.pk])

    at_work.post(address, {"phone": phone.key, "result": "not-reached", "note": "Rang ten times at 9."})
    assert CaseMessage.objects.get().is_internal
    at_work.post(address, {"phone": phone.key, "result": "reached", "note": "Ms. Ortiz at the desk knows her."})

    kept = Evidence.objects.get()
    assert (kept.method, kept.passed_at is not None) == ("call-back", True)
    assert "Ms. Ortiz" in kept.note


def test_the_sheet_takes_only_a_registers_number(at_work, request_case):
    address = reverse("moderation_call", args=[request_case.pk])

    assert at_work.post(address, {"phone": "5185550134", "result": "reached", "note": "x"}).status_code == 200
    assert not Evidence.objects.exists()


def test_typing_errors_are_corrected_on_a_page_of_their_own(at_work, first_opening):
    listing = first_opening.listing
    address = reverse("moderation_mend", args=[first_opening.pk])
    form = {"headline": listing.headline, "description": listing.description.replace("call", "phone")}

    assert at_work.get(address).status_code == 200
    assert at_work.post(address, form).url == page_of(first_opening)
    assert "you phone them" in Listing.objects.get().description


@pytest.mark.parametrize(
    "name",
    ["decide", "say", "call", "judge_letter", "hold", "suspend", "release", "block"],
)
def test_steps_are_posted_and_only_by_moderators(client, first_opening, name):
    address = reverse(f"moderation_{name}", args=[first_opening.pk])
    client.force_login(UserFactory())
    assert client.post(address).status_code == 403
    sign_in_staff(client, a_moderator())
    assert client.get(address).status_code == 405


def test_the_kill_switch_is_on_the_case(at_work, first_opening):
    at_work.post(reverse("moderation_suspend", args=[first_opening.pk]), {"reason": "A fraud."})
    assert "The organization is suspended" in at_work.get(page_of(first_opening)).content.decode()

    at_work.post(reverse("moderation_release", args=[first_opening.pk]))
    assert "The organization is suspended" not in at_work.get(page_of(first_opening)).content.decode()


def test_a_moderator_opens_a_case_from_the_employers_page(at_work):
    employer = EmployerFactory()
    address = reverse("moderation_look_at", args=[employer.slug])
    assert address in at_work.get(employer.get_absolute_url()).content.decode()

    assert at_work.post(address).url == page_of(queue.waiting().get())
