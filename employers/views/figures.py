"""What readers did with an employer's openings: the page, one opening's weeks, the file, and the sheet for a director."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careerportal.core import audit
from employers import figures_file, plots
from employers.figures import FACTS, PERIODS, period_of, report
from employers.models import Membership
from employers.views.membership import employer_of

ON_PAPER = 20  # openings on the sheet, the most read ones; the others are summed up


def _context(employer, membership, told):
    return {
        "employer": employer,
        "membership": membership,
        "tab": "figures",
        "report": told,
        "plots": plots.plots(told.weeks),
        "periods": PERIODS,
        "facts": FACTS,
    }


@never_cache
@require_safe
def figures(request, slug):
    """All openings that were public in the last 4, 12 or 26 weeks."""
    employer, membership = employer_of(request, slug)
    period = period_of(request.GET.get("weeks", ""))
    told = report(employer, at=timezone.now(), period=period, page=request.GET.get("page", "1"))
    context = _context(employer, membership, told)
    context["may_download"] = _may_download(membership)
    return render(request, "employers/hiring/figures.html", context)


@never_cache
@require_safe
def opening_figures(request, slug, pk):
    """One opening, week by week."""
    employer, membership = employer_of(request, slug)
    listing = get_object_or_404(employer.listings.filter(published_at__isnull=False), pk=pk)
    period = period_of(request.GET.get("weeks", ""))
    told = report(employer, at=timezone.now(), period=period, only=listing)
    context = _context(employer, membership, told)
    return render(request, "employers/hiring/figures_opening.html", {**context, "one": told.openings[0]})


@never_cache
@require_safe
def figures_print(request, slug):
    """A sheet or two to print for a director."""
    employer, membership = employer_of(request, slug)
    period = period_of(request.GET.get("weeks", ""))
    told = report(employer, at=timezone.now(), period=period)
    most_read = sorted(told.openings, key=lambda one: (-one.counts.views, one.listing.pk))
    context = _context(employer, membership, told)
    context["shown"], context["others"] = most_read[:ON_PAPER], most_read[ON_PAPER:]
    context["others_counts"] = sum((one.counts for one in context["others"]), type(told.counts)())
    return render(request, "employers/hiring/figures_print.html", context)


@never_cache
@require_safe
def figures_csv(request, slug):
    """All weeks of all openings as a file, for owners; the audit log keeps that somebody took it."""
    employer, membership = employer_of(request, slug)
    if not _may_download(membership):
        raise PermissionDenied(_("Only owners of this organization download its figures. Ask one of them."))
    now = timezone.now()
    told = report(employer, at=now, period=period_of(request.GET.get("weeks", "")))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{employer.slug}-{localdate(now).isoformat()}.csv"'
    figures_file.write(told, answer)
    if request.method == "GET":
        audit.record(
            "figures.downloaded", about=employer, actor=request.user, employer=employer, now=now, weeks=told.period
        )
    return answer


def _may_download(membership):
    """Owners, and moderators who look on: they are no members and have no access of their own."""
    return membership.access in ("", Membership.Access.OWNER)
