"""A seeker's own page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.addresses import verified_addresses
from accounts.models import JobAlert
from accounts.search_address import search_path
from accounts.staffgate import has_second_step
from accounts.tokens import MANAGE, token_for
from careerportal.outbox.models import normalize_address
from employers.criteria_wording import criteria_text


@never_cache
def me(request):
    """Alerts of every address the signed-in person has confirmed, and the way to what else is theirs."""
    now = timezone.now()
    addresses = [normalize_address(address) for address in verified_addresses(request.user)]
    alerts = JobAlert.objects.filter(recipient__address__in=addresses).exclude(state=JobAlert.State.STOPPED)
    alerts = alerts.select_related("recipient", "place_class", "words_class", "facets_class").order_by(
        "-created_at", "-pk"
    )
    rows = [
        {
            "alert": alert,
            "summary": criteria_text(alert.criteria),
            "search_path": search_path(alert.criteria),
            "manage_token": token_for(MANAGE, alert.pk),
            "state": JobAlert.State.ACTIVE if alert.is_on(at=now) else JobAlert.State(alert.state),
        }
        for alert in alerts
    ]
    memberships = request.user.memberships.select_related("employer").order_by("employer__name", "pk")
    context = {"rows": rows, "memberships": memberships, "is_safe": has_second_step(request.user)}
    return render(request, "accounts/me.html", context)
