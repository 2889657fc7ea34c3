"""A seeker's own page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import home, keeping, my_alerts, saved
from accounts.models import JobAlert, SeekerProfile
from accounts.staffgate import has_second_step

SHOWN = 3


@never_cache
@require_safe
def me(request):
    """What needs the person first, then what is theirs: alerts, saved things, applications, answers, the chosen way."""
    now, user = timezone.now(), request.user
    saved.pick_up(request, now=now)
    alerts = list(my_alerts.of_user(user).exclude(state=JobAlert.State.STOPPED)[: SHOWN + 1])
    shelf = saved.Shelf(user=user)
    openings, employers = saved.openings(shelf, at=now), saved.employers(shelf, at=now)
    applications = user.applications.exclude(state="closed").order_by("-updated_at", "-pk")
    context = {
        "tab": "me",
        "needs": home.needs(user, now=now),
        "alerts": [my_alerts.row(alert, now) for alert in alerts[:SHOWN]],
        "more_alerts": len(alerts) > SHOWN,
        "openings": openings[:SHOWN],
        "openings_count": len(openings),
        "employers": employers[:SHOWN],
        "employers_count": len(employers),
        "applications": list(applications[:SHOWN]),
        "kept": keeping.shown(user, now=now),
        "has_profile": SeekerProfile.objects.filter(user=user).exists(),
        "memberships": user.memberships.select_related("employer").order_by("employer__name", "pk"),
        "is_safe": has_second_step(user),
    }
    return render(request, "accounts/me.html", context)
