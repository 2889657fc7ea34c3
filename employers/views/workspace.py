"""The workspace of an employer: its openings, what is next, and its log."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from employers import activity, confirming, standing
from employers.models import Employer, Listing
from employers.views.membership import employer_of
from employers.views.membership import own_or_refused as own_or_refused

Status = Listing.Status
GROUPS = (
    Status.REJECTED, Status.IN_REVIEW, Status.PUBLISHED, Status.DRAFT, Status.CLOSED, Status.TAKEN_DOWN,
)  # fmt: skip
PER_GROUP = 20
PER_PAGE = 50


@never_cache
@require_safe
def hiring(request):
    """The employers someone acts for, or how to become one; with exactly one, straight to it (not with ?all)."""
    employers = (
        Employer.objects.of_member(request.user)
        .annotate(
            published=Count("listings", filter=Q(listings__status=Status.PUBLISHED), distinct=True),
            drafts=Count("listings", filter=Q(listings__status=Status.DRAFT), distinct=True),
        )
        .order_by("name", "pk")
    )
    employers = list(employers)
    if len(employers) == 1 and "all" not in request.GET:
        return redirect("hiring_employer", slug=employers[0].slug)
    return render(request, "employers/hiring/home.html", {"employers": employers})


@never_cache
@require_safe
def overview(request, slug):
    """One employer's standing and its openings by status; `?status=` shows all openings of one status."""
    employer, membership = employer_of(request, slug)
    now = timezone.now()
    chosen = request.GET.get("status", "")
    listings = employer.listings.select_related("title").prefetch_related("sites").newest_first()
    counts = dict(employer.listings.order_by().values_list("status").annotate(Count("pk")))
    page = None
    if chosen in GROUPS:
        page = Paginator(listings.filter(status=chosen), PER_PAGE).get_page(request.GET.get("page"))
    groups = [
        {
            "status": status,
            "count": counts.get(status, 0),
            "listings": page if page is not None else listings.filter(status=status)[:PER_GROUP],
        }
        for status in ([Status(chosen)] if page is not None else GROUPS)
        if counts.get(status) or status == chosen
    ]
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "openings",
        "standing": standing.standing_of(employer),
        "groups": groups,
        "page": page,
        "chosen": chosen if page is not None else "",
        "filters": [{"status": status, "count": counts[status]} for status in GROUPS if counts.get(status)],
        "total": sum(counts.values()),
        "per_group": PER_GROUP,
        "has_sites": employer.sites.filter(closed_at=None).exists(),
        "today": timezone.localdate(now),
        "now": now,
        "wish": now.isoformat(),
        "due_count": confirming.due(now=now).filter(employer=employer).count(),
    }
    return render(request, "employers/hiring/overview.html", context)


@never_cache
@require_safe
def log(request, slug):
    """What happened in the organization, the newest first."""
    employer, membership = employer_of(request, slug)
    page = Paginator(activity.events(employer), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "activity",
        "page": page,
        "lines": activity.lines(employer, page.object_list),
    }
    return render(request, "employers/hiring/activity.html", context)
