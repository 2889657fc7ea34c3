"""Places of work: the list, a form for one, its pin, deleting it."""

import json

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careerportal.places.models import ZipCode
from careerportal.places.near import Miles, within
from employers import groups, profile, sites, waits
from employers.employerpage import exactness_text
from employers.forms import SiteForm
from employers.forms.profile import GroupForm
from employers.forms.site import PinForm
from employers.models import Case
from employers.views.membership import employer_of

AROUND_MILES, AROUND_MOST = 25, 60  # ZIP codes drawn around a pin


@never_cache
@require_safe
def site_list(request, slug):
    """Every place of work with how exact its pin is, and the group the organization belongs to."""
    employer, membership = employer_of(request, slug)
    rows = [
        {"site": site, "exactness": exactness_text(site), "openings": site.openings}
        for site in employer.sites.filter(closed_at=None)
        .annotate(openings=Count("listings"))
        .order_by("name", "city", "address1", "pk")
    ]
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "sites",
        "rows": rows,
        "group_form": GroupForm(),
        "group_waits": groups.waiting_for(employer),
        "group_when": waits.usually(Case.Kind.GROUP),
        "group_answer": groups.last_answer(employer),
        "group_names": list(groups.curated().values_list("name", flat=True)[:200]),
    }
    return render(request, "employers/hiring/sites.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request, slug):
    """Add a place of work."""
    employer, membership = employer_of(request, slug, to_change=True)
    return _site_form(request, employer, membership, site=None)


@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request, slug, pk):
    """Change a place of work; openings there move with it."""
    employer, membership = employer_of(request, slug, to_change=True)
    return _site_form(request, employer, membership, site=get_object_or_404(employer.sites, pk=pk))


def _site_form(request, employer, membership, *, site):
    names = ("name", "address1", "zip", "city", "state")
    initial = {name: getattr(site, name) for name in names} | {"counties": _typed(site)} if site else None
    form = SiteForm(request.POST or None, initial=initial)
    reason = _claimed(employer, site)
    if request.method == "POST" and reason:
        form.add_error(None, reason)
    elif request.method == "POST" and form.is_valid():
        try:
            saved = sites.save(
                employer=employer, site=site, by=request.user, now=timezone.now(), **form.fields_of_site()
            )
        except sites.SiteRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The site in %(town)s is saved.") % {"town": saved.town})
            return redirect("hiring_sites", slug=employer.slug)
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "sites",
        "site": site,
        "form": form,
        "reason": reason,
        "kept_because": sites.kept_because(site) if site else "",
    }
    return render(request, "employers/hiring/site.html", context)


def _claimed(employer, site):
    """Why this site stays as it is: the register's own, while the claim is not verified; "" when it may change."""
    return profile.refusal(employer) if site and employer.is_claim_waiting and not site.is_proposed else ""


def _typed(site):
    """The counties covered as one types them: those of the site's own state first, by name alone."""
    own = [county[3:] for county in site.counties if county.startswith(f"{site.state}:")]
    return ", ".join(own + [f"{county[3:]}, {county[:2]}" for county in site.counties if county[:2] != site.state])


@require_http_methods(["GET", "HEAD", "POST"])
def site_pin(request, slug, pk):
    """Put a site's pin in its place, by two numbers or, with script, by a click on the map."""
    employer, membership = employer_of(request, slug, to_change=True)
    site = get_object_or_404(employer.sites, pk=pk)
    is_own = site.exactness == site.Exactness.OWN
    form = PinForm(request.POST or None, initial={"lat": site.lat, "lng": site.lng} if is_own else None)
    reason = _claimed(employer, site)
    if request.method == "POST" and reason:
        form.add_error(None, reason)
    elif request.method == "POST" and form.is_valid():
        try:
            sites.move_pin(site=site, by=request.user, now=timezone.now(), **form.cleaned_data)
        except sites.SiteRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The pin is saved. Openings there are found from it."))
            return redirect("hiring_sites", slug=employer.slug)
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "sites",
        "site": site,
        "form": form,
        "exactness": exactness_text(site),
        "around": json.dumps(_around(site)),
    }
    return render(request, "employers/hiring/pin.html", context)


def _around(site):
    """ZIP codes around a site, for the map: [latitude, longitude, ZIP code]. Empty when it has no point."""
    if site.lat is None:
        return []
    near = ZipCode.objects.filter(within("lat", "lng", site.lat, site.lng, AROUND_MILES), kind=ZipCode.Kind.ZCTA)
    near = near.annotate(miles=Miles("lat", "lng", site.lat, site.lng)).order_by("miles", "pk")[:AROUND_MOST]
    return [[round(row.lat, 4), round(row.lng, 4), row.pk] for row in near]


@require_POST
def site_delete(request, slug, pk):
    """Delete a place of work that no opening and no register names."""
    employer, _membership = employer_of(request, slug, to_change=True)
    site = get_object_or_404(employer.sites, pk=pk)
    try:
        sites.delete(site=site, by=request.user, now=timezone.now())
    except sites.SiteRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The site is deleted."))
    return redirect("hiring_sites", slug=employer.slug)


@require_POST
def group(request, slug):
    """Propose to belong to a group, or leave the present one; owners only."""
    employer, _membership = employer_of(request, slug, as_owner=True)
    now = timezone.now()
    try:
        if request.POST.get("do") == "leave":
            groups.leave(employer=employer, by=request.user, now=now)
            messages.success(request, _("Your organization is in no group any more."))
        else:
            form = GroupForm(request.POST)
            if not form.is_valid():
                raise groups.GroupRefused(_("Type the name of the group."))
            groups.propose(employer=employer, name=form.cleaned_data["name"], by=request.user, now=now)
            messages.success(request, _("Proposed. A moderator decides, and then your page shows the group."))
    except groups.GroupRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("hiring_sites", slug=employer.slug)
