"""Alerts: ask, confirm, manage, unsubscribe. A GET shows and a POST acts; tokens decide, not sessions."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import alerts
from accounts.addresses import verified_address
from accounts.forms import AlertForm, CodeForm, FrequencyForm
from accounts.limits import is_over_limit
from accounts.models import AlertConfirmation, JobAlert
from accounts.search_address import search_path
from accounts.tokens import CODE_PAGE, CONFIRM, MAIL_WISHES, MANAGE, read_token, token_for
from careerportal.outbox import moving, stops
from careerportal.outbox.models import Recipient
from careerportal.outbox.tasks import wake
from careerportal.outbox.tokens import read_unsubscribe_token, unsubscribe_token
from employers.criteria_wording import criteria_parts, criteria_text
from employers.filters import ListingFilterSet
from employers.models import Listing

DRY_RUN_DAYS = 30
CRITERIA = ("recipient", "place_class", "words_class", "facets_class")


def secret_address(view):
    """Keep an address that holds a token to the person it was given to: in no cache, no index, no other site's log.

    Not "no-referrer": browsers would then send "Origin: null" with forms, which the CSRF check refuses.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)


def _dry_run(criteria, now):
    """Openings and mails this search would have brought in the last 30 days, counting what is still open."""
    since = now - timedelta(days=DRY_RUN_DAYS)
    found = Listing.objects.live(at=now).matching(criteria, at=now).filter(published_at__gte=since)
    found = found.annotate(day=TruncDate("published_at")).aggregate(
        openings=Count("pk", distinct=True), mails=Count("day", distinct=True)
    )
    return {**found, "days": DRY_RUN_DAYS}


def _starting_values(asked):
    """What the form shows before anything is typed into it, from a search's query string."""
    values = {name: asked.get(name) for name in ("q", "miles") if asked.get(name)}
    values["place"] = asked.get("zip") or asked.get("place") or ""
    values["role"] = asked.getlist("role")
    return values


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request):
    """Ask for an alert. The query string may hold a search; the same answer for every address, known or not."""
    now = timezone.now()
    known = verified_address(request.user) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
    if request.method == "POST":
        form = AlertForm(request.POST, asked=request.POST, verified_address=known)
        if is_over_limit(request, "alert_new"):
            form.add_error(None, _("That is a lot of alerts from one place. Please try again in an hour."))
        elif form.is_valid():
            done = alerts.subscribe(
                address=known or form.cleaned_data["email"],
                criteria=form.criteria,
                frequency=form.cleaned_data["frequency"],
                weekday=form.cleaned_data["weekday"],
                language=get_language() or "en",
                consent_text=_("Email me new openings that fit. I can stop at any time."),
                source="page",
                verified=bool(known),
                now=now,
            )
            if not done.waits:
                messages.success(request, _("Your alert is on."))
                return redirect("alert_manage", token=token_for(MANAGE, done.alert.pk))
            wake("account")
            return redirect("alert_sent", token=token_for(CODE_PAGE, done.alert.pk))
    else:
        form = AlertForm(initial=_starting_values(request.GET), asked=request.GET, verified_address=known)
    search = ListingFilterSet(request.GET) if request.method != "POST" and request.GET else None
    context = {"form": form, "known_address": known}
    if search is not None and search.is_usable and not search.criteria.is_empty:
        context |= {"parts": criteria_parts(search.criteria), "dry_run": _dry_run(search.criteria, now)}
    elif search is not None and not search.is_usable:
        context["search_errors"] = [error for errors in search.form.errors.values() for error in errors]
    return render(request, "accounts/alert_new.html", context)


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def alert_sent(request, token):
    """ "Check your mail", with a field for the code. The token lets its holder type a code and nothing else."""
    alert = get_object_or_404(JobAlert.objects.select_related(*CRITERIA), pk=_id(CODE_PAGE, token))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_over_limit(request, "alert_code"):
            form.add_error("code", _("Too many tries. Use the link in the mail, or try again in an hour."))
        else:
            try:
                alerts.confirm_by_code(alert=alert, code=form.cleaned_data["code"], now=timezone.now())
            except alerts.AlertRefused as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(request, _("Thank you. Your alert is on."))
                return redirect("alert_manage", token=token_for(MANAGE, alert.pk))
    return render(request, "accounts/alert_sent.html", {"form": form, "summary": criteria_text(alert.criteria)})


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request, token):
    """The link in the confirmation mail. Mail scanners follow links, so only the button confirms."""
    confirmation = get_object_or_404(AlertConfirmation, pk=_id(CONFIRM, token))
    alert = JobAlert.objects.select_related(*CRITERIA).get(pk=confirmation.alert_id)
    refusal = ""
    if request.method == "POST":
        try:
            alert = alerts.confirm_by_link(confirmation=confirmation, now=timezone.now())
        except alerts.AlertRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Thank you. Your alert is on."))
            return redirect("alert_manage", token=token_for(MANAGE, alert.pk))
    context = {
        "alert": alert,
        "summary": criteria_text(alert.criteria),
        "used": confirmation.used_at,
        "refusal": refusal,
    }
    return render(request, "accounts/alert_confirm.html", context)


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def alert_manage(request, token):
    """One alert, from its mail or its owner's page: see it, pause, resume, change how often, stop."""
    alert = get_object_or_404(JobAlert.objects.select_related(*CRITERIA), pk=_id(MANAGE, token))
    now = timezone.now()
    form = FrequencyForm(initial={"frequency": alert.frequency, "weekday": alert.weekday})
    if request.method == "POST":
        try:
            done = _act(request.POST.get("do"), alert, request.POST, now)
        except alerts.AlertRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("alert_manage", token=token)
    found = Listing.objects.live(at=now).matching(alert.criteria, at=now)
    context = {
        "alert": alert,
        "state": JobAlert.State.ACTIVE if alert.is_on(at=now) else alert.state,
        "form": form,
        "parts": criteria_parts(alert.criteria),
        "open_now": found.count(),
        "search_path": search_path(alert.criteria),
        "stream_stopped": stops.is_stopped(alert.recipient_id, "alerts"),
        "mail_url": reverse("mail_by_link", args=[token_for(MAIL_WISHES, alert.recipient_id)]),
        "unsubscribe_url": reverse("alert_unsubscribe", args=[unsubscribe_token(alert.recipient_id, "alerts")]),
    }
    return render(request, "accounts/alert_manage.html", context)


