"""Employers near a place: what is asked of the directory, and how it is found. List, map and counts all read this."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, F, FloatField, Min, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Floor, Lower
from django.utils.timezone import localdate

from careerportal.places.near import Miles, within
from careerportal.places.place import Place
from employers.models import Employer, Employs, Listing, ListingDay, RegisterEntry, Site

SORTS = ("likely", "distance", "name", "hiring")
HEARD_DAYS = 90  # inquiries of these last days count for who is shown first
BAND_MILES = 5  # employers within the same five miles count as equally near: the hiring ones come first


@dataclass(frozen=True)
class DirectoryCriteria:
    """What a reader asks of employers. An empty field narrows nothing.

    `words`: each is part of the employer's name. `settings` (slugs) and `sources` (of registers): any of them, and with
    a place it is the site there that must fit. `hiring`: something is open now. `open`: approved, with an inbox address.
    """

    words: tuple[str, ...] = ()
    place: Place | None = None
    settings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    hiring: bool = False
    open: bool = False


def found_employers(criteria, *, at):
    """The public employers that fit a DirectoryCriteria at the aware datetime `at`, in no order."""
    employers = _fitting_anywhere(criteria, at=at)
    if criteria.place is not None:
        return employers.filter(pk__in=_fitting_sites(criteria).values("employer"))
    if criteria.settings or criteria.sources:
        return employers.filter(_listed_as(criteria, "employer", own_setting="care_setting__slug"))
    return employers


def found_sites(criteria, *, at):
    """The open sites, with a point, of the employers that fit; with a place only those in it."""
    employers = _fitting_anywhere(criteria, at=at)
    return _fitting_sites(criteria).filter(employer__in=employers, lat__isnull=False)


def ranked(criteria, *, sort, at):
    """The fitting employers as (id, miles to the nearest fitting site, or None without a radius), in order.

    `sort` is one of SORTS. "likely" puts employers that may employ care coordinators or managers before those of which
    nothing is known, then goes by bands of BAND_MILES, those hiring first within each, and of these the ones that hear
    from fewer people for each opening: who hears from nobody gets seen.
    """
    place = criteria.place
    if place is not None and place.kind == "radius":
        sites = _fitting_sites(criteria).filter(employer__in=_fitting_anywhere(criteria, at=at))
        rows = sites.values("employer_id").annotate(miles=Min(Miles("lat", "lng", place.lat, place.lng)))
        pk, of = "employer_id", "employer__"
    else:
        rows = found_employers(criteria, at=at).annotate(miles=Value(None, output_field=FloatField()))
        pk, of = "pk", ""
    is_hiring = Q(**{f"{pk}__in": _hiring(at)})
    nearest = [F("miles").asc(nulls_last=True), Lower(f"{of}name"), pk]
    if sort == "name":
        order = [Lower(f"{of}name"), pk]
    elif sort == "distance":
        order = nearest
    elif sort == "hiring":
        order = [_first(is_hiring), *nearest]
    else:
        may_employ = is_hiring | ~Q(**{f"{of}employs": Employs.UNKNOWN})
        heard = Case(When(is_hiring, then=_inquiries_per_opening(pk, at=at)), default=Value(0.0))
        order = [_first(may_employ), Floor(F("miles") / BAND_MILES), _first(is_hiring), heard, *nearest]
    return rows.order_by(*order).values_list(pk, "miles")


def _first(condition):
    """Sorts what fits a condition before what does not."""
    return Case(When(condition, then=0), default=1)


def _inquiries_per_opening(pk, *, at):
    """How many inquiries came in HEARD_DAYS for each opening that is live at `at`, of the employer in column `pk`."""
    since = localdate(at) - timedelta(days=HEARD_DAYS)
    days = ListingDay.objects.filter(listing__employer=OuterRef(pk), day__gt=since).order_by()
    asked = days.values("listing__employer").annotate(asked=Sum("inquiries")).values("asked")
    live = Listing.objects.live(at=at).filter(employer=OuterRef(pk)).order_by()
    openings = live.values("employer").annotate(openings=Count("pk")).values("openings")
    return Coalesce(Cast(Subquery(asked), FloatField()) / Subquery(openings), Value(0.0), output_field=FloatField())


def counted_in_squares(sites, *, degrees):
    """Sites counted in squares of `degrees` latitude and longitude: (latitude, longitude, count) of each square's middle."""
    squares = sites.annotate(
        row=Floor(F("lat") / Value(float(degrees))), column=Floor(F("lng") / Value(float(degrees)))
    )
    counted = squares.order_by().values("row", "column").annotate(found=Count("pk")).order_by("row", "column")
    return [
        (round((row + 0.5) * degrees, 3), round((column + 0.5) * degrees, 3), found)
        for row, column, found in counted.values_list("row", "column", "found")
    ]


def _hiring(at):
    """Ids of employers with something open at `at`."""
    return Listing.objects.live(at=at).values("employer")


def _fitting_anywhere(criteria, *, at):
    """Public employers by name, by whether they hire, and by whether they want to be written to; place left aside."""
    employers = Employer.objects.taking_inquiries() if criteria.open else Employer.objects.public()
    for word in criteria.words:
        employers = employers.filter(name__icontains=word)
    if criteria.hiring:
        employers = employers.filter(pk__in=_hiring(at))
    return employers


def _fitting_sites(criteria):
    """Open sites of the asked place, setting and registers, whoever runs them."""
    sites = Site.objects.filter(closed_at=None, is_proposed=False)
    place = criteria.place
    if place is not None:
        if place.kind == "radius":
            sites = sites.filter(within("lat", "lng", place.lat, place.lng, place.miles))
        elif place.kind == "county":
            sites = sites.filter(state=place.state, county=place.county)
        else:
            sites = sites.filter(state=place.state) if place.kind == "state" else sites.none()
    if criteria.settings or criteria.sources:
        sites = sites.filter(_listed_as(criteria, "site", own_setting="employer__care_setting__slug"))
    return sites


def _listed_as(criteria, what, *, own_setting):
    """A register lists it under an asked setting and source; what no register lists says its setting itself.

    `what`: "site" or "employer". Sets of ids, because the database looks them up once, not once a row.
    """
    entries = RegisterEntry.objects.filter(closed_at=None, **{f"{what}__isnull": False})
    asked = entries
    if criteria.sources:
        asked = asked.filter(source__in=criteria.sources)
    if criteria.settings:
        asked = asked.filter(kind__setting_slug__in=criteria.settings)
    condition = Q(pk__in=asked.values(what))
    if criteria.settings and not criteria.sources:
        condition |= Q(**{f"{own_setting}__in": criteria.settings}) & ~Q(pk__in=entries.values(what))
    return condition
