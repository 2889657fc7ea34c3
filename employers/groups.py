"""Groups of employers, such as health systems: owners propose to belong to one, moderators decide."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import queue
from employers.models import Case, Employer, EmployerGroup, Membership


class GroupRefused(Exception):
    """The group cannot be proposed or joined; str(error) is fit to show."""


def waiting_for(employer):
    """The open case of a proposed group, or None; its note is the group's name."""
    return employer.cases.filter(kind=Case.Kind.GROUP, decided_at=None).order_by("-created_at", "-pk").first()


def last_answer(employer):
    """The newest decided proposal, or None: its outcome and reason are shown to the team."""
    return employer.cases.filter(kind=Case.Kind.GROUP, decided_at__isnull=False).order_by("-decided_at", "-pk").first()


def curated():
    """Groups a moderator has checked, by name: what an owner may pick from."""
    return EmployerGroup.objects.filter(curated=True).order_by("name", "pk")


@transaction.atomic
def propose(*, employer: Employer, name: str, by, now: datetime) -> Case:
    """Ask moderators to put the employer into the group called `name`, present or new; return the case that waits.

    A second wish replaces the name in the first. Raises GroupRefused for people who are no owners, without a name, when
    the organization is not verified, or when it is in this group already.
    """
    found = Employer.objects.select_for_update(of=("self",)).select_related("group").get(pk=employer.pk)
    if not found.memberships.filter(user=by, access=Membership.Access.OWNER).exists():
        raise GroupRefused(_("Only owners propose a group."))
    if not found.is_approved:
        raise GroupRefused(_("Your organization must be verified first."))
    said = " ".join(name.split())[:160]
    slug = slugify(said)[:80]
    if not slug:
        raise GroupRefused(_("Type the name of the group."))
    if found.group is not None and found.group.slug == slug:
        raise GroupRefused(_("Your organization is in this group already."))
    case = waiting_for(found)
    if case is None:
        case = queue.open_case(kind=Case.Kind.GROUP, employer=found, now=now, note=said)
    elif case.note == said:
        return case
    else:
        case.note = said
        case.save(update_fields=["note", "updated_at"])
    audit.record("group.proposed", about=case, actor=by, employer=found, now=now, group=said)
    return case


@transaction.atomic
def join(*, case: Case, by, now: datetime) -> EmployerGroup:
    """Put the employer of a proposal into the group it names, which is made if there is none; return the group.

    The moderators' decision calls this and closes the case itself.
    """
    employer = Employer.objects.select_for_update().get(pk=case.employer_id)
    slug = slugify(case.note)[:80]
    group, _is_new = EmployerGroup.objects.get_or_create(slug=slug, defaults={"name": case.note[:160], "curated": True})
    if not group.curated:
        group.curated = True
        group.save(update_fields=["curated", "updated_at"])
    employer.group = group
    employer.save(update_fields=["group", "updated_at"])
    audit.record("group.accepted", about=case, actor=by, employer=employer, now=now, group=group.name)
    return group


@transaction.atomic
def leave(*, employer: Employer, by, now: datetime) -> Employer:
    """Take the employer out of its group. Raises GroupRefused for people who are no owners; a repeat changes nothing."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if not found.memberships.filter(user=by, access=Membership.Access.OWNER).exists():
        raise GroupRefused(_("Only owners leave a group."))
    if found.group_id is None:
        return found
    audit.record("group.left", about=found, actor=by, employer=found, now=now)
    found.group = None
    found.save(update_fields=["group", "updated_at"])
    return found
