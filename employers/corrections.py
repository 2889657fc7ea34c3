"""Requests to mend or remove an employer's entry: ask, and deal with."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import queue, searchrow
from employers.models import Employer
from employers.models.correction import CorrectionRequest


class CorrectionRefused(Exception):
    """The request cannot take this step; str(error) is fit to show to a moderator."""


@transaction.atomic
def ask(*, employer: Employer, kind: str, text: str, now: datetime, email: str = "") -> CorrectionRequest:
    """Store what a reader says and put it into the moderators' queue at `now` (aware).

    The same words about the same employer, still waiting, are stored once.
    """
    searchrow.hold(employer_id=employer.pk)  # the same form sent twice at once waits here
    said = {"employer": employer, "kind": kind, "text": text.strip(), "email": email.strip()}
    waiting = CorrectionRequest.objects.filter(handled_at=None, **said).order_by("pk").first()
    if waiting is not None:
        return waiting
    request = CorrectionRequest.objects.create(**said)
    queue.open_case(kind="correction", employer=employer, correction=request, now=now)
    return request


@transaction.atomic
def deal_with(*, request: CorrectionRequest, by, outcome: str, now: datetime) -> CorrectionRequest:
    """Note what was done about a request at `now` (aware), and end its case; return it as saved.

    Raises CorrectionRefused without an outcome or when it was dealt with before.
    """
    found = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    if found.handled_at is not None:
        raise CorrectionRefused(_("This request was dealt with before."))
    if not outcome.strip():
        raise CorrectionRefused(_("Say what was done."))
    found.handled_at, found.handled_by, found.outcome = now, by, outcome.strip()[:300]
    found.save(update_fields=["handled_at", "handled_by", "outcome", "updated_at"])
    queue.settle(correction=found, outcome="done", reason=found.outcome, by=by, now=now)
    audit.record("correction.done", about=found, actor=by, employer=found.employer_id, now=now)
    return found
