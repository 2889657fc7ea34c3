"""Places of work: from an address to a point on the map, and saving one."""

from django.db import IntegrityError, transaction
from django.db.models import Case, When
from django.utils.translation import gettext as _

from careerportal.places.models import Town, ZipCode
from careerportal.places.names import squash
from careerportal.places.near import Miles
from careerportal.places.states import STATES
from employers import searchrow
from employers.models import Listing, Site


class SiteRefused(Exception):
    """The address cannot be a place of work; str(error) is fit to show. `field` is zip, city, state or address1."""

    def __init__(self, field, message):
        super().__init__(message)
        self.field = field


def locate(*, zip_code, city="", state=""):
    """Return the fields of Site that a ZIP code decides: zip, city, state, county, lat, lng and exactness.

    An empty `city` or `state` is filled from the ZIP code. Raises SiteRefused when the ZIP code is unknown, has no
    point, or lies in another state.
    """
    row = ZipCode.objects.filter(pk=zip_code).first()
    if row is None:
        raise SiteRefused("zip", _("We don't know ZIP %(zip)s. Check the five digits.") % {"zip": zip_code})
    if row.lat is None:
        raise SiteRefused(
            "zip",
            _("ZIP %(zip)s is a mail address without a place on the map. Give the ZIP code of the building.")
            % {"zip": zip_code},
        )
    if row.state and state and row.state != state:
        raise SiteRefused(
            "zip",
            _("ZIP %(zip)s is in %(there)s, not in %(here)s. Check both.")
            % {"zip": zip_code, "there": STATES.get(row.state, row.state), "here": STATES.get(state, state)},
        )
    if not (city or row.city):
        raise SiteRefused("city", _("Type the town. We don't know which town ZIP %(zip)s is in.") % {"zip": zip_code})
    if not (state or row.state):
        raise SiteRefused(
            "state", _("Choose the state. We don't know which one ZIP %(zip)s is in.") % {"zip": zip_code}
        )
    return {
        "zip": row.pk,
        "city": city or row.city,
        "state": state or row.state,
        "county": row.county,
        "lat": row.lat,
        "lng": row.lng,
        "exactness": Site.Exactness.ZIP,
    }


def locate_town(*, city, state):
    """Return the fields of Site for the middle of a town, with the ZIP code and county nearest to it; None if unknown."""
    town = Town.objects.filter(key=squash(city), state=state).first()
    if town is None:
        return None
    zips = ZipCode.objects.filter(state=state, city__iexact=town.name, lat__isnull=False)
    by_area = Case(When(kind=ZipCode.Kind.ZCTA, then=0), default=1)  # rather than a post office's own
    nearest = zips.order_by(by_area, Miles("lat", "lng", town.lat, town.lng), "pk").first()
    if nearest is None:
        return None
    return {
        "zip": nearest.pk,
        "city": town.name if city in (city.upper(), city.lower()) else city,
        "state": state,
        "county": nearest.county,
        "lat": town.lat,
        "lng": town.lng,
        "exactness": Site.Exactness.TOWN,
    }


@transaction.atomic
def save(*, employer, site=None, **fields):
    """Add a place of work, or change `site`, and move the openings there with it; return it as saved.

    `fields` are fields of Site. Raises SiteRefused when the employer already has this address.
    """
    searchrow.hold(employer_id=employer.pk)
    changed = Site.objects.select_for_update().get(pk=site.pk) if site else Site(employer=employer)
    for name, value in fields.items():
        setattr(changed, name, value)
    try:
        with transaction.atomic():
            changed.save()
    except IntegrityError as error:
        if "employers_site_once_per_address" not in str(error):
            raise
        raise SiteRefused("address1", _("You already have a site at this address.")) from error
    if site:
        searchrow.rewrite(list(Listing.objects.filter(sites=changed).values_list("pk", flat=True)))
    return changed
