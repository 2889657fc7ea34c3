"""Report this: a reader says that an opening or an employer is not right."""

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careerportal.core.views import gone
from employers import reports
from employers.forms.report import ReportForm
from employers.models import Employer, Listing
from employers.openingpage import Standing, standing


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_opening(request, pk):
    """The form for an opening everyone can see, or could until it ended."""
    listing = get_object_or_404(Listing.objects.select_related("employer", "search"), pk=pk)
    stands = standing(listing, at=timezone.now())
    if stands is Standing.GONE:
        return gone(request, _("This opening was taken down, or its employer is no longer shown here."))
    if stands is Standing.UNSEEN:
        raise Http404
    return _form(request, employer=listing.employer, listing=listing)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_employer(request, slug):
    """The form for an employer everyone can see."""
    employer = get_object_or_404(Employer, slug=slug)
    if employer.is_suspended and (employer.is_approved or employer.listed_from == Employer.ListedFrom.REGISTER):
        return gone(request, _("This employer is no longer shown here."))
    if not employer.is_public:
        raise Http404
    return _form(request, employer=employer, listing=None)


def _form(request, *, employer, listing):
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_program:
            return redirect("report_thanks")
        if not _too_often(request):
            reports.report(
                employer=employer,
                listing=listing,
                reason=form.cleaned_data["reason"],
                text=form.cleaned_data["text"],
                user=request.user if request.user.is_authenticated else None,
                address=get_adapter(request).get_client_ip(request) or "",
                now=timezone.now(),
            )
            return redirect("report_thanks")
        form.add_error(None, _("That is a lot of reports from one place. Please try again in an hour."))
    context = {"form": form, "employer": employer, "listing": listing, "about": listing or employer}
    return render(request, "employers/report.html", context)


def _too_often(request):
    """Count one report of this network address, and of this person when signed in; True when it is one too many."""
    if request.user.is_authenticated and not consume(request, action="portal_report_person"):
        return True
    return not consume(request, action="portal_report")


@login_not_required
@require_safe
def thanks(request):
    """Says that the report is here and what happens next; the same whatever was reported, and by whom."""
    return render(request, "employers/report_thanks.html")
