"""Who acts for an employer: asking people onto its team, their access, and how they go.

Each verb locks the employer's row first, so that two steps of one team never pass each other: the last two owners
cannot both leave, and fifty requests make one invitation.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.outbox.addresses import BadAddress, normalize_address
from employers.models import Employer, Invitation, Membership
from employers.models.team import INVITATION_DAYS, PENDING_AT_MOST

Access = Membership.Access
PENDING_UNVERIFIED = 5  # an organization nobody has checked yet does not mail to fifty strangers
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_LINKS = signing.Signer(salt="employers.invitation", sep=".", algorithm="sha256")


class TeamRefused(Exception):
    """The team cannot change like this; str(error) is fit to show. `field` is the field of the form it is about, or ""."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


class SecondStepMissing(TeamRefused):
    """An owner must protect their own account before they let others in."""


class NoLongerOwner(TeamRefused):
    """Who asks is not an owner any more: they were removed or lost their access after the page was opened."""


# --- Links ---------------------------------------------------------------------------------------
def invitation_token(invitation):
    """What the link in an invitation's mail carries: its number, signed; no address, and it does not expire by itself."""
    return _LINKS.sign(str(invitation.pk))


def invitation_of(token):
    """The invitation that a token of ours names, with its employer; None for any other text."""
    try:
        number = _LINKS.unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("employer", "invited_by").filter(pk=number).first()


def is_for(invitation, user):
    """True when `user` has confirmed the invited address as theirs."""
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists()


def has_second_step(user):
    """Whether an authenticator app or a key protects this account."""
    return is_mfa_enabled(user, types=SECOND_STEPS)


# --- Questions -----------------------------------------------------------------------------------
def pending(employer, *, now):
    """Invitations that can still be accepted at `now`, the newest first."""
    found = employer.invitations.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return found.order_by("-created_at", "-pk")


def lapsed(employer, *, now):
    """Invitations whose 14 days passed without an answer; asking again renews them. The newest first."""
    found = employer.invitations.filter(accepted_at=None, revoked_at=None, expires_at__lte=now)
    return found.order_by("-expires_at", "-pk")


def most_pending(employer):
    """How many invitations of an employer may wait for an answer at once."""
    return PENDING_AT_MOST if employer.is_approved else PENDING_UNVERIFIED


def orphaned():
    """Organizations that can act here but have no owner left who can sign in, oldest first: a moderator must find one."""
    owners = Membership.objects.filter(employer=OuterRef("pk"), access=Access.OWNER, user__is_active=True)
    claimed = Q(approved_at__isnull=False) | Q(listed_from=Employer.ListedFrom.REGISTERED)
    found = Employer.objects.filter(claimed, closed_at=None, merged_into=None)
    return found.filter(~Exists(owners)).order_by("created_at", "pk")


def is_last_owner(membership):
    """True when nobody else who can sign in owns this employer."""
    if membership.access != Access.OWNER:
        return False
    owners = Membership.objects.filter(employer=membership.employer_id, access=Access.OWNER, user__is_active=True)
    return not owners.exclude(pk=membership.pk).exists()


# --- Steps ---------------------------------------------------------------------------------------
def _locked(employer):
    return Employer.objects.select_for_update().get(pk=employer.pk)


def _locked_by_owner(employer, by):
    """Lock an employer for `by`, who must be its owner at this moment. Raises NoLongerOwner."""
    found = _locked(employer)
    if not found.memberships.filter(user=by, access=Access.OWNER).exists():
        raise NoLongerOwner(_("You are not an owner of this organization any more, so nothing was changed."))
    return found


def _address(email):
    try:
        return normalize_address(email)
    except BadAddress as bad:
        raise TeamRefused(_("We can't send mail to this address. Check it for typing errors."), field="email") from bad


@transaction.atomic
def invite(*, employer: Employer, email: str, access: str, by, now: datetime) -> Invitation:
    """Ask an address onto the team for 14 days, or ask once more: the same address keeps its one open invitation.

    Raises NoLongerOwner, SecondStepMissing when `by` has no second step, TeamRefused for a bad address, a member's
    address, a suspended organization, or when too many invitations wait.
    """
    found = _locked_by_owner(employer, by)
    address = _address(email)
    if access not in Access.values:
        raise TeamRefused(_("Choose what this person may do."), field="access")
    if not has_second_step(by):
        raise SecondStepMissing(_("Protect your own account with a second step first. What you typed is kept."))
    if found.is_suspended:
        raise TeamRefused(_("Your organization is suspended, so nobody can be invited now."))
    members = EmailAddress.objects.filter(email__iexact=address, verified=True, user__memberships__employer=found)
    if members.exists() or found.memberships.filter(user__email__iexact=address).exists():
        raise TeamRefused(_("This person is on your team already."), field="email")
    invitation = found.invitations.filter(email=address, accepted_at=None, revoked_at=None).first()
    is_open = invitation is not None and invitation.expires_at > now
    if not is_open and pending(found, now=now).count() >= most_pending(found):
        raise TeamRefused(_too_many(found))
    is_same = is_open and invitation.access == access
    invitation = invitation or Invitation(employer=found, email=address, invited_by=by)
    invitation.access, invitation.expires_at = access, now + timedelta(days=INVITATION_DAYS)
    invitation.save()
    if not is_same:
        audit.record("invitation.sent", about=invitation, actor=by, employer=found, now=now, access=access)
    return invitation


