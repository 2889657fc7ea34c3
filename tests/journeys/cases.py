"""What waits for moderators in the small portal: one case of each kind, and the pages that show them."""

from django.urls import reverse

from careerportal.core.models import User
from employers import casetalk, corrections, groups, queue, reports, revisions, verification
from employers.models import Case, Employer, Listing

KINDS = tuple(Case.Kind.values)
NAMES = (*(f"case: {kind}" for kind in KINDS), "mending", "message", "report opening")


def make(now):
    """Open a case of each kind at `now`; where each is found, by name."""
    moderator = User.objects.get(email="moderator@example.org")
    harborview = Employer.objects.get(slug="harborview")
    owner = harborview.memberships.get(access="owner").user
    maplebridge = Employer.objects.get(slug="maplebridge")
    published = Listing.objects.filter(status=Listing.Status.PUBLISHED).order_by("-pk")
    first, second = published.filter(employer=harborview)[:2]
    newcomer = User.objects.create_user("newcomer@gmail.com", name="Nell Newcomer")
    newcomer.emailaddress_set.create(email=newcomer.email, verified=True, primary=True)
    site = {"city": "Albany", "state": "NY", "zip": "12207", "lat": 42.6584, "lng": -73.7474}
    asked = verification.register(
        name="Riverside Care", user=newcomer, site=site, website="https://riverside-care.example", now=now
    )
    _listing, revision = revisions.change(
        listing=second, content={"apply_url": "https://forms.elsewhere.example/1"}, by=owner, now=now
    )
    reports.report(employer=maplebridge, reason="wrong", text="They moved to Troy.", address="192.0.2.9", now=now)
    corrections.ask(employer=maplebridge, kind="closed", text="The office in Albany has closed.", now=now)
    found = {
        "organization": Case.objects.get(verification=asked),
        "opening": queue.open_case(
            kind="opening", employer=harborview, listing=first, now=now, risks=["fee-asked"], is_urgent=True
        ),
        "edit": Case.objects.get(kind="edit", listing=revision.listing),
        "report": Case.objects.get(kind="report", employer=maplebridge),
        "correction": Case.objects.get(kind="correction", employer=maplebridge),
        "group": groups.propose(employer=harborview, name="Lakeland Health", by=owner, now=now),
    }
    casetalk.say(case=found["edit"], by=moderator, text="Who runs the form at the new address?", now=now)
    return {
        **{f"case: {kind}": reverse("moderation_case", args=[case.pk]) for kind, case in found.items()},
        "mending": reverse("moderation_mend", args=[found["opening"].pk]),
        "message": reverse("hiring_message", args=["harborview", found["edit"].pk]),
        "report opening": reverse("report_opening", args=[first.pk]),
    }


def visits(visit, found):
    """Every kind of page about cases; `visit` makes one visit."""
    return [
        visit("", "reporting an opening", found["report opening"]),
        visit("", "reporting an opening, errors", found["report opening"], press="Send the report"),
        visit("", "reporting an employer", "/employers/harborview/report/"),
        visit("", "report, thanks", "/report/thanks/"),
        visit("owner", "messages", "/hiring/harborview/messages/"),
        visit("owner", "a message", found["message"]),
        visit("owner", "a message, errors", found["message"], press="Send"),
        visit("viewer", "messages", "/hiring/harborview/messages/"),
        visit("moderator", "queue", "/moderation/"),
        visit("moderator", "queue of one kind", "/moderation/?kind=report"),
        visit("moderator", "queue of an unknown kind", "/moderation/?kind=moon&page=x"),
        *(visit("moderator", f"case: {kind}", found[f"case: {kind}"]) for kind in KINDS),
        visit("moderator", "mending", found["mending"]),
        visit("moderator", "workspace of others", "/hiring/harborview/"),
    ]
