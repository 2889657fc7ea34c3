"""The team of an employer: who is on it, asking people onto it, and how they go."""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from careerportal.outbox import tasks as outbox
from employers import team, team_emails
from employers.emails import STREAM
from employers.forms.team import ACCESS, InviteForm
from employers.models import Membership
from employers.views.membership import employer_of

TYPED = "hiring_invite"  # in the session: what was typed before the owner's own account was safe


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def members(request, slug):
    """Who is on the team and who is invited; a POST invites one more, for owners."""
    employer, membership = employer_of(request, slug, as_owner=request.method == "POST")
    if request.method != "POST":
        typed = request.session.get(TYPED, {})
        form = InviteForm(initial=typed.get("fields") if typed.get("employer") == employer.pk else None)
        return _page(request, employer, membership, form)
    form = InviteForm(request.POST)
    if form.is_valid() and not team.has_second_step(request.user):
        request.session[TYPED] = {"employer": employer.pk, "fields": form.cleaned_data}
        form.add_error(None, _("Protect your own account with a second step first. What you typed is kept."))
    if not form.is_valid():
        return _page(request, employer, membership, form)
    return _invite(request, employer, membership, form)


@reauthentication_required
def _invite(request, employer, membership, form):
    now = timezone.now()
    try:
        invitation = team.invite(employer=employer, by=request.user, now=now, **form.cleaned_data)
    except team.TeamRefused as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _page(request, employer, membership, form)
    request.session.pop(TYPED, None)
    _mail(request, invitation, now)
    return redirect("hiring_team", slug=employer.slug)


def _mail(request, invitation, now):
    if team_emails.send_invitation(invitation, now=now):
        outbox.wake(STREAM)
        said = _("The invitation to %(address)s is on its way. It is good for 14 days.")
    else:
        said = _("The invitation to %(address)s went out within this hour already. It is good for 14 days from now.")
    messages.success(request, said % {"address": invitation.email})


def _page(request, employer, membership, form):
    now = timezone.now()
    people = employer.memberships.select_related("user").order_by("created_at", "pk")
    waiting, over = team.pending(employer, now=now), team.lapsed(employer, now=now)
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "team",
        "form": form,
        "people": people,
        "is_last_owner": membership.pk is not None and team.is_last_owner(membership),
        "waiting": waiting.select_related("invited_by"),
        "over": over[:20],
        "most_pending": team.most_pending(employer),
        "access_choices": [(value, label.partition(":")[0]) for value, label in ACCESS],
        "is_safe": team.has_second_step(request.user),
    }
    return render(request, "employers/hiring/team.html", context)


def _step(act):
    """An owner's POST: check that it is an owner and, lately, the person; take the step; say how it went; back to the team."""

    @never_cache
    @require_POST
    @wraps(act)
    def view(request, slug, **which):
        employer, _membership = employer_of(request, slug, as_owner=True)
        return taken(request, employer, **which)

    @reauthentication_required
    def taken(request, employer, **which):
        try:
            act(request, employer, **which)
        except team.TeamRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("hiring_team", slug=employer.slug)

    return view


@_step
def change_access(request, employer, pk):
    """Give a member other access."""
    member = get_object_or_404(employer.memberships.select_related("user"), pk=pk)
    changed = team.change_access(
        membership=member, access=request.POST.get("access", ""), by=request.user, now=timezone.now()
    )
    said = {"name": member.user.get_full_name(), "access": changed.get_access_display()}
    messages.success(request, _("%(name)s is %(access)s now.") % said)


@_step
def remove(request, employer, pk):
    """Take a member off the team."""
    member = get_object_or_404(employer.memberships.select_related("user"), pk=pk)
    team.remove(membership=member, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s is not on the team any more.") % {"name": member.user.get_full_name()})


@_step
def revoke(request, employer, pk):
    """Withdraw an invitation."""
    team.revoke(invitation=get_object_or_404(employer.invitations, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))


@_step
def resend(request, employer, pk):
    """Mail an invitation once more; it is good for 14 days again."""
    now = timezone.now()
    invitation = team.renew(invitation=get_object_or_404(employer.invitations, pk=pk), by=request.user, now=now)
    _mail(request, invitation, now)


@never_cache
@require_POST
def leave(request, slug):
    """Leave the team oneself."""
    employer, membership = employer_of(request, slug)
    return _leave(request, employer, membership)


@reauthentication_required
def _leave(request, employer, membership):
    try:
        team.leave(membership=membership, now=timezone.now())
    except team.TeamRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("hiring_team", slug=employer.slug)
    messages.success(request, _("You are not on the team of %(name)s any more.") % {"name": employer.name})
    return redirect("hiring")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """The link in an invitation's mail: a GET shows it, the button accepts. Only for who has the invited address."""
    if request.user.is_staff:
        raise PermissionDenied(_("Staff don't join teams, because nobody decides about their own organization."))
    found = team.invitation_of(token)
    if found is None:
        raise Http404
    if not team.is_for(found, request.user):
        return render(request, "employers/hiring/invitation_other.html", status=404)
    now = timezone.now()
    refusal = team.refusal(found, now=now)
    if request.method == "POST" and not refusal:
        try:
            member = team.accept(invitation=found, user=request.user, now=now)
        except team.TeamRefused as refused:
            refusal = str(refused)
        else:
            name, access = found.employer.name, Membership.Access(member.access).label
            messages.success(
                request, _("You are on the team of %(name)s: %(access)s.") % {"name": name, "access": access}
            )
            return redirect("hiring_employer", slug=found.employer.slug)
    is_member = found.employer.memberships.filter(user=request.user).exists()
    context = {"invitation": found, "employer": found.employer, "refusal": refusal, "is_member": is_member}
    return render(request, "employers/hiring/invitation.html", context)
