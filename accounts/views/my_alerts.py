"""Alerts in the account: list, change, copy, pause, delete; and an alert taken along to the search to change what it asks."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import alerts
from accounts.forms import ScheduleForm
from accounts.my_alerts import IN_HAND, of_user, row
from accounts.search_address import search_path, search_query
from careerportal.outbox import stops
from employers.criteria_wording import criteria_parts
from employers.filters import ListingFilterSet
from employers.models import Listing


@never_cache
@require_safe
def me_alerts(request):
    """Every alert with what it looks for and when it mails."""
    now = timezone.now()
    found = list(of_user(request.user))
    context = {
        "tab": "alerts",
        "rows": [row(alert, now) for alert in found],
        "is_stopped": any(stops.is_stopped(pk, "alerts") for pk in {alert.recipient_id for alert in found}),
    }
    return render(request, "accounts/my_alerts.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_alert(request, pk):
    """One alert: its buttons, and when it mails."""
    alert, now = get_object_or_404(of_user(request.user), pk=pk), timezone.now()
    form = ScheduleForm(request.POST if request.POST.get("do") == "schedule" else None, initial=_schedule(alert))
    if request.method == "POST" and (request.POST.get("do") != "schedule" or form.is_valid()):
        try:
            done = _act(request, alert, form, now)
        except alerts.AlertRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("me_alert", pk=pk)
        messages.success(request, done)
        return redirect("me_alerts") if request.POST.get("do") == "delete" else redirect("me_alert", pk=pk)
    context = {
        "tab": "alerts",
        "form": form,
        "parts": criteria_parts(alert.criteria),
        "open_now": Listing.objects.live(at=now).matching(alert.criteria, at=now).count(),
        "is_stopped": stops.is_stopped(alert.recipient_id, "alerts"),
        **row(alert, now),
    }
    return render(request, "accounts/my_alert.html", context)


def _schedule(alert):
    return {"frequency": alert.frequency, "weekday": alert.weekday, "hour": alert.recipient.local_hour}


def _act(request, alert, form, now):
    """Carry out one button of the page; return what to say. Raises AlertRefused."""
    what = request.POST.get("do")
    if what == "pause":
        alerts.pause(alert=alert, now=now)
        return _("Paused. Nothing comes from this alert for %(days)s days.") % {"days": alerts.PAUSE_DAYS}
    if what == "resume":
        alerts.resume(alert=alert, now=now)
        return _("Your alert is on again.")
    if what == "confirm":  # the address is theirs for certain: they confirmed it to get this page
        alerts.confirm(alert=alert, now=now)
        return _("Thank you. Your alert is on.")
    if what == "delete":
        alerts.delete(alert=alert)
        if request.session.get(IN_HAND) == alert.pk:
            del request.session[IN_HAND]
        return _("Deleted. This alert sends nothing any more.")
    if what == "schedule":
        asked = form.cleaned_data
        alerts.reschedule(alert=alert, frequency=asked["frequency"], weekday=asked["weekday"], now=now)
        alerts.set_hour(recipient_id=alert.recipient_id, hour=asked["hour"], now=now)
        return _("Saved.")
    raise alerts.AlertRefused(_("We did not understand that. Use one of the buttons on this page."))


@never_cache
@require_POST
def me_alert_search(request, pk):
    """Take an alert along to the search, to change what it looks for there; "leave" puts it down again."""
    alert = get_object_or_404(of_user(request.user), pk=pk)
    if request.POST.get("do") == "leave":
        request.session.pop(IN_HAND, None)
        return redirect("me_alert", pk=pk)
    request.session[IN_HAND] = alert.pk
    return redirect(search_path(alert.criteria))


@never_cache
@require_POST
def me_alert_change(request, pk):
    """Let the alert look for what the search in `search` looks for, its query string."""
    alert = get_object_or_404(of_user(request.user), pk=pk)
    found = ListingFilterSet(QueryDict(request.POST.get("search", "")[:4000]))
    if not found.is_usable:
        messages.error(request, _("We could not read all of that search, so the alert stays as it was."))
        return redirect("me_alert", pk=pk)
    try:
        alerts.change(alert=alert, criteria=found.criteria, now=timezone.now())
    except alerts.AlertRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('openings')}?{search_query(found.criteria)}")
    request.session.pop(IN_HAND, None)
    messages.success(request, _("Your alert now looks for this."))
    return redirect("me_alert", pk=pk)
