"""The profile: what is saved at once, what waits, who may; and the inbox address."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import inbox, team_emails
from employers.models import Verification
from tests.clock import NOW
from tests.employers.team.conftest import confirmed, sign_in
from tests.employers_factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Hudson Care",
    "website": "",
    "summary": "We visit people.",
    "phone": "518 555 0100",
    "care_setting": "",
}
PAGE = "/hiring/hudson-care/profile/"


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_summary_and_phone_are_saved_at_once_and_by_recruiters_too(client, employer):
    sign_in(client, MembershipFactory(employer=employer, access="recruiter").user)

    client.post(PAGE, TYPED)
    client.post(PAGE, TYPED)

    employer.refresh_from_db()
    assert (employer.summary, employer.phone) == ("We visit people.", "518 555 0100")
    assert verbs() == ["profile.changed"]


def test_a_new_name_waits_and_the_old_one_stays_public(as_owner, employer):
    page = as_owner.post(PAGE, {**TYPED, "name": "Hudson Care Network"}, follow=True).content.decode()

    employer.refresh_from_db()
    asked = Verification.objects.get()
    assert (employer.name, asked.proposed_name, asked.reason) == ("Hudson Care", "Hudson Care Network", "change")
    assert "Proposed: Hudson Care Network" in page
    assert "Hudson Care Network" not in as_owner.get("/employers/hudson-care/").content.decode()


def test_a_recruiter_cannot_change_name_or_website(client, employer):
    sign_in(client, MembershipFactory(employer=employer, access="recruiter").user)

    client.post(PAGE, {**TYPED, "name": "Mine now", "website": "https://mine.example"})

    employer.refresh_from_db()
    assert (employer.name, employer.website, employer.summary) == ("Hudson Care", "", "We visit people.")
    assert not Verification.objects.exists()


def test_a_viewer_sees_it_gray_with_the_reason_and_is_refused(client, employer):
    sign_in(client, MembershipFactory(employer=employer, access="viewer").user)

    page = client.get(PAGE).content.decode()

    assert "Viewers don" in page
    assert len(re.findall(r"<(?:input|select|textarea)[^>]* disabled", page)) == 5
    assert client.post(PAGE, TYPED).status_code == 403


def test_who_claimed_a_registers_entry_cannot_change_it_before_the_claim_is_verified(client):
    claimed = EmployerFactory(slug="claimed", name="Claimed Care", unapproved=True, listed_from="register")
    sign_in(client, MembershipFactory(employer=claimed).user)

    page = client.post("/hiring/claimed/profile/", {**TYPED, "name": "Claimed Care"}).content.decode()

    claimed.refresh_from_db()
    assert "Once your claim is verified" in page
    assert claimed.summary == ""


def test_a_mistake_keeps_what_was_typed(as_owner, employer):
    page = as_owner.post(PAGE, {**TYPED, "name": "", "summary": "Kept <as> typed"}).content.decode()

    assert 'href="#id_name"' in page
    assert "Kept &lt;as&gt; typed" in page
    employer.refresh_from_db()
    assert employer.summary == ""


# --- Inbox ----------------------------------------------------------------------------------------
def set_inbox(client, address):
    return client.post("/hiring/hudson-care/profile/inbox/", {"inbox-email": address}, follow=True).content.decode()


def test_an_inbox_address_is_used_only_after_somebody_there_confirmed_it(as_owner, client, employer):
    page = set_inbox(as_owner, "jobs@hudsoncare.example")

    employer.refresh_from_db()
    delivery = Delivery.objects.get()
    assert "Not confirmed" in page
    assert (employer.inbox, delivery.recipient.address) == ("", "jobs@hudsoncare.example")
    message = team_emails.InboxHandler().build(delivery, [], now=NOW)
    address = re.search(r"/hiring/inbox-address/\S+", message.body)[0]
    assert "jobs" not in address
    client.logout()

    assert "Press the button" in client.get(address).content.decode()
    employer.refresh_from_db()
    assert employer.inbox == ""
    for _twice in range(2):
        assert "Confirmed" in client.post(address).content.decode()
    employer.refresh_from_db()
    assert (employer.inbox, employer.inbox_confirmed_at) == ("jobs@hudsoncare.example", NOW)
    assert verbs() == ["inbox.asked", "inbox.confirmed"]


def test_the_confirmed_one_stays_in_use_while_another_waits_and_old_links_die(as_owner, employer, owner):
    employer.inbox_email, employer.inbox_confirmed_at = "old@hudsoncare.example", NOW - timedelta(days=9)
    employer.save()
    first = inbox.token(inbox.want(employer=employer, email="one@hudsoncare.example", by=owner, now=NOW))
    inbox.want(employer=employer, email="two@hudsoncare.example", by=owner, now=NOW)

    page = as_owner.post(reverse("hiring_inbox_confirm", args=[first])).content.decode()

    employer.refresh_from_db()
    assert "This link is old" in page
    assert (employer.inbox, employer.inbox_wanted) == ("old@hudsoncare.example", "two@hudsoncare.example")


def test_a_mail_an_hour_and_none_for_a_bad_address(as_owner, employer):
    for _twice in range(2):
        set_inbox(as_owner, "jobs@hudsoncare.example")
    assert "Enter a valid email address." in set_inbox(as_owner, "jobs")

    assert Delivery.objects.count() == 1


def test_taking_the_address_away(as_owner, employer):
    employer.inbox_email, employer.inbox_confirmed_at = "old@hudsoncare.example", NOW
    employer.save()

    set_inbox(as_owner, "")

    employer.refresh_from_db()
    assert (employer.inbox_email, employer.inbox_confirmed_at, employer.inbox) == ("", None, "")


def test_only_owners_set_it_and_they_confirm_who_they_are(client, employer, owner):
    sign_in(client, MembershipFactory(employer=employer, access="recruiter").user)
    assert client.post("/hiring/hudson-care/profile/inbox/", {"inbox-email": "a@b.example"}).status_code == 403
    client.force_login(confirmed(MembershipFactory(employer=employer).user))
    assert "/me/confirm" in client.post("/hiring/hudson-care/profile/inbox/", {"inbox-email": "a@b.example"}).url


@pytest.mark.parametrize("token", ["1", "1-x.bad", "abc.def"])
def test_a_made_up_link_is_not_found(client, token):
    assert client.get(reverse("hiring_inbox_confirm", args=[token])).status_code == 404
