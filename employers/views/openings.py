"""Openings: the search, its feed, and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerportal.core.views import gone
from employers import counting, jobposting, prose, telling, wording
from employers.cards import opening_card, role_code
from employers.explaining import explained
from employers.facts import facts, kit
from employers.feeds import atom
from employers.filters import ListingFilterSet
from employers.models import Listing
from employers.openingpage import Standing, ending, may_preview, similar, standing, web_host
from employers.searchlinks import SearchLinks
from employers.searchpage import SearchPage


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def openings(request):
    """The search page: the query string is the search."""
    search = SearchPage(request.GET, at=timezone.now(), page=request.GET.get("page", ""))
    return render(request, "employers/openings.html", {"search": search})


@login_not_required
@require_safe
def openings_feed(request):
    """The same search as an Atom feed; 400 in plain words when a value is not known."""
    filterset = ListingFilterSet(request.GET)
    if not filterset.is_usable:
        lines = [f"{name}: {' '.join(texts)[:300]}" for name, texts in filterset.form.errors.items()]
        return HttpResponse("\n".join([*lines, ""]), status=400, content_type="text/plain; charset=utf-8")
    query = SearchLinks(request.GET).without("sort").query
    text = atom(filterset.criteria, query=query, at=timezone.now())
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def listing(request, pk, slug=""):
    """One opening. Ended ones say so, taken down ones are gone, drafts are for their own team."""
    now = timezone.now()
    found = get_object_or_404(Listing.objects.with_page_details(), pk=pk)
    stands = standing(found, at=now)
    if stands is Standing.GONE:
        return gone(request, _("This opening was taken down, or its employer is no longer shown here."))
    if stands is Standing.UNSEEN and not may_preview(found, request.user):
        raise Http404
    if slug != found.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{found.get_absolute_url()}{f'?{query}' if query else ''}")
    if stands is Standing.LIVE and counting.is_reader(request) and not may_preview(found, request.user):
        counting.count(found.pk, "views", now=now)
    return page(request, found, stands=stands, now=now)


def page(request, found, *, stands, now, preview=False):
    """The page of an opening as it stands. `preview`, and what nobody may see yet: as everyone will see it, its ways inert."""
    preview = preview or stands is Standing.UNSEEN
    if stands is Standing.UNSEEN:
        found.published_at = found.confirmed_at = now  # what the page will say on the day it goes out
        stands = Standing.LIVE
    left_out, always = kit(found)
    is_live = stands is Standing.LIVE
    context = {
        "listing": found,
        "employer": found.employer,
        "role_code": role_code(found),
        "is_live": is_live,
        "preview": preview,
        "ending": ending(found, at=now) if stands is Standing.ENDED else None,
        "facts": facts(found),
        "explained": explained(found),
        "benefits": wording.benefits_list(found),
        "stated": found.stated,
        "stated_count": sum(found.stated),
        "kit_left_out": left_out,
        "kit_always": always,
        "description_html": prose.to_html(found.description),
        "posted_text": wording.posted_text(found),
        "confirmed_text": wording.day(localdate(found.confirmed_at)) if found.confirmed_at else "",
        "closes_text": wording.closes_text(found),
        "days_left_text": wording.days_left_text(found, today=localdate(now)),
        "pay_text": wording.pay_text(found),
        "place_text": wording.place_text(found),
        "apply_host": web_host(found.apply_url),
        "website_host": web_host(found.employer.website),
        "licence_text": wording.licence_text(found),
        "share_address": telling.address(found),
        "share_text": telling.short(found),
        "similar": [opening_card(one, at=now, brief=True) for one in _elsewhere(found, now)],
    }
    if is_live and not preview and jobposting.is_publishable(found, at=now):
        context["job_posting"] = jobposting.script(jobposting.job_posting(found))
    return render(request, "employers/opening.html", context)


def _elsewhere(found, now):
    """Similar openings without their distance: it would be counted from this opening, not from the reader."""
    for one in similar(found, at=now):
        one.miles = None
        yield one
