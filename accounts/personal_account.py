"""The account itself as personal data: who it is, how they sign in, what we mailed, what they stopped, what they did."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from accounts import personal
from accounts.models import SupportGrant
from careerportal.core.models import AuditEvent
from careerportal.outbox.addresses import address_hashes
from careerportal.outbox.models import Delivery, StreamStop, Suppression
from employers.activity import WORDS
from employers.models import Invitation, Membership


class _Said(dict):
    """What the words of an event are filled with; what it does not say is left open."""

    def __missing__(self, key):
        return {"who": "You", "because": "", "outcome": ""}.get(key, "(not kept)")


def register() -> None:
    """Register the kinds of this module."""
    personal.register("account", export=export_account)
    personal.register("mail", export=export_mail)
    personal.register("memberships", export=export_memberships, merge=merge_memberships)
    personal.register("what-you-did", export=export_activity)
    personal.register("support", export=export_grants, merge=merge_grants)


def export_account(user):
    """Name and addresses, how they sign in, and where they are signed in."""
    yield (
        "account",
        [{"name": user.name, "email": user.email, "joined_at": user.date_joined, "last_sign_in_at": user.last_login}],
    )
    addresses = EmailAddress.objects.filter(user=user).order_by("-primary", "pk")
    yield (
        "addresses",
        [{"address": one.email, "confirmed": one.verified, "main": one.primary} for one in addresses],
    )
    methods = Authenticator.objects.filter(user=user).order_by("pk")
    yield (
        "second-steps",
        [
            {"kind": one.get_type_display(), "added_at": one.created_at, "last_used_at": one.last_used_at}
            for one in methods
        ],
    )
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    yield (
        "sessions",
        [
            {
                "signed_in_at": one.created_at,
                "last_seen_at": one.last_seen_at,
                "network_address": one.ip,
                "browser": one.user_agent,
            }
            for one in sessions
        ],
    )


def export_mail(user):
    """How we mail to them, what we mailed, what they stopped, and what keeps us from mailing."""
    recipients = list(personal.recipients_of(user))
    yield (
        "mail-settings",
        [
            {
                "address": one.address,
                "time_zone": one.zone,
                "hour": one.local_hour,
                "language": one.language,
                "discreet_subjects": one.is_discreet,
                "since": one.created_at,
            }
            for one in recipients
        ],
    )
    deliveries = Delivery.objects.filter(recipient__in=recipients).order_by("created_at", "pk")
    yield (
        "mail",
        [
            {
                "planned_at": one.created_at,
                "sent_at": one.sent_at,
                "to": one.address,
                "stream": one.stream,
                "kind": one.kind,
                "state": one.state,
                "told_of": ", ".join(sorted(f"{item.kind}:{item.object_id}" for item in one.items.all())),
            }
            for one in deliveries.prefetch_related("items")
        ],
    )
    stopped = StreamStop.objects.filter(recipient__in=recipients).order_by("at", "pk")
    yield "stops", [{"stream": one.stream, "stopped_at": one.at, "where": one.source} for one in stopped]
    hashes = [digest for one in recipients if one.address for digest in address_hashes(one.address)]
    held = Suppression.objects.filter(address_hash__in=hashes).order_by("pk")
    yield (
        "not-mailed",
        [{"address": one.address, "why": one.reason, "what": one.scope, "since": one.created_at} for one in held],
    )


def export_memberships(user):
    """Organizations they act for, and invitations to their addresses."""
    held = Membership.objects.filter(user=user).select_related("employer").order_by("pk")
    yield (
        "memberships",
        [{"organization": one.employer.name, "access": one.access, "since": one.created_at} for one in held],
    )
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    asked = Invitation.objects.filter(email__in=addresses).select_related("employer").order_by("pk")
    yield (
        "invitations",
        [
            {
                "organization": one.employer.name,
                "access": one.access,
                "asked_at": one.created_at,
                "accepted_at": one.accepted_at,
                "withdrawn_at": one.revoked_at,
                "until": one.expires_at,
            }
            for one in asked
        ],
    )


def merge_memberships(kept, gone, now: datetime) -> None:
    """One membership of each organization is left: the one that may do more."""
    order = [Membership.Access.VIEWER, Membership.Access.RECRUITER, Membership.Access.OWNER]
    mine = {one.employer_id: one for one in Membership.objects.select_for_update().filter(user=kept)}
    for theirs in Membership.objects.select_for_update().filter(user=gone).order_by("pk"):
        same = mine.get(theirs.employer_id)
        if same is None:
            theirs.user = kept
            theirs.save(update_fields=["user", "updated_at"])
            continue
        if order.index(theirs.access) > order.index(same.access):
            same.access = theirs.access
            same.save(update_fields=["access", "updated_at"])
        theirs.delete()


def export_activity(user):
    """What they did that the audit log keeps, in words."""
    events = AuditEvent.objects.filter(actor_id=user.pk).order_by("at", "pk")
    yield "what-you-did", [{"at": event.at, "what": in_words(event), "code": event.verb} for event in events]


def in_words(event):
    """An event as its actor reads it."""
    words = WORDS.get(event.verb)
    if words is None:
        return event.verb.replace(".", ", ").replace("_", " ")
    detail = {name: f" ({value})" if name in ("because", "outcome") else value for name, value in event.detail.items()}
    return str(words) % _Said({**detail, "opening": detail.get("headline", f"opening {event.object_id}")})


def export_grants(user):
    """To whom they gave leave to look, and when somebody looked."""
    grants = SupportGrant.objects.filter(user=user).order_by("pk")
    looks = {}
    events = AuditEvent.objects.filter(kind="supportgrant", verb="support.looked")
    for event in events.filter(object_id__in=[one.pk for one in grants]).order_by("at", "pk"):
        looks.setdefault(event.object_id, []).append(event.at.isoformat())
    yield (
        "support",
        [
            {
                "reason": one.reason,
                "asked_by_support": one.asked_by_id is not None,
                "asked_at": one.created_at,
                "given_at": one.granted_at,
                "until": one.until,
                "ended_at": one.ended_at,
                "looked_at": ", ".join(looks.get(one.pk, ())),
            }
            for one in grants
        ],
    )


def merge_grants(kept, gone, now: datetime) -> None:
    """Leave to look was given for the other account: it ends, and what happened under it is kept."""
    SupportGrant.objects.filter(user=gone, ended_at=None).update(ended_at=now)
    SupportGrant.objects.filter(user=gone).update(user=kept)
