"""The narrow rows that search and alerts read; employers.searchrow writes them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from employers.models.employer import Site
from employers.models.listing import Listing


def _slugs(max_length=60):
    return ArrayField(models.CharField(max_length=max_length), default=list)


class ListingSearch(models.Model):
    """One opening as search sees it. Live from `live_from` until just before `live_until`; both empty while hidden."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="search")
    live_from = models.DateTimeField(null=True)
    live_until = models.DateTimeField(null=True)
    title = models.CharField(max_length=80)
    work = models.CharField(max_length=80, blank=True)
    roles = _slugs(10)
    settings = _slugs()
    populations = _slugs()
    employment = _slugs(20)
    schedules = _slugs(20)
    modes = _slugs(20)
    visits = _slugs(20)
    licences = _slugs(20)
    languages = _slugs(10)
    employers = _slugs(80)
    states = _slugs(2)
    counties = _slugs(70)
    is_remote = models.BooleanField(default=False)
    education_rank = models.PositiveSmallIntegerField(null=True)
    experience_months = models.PositiveSmallIntegerField(null=True)
    pay_top_usd_hour = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    tsv = SearchVectorField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employers_listingsearch_live_both_or_neither",
                condition=Q(live_from=None, live_until=None) | Q(live_from__isnull=False, live_until__isnull=False),
            )
        ]
        indexes = [
            GinIndex(fields=["tsv"], name="employers_search_words"),
            models.Index(fields=["-live_from", "-listing"], name="employers_search_newest"),
        ]

    def __str__(self):
        return f"search row {self.pk}"


class ListingPoint(models.Model):
    """Where one opening is worked: one row per opening and site that has a point."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="points")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    lat = models.FloatField()
    lng = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "site"], name="employers_listingpoint_once_per_site")]
        indexes = [models.Index(fields=["lat", "lng"], name="employers_point_lat_lng")]

    def __str__(self):
        return f"point {self.pk}"
