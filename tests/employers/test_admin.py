"""Moderating in the admin: only by steps with a reason, never by editing a field."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import searchrow
from employers.models import Employer, GuestModerator, Listing
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory
from tests.staff_session import sign_in_staff

pytestmark = pytest.mark.django_db
EMPLOYERS, OPENINGS = "/admin/employers/employer/", "/admin/employers/listing/"


@pytest.fixture
def moderator(client):
    user = UserFactory(is_staff=True)
    names = [f"{verb}_{model}" for verb in ("view", "change") for model in ("employer", "listing", "site")]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return sign_in_staff(client, user)


def act(client, address, action, *chosen, **fields):
    return client.post(
        address, {"action": action, "_selected_action": [one.pk for one in chosen], **fields}, follow=True
    )


def test_approval_first_asks_for_evidence(client, moderator):
    employer = EmployerFactory(unapproved=True)

    page = act(client, EMPLOYERS, "approve", employer).content.decode()
    empty = act(client, EMPLOYERS, "approve", employer, reason="  ").content.decode()

    assert "Evidence: what shows" in page
    assert "This field is required." in empty
    assert not Employer.objects.get().is_approved


def test_approval_with_evidence_publishes_and_tells_each_member_once(client, moderator):
    employer = EmployerFactory(unapproved=True)
    members = MembershipFactory.create_batch(2, employer=employer)

    act(client, EMPLOYERS, "approve", employer, reason="Called back on the register's number.")
    again = act(client, EMPLOYERS, "approve", employer, reason="Again.").content.decode()

    employer.refresh_from_db()
    assert (employer.approved_by, employer.approval_evidence) == (moderator, "Called back on the register's number.")
    assert "already approved" in again
    told = Delivery.objects.order_by("pk")
    assert {delivery.address for delivery in told} == {member.user.email for member in members}
    assert {(delivery.stream, delivery.kind) for delivery in told} == {("employer", "employer_approved")}


def test_a_member_cannot_approve_their_own(client, moderator):
    employer = MembershipFactory(user=moderator, employer__unapproved=True).employer

    page = act(client, EMPLOYERS, "approve", employer, reason="It is mine.").content.decode()

    assert "Someone else must decide" in page
    assert not Employer.objects.get().is_approved


def test_suspension_and_release(client, moderator):
    listing = ListingFactory(published=True)

    act(client, EMPLOYERS, "suspend", listing.employer, reason="Asks for money.")
    assert not Listing.objects.live(at=NOW + timedelta(days=1)).exists()
    act(client, EMPLOYERS, "release", listing.employer)

    assert not Employer.objects.get().is_suspended
    assert searchrow.differences() == []


def test_taking_down_and_closing_openings(client, moderator):
    down, closed, draft = ListingFactory(published=True), ListingFactory(published=True), ListingFactory()

    act(client, OPENINGS, "take_down", down, reason="Asks for money.")
    page = act(client, OPENINGS, "close", closed, draft).content.decode()

    assert dict(Listing.objects.values_list("pk", "status")) == {
        down.pk: "taken_down", closed.pk: "closed", draft.pk: "draft",
    }  # fmt: skip
    assert "cannot take this step" in page


def own_employer(moderator):
    return MembershipFactory(user=moderator).employer


def employer_elsewhere(moderator):
    GuestModerator.objects.create(user=moderator, states=["NJ"])
    return SiteFactory(state="NY").employer


@pytest.mark.parametrize("whose", [own_employer, employer_elsewhere])
def test_nobody_acts_on_their_own_organization_nor_a_guest_outside_their_states(client, moderator, whose):
    employer = whose(moderator)
    listing = ListingFactory(employer=employer, published=True)
    suspended = MembershipFactory(user=moderator, employer__suspended=True).employer
    steps = [
        (EMPLOYERS, "suspend", employer), (EMPLOYERS, "release", suspended), (OPENINGS, "close", listing),
        (OPENINGS, "take_down", listing),
    ]  # fmt: skip

    for address, action, chosen in steps:
        page = act(client, address, action, chosen, reason="Because.").content.decode()
        assert "Someone else must decide on this" in page, action

    employer.refresh_from_db()
    suspended.refresh_from_db()
    listing.refresh_from_db()
    assert (employer.is_suspended, suspended.is_suspended, listing.status) == (False, True, "published")
    assert not AuditEvent.objects.exists()


def test_a_guest_acts_within_their_states_also_on_remote_work_there(client, moderator):
    GuestModerator.objects.create(user=moderator, states=["NJ"])
    employer = SiteFactory(state="NJ").employer
    remote = ListingFactory(published=True, remote_states=["NJ"])

    act(client, EMPLOYERS, "suspend", employer, reason="Fake.")
    act(client, OPENINGS, "close", remote)

    employer.refresh_from_db()
    remote.refresh_from_db()
    assert (employer.is_suspended, remote.status) == (True, "closed")


@pytest.mark.parametrize("whose", [own_employer, employer_elsewhere])
def test_such_an_organization_and_its_openings_can_only_be_looked_at(client, moderator, whose):
    employer = whose(moderator)
    listing = ListingFactory(employer=employer)

    for address in (f"{EMPLOYERS}{employer.pk}/change/", f"{OPENINGS}{listing.pk}/change/"):
        page = client.get(address)
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert client.post(address, {"name": "Another"}).status_code == 403
    employer.refresh_from_db()
    assert employer.name != "Another"


def test_a_plain_edit_never_changes_who_is_seen(client, moderator):
    draft = ListingFactory()
    employer = EmployerFactory(unapproved=True)
    forms = {
        f"{OPENINGS}{draft.pk}/change/": {"status": "published"},
        f"{EMPLOYERS}{employer.pk}/change/": {"approved_at_0": "2026-11-22"},
    }

    for address, change in forms.items():
        page = client.get(address).content.decode()
        for name in ("status", "published_at", "approved_at", "suspended_at", "approval_evidence"):
            assert f'name="{name}' not in page
        client.post(address, change)

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Employer.objects.get(pk=employer.pk).is_approved


def test_editing_an_opening_rewrites_its_search_row(client, moderator):
    listing = ListingFactory(published=True)
    page = client.get(f"{OPENINGS}{listing.pk}/change/")
    form = page.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", [], False)}

    answer = client.post(f"{OPENINGS}{listing.pk}/change/", {**sent, "headline": "Oncology navigator"})

    assert answer.status_code == 302
    listing.refresh_from_db()
    assert listing.headline == "Oncology navigator"
    assert searchrow.differences() == []


@pytest.mark.parametrize("address", [EMPLOYERS, OPENINGS])
def test_the_lists_cost_the_same_for_two_rows_as_for_twelve(client, moderator, address, django_assert_max_num_queries):
    counts = []
    client.get(address)  # the first page loads what stays in memory
    for more in (2, 10):
        ListingFactory.create_batch(more, published=True)
        with django_assert_max_num_queries(40) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_lists_can_be_searched_and_filtered(client, moderator):
    known = EmployerFactory(name="Hudson Care", unapproved=True)
    EmployerFactory.create_batch(2)

    page = client.get(EMPLOYERS, {"q": "hudson", "standing": "waiting"}).content.decode()

    assert "1 employer" in page
    assert known.name in page


@pytest.mark.parametrize("is_staff", [False, True])
def test_without_the_right_there_is_no_action(client, is_staff):
    employer = EmployerFactory(unapproved=True)
    client.force_login(UserFactory(is_staff=is_staff))

    client.post(EMPLOYERS, {"action": "approve", "_selected_action": [employer.pk], "reason": "Because."})

    assert not Employer.objects.get().is_approved


def test_what_only_the_verbs_write_is_only_shown(client, moderator):
    listing = ListingFactory(published=True, held_at=NOW)
    employer = listing.employer

    pages = [client.get(f"{EMPLOYERS}{employer.pk}/change/"), client.get(f"{OPENINGS}{listing.pk}/change/")]

    for name in ("trusted_at", "held_at", "inbox_email", "inbox_confirmed_at", "submitted_at", "rejected_reason"):
        assert not any(f'name="{name}' in page.content.decode() for page in pages), name
