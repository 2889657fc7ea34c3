"""What alerts ask, in three classes that are stored once and shared: place, words, facets.

Equal criteria are equal rows (by `key`), so a thousand alerts for "25 miles of 12207" share one row. The empty class
of each kind narrows nothing.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careerportal.places.place import Place, PlaceKind
from employers.search import OVERLAPS, SCHEMA_VERSION, ListingCriteria


def _slugs():
    return ArrayField(models.CharField(max_length=80), default=list)


class PlaceClass(models.Model):
    """One Place, or nowhere in particular (kind empty). Fields as in careerportal.places.place.Place."""

    key = models.CharField(max_length=140, unique=True)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices, blank=True)
    zip = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    county = models.CharField(max_length=60, blank=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    miles = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_placeclass_kind_has_its_fields",
                condition=Q(kind="", key="")
                | Q(kind="radius", lat__isnull=False, lng__isnull=False, miles__gte=1)
                | (Q(kind="county") & ~Q(state="") & ~Q(county=""))
                | (Q(kind="state") & ~Q(state=""))
                | Q(kind="remote"),
            )
        ]

    def __str__(self):
        return f"{self.key or 'anywhere'} ({self.pk})"

    @classmethod
    def of(cls, place):
        """Return the stored class of a Place or of None, made if new."""
        if place is None:
            return cls.objects.get_or_create(key="")[0]
        fields = {name: getattr(place, name) for name in ("zip", "town", "state", "county", "lat", "lng", "miles")}
        return cls.objects.get_or_create(key=place.key, defaults={"kind": place.kind, **fields})[0]

    @property
    def place(self):
        """The Place this row stores; None for anywhere."""
        if not self.kind:
            return None
        return Place(
            kind=PlaceKind(self.kind), zip=self.zip, town=self.town, state=self.state, county=self.county,
            lat=self.lat, lng=self.lng, miles=self.miles,
        )  # fmt: skip


class WordsClass(models.Model):
    """Search words as employers.search.clean_words leaves them; empty for none."""

    words = models.CharField(max_length=200, unique=True, blank=True)

    def __str__(self):
        return f"words {self.pk}"

    @classmethod
    def of(cls, words):
        """Return the stored class of cleaned words, made if new."""
        return cls.objects.get_or_create(words=words)[0]


class FacetsClass(models.Model):
    """Everything else an alert asks; columns as in ListingCriteria, `key` is its hash of them."""

    key = models.CharField(max_length=64, unique=True)
    schema_version = models.PositiveSmallIntegerField(default=SCHEMA_VERSION)
    roles = _slugs()
    titles = _slugs()
    same_work = models.BooleanField(default=True)
    settings = _slugs()
    populations = _slugs()
    employment = _slugs()
    schedules = _slugs()
    modes = _slugs()
    visits = _slugs()
    licences = _slugs()
    languages = _slugs()
    employers = _slugs()
    education_rank = models.PositiveSmallIntegerField(null=True)
    experience_months = models.PositiveSmallIntegerField(null=True)
    pay_floor_usd_hour = models.DecimalField(max_digits=10, decimal_places=2, null=True)

    LISTS = ("titles", *OVERLAPS)
    SCALARS = ("same_work", "education_rank", "experience_months", "pay_floor_usd_hour")

    def __str__(self):
        return f"facets {self.pk}"

    @classmethod
    def of(cls, criteria):
        """Return the stored class of a ListingCriteria's facets, made if new."""
        values = {name: list(getattr(criteria, name)) for name in cls.LISTS}
        values |= {name: getattr(criteria, name) for name in cls.SCALARS}
        return cls.objects.get_or_create(key=criteria.facets_key(), defaults=values)[0]

    def asked(self):
        """Return the stored values as keyword arguments of ListingCriteria."""
        return {name: tuple(getattr(self, name)) for name in self.LISTS} | {
            name: getattr(self, name) for name in self.SCALARS
        }


def criteria_of(place_class, words_class, facets_class):
    """Return the ListingCriteria that three stored classes mean together."""
    return ListingCriteria(words=words_class.words, place=place_class.place, **facets_class.asked())