def _act(what, alert, posted, now):
    """Carry out one button of the manage page; return what to say. Raises AlertRefused."""
    if what == "pause":
        alerts.pause(alert=alert, now=now)
        return _("Paused. Nothing comes from this alert for %(days)s days.") % {"days": alerts.PAUSE_DAYS}
    if what == "resume":
        alerts.resume(alert=alert, now=now)
        return _("Your alert is on again.")
    if what == "stop":
        alerts.stop(alert=alert)
        return _("Stopped. This alert sends nothing any more.")
    if what == "frequency":
        form = FrequencyForm(posted)
        if not form.is_valid():
            raise alerts.AlertRefused(_("Choose every day, or once a week and a day."))
        alerts.reschedule(
            alert=alert, frequency=form.cleaned_data["frequency"], weekday=form.cleaned_data["weekday"], now=now
        )
        return _("Saved.")
    raise alerts.AlertRefused(_("We did not understand that. Use one of the buttons on this page."))


@csrf_exempt  # RFC 8058: mail programs post here without a page; the token is the right to stop and nothing more
@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def alert_unsubscribe(request, token):
    """Stop all alert mail to one recipient. Works for ever, from any mail program, as often as it is asked."""
    named = read_unsubscribe_token(token)
    if named is None:
        raise Http404
    recipient_id, stream = moving.current(named[0]), named[1]
    if request.method == "POST":
        if Recipient.objects.filter(pk=recipient_id).exists():
            stops.stop_stream(recipient_id, stream, timezone.now(), source=_asked_by(request))
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("Unsubscribed.", content_type="text/plain; charset=utf-8")
        return render(request, "accounts/unsubscribe.html", {"done": True, "stream": stream})
    done = stops.is_stopped(recipient_id, stream)
    return render(request, "accounts/unsubscribe.html", {"done": done, "stream": stream})


def _asked_by(request):
    return "header" if request.POST.get("List-Unsubscribe") == "One-Click" else "page"


def _id(purpose, token):
    pk = read_token(purpose, token)
    if pk is None:
        raise Http404
    return pk
