"""Two accounts of one person become one: what the other has moves over, without doubles and without loss."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import ownership, personal
from careerportal.core import audit
from careerportal.outbox import ledger, moving
from employers.models import Employer, Membership

MERGED_MAIL = "account_merged"
NOT_SHOWN = (
    "account",
    "second-steps",
    "sessions",
    "addresses",
    "mail-settings",
    "not-mailed",
    "what-you-did",
    "support",
)


class MergeRefused(Exception):
    """These two accounts cannot become one now; str(error) is fit to show."""


def account_of(address: str):
    """The user who confirmed a normalized address, or None."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return found.user if found else None


def refusal(kept, gone) -> str:
    """Why `gone` cannot become part of `kept`, or ""."""
    if kept.pk == gone.pk:
        return _("That is the account you are signed in to.")
    if kept.is_staff or gone.is_staff:
        return _("One of the two accounts is staff. What staff did stays under its own account.")
    if not gone.is_active:
        return _("That account is closed. Write to us.")
    if is_mfa_enabled(gone):
        return _(
            "That account is protected by a second step. Sign in to it and begin there; then this one becomes part of it."
        )
    return ""


def preview(gone) -> list[tuple[str, int]]:
    """What would move, by kind, as the copy of data names it, with how many; kinds without anything are left out."""
    counts = {}
    for name, content in personal.export(gone):
        if not isinstance(content, bytes):  # a file is a row of its kind too
            counts[name] = counts.get(name, 0) + len(list(content))
    return [(name, number) for name, number in sorted(counts.items()) if number and name not in NOT_SHOWN]


@transaction.atomic
def merge(*, kept, gone, now: datetime):
    """Move everything of the user `gone` to `kept` and delete `gone`; return `kept`.

    The caller has proof that both are one person: signed in to one, and a code mailed to the other. Raises MergeRefused
    for staff, for an account with a second step, for one that is gone already.
    """
    memberships = Membership.objects.filter(user__in=[kept.pk, gone.pk]).values("employer")
    list(Employer.objects.select_for_update().filter(pk__in=memberships).order_by("pk"))  # as every change of a team
    users = get_user_model().objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    held = {user.pk: user for user in users}
    if kept.pk not in held or gone.pk not in held:
        raise MergeRefused(_("That account is gone already."))
    kept, gone = held[kept.pk], held[gone.pk]
    if reason := refusal(kept, gone):
        raise MergeRefused(reason)
    mine = ownership.settle(kept, now=now)
    if mine is None:
        raise MergeRefused(_("Confirm the address of this account first."))
    theirs = list(personal.recipients_of(gone).exclude(pk=mine.pk))
    _tell(theirs, gone, now)
    personal.merge(kept, gone, now)
    for recipient in theirs:
        ownership.take_over(mine, recipient, now=now)
    if gone.name and not kept.name:
        kept.name = gone.name
        kept.save(update_fields=["name"])
    audit.record("account.merged", about=kept, actor=kept, now=now, gone=gone.pk)
    for session in UserSession.objects.filter(user=gone):
        transaction.on_commit(session.end)
    gone.delete()
    return kept


def _tell(recipients, gone, now):
    """Say so to the address that is no longer mailed, without the other address."""
    for recipient in recipients:
        if recipient.address:
            ledger.enqueue(
                idem_key=f"account:merged:{gone.pk}:{recipient.pk}", recipient=recipient, stream=moving.CODES,
                kind=MERGED_MAIL, now=now,
            )  # fmt: skip
