"""Leave for support to look at a seeker's page: given for a reason and a few days, ended at any time, each look noted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import merging, personal
from accounts.models import SupportGrant
from accounts.models.support_grant import GRANT_DAYS_AT_MOST
from careerportal.core import audit
from careerportal.core.models import AuditEvent
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress, normalize_address

ASKED_MAIL = "support_asked"
PERMISSION = "accounts.look_under_grant"
# What helps to help, and nothing that another person wrote or that was written to somebody else.
SHOWN = (
    "mail-settings", "alerts", "career-news", "mail", "stops", "not-mailed", "profile", "profile-licenses", "saved-openings",
    "saved-employers", "applications",
)  # fmt: skip


class SupportRefused(Exception):
    """This cannot be given or asked now; str(error) is fit to show."""


def _checked(days, reason):
    reason = " ".join(reason.split())
    if not reason:
        raise SupportRefused(_("Say in a few words what it is about."))
    if not 1 <= days <= GRANT_DAYS_AT_MOST:
        raise SupportRefused(_("Choose 1 to %(days)s days.") % {"days": GRANT_DAYS_AT_MOST})
    return reason


@transaction.atomic
def give(*, user, reason: str, days: int, now: datetime) -> SupportGrant:
    """A seeker lets support look for `days` days. Raises SupportRefused."""
    reason = _checked(days, reason)
    grant = SupportGrant.objects.create(
        user=user, reason=reason, days=days, created_at=now, granted_at=now, until=now + timedelta(days=days)
    )
    audit.record("support.granted", about=grant, actor=user, now=now, days=days)
    return grant


@transaction.atomic
def ask(*, address: str, reason: str, days: int, by, now: datetime) -> None:
    """Staff ask the person with this address for leave; they answer on their page. Unknown addresses get no mail.

    The same answer for every address. A second request while one waits changes nothing. Raises SupportRefused.
    """
    reason = _checked(days, reason)
    try:
        user = merging.account_of(normalize_address(address))
    except BadAddress as bad:
        raise SupportRefused(str(bad)) from bad
    if user is None or user.is_staff or SupportGrant.objects.asked().filter(user=user, asked_by=by).exists():
        return
    grant = SupportGrant.objects.create(user=user, asked_by=by, reason=reason, days=days, created_at=now)
    audit.record("support.asked", about=grant, actor=by, now=now, days=days)
    recipient = personal.recipients_of(user).filter(address__isnull=False).first()
    if recipient is not None:
        ledger.enqueue(
            idem_key=f"account:support:{grant.pk}", recipient=recipient, stream="account", kind=ASKED_MAIL,
            payload={"grant": grant.pk}, now=now,
        )  # fmt: skip


@transaction.atomic
def allow(*, grant: SupportGrant, now: datetime) -> SupportGrant:
    """The seeker says yes to a request; again changes nothing. Raises SupportRefused for one that ended."""
    found = SupportGrant.objects.select_for_update().get(pk=grant.pk)
    if found.ended_at:
        raise SupportRefused(_("This request is over."))
    if found.granted_at is None:
        found.granted_at, found.until = now, now + timedelta(days=found.days)
        found.save(update_fields=["granted_at", "until"])
        audit.record("support.granted", about=found, actor=found.user, now=now, days=found.days)
    return found


@transaction.atomic
def end(*, grant: SupportGrant, now: datetime) -> SupportGrant:
    """The seeker says no, or takes leave back; again changes nothing."""
    found = SupportGrant.objects.select_for_update().get(pk=grant.pk)
    if found.ended_at is None:
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        audit.record("support.ended", about=found, actor=found.user, now=now)
    return found


@transaction.atomic
def look(*, grant_id: int, by, now: datetime):
    """What support may see under a grant, with the grant; None without a live one. Each look is noted first."""
    grant = SupportGrant.objects.live(at=now).select_related("user").filter(pk=grant_id).first()
    if grant is None or grant.user_id == by.pk:
        return None
    audit.record("support.looked", about=grant, actor=by, now=now)
    tables = []
    for name, content in personal.export(grant.user):
        rows = [] if isinstance(content, bytes) else [dict(row) for row in content]
        if name in SHOWN and rows:
            tables.append(
                {"name": name, "columns": list(dict.fromkeys(key for row in rows for key in row)), "rows": rows}
            )
    return grant, tables


def looks(grants) -> dict[int, list[datetime]]:
    """When somebody looked under each of these grants, the newest first: grant id -> times."""
    found = {}
    events = AuditEvent.objects.filter(
        kind="supportgrant", verb="support.looked", object_id__in=[grant.pk for grant in grants]
    )
    for event in events.order_by("-at", "-pk"):
        found.setdefault(event.object_id, []).append(event.at)
    return found
