"""Requests to mend or remove an employer's entry: ask, and deal with."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import Employer
from employers.models.correction import CorrectionRequest


class CorrectionRefused(Exception):
    """The request cannot take this step; str(error) is fit to show to a moderator."""


def ask(*, employer: Employer, kind: str, text: str, email: str = "") -> CorrectionRequest:
    """Store what a reader says for the moderators; the same words about the same employer, still waiting, once only."""
    said = {"employer": employer, "kind": kind, "text": text.strip(), "email": email.strip()}
    waiting = CorrectionRequest.objects.filter(handled_at=None, **said).order_by("pk").first()
    return waiting or CorrectionRequest.objects.create(**said)


@transaction.atomic
def deal_with(*, request: CorrectionRequest, by, outcome: str, now: datetime) -> CorrectionRequest:
    """Note what was done about a request at `now` (aware); return it as saved.

    Raises CorrectionRefused without an outcome or when it was dealt with before.
    """
    found = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    if found.handled_at is not None:
        raise CorrectionRefused(_("This request was dealt with before."))
    if not outcome.strip():
        raise CorrectionRefused(_("Say what was done."))
    found.handled_at, found.handled_by, found.outcome = now, by, outcome.strip()[:300]
    found.save(update_fields=["handled_at", "handled_by", "outcome", "updated_at"])
    return found
