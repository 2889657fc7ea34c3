"""Whose addresses are whose: a confirmed address, another address, two accounts of one person."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import merging, ownership
from accounts.models import JobAlert, NewsSubscription, SavedListing
from careerportal.core.models import User
from careerportal.outbox import ledger, moving, stops
from careerportal.outbox.models import Delivery, Item, Recipient, StreamStop, Suppression
from careerportal.outbox.tokens import unsubscribe_token
from employers.models import Membership
from employers.search import ListingCriteria
from tests.accounts.security.conftest import (
    a_person,
    confirm_by_password,
    mailed_code,
    sign_in_by_code,
    sign_in_by_password,
    with_app,
)
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NEW = "pat.new@example.org"


def told(recipient, number, *, state="sent"):
    """A digest about opening `number`."""
    items = [("opening", number, {})]
    key = f"alerts:{recipient.pk}:{number}"
    made = ledger.enqueue(
        idem_key=key, recipient=recipient, stream="alerts", kind="alert_digest", items=items, now=timezone.now()
    )
    if state == "sent":
        Delivery.objects.filter(pk=made.pk).update(state="sent", sent_at=NOW)
    return made


def news_for(recipient):
    return NewsSubscription.objects.create(recipient=recipient, state="active", confirmed_at=NOW, next_run_at=NOW)


@pytest.fixture
def mine(pat):
    return Recipient.objects.create(address=pat.email, user=pat)


# --- A confirmed address ------------------------------------------------------------------------
def test_what_an_address_asked_for_before_is_the_accounts_once_it_signs_in(client, sam):
    alert = JobAlertFactory(recipient=Recipient.objects.create(address=sam.email))

    sign_in_by_code(client, sam)

    alert.recipient.refresh_from_db()
    assert alert.recipient.user == sam


def test_an_address_somebody_only_claims_is_nobodys(pat):
    EmailAddress.objects.filter(user=pat).update(verified=False)
    Recipient.objects.create(address=pat.email)

    assert ownership.settle(pat, now=NOW) is None
    assert Recipient.objects.get().user is None


# --- Another address ----------------------------------------------------------------------------
def change_address(client, pat):
    """Change to NEW through the pages, up to the code that was mailed there."""
    sign_in_by_password(client, pat)
    confirm_by_password(client)
    client.post("/accounts/email/", {"email": NEW, "action_add": ""})
    return client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})


def test_alerts_and_what_was_told_and_stopped_move_to_the_new_address(client, pat, mine):
    alert = JobAlertFactory(recipient=mine)
    told(mine, 1)
    stops.stop_stream(mine.pk, "news", NOW, "page")

    change_address(client, pat)

    mine.refresh_from_db()
    assert (mine.address, mine.user) == (NEW, pat)
    alert.refresh_from_db()
    assert alert.recipient == mine
    assert Item.objects.get().recipient == mine
    assert StreamStop.objects.get().recipient == mine
    assert not Recipient.objects.filter(address="pat@example.org").exists()


def test_nothing_moves_before_the_new_address_is_confirmed(client, pat, mine):
    sign_in_by_password(client, pat)
    confirm_by_password(client)
    client.post("/accounts/email/", {"email": NEW, "action_add": ""})

    mine.refresh_from_db()
    assert mine.address == "pat@example.org"


def test_the_old_address_is_told_without_the_new_one(client, pat, mine):
    change_address(client, pat)

    (notice,) = [one for one in mail.outbox if one.to == ["pat@example.org"]]
    assert "was changed" in notice.body
    assert NEW not in notice.body + str(notice.alternatives) + notice.subject


def test_mail_that_waits_goes_to_the_new_address_but_codes_stay(pat, mine):
    digest = told(mine, 1, state="queued")
    code = ledger.enqueue(idem_key="account:1", recipient=mine, stream="account", kind="raw", now=timezone.now())

    moving.change_address(mine, NEW)

    assert Delivery.objects.get(pk=digest.pk).address == NEW
    assert Delivery.objects.get(pk=code.pk).address == "pat@example.org"


def test_an_address_with_alerts_of_its_own_is_joined_without_doubles(pat, mine):
    there = Recipient.objects.create(address=NEW)
    same = ListingCriteria(words="nurse")
    JobAlertFactory(recipient=mine, criteria=same)
    JobAlertFactory(recipient=there, criteria=same, paused=True)
    JobAlertFactory(recipient=there, criteria=ListingCriteria(words="hospice"))
    told(mine, 1)
    told(there, 1)
    told(there, 2)
    stops.stop_stream(there.pk, "news", NOW, "page")
    EmailAddress.objects.filter(user=pat).update(email=NEW)

    assert ownership.settle(pat, now=NOW) == mine
    assert ownership.settle(pat, now=NOW) == mine

    alerts = JobAlert.objects.filter(recipient=mine)
    assert sorted((one.words_class.words, one.state) for one in alerts) == [("hospice", "active"), ("nurse", "active")]
    assert sorted(Item.objects.values_list("recipient", "object_id")) == [(mine.pk, "1"), (mine.pk, "2")]
    assert StreamStop.objects.get().recipient == mine
    assert Recipient.objects.get(address=NEW) == mine
    there.refresh_from_db()
    assert (there.address, there.merged_into) == (None, mine)


def test_what_keeps_us_from_mailing_stays_with_the_address(pat, mine):
    stops.suppress(pat.email, reason=Suppression.Reason.HARD_BOUNCE)
    moving.change_address(mine, NEW)

    assert Suppression.objects.get().address == "pat@example.org"


def test_the_way_out_of_old_mail_stops_mail_to_who_took_over(client, mine):
    gone = Recipient.objects.create(address=NEW)
    moving.merge(mine, gone, now=NOW)

    client.post(reverse("alert_unsubscribe", args=[unsubscribe_token(gone.pk, "alerts")]))

    assert StreamStop.objects.get().recipient == mine


def test_an_address_of_somebody_else_is_refused(mine):
    Recipient.objects.create(address=NEW)
    with pytest.raises(moving.AddressTaken):
        moving.change_address(mine, NEW)


# --- Two accounts -------------------------------------------------------------------------------
@pytest.fixture
def other(db):
    """The other account of Pat."""
    user = a_person("pat.other@example.org", name="Pat Other")
    Recipient.objects.create(address=user.email, user=user)
    return user


def test_everything_moves_without_doubles_or_loss(pat, mine, other):
    theirs = other.recipient
    JobAlertFactory(recipient=mine, criteria=ListingCriteria(words="nurse"))
    JobAlertFactory(recipient=theirs, criteria=ListingCriteria(words="nurse"))
    JobAlertFactory(recipient=theirs, criteria=ListingCriteria(words="hospice"))
    news_for(theirs)
    told(mine, 1)
    told(theirs, 1)
    both, one = EmployerFactory(), EmployerFactory()
    MembershipFactory(user=pat, employer=both, access="viewer")
    MembershipFactory(user=other, employer=both, access="owner")
    MembershipFactory(user=other, employer=one, access="recruiter")

    merging.merge(kept=pat, gone=other, now=NOW)

    assert list(User.objects.all()) == [pat]
    assert JobAlert.objects.filter(recipient=mine).count() == 2
    assert NewsSubscription.objects.get().recipient == mine
    assert Item.objects.get().recipient == mine
    access = Membership.objects.filter(user=pat).values_list("employer", "access")
    assert sorted(access) == sorted([(both.pk, "owner"), (one.pk, "recruiter")])
    pat.refresh_from_db()
    assert pat.name == "Pat Other"
    assert Delivery.objects.get(kind=merging.MERGED_MAIL).address == "pat.other@example.org"


def test_the_pages_send_a_code_show_what_moves_and_join(client, pat, mine, other):
    JobAlertFactory(recipient=other.recipient)
    sign_in_by_password(client, pat)
    confirm_by_password(client)

    client.post("/me/merge/", {"do": "send", "email": "PAT.other@example.org"})
    assert mail.outbox[-1].to == ["pat.other@example.org"]
    client.post("/me/merge/", {"do": "code", "code": mailed_code()})
    page = client.get("/me/merge/").content.decode()
    assert "email alerts" in page
    assert User.objects.count() == 2
    client.post("/me/merge/", {"do": "join"})

    assert User.objects.get() == pat
    assert JobAlert.objects.get().recipient == mine


def test_the_answer_is_the_same_whether_there_is_an_account(client, pat, mine, other):
    sign_in_by_password(client, pat)
    confirm_by_password(client)

    client.get("/me/merge/")  # what signing in had to say is said

    def answer(address):
        page = client.post("/me/merge/", {"do": "send", "email": address}, follow=True).content.decode()
        client.post("/me/merge/", {"do": "cancel"})
        return page.partition("<main")[2]

    def without_secrets(page):
        return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)

    assert without_secrets(answer(other.email)) == without_secrets(answer("nobody@example.org"))


def test_an_open_session_alone_cannot_join(client, pat, other):
    client.force_login(pat)

    assert "/accounts/reauthenticate/" in client.post("/me/merge/", {"do": "send", "email": other.email}).url


@pytest.mark.parametrize("who", ["kept", "gone"])
def test_staff_are_not_joined(pat, mine, other, who):
    person = pat if who == "kept" else other
    person.is_staff = True
    person.save()
    with pytest.raises(merging.MergeRefused, match="staff"):
        merging.merge(kept=pat, gone=other, now=NOW)


def test_a_code_by_mail_does_not_open_an_account_with_a_second_step(pat, mine, other):
    with_app(other)
    with pytest.raises(merging.MergeRefused, match="second step"):
        merging.merge(kept=pat, gone=other, now=NOW)


def test_an_account_is_not_joined_with_itself_or_with_one_that_is_gone(pat, mine, other):
    with pytest.raises(merging.MergeRefused):
        merging.merge(kept=pat, gone=pat, now=NOW)
    merging.merge(kept=pat, gone=other, now=NOW)
    with pytest.raises(merging.MergeRefused, match="gone already"):
        merging.merge(kept=pat, gone=other, now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", range(3))
def test_saving_while_merging_is_moved_or_refused_and_never_doubled(pat, mine, other, count):
    listings = [ListingFactory(published=True) for _ in range(3)]
    SavedListing.objects.create(user=pat, listing=listings[0], created_at=NOW)
    SavedListing.objects.create(user=other, listing=listings[0], created_at=NOW)

    def save(listing):
        return SavedListing.objects.create(user=other, listing=listing, created_at=NOW + timedelta(seconds=1))

    race(lambda: merging.merge(kept=pat, gone=other, now=NOW), lambda: save(listings[1]), lambda: save(listings[2]))

    assert list(User.objects.all()) == [pat]
    saved = list(SavedListing.objects.values_list("user", "listing"))
    assert len(saved) == len(set(saved))
    assert {user for user, _listing in saved} == {pat.pk}
    assert (pat.pk, listings[0].pk) in saved


@pytest.mark.django_db(transaction=True)
def test_joining_twice_at_once_joins_once(pat, mine, other):
    JobAlertFactory(recipient=other.recipient)
    done = race(lambda: merging.merge(kept=pat, gone=other, now=NOW), times=3)

    assert sum(isinstance(one, merging.MergeRefused) for one in done) == 2
    assert JobAlert.objects.get().recipient == mine
