"""What the map knows: ZIP codes, towns, counties. All three are loaded from one file and never edited."""

from django.db import models
from django.db.models import Q


def _point_is_whole(prefix):
    """A check that latitude and longitude are both absent or both on the globe."""
    return models.CheckConstraint(
        name=f"places_{prefix}_point_whole",
        condition=Q(lat__isnull=True, lng__isnull=True)
        | Q(lat__isnull=False, lng__isnull=False, lat__range=(-90, 90), lng__range=(-180, 180)),
        violation_error_message="A point has a latitude from -90 to 90 and a longitude from -180 to 180, or neither.",
    )


class ZipCode(models.Model):
    """One ZIP code. `lat` and `lng` are degrees, WGS84; `county` is a County.name of the same state."""

    class Kind(models.TextChoices):
        ZCTA = "zcta", "area"
        POINT = "point", "PO box or single building"
        MILITARY = "military", "military"

    class CoordSource(models.TextChoices):
        NONE = "", "none"
        CENSUS = "census", "US Census Bureau"
        GEONAMES = "geonames", "GeoNames"

    zip = models.CharField(max_length=5, primary_key=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    coord_source = models.CharField(max_length=8, choices=CoordSource.choices, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    county = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_zipcode_five_digits",
                condition=Q(zip__regex=r"^[0-9]{5}$"),
                violation_error_message="A ZIP code has five digits.",
            ),
            models.CheckConstraint(
                name="places_zipcode_kind_known",
                condition=Q(kind__in=["zcta", "point", "military"]),
                violation_error_message="A ZIP code is an area, a point, or military.",
            ),
            models.CheckConstraint(
                name="places_zipcode_source_iff_point",
                condition=Q(coord_source="", lat__isnull=True)
                | Q(coord_source__in=["census", "geonames"], lat__isnull=False),
                violation_error_message="A ZIP code names the source of its point exactly when it has one.",
            ),
            _point_is_whole("zipcode"),
        ]

    def __str__(self):
        return f"{self.city} {self.state} {self.pk}".strip()


class Town(models.Model):
    """A town of one state: the mean point of its ZIP areas, or of its PO boxes if it has no area.

    `key` is `names.squash(name)`; `zip_count` says how many ZIP codes carry the name.
    """

    key = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    lat = models.FloatField()
    lng = models.FloatField()
    zip_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "state"], name="places_town_key_state_unique"),
            models.CheckConstraint(
                name="places_town_named",
                condition=~Q(key="") & ~Q(name="") & Q(state__regex=r"^[A-Z]{2}$"),
                violation_error_message="A town has a name and a state.",
            ),
            _point_is_whole("town"),
        ]

    def __str__(self):
        return f"{self.name}, {self.state} #{self.pk}"


class County(models.Model):
    """A county, parish, borough or independent city; `name` is `names.plain_county`, `key` its squashed form."""

    key = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    zip_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "state"], name="places_county_key_state_unique"),
            models.CheckConstraint(
                name="places_county_named",
                condition=~Q(key="") & ~Q(name="") & Q(state__regex=r"^[A-Z]{2}$"),
                violation_error_message="A county has a name and a state.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.state} #{self.pk}"


class LoadedFile(models.Model):
    """Which version of the shipped file the tables hold, so that loading the same again costs nothing."""

    name = models.CharField(max_length=60, primary_key=True)
    checksum = models.CharField(max_length=64)
    zip_count = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.zip_count} rows of {self.pk}"
