"""What employers and sites say because registers say so: worked out from their entries, so that no order matters.

An employer is claimed once somebody registered it, acts for it, or it is approved or has openings. A claimed one and
its sites are only filled in where they are empty, and never closed.
"""

from collections import defaultdict
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q

from careers.models import CareSetting
from employers.models import Employer, Listing, Membership, RegisterEntry, Site
from employers.models.register import Source
from employers.registers.kinds import EMPLOYS_ORDER
from employers.registers.normal import readable
from employers.registers.points import Points
from employers.registers.writing import write

RANK = {source: place for place, source in enumerate(Source.values)}
_EXACT = {exactness: place for place, exactness in enumerate(("own", "street", "zip", "town"))}
_EMPLOYER_FIELDS = ["name", "phone", "website", "care_setting", "employs", "closed_at"]
_SITE_FIELDS = ["name", "address1", "city", "state", "zip", "county", "lat", "lng", "exactness", "closed_at"]


def claimed_ids(employer_ids):
    """Return those of the employers that people speak for."""
    return set(
        Employer.objects.filter(pk__in=employer_ids)
        .filter(
            Q(listed_from=Employer.ListedFrom.REGISTERED)
            | Q(approved_at__isnull=False)
            | Exists(Membership.objects.filter(employer=OuterRef("pk")))
            | Exists(Listing.objects.filter(employer=OuterRef("pk")))
        )
        .values_list("pk", flat=True)
    )


def derive(employer_ids, *, now, points=None):
    """Bring employers and their sites in line with their entries; `now` dates what closes, `points` may know places."""
    employers = list(Employer.objects.filter(pk__in=employer_ids, is_sample=False))
    claimed = claimed_ids([employer.pk for employer in employers])
    by_employer, by_site = defaultdict(list), defaultdict(list)
    entries = RegisterEntry.objects.filter(employer__in=employers).select_related("kind")
    for entry in sorted(entries, key=_lead_first):
        by_employer[entry.employer_id].append(entry)
        by_site[entry.site_id].append(entry)
    settings = {setting.slug: setting for setting in CareSetting.objects.all()}
    changed = [
        employer
        for employer in employers
        if _derive_employer(employer, by_employer[employer.pk], claimed, settings, now)
    ]
    write(changed, _EMPLOYER_FIELDS)
    _derive_sites(by_site, employers, claimed, points or Points(), now)


def _lead_first(entry):
    """Open ones before closed ones, then by register, then as the register counts."""
    return entry.closed_at is not None, RANK[entry.source], len(entry.source_id), entry.source_id


def _derive_employer(employer, entries, claimed, settings, now):
    """Set what follows from its entries; True if something changed."""
    before = [getattr(employer, name) for name in _EMPLOYER_FIELDS]
    standing = [entry for entry in entries if entry.closed_at is None]
    shown = standing or entries
    kinds = sorted({entry.kind for entry in shown}, key=lambda kind: (EMPLOYS_ORDER.index(kind.employs), kind.pk))
    employer.employs = kinds[0].employs if kinds else ""
    found = {
        "phone": _only(entry.agency_phone for entry in shown) or _only(entry.phone for entry in shown),
        "website": _website(shown),
        "care_setting": next((settings[kind.setting_slug] for kind in kinds if kind.setting_slug in settings), None),
    }
    if employer.pk in claimed:
        for name, value in found.items():
            if not getattr(employer, name) and value:
                setattr(employer, name, value)
    else:
        for name, value in found.items():
            setattr(employer, name, value)
        if shown:
            employer.name = _name(shown)
        employer.closed_at = None if standing else employer.closed_at or now
    return before != [getattr(employer, name) for name in _EMPLOYER_FIELDS]


def _name(entries):
    """The operator a register states; without one the facility itself."""
    lead = next((entry for entry in entries if entry.operator), entries[0])
    return readable(lead.operator or lead.name)[:160]


def _only(values):
    """The one value there is; "" for none and for several."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else ""


def _website(entries):
    """The shortest address if all lead to one host; a website of one of many places is not the employer's."""
    addresses = {entry.website for entry in entries if entry.website}
    hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses}
    return min(addresses, key=lambda address: (len(address), address)) if len(hosts) == 1 else ""


def _derive_sites(by_site, employers, claimed, points, now):
    sites = list(Site.objects.filter(employer__in=employers))
    points.learn(entry.zip for site in sites for entry in by_site[site.pk])
    taken = {_address(site): site.pk for site in sites}
    has_openings = set(Listing.sites.through.objects.filter(site__in=sites).values_list("site_id", flat=True))
    changed = []
    for site in sites:
        before = [getattr(site, name) for name in _SITE_FIELDS]
        entries = by_site[site.pk]
        if site.employer_id in claimed:
            _fill_site(site, entries, points)
        elif site.pk not in has_openings:
            _derive_site(site, entries, points, taken, now)
        if before != [getattr(site, name) for name in _SITE_FIELDS]:
            changed.append(site)
    write(changed, _SITE_FIELDS)


def _derive_site(site, entries, points, taken, now):
    standing = [entry for entry in entries if entry.closed_at is None]
    site.closed_at = None if standing else site.closed_at or now
    if not (shown := [entry for entry in standing or entries if entry.address1 and entry.zip]):
        return
    lead = shown[0]
    asked = (site.employer_id, lead.address1, readable(lead.city), lead.state, lead.zip)
    if taken.setdefault(asked, site.pk) == site.pk:
        site.address1, site.city, site.state, site.zip = asked[1:]
    site.name = readable(lead.name)[:160]
    spots = [points.spot(entry) for entry in shown]
    best = min(spots, key=lambda spot: (spot.lat is None, _EXACT[spot.exactness]))  # of equals the lead's
    site.lat, site.lng, site.exactness, site.county = best.lat, best.lng, best.exactness, spots[0].county


def _fill_site(site, entries, points):
    """A point where a claimed employer's site has none."""
    for entry in entries:
        spot = points.spot(entry) if entry.zip == site.zip else None
        if site.lat is None and spot and spot.lat is not None:
            site.lat, site.lng, site.exactness = spot.lat, spot.lng, spot.exactness
            site.county = site.county or spot.county


def _address(site):
    return site.employer_id, site.address1, site.city, site.state, site.zip
