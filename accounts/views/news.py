"""Career news by mail: ask, confirm, manage. A GET shows and a POST acts; tokens decide, not sessions."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import news
from accounts.addresses import verified_address
from accounts.forms import NewsForm
from accounts.limits import is_over_limit
from accounts.models import NewsConfirmation, NewsSubscription
from accounts.tokens import NEWS_CONFIRM, NEWS_MANAGE, read_token, token_for
from accounts.views.alerts import secret_address
from careerportal.outbox.tasks import wake
from careerportal.outbox.tokens import unsubscribe_token


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_subscribe(request):
    """Ask for the monthly mail. The same answer for every address, known or not."""
    known = verified_address(request.user) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
    form = NewsForm(verified_address=known)
    if request.method == "POST":
        form = NewsForm(request.POST, verified_address=known)
        if is_over_limit(request, "news_subscribe"):
            form.add_error(None, _("That is a lot of sign-ups from one place. Please try again in an hour."))
        elif form.is_valid():
            subscription = news.subscribe(
                address=known or form.cleaned_data["email"],
                language=get_language() or "en",
                consent_text=_("Email me career news once a month. I can stop at any time."),
                source="page",
                verified=bool(known),
                now=timezone.now(),
            )
            if known:
                messages.success(request, _("You get career news from now on."))
                return redirect("news_manage", token=token_for(NEWS_MANAGE, subscription.pk))
            wake("account")
            return redirect("news_sent")
    return render(request, "accounts/news_subscribe.html", {"form": form, "known_address": known})


@login_not_required
@never_cache
@require_safe
def news_sent(request):
    """ "Check your mail". Says the same to everyone."""
    return render(request, "accounts/news_sent.html")


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def news_confirm(request, token):
    """The link in the confirmation mail. Mail scanners follow links, so only the button confirms."""
    confirmation = get_object_or_404(NewsConfirmation, pk=_id(NEWS_CONFIRM, token))
    refusal = ""
    if request.method == "POST":
        try:
            subscription = news.confirm_by_link(confirmation=confirmation, now=timezone.now())
        except news.NewsRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Thank you. This is your subscription."))
            return redirect("news_manage", token=token_for(NEWS_MANAGE, subscription.pk))
    return render(request, "accounts/news_confirm.html", {"used": confirmation.used_at, "refusal": refusal})


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def news_manage(request, token):
    """One subscription, from its mail: see it, stop it, take it up again."""
    subscription = get_object_or_404(NewsSubscription.objects.select_related("recipient"), pk=_id(NEWS_MANAGE, token))
    if request.method == "POST":
        try:
            done = _act(request.POST.get("do"), subscription, timezone.now())
        except news.NewsRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("news_manage", token=token)
    is_on = news.is_on(subscription)
    context = {
        "subscription": subscription,
        "state": "active" if is_on else "unconfirmed" if subscription.confirmed_at is None else "stopped",
        "unsubscribe_url": reverse(
            "alert_unsubscribe", args=[unsubscribe_token(subscription.recipient_id, news.STREAM)]
        ),
    }
    return render(request, "accounts/news_manage.html", context)


def _act(what, subscription, now):
    """Carry out one button of the manage page; return what to say. Raises NewsRefused."""
    if what == "resume":
        news.resume(subscription=subscription, now=now)
        return _("You get career news again.")
    if what == "stop":
        news.stop(subscription=subscription, now=now)
        return _("Stopped. No more career news comes to this address.")
    raise news.NewsRefused(_("We did not understand that. Use one of the buttons on this page."))


def _id(purpose, token):
    pk = read_token(purpose, token)
    if pk is None:
        raise Http404
    return pk
