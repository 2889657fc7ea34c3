"""Places of work: from an address to a point on the map, and saving one."""

from django.db import IntegrityError, transaction
from django.db.models import Case, When
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.places.models import County, Town, ZipCode
from careerportal.places.names import BOROUGHS, plain_county, squash
from careerportal.places.near import Miles, miles_between, within
from careerportal.places.states import STATES
from employers import searchrow
from employers.models import Listing, RegisterEntry, Site

PIN_MILES = 50  # from the middle of the ZIP code: the widest ZIP areas of the West reach about as far
BORDER_TIMES = 2  # so much farther the address's own state may be, as ZIP codes along a border are large or small
COUNTIES_AT_MOST = 62  # all of New York's
_COUNTY_OF_BOROUGH = {squash(borough): county for county, borough in BOROUGHS.items()}
ADDRESS = ("address1", "city", "state", "zip")


class SiteRefused(Exception):
    """The place of work cannot be like this; str(error) is fit to show. `field` is the field of the form it is about."""

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


def counties_of(text, *, state):
    """Return the counties named in `text`, by comma or line, as "NY:Albany"; a county of another state says so: "Hudson, NJ".

    A name alone is of `state`. Raises SiteRefused naming the first that is not a county, or when there are too many.
    """
    found = []
    for line in text.replace(";", "\n").splitlines():
        words = [word.strip() for word in line.split(",") if word.strip()]
        for at, word in enumerate(words):
            if word.upper() in STATES and len(word) == 2:
                continue
            said = words[at + 1].upper() if at + 1 < len(words) else ""
            where = said if said in STATES else state
            name = plain_county(_COUNTY_OF_BOROUGH.get(squash(word), word) if where == "NY" else word)
            county = County.objects.filter(key=squash(name), state=where).first()
            if county is None:
                raise SiteRefused(
                    "counties",
                    _("We know no county “%(county)s” in %(state)s. Check the name, or add its state: Hudson, NJ.")
                    % {"county": word[:60], "state": STATES.get(where, where)},
                )
            found.append(f"{county.state}:{county.name}")
    if len(set(found)) > COUNTIES_AT_MOST:
        raise SiteRefused("counties", _("Name at most %(most)s counties.") % {"most": COUNTIES_AT_MOST})
    return sorted(set(found))


def check_pin(*, lat, lng, zip_code, state):
    """Raise SiteRefused unless the point (degrees) is at most PIN_MILES from the middle of the ZIP code and in `state`.

    A point is in the state of the ZIP code nearest to it; along a border it may be in either.
    """
    row = ZipCode.objects.filter(pk=zip_code, lat__isnull=False).first()
    if row is None:
        raise SiteRefused(
            "lat", _("We don't know where ZIP %(zip)s is, so we can't check the pin.") % {"zip": zip_code}
        )
    miles = miles_between(lat, lng, row.lat, row.lng)
    if miles > PIN_MILES:
        raise SiteRefused(
            "lat",
            _(
                "This point is %(miles)s miles from ZIP %(zip)s. Check the two numbers; west of Greenwich longitude is negative."
            )
            % {"miles": f"{miles:,.0f}", "zip": zip_code},
        )
    near = ZipCode.objects.filter(within("lat", "lng", lat, lng, PIN_MILES), lat__isnull=False).exclude(state="")
    nearest = near.annotate(miles=Miles("lat", "lng", lat, lng)).order_by("miles", "pk").first()
    own = near.filter(state=state).annotate(miles=Miles("lat", "lng", lat, lng)).order_by("miles", "pk").first()
    if nearest is None or nearest.state == state or (own is not None and own.miles <= BORDER_TIMES * nearest.miles + 1):
        return
    raise SiteRefused(
        "lat",
        _("This point is in %(there)s, but the address is in %(here)s.")
        % {"there": STATES.get(nearest.state, nearest.state), "here": STATES.get(state, state)},
    )


@transaction.atomic
def save(*, employer, site=None, by=None, now=None, **fields):
    """Add a place of work, or change `site`, and move the openings there with it; return it as saved.

    `fields` are fields of Site. A point that is better than the middle of the ZIP code stays while the address stays.
    With `by` and `now` the audit log tells it. Raises SiteRefused when the employer already has this address.
    """
    searchrow.hold(employer_id=employer.pk)
    changed = Site.objects.select_for_update().get(pk=site.pk) if site else Site(employer=employer)
    if site and all(getattr(changed, name) == fields.get(name, getattr(changed, name)) for name in ADDRESS):
        fields = {name: value for name, value in fields.items() if name not in ("lat", "lng", "exactness", "county")}
    elif not site:
        fields["is_proposed"] = employer.is_claim_waiting and by is not None
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
        _move_openings(changed)
    if by is not None:
        audit.record("site.changed" if site else "site.added", about=changed, actor=by, employer=employer, now=now)
    return changed


def _move_openings(site):
    searchrow.rewrite(list(Listing.objects.filter(sites=site).values_list("pk", flat=True)))


@transaction.atomic
def move_pin(*, site, lat, lng, by, now):
    """Put a site's pin at a point its employer gives (degrees), or with None back into the middle of its ZIP code.

    Openings there move with it. Return the site as saved. Raises SiteRefused as check_pin does.
    """
    searchrow.hold(employer_id=site.employer_id)
    found = Site.objects.select_for_update().get(pk=site.pk)
    if lat is None or lng is None:
        back = locate(zip_code=found.zip, city=found.city, state=found.state)
        found.lat, found.lng, found.exactness = back["lat"], back["lng"], back["exactness"]
    else:
        check_pin(lat=lat, lng=lng, zip_code=found.zip, state=found.state)
        found.lat, found.lng, found.exactness = lat, lng, Site.Exactness.OWN
    found.save(update_fields=["lat", "lng", "exactness", "updated_at"])
    _move_openings(found)
    audit.record("site.moved", about=found, actor=by, employer=found.employer_id, now=now)
    return found


def kept_because(site):
    """Why a site cannot be deleted, in words; "" when nothing holds it."""
    if RegisterEntry.objects.filter(site=site).exists():
        return _("An official register lists this place. Ask for a correction if it is wrong.")
    if Listing.objects.filter(sites=site).exists():
        return _("Openings name this place, also closed ones or drafts. Choose another place in them first.")
    return ""


@transaction.atomic
def delete(*, site, by, now):
    """Delete a place of work that nothing names. Raises SiteRefused when something does; a repeat changes nothing."""
    searchrow.hold(employer_id=site.employer_id)
    found = Site.objects.select_for_update().filter(pk=site.pk).first()
    if found is None:
        return
    if reason := kept_because(found):
        raise SiteRefused("", reason)
    audit.record("site.deleted", about=found, actor=by, employer=found.employer_id, now=now)
    found.delete()
