"""A small portal with everything in it: content, samples, alerts in every state, letters. And every kind of its pages."""

import io
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import alerts, doubleoptin, news, planner, samples
from accounts.models import AlertConfirmation, NewsConfirmation, TrackedApplication
from accounts.tokens import CODE_PAGE, CONFIRM, MAIL_WISHES, MANAGE, NEWS_CONFIRM, NEWS_MANAGE, token_for
from careerportal.outbox import mailbox, sender, stops
from careerportal.outbox.models import Recipient
from careerportal.outbox.tokens import unsubscribe_token
from careerportal.outbox.transport import MailboxTransport
from careerportal.places.models import Town, ZipCode
from employers import confirming, drafts, lifecycle, organizations
from employers.emails import tell_approved
from employers.forms.steps import STEPS
from employers.models import Employer, Listing
from employers.search import ListingCriteria
from tests.journeys import cases, imports, threads
from tests.samples_lists import zip_rows

WRITING = "/hiring/harborview/openings/write/0b0e7f6e-6a0c-4f0e-9f53-1d1f0c6a1a11/"
ALBANY = "/openings/?zip=12207&miles=25"
FIT_ANSWERS = "&".join(f"q{number}=b" for number in range(1, 13))
LETTERS = {  # what each letter's subject says
    "letter: confirm": "confirm your alert",
    "letter: digest": "more opening",
    "letter: code": "code",
    "letter: approval": "approved",
    "letter: confirm news": "confirm: career news",
    "letter: news": "Career news:",
}
WHO = {
    "seeker": "seeker@example.org",
    "owner": "owner@harborview.example",
    "viewer": "viewer@harborview.example",
    "pending": "pending@newcare.example",
    "moderator": "moderator@example.org",
}


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it: who ("" for a stranger), what it is, where, the status it answers with.

    `fill` (label, text) is typed there and the button `press` pressed first: the page meant is the one that comes after.
    """

    who: str
    what: str
    address: str
    status: int = 200
    press: str = ""
    fill: tuple = ()

    def __str__(self):
        return f"{self.who or 'anyone'}: {self.what}"


def load(now):
    """Load content, the samples' ZIP codes and towns, and the samples."""
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    ZipCode.objects.bulk_create([ZipCode(**row) for row in zip_rows()])
    Town.objects.create(key="albany", state="NY", name="Albany", lat=42.6573, lng=-73.7682, zip_count=2)
    samples.load(now=now)


def an_alert(address, now, *, confirmed=True, **asked):
    """An alert of `address` for `asked`, confirmed unless it should wait."""
    alert = alerts.subscribe(
        address=address, criteria=ListingCriteria(**asked), frequency="daily", source="test", now=now
    ).alert
    return alerts.confirm(alert=alert, now=now) if confirmed else alert


def an_opening(*, like):
    """A published sample opening; `like` narrows which."""
    return Listing.objects.filter(status=Listing.Status.PUBLISHED, **like).order_by("pk").first()


def addresses(now):
    """Put alerts, openings and letters into every state, in a loaded portal; return where each is found, by name."""
    shown = {
        "live opening": an_opening(like={"title__roles": 2}),
        "related opening": an_opening(like={"title__roles": 0}),
    }
    closed = an_opening(like={"title__roles": 1, "employer__slug": "harborview"})
    shown["closed opening"] = lifecycle.close(listing=closed, now=now)
    bad = an_opening(like={"employer__slug": "maplebridge"})
    shown["opening taken down"] = lifecycle.take_down(listing=bad, reason="It asks applicants for money.", now=now)
    draft = Listing.objects.filter(status=Listing.Status.DRAFT, employer__slug="harborview").order_by("pk").first()
    found = {name: listing.get_absolute_url() for name, listing in shown.items()}
    found["edit opening"] = reverse("hiring_edit", args=[(draft or shown["closed opening"]).pk])
    site = Employer.objects.get(slug="harborview").sites.order_by("pk").first()
    found["edit site"] = reverse("hiring_site_edit", args=["harborview", site.pk])
    found["save opening"] = reverse("saved_opening", args=[shown["live opening"].pk])
    found |= _keeping(shown["closed opening"])
    applied = TrackedApplication.objects.filter(user__email=WHO["seeker"], listing__isnull=False).get()
    found["application"] = reverse("application", args=[applied.pk])
    found |= _alerts(now) | _news(now) | _letters(now) | imports.make(now) | cases.make(now)
    return found | threads.make(now, listing=shown["live opening"])


