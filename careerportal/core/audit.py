"""The audit log: one line for each thing that somebody decided or changed. Verbs write it in their own transaction."""

from datetime import datetime

from careerportal.core.models import AuditEvent


def record(verb: str, *, about, actor=None, employer=None, now: datetime, **detail) -> AuditEvent:
    """Write that `actor` (a user, or None for the portal itself) did `verb` with the object `about` at `now`.

    `verb` is "noun.step", e.g. "employer.suspended". `employer` (object or id) is whose activity log shows it.
    `detail` takes plain values: ids, codes, words that staff wrote; never an address or a name of a person.
    """
    return AuditEvent.objects.create(
        at=now,
        actor_id=getattr(actor, "pk", None),
        verb=verb,
        kind=about._meta.model_name,
        object_id=about.pk,
        employer_id=getattr(employer, "pk", employer),
        detail=detail,
    )
