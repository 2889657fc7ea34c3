"""Who may see and change a workspace: the one place that the views of /hiring/ ask."""

from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from employers import idle
from employers.models import Employer, Membership


@dataclass(frozen=True)
class Onlooker:
    """A moderator who looks at a workspace and is no member of it: sees what a viewer sees, changes nothing here."""

    access: str = ""
    may_edit: bool = False
    is_owner: bool = False
    user_id: int | None = None
    pk: int | None = None


def employer_of(request, slug, *, to_change=False, as_owner=False):
    """Return (employer, membership) of the person asking, as both are at this moment.

    Raises Http404 for strangers. Raises PermissionDenied for members who may only look when `to_change`, for members
    who are no owners when `as_owner`, and for staff, except moderators who only look: they get an Onlooker.
    """
    found = Employer.objects.filter(slug=slug)
    looks_on = request.method in ("GET", "HEAD") and not to_change and not as_owner and _may_look_on(request)
    if looks_on and not found.filter(memberships__user=request.user).exists() and found.exists():
        return found.select_related("group", "care_setting").get(), Onlooker()
    employer = own_or_refused(request, found, Employer.objects.of_member(request.user))
    membership = employer.memberships.select_related("user").filter(user=request.user).first()
    if membership is None:  # removed in this very moment
        raise Http404
    if as_owner and membership.access != Membership.Access.OWNER:
        raise PermissionDenied(_("Only owners of this organization can do this. Ask one of them."))
    if to_change and not membership.may_edit:
        raise PermissionDenied(_("You may look at this employer's pages, but not change anything."))
    return employer, membership


def own_or_refused(request, found, own):
    """Return the one object of the queryset `found` that is also in `own`.

    Raises Http404 for strangers. Staff know that it exists and get PermissionDenied: their place is the admin.
    """
    mine = own.filter(pk__in=found.values("pk")).first()
    if mine is None:
        if request.user.is_staff and found.exists():
            raise PermissionDenied(_("You don't act for this employer. Staff work with employers in the admin."))
        raise Http404
    if request.method == "POST":  # looking changes nothing
        idle.touch(mine.pk if isinstance(mine, Employer) else mine.employer_id, now=timezone.now())
    return mine


def _may_look_on(request):
    """Whether this is staff who may change employers, in a session that has passed a second step."""
    user = request.user
    if not user.is_staff or not user.has_perm("employers.change_employer"):
        return False
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))