def _keeping(closed):
    """Pages on which an employer keeps openings true, and the links of its mails."""
    owner = Recipient.objects.for_address("owner@harborview.example")
    shown = an_opening(like={"employer__slug": "harborview"})
    draft, _is_new = drafts.copy(listing=shown, by=None, source_id="to schedule")
    return {
        "close opening": reverse("hiring_close", args=[shown.pk]),
        "extend opening": reverse("hiring_extend", args=[shown.pk]),
        "flyer": reverse("hiring_flyer", args=[shown.pk]),
        "text for other boards": reverse("hiring_copy_text", args=[shown.pk]),
        "figures of an opening": reverse("hiring_opening_figures", args=["harborview", shown.pk]),
        "schedule opening": reverse("hiring_schedule", args=[draft.pk]),
        "reopen opening": reverse("hiring_reopen", args=[closed.pk]),
        "outcome of opening": reverse("hiring_outcome", args=[closed.pk]),
        "still open": reverse("hiring_keep", args=[confirming.token(shown, owner)]),
        "how it ended": reverse("hiring_keep", args=[confirming.token(closed, owner)]),
    }


def _alerts(now):
    on = an_alert(WHO["seeker"], now)
    paused = alerts.pause(alert=an_alert(WHO["seeker"], now, words="nurse"), now=now)
    stopped = alerts.stop(alert=an_alert("stopped@example.org", now))
    waits = an_alert("waits@example.org", now, confirmed=False)
    silent = an_alert("silent@example.org", now)
    stops.stop_stream(silent.recipient_id, "alerts", now, source="page")
    old = an_alert("old@example.org", now, confirmed=False)
    AlertConfirmation.objects.filter(alert=old).update(
        asked_at=now - doubleoptin.LIFETIME, due_at=now - doubleoptin.LIFETIME, expires_at=now
    )
    confirmation = {alert.pk: AlertConfirmation.objects.get(alert=alert).pk for alert in (on, waits, old)}
    states = {"on": on, "paused": paused, "stopped": stopped, "unconfirmed": waits, "all mail stopped": silent}
    return {
        **{f"alert {name}": reverse("alert_manage", args=[token_for(MANAGE, one.pk)]) for name, one in states.items()},
        "own alert": reverse("me_alert", args=[on.pk]),
        "code": reverse("alert_sent", args=[token_for(CODE_PAGE, waits.pk)]),
        "confirm": reverse("alert_confirm", args=[token_for(CONFIRM, confirmation[waits.pk])]),
        "confirm too late": reverse("alert_confirm", args=[token_for(CONFIRM, confirmation[old.pk])]),
        "mail by a link": reverse("mail_by_link", args=[token_for(MAIL_WISHES, on.recipient_id)]),
        "unsubscribe": reverse("alert_unsubscribe", args=[unsubscribe_token(on.recipient_id, "alerts")]),
        "unsubscribed": reverse("alert_unsubscribe", args=[unsubscribe_token(silent.recipient_id, "alerts")]),
    }


def _news(now):
    on = news.subscribe(address=WHO["seeker"], verified=True, now=now)
    news.subscribe(address="news-waits@example.org", now=now)
    news.plan(now=now, whatever_the_day=True)
    confirmation = NewsConfirmation.objects.get()
    return {
        "confirm news": reverse("news_confirm", args=[token_for(NEWS_CONFIRM, confirmation.pk)]),
        "career news on": reverse("news_manage", args=[token_for(NEWS_MANAGE, on.pk)]),
        "unsubscribe from news": reverse("alert_unsubscribe", args=[unsubscribe_token(on.recipient_id, "news")]),
    }


def _letters(now):
    """Send a confirmation, a digest, a sign-in code and an approval into the demo mailbox; where each is read there."""
    approved = Employer.objects.get(slug="newcare")
    organizations.approve(employer=approved, by=None, evidence="Called back.", now=now)
    approved.refresh_from_db()
    tell_approved(approved, now=now)
    Client().post(reverse("account_request_login_code"), {"email": WHO["seeker"]})
    planner.plan(now=now, whatever_the_hour=True)
    sender.drain(
        now=now + timedelta(minutes=5), transport=MailboxTransport()
    )  # the code was queued a moment after `now`
    found = {}
    for kept in mailbox.kept():
        subject = mailbox.subject_of(kept)
        found |= {name: reverse("outbox:letter", args=[kept.pk]) for name, part in LETTERS.items() if part in subject}
    return found


