"""The workspace of an employer: its openings, sites and members."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers import sites
from employers.forms import SiteForm
from employers.models import Employer, Listing

GROUPS = (Listing.Status.PUBLISHED, Listing.Status.DRAFT, Listing.Status.CLOSED, Listing.Status.TAKEN_DOWN)
PER_GROUP = 20
PER_PAGE = 50


def employer_of(request, slug, *, to_change=False):
    """Return (employer, membership) of the person asking. Raises Http404 for strangers, PermissionDenied for staff.

    With `to_change`, raises PermissionDenied for members who may only look.
    """
    employer = own_or_refused(request, Employer.objects.filter(slug=slug), Employer.objects.of_member(request.user))
    membership = employer.memberships.get(user=request.user)
    if to_change and not membership.may_edit:
        raise PermissionDenied(_("You may look at this employer's pages, but not change anything."))
    return employer, membership


def own_or_refused(request, found, own):
    """Return the one object of the queryset `found` that is also in `own`.

    Raises Http404 for strangers. Staff know that it exists and get PermissionDenied: their place is the admin.
    """
    mine = own.filter(pk__in=found.values("pk")).first()
    if mine is None:
        if request.user.is_staff and found.exists():
            raise PermissionDenied(_("You don't act for this employer. Staff work with employers in the admin."))
        raise Http404
    return mine


@require_safe
def hiring(request):
    """The employers someone acts for, or how to become one."""
    employers = (
        Employer.objects.of_member(request.user)
        .annotate(
            published=Count("listings", filter=Q(listings__status=Listing.Status.PUBLISHED), distinct=True),
            drafts=Count("listings", filter=Q(listings__status=Listing.Status.DRAFT), distinct=True),
        )
        .order_by("name", "pk")
    )
    return render(request, "employers/hiring/home.html", {"employers": employers})


@require_safe
def overview(request, slug):
    """One employer's openings by status, its sites and members; `?status=` shows all openings of one status."""
    employer, membership = employer_of(request, slug)
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
        for status in ([Listing.Status(chosen)] if page is not None else GROUPS)
        if counts.get(status) or status == chosen
    ]
    return render(
        request,
        "employers/hiring/overview.html",
        {
            "employer": employer,
            "membership": membership,
            "groups": groups,
            "page": page,
            "chosen": chosen if page is not None else "",
            "per_group": PER_GROUP,
            "sites": employer.sites.order_by("name", "city", "address1", "pk"),
            "members": employer.memberships.select_related("user").order_by("created_at", "pk"),
            "wish": timezone.now().isoformat(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request, slug):
    """Add a place of work."""
    employer, _membership = employer_of(request, slug, to_change=True)
    return _site_form(request, employer, site=None)


@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request, slug, pk):
    """Change a place of work; openings there move with it."""
    employer, _membership = employer_of(request, slug, to_change=True)
    return _site_form(request, employer, site=get_object_or_404(employer.sites, pk=pk))


def _site_form(request, employer, *, site):
    names = ("name", "address1", "zip", "city", "state")
    form = SiteForm(request.POST or None, initial={name: getattr(site, name) for name in names} if site else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = sites.save(employer=employer, site=site, **form.fields_of_site())
        except sites.SiteRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The site in %(town)s is saved.") % {"town": saved.town})
            return redirect("hiring_employer", slug=employer.slug)
    return render(request, "employers/hiring/site.html", {"employer": employer, "site": site, "form": form})