def _too_many(employer):
    if employer.is_approved:
        return _("%(most)s invitations wait for an answer. Withdraw one first.") % {"most": PENDING_AT_MOST}
    return _(
        "%(most)s invitations wait for an answer. Until your organization is verified there can't be more; withdraw one."
    ) % {"most": PENDING_UNVERIFIED}


@transaction.atomic
def renew(*, invitation: Invitation, by, now: datetime) -> Invitation:
    """Give an open invitation 14 days from `now`. Raises TeamRefused when it is over for good, as `invite` does."""
    _locked_by_owner(invitation.employer, by)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.accepted_at or found.revoked_at:
        raise TeamRefused(_("This invitation is over. Invite the person again."))
    return invite(employer=invitation.employer, email=found.email, access=found.access, by=by, now=now)


@transaction.atomic
def revoke(*, invitation: Invitation, by, now: datetime) -> Invitation:
    """Withdraw an invitation; its link no longer works. Raises TeamRefused when it was accepted; a repeat changes nothing."""
    employer = _locked_by_owner(invitation.employer, by)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.accepted_at:
        raise TeamRefused(_("This invitation was accepted already. Remove the person from the team instead."))
    if found.revoked_at is None:
        found.revoked_at = now
        found.save(update_fields=["revoked_at", "updated_at"])
        audit.record("invitation.revoked", about=found, actor=by, employer=employer, now=now)
    return found


@transaction.atomic
def revoke_of_strangers(*, employer: Employer, now: datetime) -> int:
    """Withdraw the open invitations of people who are not on the team (any more); return how many.

    Whoever was sent away must not bring others in after them.
    """
    members = employer.memberships.values("user")
    found = employer.invitations.filter(accepted_at=None, revoked_at=None).exclude(invited_by__in=members)
    found = list(found.select_for_update(of=("self",)).order_by("pk"))
    for each in found:
        each.revoked_at = now
        each.save(update_fields=["revoked_at", "updated_at"])
        audit.record("invitation.revoked", about=each, employer=employer, now=now)
    return len(found)


def refusal(invitation, *, now):
    """Why this invitation cannot be accepted at `now`, in words; "" when it can."""
    if invitation.accepted_at:
        return _("This invitation was used already. It works once.")
    if invitation.revoked_at:
        return _("This invitation was withdrawn. Ask the person who invited you.")
    if invitation.expires_at <= now:
        return _("This invitation is over: it was good for 14 days. Ask for a new one.")
    if invitation.employer.is_suspended:
        return _("This organization is suspended, so nobody can join its team now.")
    return ""


@transaction.atomic
def accept(*, invitation: Invitation, user, now: datetime) -> Membership:
    """Make the invited person a member, once; return the membership. A member already keeps the access they have.

    Raises TeamRefused when the invitation is not for an address that `user` has confirmed, or is over.
    """
    employer = _locked(invitation.employer)
    found = Invitation.objects.select_for_update(of=("self",)).select_related("employer").get(pk=invitation.pk)
    if user.is_staff or not is_for(found, user):
        raise TeamRefused(_("This invitation is for another address."))
    if reason := refusal(found, now=now):
        raise TeamRefused(reason)
    membership, is_new = Membership.objects.get_or_create(
        employer=employer, user=user, defaults={"access": found.access}
    )
    found.accepted_at, found.accepted_by = now, user
    found.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    audit.record(
        "invitation.accepted", about=found, actor=user, employer=employer, now=now,
        access=membership.access, member=user.pk, is_new=is_new,
    )  # fmt: skip
    return membership


def _kept_an_owner(membership):
    if is_last_owner(membership):
        raise TeamRefused(
            _("An organization needs an owner, and there is no other. Make somebody else an owner first.")
        )


@transaction.atomic
def change_access(*, membership: Membership, access: str, by, now: datetime) -> Membership:
    """Give a member other access. Raises NoLongerOwner, TeamRefused for the last owner; the same access changes nothing."""
    employer = _locked_by_owner(membership.employer, by)
    found = _still_there(employer, membership)
    if access not in Access.values:
        raise TeamRefused(_("Choose what this person may do."), field="access")
    if found.access == access:
        return found
    _kept_an_owner(found)
    before, found.access = found.access, access
    found.save(update_fields=["access", "updated_at"])
    audit.record(
        "member.access_changed", about=found, actor=by, employer=employer, now=now,
        member=found.user_id, before=before, access=access,
    )  # fmt: skip
    return found


@transaction.atomic
def remove(*, membership: Membership, by, now: datetime) -> None:
    """Take a member off the team, at once. Raises NoLongerOwner, TeamRefused for the last owner or a member who is gone."""
    employer = _locked_by_owner(membership.employer, by)
    found = _still_there(employer, membership)
    _kept_an_owner(found)
    audit.record("member.removed", about=found, actor=by, employer=employer, now=now, member=found.user_id)
    found.delete()
    revoke_of_strangers(employer=employer, now=now)


@transaction.atomic
def leave(*, membership: Membership, now: datetime) -> None:
    """Leave a team oneself. Raises TeamRefused for the last owner, who must hand over first, or when gone already."""
    employer = _locked(membership.employer)
    found = _still_there(employer, membership)
    _kept_an_owner(found)
    audit.record("member.left", about=found, actor=found.user, employer=employer, now=now, member=found.user_id)
    found.delete()


def _still_there(employer, membership):
    found = employer.memberships.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise TeamRefused(_("This person is not on the team any more."))
    return found