STATES = ("on", "paused", "stopped", "unconfirmed", "all mail stopped")
NAMES = (
    "live opening", "related opening", "closed opening", "opening taken down", "edit opening", "edit site", "save opening",
    "application", "own alert", "code",
    "close opening", "extend opening", "schedule opening", "reopen opening", "outcome of opening", "still open", "how it ended",
    "flyer", "text for other boards", "figures of an opening",
    "confirm", "confirm too late", "mail by a link", "unsubscribe", "unsubscribed", "confirm news", "career news on",
    "unsubscribe from news", *LETTERS, *cases.NAMES, *imports.NAMES, *threads.NAMES, *(f"alert {state}" for state in STATES),
)  # fmt: skip
ANY_ADDRESS = dict.fromkeys(NAMES, "")  # enough to name the visits before there is a portal


def visits(found):
    """Every kind of page, as each kind of person meets it; `found` is what addresses() returned."""
    public = [
        Visit("", "home", "/"),
        Visit("", "the work", "/careers/"),
        Visit("", "compare", "/careers/compare/"),
        Visit("", "care coordinator", "/careers/roles/care-coordinator/"),
        Visit("", "care manager", "/careers/roles/care-manager/"),
        Visit("", "ways in and up", "/careers/pathways/"),
        Visit("", "credentials", "/careers/credentials/"),
        Visit("", "credential", "/careers/credentials/casac/"),
        Visit("", "training", "/careers/training/?region=Long+Island&free=1"),
        Visit("", "route finder", "/careers/route/"),
        Visit(
            "", "route found", "/careers/route/?job=medical-assistant&schooling=high-school&work_related=24&language=es"
        ),
        Visit("", "route, bad values", "/careers/route/?schooling=phd&zip=00000&what=ever"),
        Visit("", "pay", "/careers/pay/"),
        Visit("", "pay rules", "/careers/pay-rules/"),
        Visit("", "pay rules of a state without one", "/careers/pay-rules/?state=TX"),
        Visit("", "fit", "/careers/fit/"),
        Visit("", "fit, a result", f"/careers/fit/?{FIT_ANSWERS}&p1=c&p6=c&p6=i"),
        Visit("", "fit, bad answers", "/careers/fit/?q1=zz&q2=a&q2=b&q99=a"),
        Visit("", "common questions", "/careers/faq/"),
        Visit("", "sources", "/careers/sources/"),
        Visit("", "sources of one tier", "/careers/sources/?tier=reported"),
        Visit("", "news", "/careers/news/"),
        Visit("", "a piece of news", "/careers/news/careers-pages-are-open/"),
        Visit("", "job titles", "/careers/titles/"),
        Visit("", "job titles found", "/careers/titles/?q=navigator&licence=no"),
        Visit("", "no job titles, bad values", "/careers/titles/?q=!&role=boss&setting=moon&licence=x"),
        Visit("", "no job titles", "/careers/titles/?q=astronaut"),
        Visit("", "job title", "/careers/titles/nurse-care-manager/"),
        Visit("", "job title with nothing open", "/careers/titles/health-coach/"),
        Visit("", "title decoder", "/careers/titles/decoder/"),
        Visit("", "title decoded", "/careers/titles/decoder/?text=RN+Care+Coordinator"),
        Visit("", "title decoder, too little", "/careers/titles/decoder/?text=Service+Coordinator"),
        Visit("", "settings", "/careers/settings/"),
        Visit("", "setting", "/careers/settings/hospital/"),
        Visit("", "functions", "/careers/functions/"),
        Visit("", "a spoke of the wheel", "/careers/#spoke-pharmacy"),
        Visit("", "openings", "/openings/"),
        Visit("", "openings found", f"{ALBANY}&role=cc&setting=hospital&pay_min=20"),
        Visit("", "no openings", "/openings/?q=astronaut"),
        Visit("", "openings, bad values", "/openings/?zip=00000&role=boss&pay_min=lots&sort=luck&miles=x"),
        Visit("", "opening", found["live opening"]),
        Visit("", "opening of a related role", found["related opening"]),
        Visit("", "closed opening", found["closed opening"]),
        Visit("", "opening taken down", found["opening taken down"], 410),
        Visit("", "employers", "/employers/?zip=12207"),
        Visit("", "employers, bad values", "/employers/?place=Atlantis&miles=x"),
        Visit("", "employer", "/employers/harborview/"),
        Visit("", "correcting an employer", "/employers/harborview/correct/"),
        Visit("", "employers start here", "/employers/register/"),
        Visit("", "finding my organization", "/employers/register/?q=harborview"),
        Visit("", "organization not found", "/employers/register/?q=nobodysuch"),
        Visit("", "finding, bad values", "/employers/register/?q=&place=Atlantis"),
        Visit("", "claiming, signed out", "/employers/claim/maplebridge/"),
        Visit("", "registering, signed out", "/employers/register/new/"),
    ]
    asking = [
        Visit("", "saved, signed out", "/saved/"),
        Visit("", "saving an opening, signed out", found["save opening"]),
        Visit("", "saved on this device", found["save opening"], press="Save this opening"),
        Visit("", "alert form", "/alerts/new/"),
        Visit("", "alert form from a search", "/alerts/new/?zip=12207&miles=25&role=cc&setting=hospital"),
        Visit("", "alert form, bad search", "/alerts/new/?zip=00000&role=boss"),
        Visit("", "alert form, errors", "/alerts/new/?zip=00000", press="Email me new openings"),
        Visit("", "check your email", found["code"]),
        Visit("", "check your email, wrong code", found["code"], press="Confirm my alert"),
        Visit("", "confirm", found["confirm"]),
        Visit("", "confirm too late", found["confirm too late"], press="Yes, email me new openings"),
        *(Visit("", name, address) for name, address in found.items() if name.startswith("alert ")),
        Visit("", "unsubscribe", found["unsubscribe"]),
        Visit("", "mail by a link", found["mail by a link"]),
        Visit("", "news form", "/news/subscribe/"),
        Visit("", "news form, errors", "/news/subscribe/", press="Email me career news"),
        Visit("", "news, check your email", "/news/sent/"),
        Visit("", "confirm news", found["confirm news"]),
        Visit("", "still open? by a link", found["still open"]),
        Visit("", "how did it end? by a link", found["how it ended"]),
        Visit("", "career news on", found["career news on"]),
        Visit("", "unsubscribe from news", found["unsubscribe from news"]),
        Visit("", "unsubscribed", found["unsubscribed"]),
    ]
    words = ("about", "contact", "terms", "posting-rules", "privacy", "accessibility")
    house = [
        *(Visit("", name, f"/{name}/") for name in words),
        Visit("", "sign in", "/accounts/login/"),
        Visit("", "sign in, errors", "/accounts/login/", press="Email me a sign-in code"),
        Visit("", "sign-in code", "/accounts/login/", press="Email me a sign-in code", fill=("Email", WHO["seeker"])),
        Visit("", "sign up", "/accounts/signup/"),
        Visit("", "sign-up code", "/accounts/signup/", press="Create my account", fill=("Email", "new@example.org")),
        Visit("", "reset password", "/accounts/password/reset/"),
        Visit("", "nothing here", "/no/such/page/", 404),
        Visit("", "admin", "/admin/"),
        Visit("", "demo mailbox", "/mailbox/"),
        *(Visit("", name, address) for name, address in found.items() if name.startswith("letter: ")),
    ]
    seeker = [
        Visit("seeker", "home", "/"),
        Visit("seeker", "my page", "/me/"),
        Visit("seeker", "saved", "/saved/"),
        Visit("seeker", "saving an opening", found["save opening"]),
        Visit("seeker", "my applications", "/me/applications/"),
        Visit("seeker", "writing down an application", "/me/applications/new/"),
        Visit("seeker", "writing down an application, errors", "/me/applications/new/", press="Put it on my list"),
        Visit("seeker", "an application", found["application"]),
        Visit("seeker", "interview kit", found["application"] + "kit/"),
        Visit("seeker", "my alerts", "/me/alerts/"),
        Visit("seeker", "one of my alerts", found["own alert"]),
        Visit("seeker", "my profile", "/me/profile/"),
        Visit("seeker", "my resume page", "/me/resume/"),
        Visit("seeker", "keeping a route", "/me/keep/route/?schooling=bachelor"),
        Visit("seeker", "alert form", "/alerts/new/"),
        Visit("seeker", "workspace home", "/hiring/"),
        Visit("seeker", "registering", "/employers/register/new/"),
        Visit("seeker", "registering, errors", "/employers/register/new/", press="Register"),
        Visit("seeker", "claiming", "/employers/claim/maplebridge/"),
        Visit("seeker", "claiming, errors", "/employers/claim/maplebridge/", press="Claim it"),
        Visit("seeker", "a stranger's workspace", "/hiring/harborview/", 404),
        Visit("seeker", "email addresses", "/accounts/email/"),
        Visit("seeker", "password", "/accounts/password/set/"),
        Visit("seeker", "two-step sign-in", "/accounts/2fa/"),
        Visit("seeker", "sessions", "/accounts/sessions/"),
        Visit("seeker", "safety", "/me/security/"),
        Visit("seeker", "deleting the account", "/me/delete/"),
        Visit("seeker", "my mail", "/me/mail/"),
        Visit("seeker", "my data", "/me/data/"),
        Visit("seeker", "joining two accounts", "/me/merge/"),
        Visit("seeker", "joining two accounts, errors", "/me/merge/", press="Email a code to that address"),
        Visit("seeker", "help from support", "/me/support/"),
        Visit("seeker", "help from support, errors", "/me/support/", press="Let them look"),
        Visit("seeker", "account deleted", "/me/deleted/"),
        Visit("seeker", "sign out", "/accounts/logout/"),
    ]
    owner = [
        Visit("owner", "workspace home", "/hiring/"),
        Visit("owner", "workspace", "/hiring/harborview/"),
        Visit("owner", "openings of one status", "/hiring/harborview/?status=published"),
        Visit("owner", "opening: begin", "/hiring/harborview/openings/new/"),
        Visit("owner", "opening: paste", "/hiring/harborview/openings/paste/"),
        *(Visit("owner", f"opening: {step.name}", f"{WRITING}{step.name}/") for step in STEPS),
        Visit("owner", "opening: check", f"{WRITING}check/"),
        Visit("owner", "opening: work, errors", f"{WRITING}work/", press="Save and go on"),
        Visit("owner", "opening form of an opening", found["edit opening"]),
        Visit("owner", "closing an opening", found["close opening"]),
        Visit("owner", "keeping an opening open longer", found["extend opening"]),
        Visit("owner", "flyer", found["flyer"]),
        Visit("owner", "text for other boards", found["text for other boards"]),
        Visit("owner", "figures of an opening", found["figures of an opening"]),
        Visit("owner", "figures of half a year", "/hiring/harborview/figures/?weeks=26"),
        Visit("owner", "figures to print", "/hiring/harborview/figures/print/"),
        Visit("owner", "publishing later", found["schedule opening"]),
        Visit("owner", "publishing later, errors", found["schedule opening"], press="Schedule it"),
        Visit("owner", "opening it again", found["reopen opening"]),
        Visit("owner", "saying how it ended", found["outcome of opening"]),
        Visit("owner", "imports", "/hiring/harborview/import/"),
        Visit("owner", "imports, errors", "/hiring/harborview/import/", press="Send the file"),
        Visit("owner", "columns of the import template", "/hiring/harborview/import/columns/"),
        *(Visit("owner", name, address) for name, address in found.items() if name.startswith("import ")),
        Visit("owner", "site form", "/hiring/harborview/sites/new/"),
        Visit("owner", "site form, errors", "/hiring/harborview/sites/new/", press="Save"),
        Visit("owner", "site form of a site", found["edit site"]),
        Visit("owner", "employer", "/employers/harborview/"),
        Visit("owner", "my page", "/me/"),
    ]
    viewer = [
        Visit("viewer", "workspace", "/hiring/harborview/"),
        Visit("viewer", "opening form", "/hiring/harborview/openings/new/", 403),
    ]
    pending = [Visit("pending", "workspace home", "/hiring/"), Visit("pending", "workspace", "/hiring/newcare/")]
    pending.append(Visit("pending", "verification", "/hiring/newcare/verification/"))
    owner.append(Visit("owner", "vouching", "/hiring/harborview/vouching/"))
    places = ("team", "sites", "profile", "inbox", "figures", "activity")
    owner += [Visit("owner", place, f"/hiring/harborview/{place}/") for place in places]
    owner += [
        Visit("owner", "your organizations", "/hiring/?all"),
        Visit("owner", "team, errors", "/hiring/harborview/team/", press="Send the invitation"),
        Visit("owner", "pin of a site", found["edit site"].replace("/edit/", "/pin/")),
    ]
    viewer += [Visit("viewer", place, f"/hiring/harborview/{place}/") for place in places]
    pending += [
        Visit("pending", "team", "/hiring/newcare/team/"),
        Visit("pending", "profile", "/hiring/newcare/profile/"),
    ]
    return (
        public
        + asking
        + house
        + seeker
        + owner
        + viewer
        + pending
        + cases.visits(Visit, found)
        + threads.visits(Visit, found)
    )
