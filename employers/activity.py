"""What happened in an organization, in words for its team: the audit log as its members may read it.

Only the verbs of WORDS are told. Reports and what moderators note among themselves are not among them, so that a team
never learns who reported it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerportal.core.models import AuditEvent
from employers.models import Listing, ListingRevision, Membership

WORDS = {
    "employer.registered": gettext_lazy("%(who)s registered the organization"),
    "employer.claimed": gettext_lazy("%(who)s asked to act for the organization"),
    "employer.approved": gettext_lazy("%(who)s verified the organization"),
    "employer.suspended": gettext_lazy("%(who)s suspended the organization"),
    "employer.released": gettext_lazy("%(who)s ended the suspension"),
    "employer.held": gettext_lazy("The organization was hidden until a moderator has looked"),
    "employer.unheld": gettext_lazy("%(who)s looked, and the organization is shown again"),
    "employer.trusted": gettext_lazy("The first opening was accepted: from now on openings are published at once"),
    "employer.renamed": gettext_lazy("%(who)s changed name or website"),
    "employer.lapsed": gettext_lazy(
        "Nobody was here for 180 days: openings are hidden until the organization is verified again"
    ),
    "verification.asked": gettext_lazy("%(who)s asked for verification"),
    "verification.approved": gettext_lazy("%(who)s accepted the verification"),
    "verification.rejected": gettext_lazy("%(who)s refused a verification"),
    "verification.withdrawn": gettext_lazy("%(who)s withdrew a request for verification"),
    "invitation.sent": gettext_lazy("%(who)s invited somebody as %(access)s"),
    "invitation.accepted": gettext_lazy("%(who)s accepted an invitation and is %(access)s"),
    "invitation.revoked": gettext_lazy("%(who)s withdrew an invitation"),
    "member.removed": gettext_lazy("%(who)s removed %(member)s from the team"),
    "member.left": gettext_lazy("%(who)s left the team"),
    "member.access_changed": gettext_lazy("%(who)s made %(member)s %(access)s"),
    "inbox.asked": gettext_lazy("%(who)s asked for another inbox address"),
    "inbox.confirmed": gettext_lazy("The inbox address was confirmed"),
    "inbox.removed": gettext_lazy("%(who)s took the inbox address away"),
    "profile.changed": gettext_lazy("%(who)s changed the profile"),
    "site.added": gettext_lazy("%(who)s added a site"),
    "site.changed": gettext_lazy("%(who)s changed a site"),
    "site.moved": gettext_lazy("%(who)s put a site's pin in its place"),
    "site.deleted": gettext_lazy("%(who)s deleted a site"),
    "group.proposed": gettext_lazy("%(who)s proposed to belong to %(group)s"),
    "group.left": gettext_lazy("%(who)s took the organization out of its group"),
    "group.accepted": gettext_lazy("%(who)s accepted the proposed group"),
    "group.rejected": gettext_lazy("%(who)s refused the proposed group"),
    "evidence.passed": gettext_lazy("Evidence was checked and held"),
    "evidence.failed": gettext_lazy("Evidence was checked and did not hold"),
    "evidence.asked": gettext_lazy("%(who)s asked an agency to vouch"),
    "figures.downloaded": gettext_lazy("%(who)s downloaded the figures of the openings"),
    "listing.created": gettext_lazy("%(who)s started an opening: %(opening)s"),
    "listing.deleted": gettext_lazy("%(who)s deleted a draft: %(opening)s"),
    "listing.changed": gettext_lazy("%(who)s changed an opening: %(opening)s"),
    "listing.submitted": gettext_lazy("%(who)s sent an opening to review: %(opening)s"),
    "listing.published": gettext_lazy("%(who)s published an opening: %(opening)s"),
    "listing.reopened": gettext_lazy("%(who)s opened an opening again: %(opening)s"),
    "listing.scheduled": gettext_lazy("%(who)s scheduled an opening for %(when)s: %(opening)s"),
    "listing.unscheduled": gettext_lazy("%(who)s took an opening off the schedule: %(opening)s%(because)s"),
    "listing.rejected": gettext_lazy("%(who)s sent an opening back: %(opening)s"),
    "listing.withdrawn": gettext_lazy("%(who)s took an opening back from review: %(opening)s"),
    "listing.confirmed": gettext_lazy("%(who)s said that an opening is still open: %(opening)s"),
    "listing.extended": gettext_lazy("%(who)s kept an opening open: %(opening)s%(because)s"),
    "listing.closed": gettext_lazy("%(who)s closed an opening: %(opening)s%(outcome)s"),
    "listing.ended": gettext_lazy("The closing date of an opening is over: %(opening)s"),
    "listing.outcome": gettext_lazy("%(who)s said how an opening ended: %(opening)s%(outcome)s"),
    "listing.held": gettext_lazy("An opening was hidden until a moderator has looked: %(opening)s"),
    "listing.unheld": gettext_lazy("%(who)s looked, and an opening is shown again: %(opening)s"),
    "listing.taken_down": gettext_lazy("%(who)s took an opening down: %(opening)s"),
    "listing.corrected": gettext_lazy("%(who)s corrected typing errors in an opening: %(opening)s"),
    "import.started": gettext_lazy("%(who)s began to read a file or feed of openings"),
    "import.begun": gettext_lazy("%(who)s began to import openings"),
    "import.done": gettext_lazy("An import of openings is done"),
    "import.stopped": gettext_lazy("%(who)s stopped an import"),
    "import.closing_confirmed": gettext_lazy("%(who)s closed the openings that a file did not have any more"),
    "import.daily": gettext_lazy("%(who)s lets a feed be read every day"),
    "import.not_daily": gettext_lazy("%(who)s ended the daily reading of a feed"),
    "import.failing": gettext_lazy("A feed could not be read for seven days"),
    "inquiry.answered": gettext_lazy("%(who)s answered somebody in the inbox"),
    "inquiry.closed": gettext_lazy("%(who)s closed a conversation in the inbox"),
    "resume.downloaded": gettext_lazy("%(who)s downloaded a resume from the inbox"),
    "revision.held": gettext_lazy("A change waits for a moderator: %(opening)s"),
    "revision.accepted": gettext_lazy("%(who)s accepted a change: %(opening)s"),
    "revision.rejected": gettext_lazy("%(who)s refused a change: %(opening)s"),
}
# Not for the team: what readers reported, what moderators do among themselves, and what seekers do with their account.
HIDDEN = (
    "case.answered", "case.asked", "case.called", "case.decided", "case.noted", "case.opened", "correction.done",
    "domain.blocked", "domain.freed", "mail.asked_again", "mail.cured", "mail.tried_again", "report.made", "support.asked",
    "support.ended", "support.granted", "support.looked",
)  # fmt: skip
ASKERS = ("employer.claimed", "verification.asked", "verification.withdrawn", "evidence.asked")


@dataclass(frozen=True)
class Line:
    """One thing that happened, in words."""

    at: datetime
    text: str
    verb: str


def events(employer):
    """The audit events a team may read, the newest first."""
    return AuditEvent.objects.filter(employer_id=employer.pk, verb__in=WORDS).order_by("-at", "-pk")


def lines(employer, found):
    """A page of `events` in words; four queries however many. Who is not on the team any more has no name."""
    found = list(found)
    names = {
        member.user_id: member.user.get_full_name()
        for member in Membership.objects.filter(employer=employer).select_related("user")
    }
    others = {event.actor_id for event in found} - names.keys() - {None}
    staff = set(get_user_model().objects.filter(pk__in=others, is_staff=True).values_list("pk", flat=True))
    headlines = _headlines(employer, found)
    return [
        Line(at=event.at, verb=event.verb, text=str(WORDS[event.verb]) % _said(event, names, staff, headlines))
        for event in found
    ]


def _headlines(employer, found):
    """The headlines of the openings, and of the changes to openings, that events are about, by (kind, id)."""
    ids = {kind: [event.object_id for event in found if event.kind == kind] for kind in ("listing", "listingrevision")}
    own = Listing.objects.filter(employer=employer, pk__in=ids["listing"]).values_list("pk", "headline")
    changes = ListingRevision.objects.filter(listing__employer=employer, pk__in=ids["listingrevision"])
    known = {("listing", pk): headline for pk, headline in own}
    return known | {
        ("listingrevision", pk): headline for pk, headline in changes.values_list("pk", "listing__headline")
    }


def _said(event, names, staff, headlines):
    detail = event.detail
    access = dict(Membership.Access.choices).get(detail.get("access"), "")
    outcomes = dict(Listing.Outcome.choices)
    return {
        "who": _who(event, names, staff),
        "member": names.get(detail.get("member"), _("a former member")),
        "access": access,
        "group": detail.get("group", ""),
        "opening": headlines.get((event.kind, event.object_id)) or detail.get("headline") or _("one that is gone"),
        "when": _moment(detail.get("publish_at")),
        "because": _(" (“%(reason)s”)") % {"reason": detail["reason"]} if detail.get("reason") else "",
        "outcome": _(" (%(outcome)s)") % {"outcome": outcomes[detail["outcome"]]} if detail.get("outcome") else "",
    }


def _moment(text):
    """A time kept as text, in words in the portal's zone; "" without one."""
    return date_format(localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT") if text else ""


def _who(event, names, staff):
    if event.detail.get("via") == "inbox":
        return _("Somebody who reads the inbox")
    if event.actor_id is None:
        return _("The portal")
    if event.actor_id in names:
        return names[event.actor_id]
    if event.actor_id in staff:
        return _("A moderator")
    return _("Somebody") if event.verb in ASKERS else _("A former member")
