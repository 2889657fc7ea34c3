"""The steps an organization takes: register, approval, suspension, release."""

import re
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import queue, searchrow
from employers.models import Case, Employer, Membership, Site
from employers.models.employer import RESERVED_SLUGS

_LEGAL_FORM = re.compile(r"(-(inc|llc|corp|co|ltd|pc|pllc))+$")


class OrganizationRefused(Exception):
    """The organization cannot take this step; str(error) is fit to show."""


def free_slug(name):
    """Return an address word for `name` that no employer has and no page reserves."""
    base = slugify(name)[:70].strip("-") or "employer"
    taken = {*RESERVED_SLUGS, *Employer.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def alike(name):
    """Return up to five public employers whose name is this one but for case, punctuation, a number or a legal form."""
    base = _LEGAL_FORM.sub("", slugify(name)).strip("-")
    if not base:
        return []
    same = rf"^{re.escape(base)}(-(inc|llc|corp|co|ltd|pc|pllc|[0-9]+))*$"
    return list(Employer.objects.public().filter(slug__regex=same).order_by("name", "pk")[:5])


@transaction.atomic
def register(
    *, name: str, user, site: dict, inbox_email: str = "", with_membership: bool = True, **details
) -> Employer:
    """Make an organization that waits for approval, with `user` as its owner and `site` (fields of Site) as its first place.

    Without `with_membership` nobody acts for it until a moderator has decided. Raises OrganizationRefused when `user` has
    already registered one of the same name.
    """
    get_user_model().objects.select_for_update(no_key=True).get(
        pk=user.pk
    )  # the same form sent twice at once waits here
    own = Q(memberships__user=user) | Q(verifications__user=user, verifications__status="open")
    if Employer.objects.filter(own, name__iexact=name).exists():
        raise OrganizationRefused(_("You have already registered this organization."))
    for _attempt in range(3):  # two people may take the same free slug at once: the unique key decides
        try:
            with transaction.atomic():
                employer = Employer.objects.create(name=name, slug=free_slug(name), inbox_email=inbox_email, **details)
            break
        except IntegrityError:
            continue
    else:
        raise OrganizationRefused(_("That did not work just now. Please send the form again."))
    Site.objects.create(employer=employer, **site)
    if with_membership:
        Membership.objects.create(employer=employer, user=user, access=Membership.Access.OWNER)
    return employer


@transaction.atomic
def approve(*, employer: Employer, by, evidence: str, now: datetime) -> Employer:
    """Approve an organization on stated evidence, so that it may publish; return it as saved.

    Raises OrganizationRefused without evidence, when already approved, or when `by` is a member of it.
    """
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if found.is_approved:
        raise OrganizationRefused(_("This organization is already approved."))
    if not evidence.strip():
        raise OrganizationRefused(_("Say on what evidence you approve it."))
    if by is not None and found.memberships.filter(user=by).exists():
        raise OrganizationRefused(_("You are a member of this organization, so someone else must decide."))
    found.approved_at, found.approved_by, found.approval_evidence = now, by, evidence.strip()[:300]
    found.save(update_fields=["approved_at", "approved_by", "approval_evidence", "updated_at"])
    found.sites.filter(is_proposed=True).update(is_proposed=False)
    searchrow.rewrite(employer_id=found.pk)
    return found


@transaction.atomic
def suspend(*, employer: Employer, reason: str, now: datetime, by=None) -> Employer:
    """Hide an organization and all its openings at once. Raises OrganizationRefused without a reason or when suspended."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if found.is_suspended:
        raise OrganizationRefused(_("This organization is already suspended."))
    if not reason.strip():
        raise OrganizationRefused(_("A suspension needs a reason."))
    found.suspended_at, found.suspended_reason = now, reason.strip()[:300]
    found.save(update_fields=["suspended_at", "suspended_reason", "updated_at"])
    audit.record("employer.suspended", about=found, actor=by, employer=found, now=now, reason=found.suspended_reason)
    searchrow.rewrite(employer_id=found.pk)
    return found


@transaction.atomic
def release(*, employer: Employer, now: datetime, by=None) -> Employer:
    """End a suspension. Raises OrganizationRefused when there is none."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if not found.is_suspended:
        raise OrganizationRefused(_("This organization is not suspended."))
    found.suspended_at, found.suspended_reason = None, ""
    found.save(update_fields=["suspended_at", "suspended_reason", "updated_at"])
    audit.record("employer.released", about=found, actor=by, employer=found, now=now)
    searchrow.rewrite(employer_id=found.pk)
    return found


@transaction.atomic
def hold(*, employer: Employer, now: datetime, risks=(), by=None, note: str = "") -> Employer:
    """Hide an organization and its openings until a moderator has looked; return it as saved. Repeats add to its case."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    queue.open_case(kind=Case.Kind.REPORT, employer=found, now=now, risks=risks, is_urgent=True, note=note)
    if found.held_at is not None:
        return found
    found.held_at = now
    found.save(update_fields=["held_at", "updated_at"])
    audit.record("employer.held", about=found, actor=by, employer=found, now=now, risks=list(risks))
    searchrow.rewrite(employer_id=found.pk)
    return found


@transaction.atomic
def unhold(*, employer: Employer, by, now: datetime) -> Employer:
    """Show a held organization again. Raises OrganizationRefused when it is not held."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if found.held_at is None:
        raise OrganizationRefused(_("This organization is not held."))
    found.held_at = None
    found.save(update_fields=["held_at", "updated_at"])
    audit.record("employer.unheld", about=found, actor=by, employer=found, now=now)
    searchrow.rewrite(employer_id=found.pk)
    return found
