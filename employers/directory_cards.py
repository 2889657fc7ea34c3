"""Employers as the cards of the directory: what is known of each, from which register and of which day."""

from collections import defaultdict

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerportal.places.near import miles_between
from employers import wording
from employers.cards import open_text
from employers.models import Employer, Employs, Listing, RegisterEntry

EMPLOYS_TEXT = {
    Employs.YES: gettext_lazy("Places of this kind employ care coordinators or care managers."),
    Employs.LIKELY: gettext_lazy(
        "Places of this kind often employ care managers. We don't know yet whether this one does."
    ),
    Employs.UNKNOWN: gettext_lazy(
        "We don't know whether places of this kind employ care coordinators or care managers."
    ),
}


def directory_cards(rows, *, place, at):
    """Cards of (employer id, miles) rows, in their order, as things stand at `at`; three queries however many."""
    miles = dict(rows)
    employers = Employer.objects.with_open_count(at=at).select_related("care_setting").prefetch_related("sites")
    employers = employers.in_bulk(miles)
    entries = defaultdict(list)
    found = RegisterEntry.objects.filter(employer__in=miles, closed_at=None).select_related("kind")
    for entry in found.only("employer_id", "site_id", "source", "register_date", "kind__name").order_by(
        "-register_date", "source", "pk"
    ):
        entries[entry.employer_id].append(entry)
    return [_card(employers[pk], entries[pk], miles=miles[pk], place=place) for pk, _miles in rows if pk in employers]


def open_counts(employer_ids, *, at):
    """How many openings are live at `at`, by employer id; employers without any are left out."""
    live = Listing.objects.live(at=at).filter(employer__in=employer_ids).order_by()
    return dict(live.values("employer").annotate(found=Count("pk")).values_list("employer", "found"))


def nearest_first(sites, place):
    """(site, miles or None) of the open sites, nearest to a radius first, else by town."""
    if place is None or place.kind != "radius":
        open_sites = [site for site in sites if site.closed_at is None and not site.is_proposed]
        return [(site, None) for site in sorted(open_sites, key=lambda site: (site.state, site.city, site.pk))]
    measured = [
        (site, None if site.lat is None else miles_between(site.lat, site.lng, place.lat, place.lng))
        for site in sites
        if site.closed_at is None and not site.is_proposed
    ]
    return sorted(measured, key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0].pk))


def employs_text(employer):
    """What is known about whether the employer employs care coordinators or managers; empty when no register lists it."""
    return str(EMPLOYS_TEXT[employer.employs]) if employer.employs else ""


def register_text(entry):
    """Which register says so, and of which day: "New York State health facilities, April 19, 2026"."""
    return _("%(register)s, %(date)s") % {
        "register": entry.get_source_display(),
        "date": wording.day(entry.register_date),
    }


def _card(employer, entries, *, miles, place):
    sites = nearest_first(employer.sites.all(), place)
    nearest = sites[0][0] if sites else None
    at_nearest = [entry for entry in entries if nearest is not None and entry.site_id == nearest.pk]
    entry = next(iter(at_nearest or entries), None)
    where = nearest.town if nearest else ""
    if where and miles is not None:
        where = _("%(place)s, %(miles)s") % {"place": where, "miles": wording.miles_text(miles)}
    kind = entry.kind.name if entry else employer.care_setting.name if employer.care_setting else ""
    facts = [fact for fact in (kind, where) if fact]
    if len(sites) > 1:
        others = len(sites) - 1
        facts.append(ngettext("%(count)s more place", "%(count)s more places", others) % {"count": f"{others:,}"})
    return {
        "url": employer.get_absolute_url() + (f"?zip={place.zip}" if place is not None and place.zip else ""),
        "slug": employer.slug,
        "name": employer.name,
        "is_sample": employer.is_sample,
        "is_verified": employer.is_approved,
        "facts": facts,
        "open_text": open_text(employer.open_count),
        "open_detail": "",
        "note": "" if employer.open_count or entry else _("No openings right now."),
        "employs": employer.employs,
        "employs_text": employs_text(employer),
        "register_text": register_text(entry) if entry else "",
        "miles": None if miles is None else f"{miles:.1f}",
        "heading_level": 3,
    }
