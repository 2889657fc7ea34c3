"""Writing an opening's words and facts. Its status is lifecycle's business alone."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import searchrow
from employers.lifecycle import TransitionRefused
from employers.models import Listing
from employers.risk.sameness import sketch

LISTS = ("care_settings", "populations", "sites", "credentials")
FIELDS = (
    "headline", "title", "roles", "remote_states", "employment", "schedules", "weekly_hours", "mode", "visits",
    "visits_percent", "needs_car", "on_call", "counties", "pay_min_usd", "pay_max_usd", "pay_period", "licences",
    "licence_stance", "credential_stance", "education", "education_stance", "experience_months", "experience_stance",
    "caseload", "acuity", "supervision", "languages", "benefits", "benefit_kinds", "description", "apply_url",
    "positions", "closes_on", "is_always_hiring",
)  # fmt: skip


def _write(listing, content):
    if unknown := content.keys() - {*FIELDS, *LISTS}:
        raise ValueError(f"Not content of an opening: {', '.join(sorted(unknown))}")
    if any(site.employer_id != listing.employer_id for site in content.get("sites", ())):
        raise ValueError("An opening stands at sites of its own employer only.")
    named = [name for name in FIELDS if name in content]
    for name in named:
        setattr(listing, name, content[name])
    if "description" in content:
        listing.sketch = sketch(listing.description)
        named.append("sketch")
    listing.save(update_fields=[*named, "updated_at"] if listing.pk else None)
    for name in LISTS:
        if name in content:
            getattr(listing, name).set(content[name])
    searchrow.rewrite([listing.pk])
    return listing


@transaction.atomic
def create(*, employer, content, by=None, source="", source_id="", **detail):
    """Save a new draft of `content` (names of FIELDS and LISTS); return (opening, whether it is new).

    The same `source` and `source_id` name the same opening of an employer: the second call returns the first one's,
    unchanged, so that a form sent twice makes one opening. `detail` goes into the audit log. Raises ValueError for a
    site of another employer.
    """
    searchrow.hold(employer_id=employer.pk)
    listing = Listing(employer=employer, created_by=by, source=source, source_id=source_id)
    try:
        with transaction.atomic():
            written = _write(listing, content)
            said = {"source": source, **detail} if source else detail
            audit.record("listing.created", about=written, actor=by, employer=employer, now=written.created_at, **said)
            return written, True
    except IntegrityError as error:
        if "employers_listing_once_per_source_id" not in str(error):
            raise
        return Listing.objects.get(employer=employer, source=source, source_id=source_id), False


@transaction.atomic
def revise(*, listing, content):
    """Change an opening to `content` (any of FIELDS and LISTS), at once also where it is shown; return it as saved.

    What members and feeds change goes through employers.revisions.change, which holds what is risky.
    Raises TransitionRefused when it was taken down, ValueError for a site of another employer.
    """
    searchrow.hold(employer_id=listing.employer_id)
    found = Listing.objects.select_for_update().get(pk=listing.pk)
    if found.status == Listing.Status.TAKEN_DOWN:
        raise TransitionRefused(_("This opening was taken down, so it cannot be changed."))
    return _write(found, content)


def copy(*, listing, by, source_id):
    """Save a draft with the words and facts of another opening, without its closing date; return (draft, is new).

    `source_id` names this wish to copy: the same one twice makes one draft.
    """
    content = {name: getattr(listing, name) for name in FIELDS} | {"closes_on": None}
    content |= {name: list(getattr(listing, name).all()) for name in LISTS}
    return create(
        employer=listing.employer, content=content, by=by, source="copy", source_id=source_id, copied_from=listing.pk
    )


@transaction.atomic
def delete(*, listing, now: datetime, by=None):
    """Delete a draft for good. Raises TransitionRefused when seekers could already see it."""
    found = Listing.objects.select_for_update().get(pk=listing.pk)
    if found.status not in (Listing.Status.DRAFT, Listing.Status.REJECTED):
        raise TransitionRefused(_("Only a draft can be deleted. Close this opening instead."))
    audit.record("listing.deleted", about=found, actor=by, employer=found.employer_id, now=now, headline=found.headline)
    found.delete()
