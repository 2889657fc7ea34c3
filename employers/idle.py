"""Organizations where nobody was for 180 days are asked again who they are.

Somebody was there when a member signed in, or changed anything in the workspace. Sessions end after 30 days, so who works
here signs in.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Greatest

from careerportal.core import audit
from careerportal.core.clock import timer
from employers import searchrow, verification_mail
from employers.models import Employer, Membership, Verification

IDLE_DAYS = 180
WARNED_DAYS = 14  # before the approval lapses, counted from the warning

Status = Verification.Status


def touch(employer_id, *, now: datetime):
    """Note that a member acted for an employer at `now`; written at most once a day."""
    stale = Q(active_at=None) | Q(active_at__lt=now - timedelta(days=1))
    Employer.objects.filter(stale, pk=employer_id).update(active_at=now)


def with_last_here(employers):
    """Add `last_here`: the approval, a member's change or a member's sign-in, whichever was last."""
    signed_in = Max("memberships__user__last_login")
    return employers.annotate(last_here=Greatest("approved_at", "active_at", signed_in))


def _idle(*, days, now):
    """Approved employers with a member, where nobody was for `days`."""
    found = Employer.objects.approved().filter(memberships__isnull=False, merged_into=None)
    return with_last_here(found).filter(last_here__lte=now - timedelta(days=days)).order_by("pk")


@timer("employers.idle_warnings")
def warn(now: datetime) -> int:
    """Tell owners, 14 days ahead, that their approval lapses unless somebody comes back; return how many employers."""
    not_told = Q(idle_warned_at=None) | Q(idle_warned_at__lt=F("last_here"))
    found = list(_idle(days=IDLE_DAYS - WARNED_DAYS, now=now).filter(not_told))
    for employer in found:
        with transaction.atomic():
            Employer.objects.filter(pk=employer.pk).update(idle_warned_at=now)
            verification_mail.tell_owners(employer, verification_mail.IDLE_SOON, since=employer.last_here, now=now)
    return len(found)


@timer("employers.idle_lapses")
def lapse(now: datetime) -> int:
    """End the approval of idle employers that were told 14 days ago, and ask their owner again; return how many."""
    told = {"idle_warned_at__gte": F("last_here"), "idle_warned_at__lte": now - timedelta(days=WARNED_DAYS)}
    found = list(_idle(days=IDLE_DAYS, now=now).filter(**told))
    for employer in found:
        _lapse(employer, now=now)
    return len(found)


@transaction.atomic
def _lapse(employer, *, now):
    locked = Employer.objects.select_for_update().get(pk=employer.pk)
    if not locked.is_approved or (locked.active_at and locked.active_at > employer.last_here):
        return  # somebody came back a moment ago
    locked.approved_at = locked.approved_by = None
    locked.save(update_fields=["approved_at", "approved_by", "updated_at"])
    searchrow.rewrite(employer_id=locked.pk)
    owner = locked.memberships.filter(access=Membership.Access.OWNER).order_by("created_at", "pk").first()
    user = owner.user if owner else None
    if user is None or not locked.verifications.filter(user=user, status=Status.OPEN).exists():
        asked = Verification.objects.create(employer=locked, user=user, reason=Verification.Reason.IDLE)
        audit.record("verification.asked", about=asked, employer=locked, now=now, reason=Verification.Reason.IDLE)
    audit.record("employer.lapsed", about=locked, employer=locked, now=now, last_here=employer.last_here.isoformat())
    verification_mail.tell_owners(locked, verification_mail.IDLE, since=employer.last_here, now=now)
