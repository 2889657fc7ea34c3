"""Each step of an opening leaves one line in the audit log, and the team can read it in words."""

import pytest
from django.utils.timezone import localdate

from careerportal.core.models import AuditEvent
from employers import activity, confirming, drafts, lifecycle, revisions, timetable
from employers.models import Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)


def opening(**traits):
    return lambda employer: ListingFactory(employer=employer, headline="Care Manager", **traits)


def scheduled(employer):
    return lifecycle.schedule(listing=opening()(employer), publish_at=NOW + DAY, now=NOW - DAY)


def held(employer):
    return lifecycle.hold(listing=opening(published=True)(employer), now=NOW - DAY)


def waiting(employer):
    return lifecycle.publish(listing=opening()(employer), now=NOW - DAY)


def changed(employer):
    return revisions.change(listing=opening(published=True)(employer), content={"pay_min_usd": 20}, now=NOW - DAY)[1]


OLD = {"published": True, "published_at": NOW - 70 * DAY, "confirmed_at": NOW - 70 * DAY}
# step: (what it starts from, the step, the verb in the log, the line that the team reads)
STEPS = {
    "copy": (
        opening(),
        lambda one, by: drafts.copy(listing=one, by=by, source_id="1"),
        "created",
        "started an opening",
    ),
    "delete": (
        opening(),
        lambda one, by: drafts.delete(listing=one, by=by, now=NOW),
        "deleted",
        "deleted a draft: Care M",
    ),
    "publish": (opening(), lambda one, by: lifecycle.publish(listing=one, by=by, now=NOW), "published", "published an"),
    "schedule": (
        opening(),
        lambda one, by: lifecycle.schedule(listing=one, publish_at=NOW + DAY, by=by, now=NOW),
        "scheduled",
        "scheduled an opening for Nov. 23, 2026, 10 a.m.",
    ),
    "unschedule": (
        scheduled,
        lambda one, by: lifecycle.unschedule(listing=one, by=by, now=NOW),
        "unscheduled",
        "off the schedule",
    ),
    "go out": (scheduled, lambda one, by: timetable.publish_scheduled(NOW + DAY), "published", "The portal published"),
    "accept": (waiting, lambda one, by: lifecycle.accept(listing=one, by=by, now=NOW), "published", "published an"),
    "reject": (
        waiting,
        lambda one, by: lifecycle.reject(listing=one, by=by, reason="Say more.", now=NOW),
        "rejected",
        "sent an opening back",
    ),
    "withdraw": (
        waiting,
        lambda one, by: lifecycle.withdraw(listing=one, by=by, now=NOW),
        "withdrawn",
        "back from review",
    ),
    "hold": (opening(published=True), lambda one, by: lifecycle.hold(listing=one, now=NOW), "held", "was hidden until"),
    "unhold": (held, lambda one, by: lifecycle.unhold(listing=one, by=by, now=NOW), "unheld", "is shown again"),
    "confirm": (
        opening(**OLD),
        lambda one, by: lifecycle.confirm(listing=one, by=by, now=NOW),
        "confirmed",
        "still open",
    ),
    "extend": (
        opening(published=True),
        lambda one, by: lifecycle.extend(
            listing=one, closes_on=TODAY + DAY, by=by, reason=" Nobody with a\nlicense yet. ", now=NOW
        ),
        "extended",
        "kept an opening open: Care Manager (“Nobody with a license yet.”)",
    ),
    "close": (
        opening(published=True),
        lambda one, by: lifecycle.close(listing=one, outcome="inside", by=by, now=NOW),
        "closed",
        "closed an opening: Care Manager (Filled by one of our own people)",
    ),
    "end": (
        opening(published=True, closes_on=TODAY - DAY),
        lambda one, by: timetable.close_ended(NOW),
        "ended",
        "The closing date of an opening is over",
    ),
    "outcome": (
        opening(closed=True),
        lambda one, by: lifecycle.give_outcome(listing=one, outcome="paused", by=by, now=NOW),
        "outcome",
        "said how an opening ended: Care Manager (On hold for now)",
    ),
    "reopen": (
        opening(closed=True),
        lambda one, by: lifecycle.reopen(listing=one, closes_on=None, by=by, now=NOW),
        "reopened",
        "opened an opening again",
    ),
    "take down": (
        opening(published=True),
        lambda one, by: lifecycle.take_down(listing=one, reason="Asks for money.", by=by, now=NOW),
        "taken_down",
        "took an opening down",
    ),
    "change": (
        opening(published=True),
        lambda one, by: revisions.change(listing=one, content={"caseload": "40"}, by=by, now=NOW),
        "changed",
        "changed an opening",
    ),
    "change what waits": (
        opening(published=True),
        lambda one, by: revisions.change(listing=one, content={"pay_min_usd": 20}, by=by, now=NOW),
        "revision.held",
        "A change waits for a moderator",
    ),
    "accept a change": (
        changed,
        lambda one, by: revisions.accept(revision=one, by=by, now=NOW),
        "revision.accepted",
        "accepted a change",
    ),
    "reject a change": (
        changed,
        lambda one, by: revisions.reject(revision=one, by=by, now=NOW),
        "revision.rejected",
        "refused a change",
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_step_leaves_one_line_that_the_team_can_read(name):
    start, step, verb, words = STEPS[name]
    employer = EmployerFactory(untrusted=start is waiting)
    by = MembershipFactory(employer=employer, user__name="Olive Owner").user
    thing = start(employer)
    before = [event.pk for event in AuditEvent.objects.all()]

    step(thing, by)

    verb = verb if "." in verb else f"listing.{verb}"
    said = AuditEvent.objects.filter(employer_id=employer.pk, verb__startswith=verb.partition(".")[0])
    event = said.exclude(pk__in=before).get()
    assert event.verb == verb
    said = activity.lines(employer, activity.events(employer).filter(pk=event.pk))[0].text
    assert words in said
    assert event.actor_id == by.pk or said.startswith(("The portal", "The closing date", "An opening was", "A change"))


def test_submitting_leaves_one_line_too():
    listing = ListingFactory(employer__untrusted=True)

    lifecycle.publish(listing=listing, by=UserFactory(), now=NOW)

    assert AuditEvent.objects.filter(verb__startswith="listing.").get().verb == "listing.submitted"


def test_every_verb_of_lifecycle_is_walked_here():
    verbs = {
        name
        for name, found in vars(lifecycle).items()
        if callable(found) and getattr(found, "__module__", "") == lifecycle.__name__ and not name.startswith("_")
    }
    walked = {name.replace(" ", "_") for name in STEPS}
    helpers = {"TransitionRefused", "ends_at", "ended_on"}
    assert verbs - walked - helpers == {"close_by_date", "give_outcome", "go_out"} - walked


# --- Outcome and confirmation -------------------------------------------------------------------
def test_an_outcome_is_given_once_and_the_same_again_is_harmless():
    listing = ListingFactory(closed=True)

    for _time in range(2):
        lifecycle.give_outcome(listing=listing, outcome="hired-here", now=NOW)
    with pytest.raises(lifecycle.TransitionRefused, match="noted already"):
        lifecycle.give_outcome(listing=listing, outcome="inside", now=NOW)

    assert Listing.objects.get().outcome == "hired-here"
    assert AuditEvent.objects.count() == 1


def test_rather_not_say_is_an_answer_that_may_still_be_mended():
    listing = ListingFactory(closed=True)
    lifecycle.give_outcome(listing=listing, outcome="", now=NOW)
    assert Listing.objects.get().outcome_asked_at == NOW

    lifecycle.give_outcome(listing=listing, outcome="inside", now=NOW + DAY)

    assert (Listing.objects.get().outcome, Listing.objects.get().outcome_asked_at) == ("inside", NOW)


@pytest.mark.parametrize("step", [lifecycle.close, lifecycle.give_outcome])
def test_an_unknown_outcome_is_a_mistake_of_ours(step):
    listing = ListingFactory(**({"published": True} if step is lifecycle.close else {"closed": True}))

    with pytest.raises(ValueError, match="Not an outcome"):
        step(listing=listing, outcome="bribed", now=NOW)


def test_only_a_closed_opening_has_an_outcome():
    with pytest.raises(lifecycle.TransitionRefused, match="Only a closed"):
        lifecycle.give_outcome(listing=ListingFactory(published=True), outcome="inside", now=NOW)


def test_taking_down_forgets_the_outcome():
    listing = lifecycle.close(listing=ListingFactory(published=True), outcome="inside", now=NOW)

    assert lifecycle.take_down(listing=listing, reason="Asks for money.", now=NOW).outcome == ""


def test_confirming_brings_a_hidden_one_back_and_a_repeat_changes_nothing():
    listing = ListingFactory(published=True, published_at=NOW - 95 * DAY, confirmed_at=NOW - 95 * DAY)

    for _time in range(3):
        lifecycle.confirm(listing=listing, now=NOW)

    assert Listing.objects.live(at=NOW).exists()
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ({}, "is draft"),
        ({"closed": True}, "is closed"),
        ({"published": True, "closes_on": TODAY - DAY}, "closing date is over"),
        ({"published": True, "suspended": True}, "suspended"),
    ],
)
def test_confirming_is_refused_for_what_it_would_not_show(traits, words):
    with pytest.raises(lifecycle.TransitionRefused, match=words):
        lifecycle.confirm(listing=ListingFactory(**traits), now=NOW)


def test_the_clock_of_an_opening_in_words_for_the_list():
    listing = ListingFactory(published=True, published_at=NOW, confirmed_at=NOW)

    stages = {day: confirming.clock_of(listing, now=NOW + day * DAY).stage for day in (0, 59, 60, 82, 83, 89, 90, 400)}

    assert stages == {0: "", 59: "", 60: "first", 82: "first", 83: "last", 89: "last", 90: "hidden", 400: "hidden"}
    assert confirming.clock_of(listing, now=NOW).confirm_by == TODAY + 89 * DAY
    assert confirming.clock_of(ListingFactory(), now=NOW) is None
