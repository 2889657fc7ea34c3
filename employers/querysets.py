"""How employers and openings are found; the only place that knows what "live" and "matches" mean."""

from datetime import timedelta

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from careerportal.places.near import Miles, within
from employers.search import OVERLAPS

SORTS = ("newest", "distance", "pay", "closing")


class EmployerQuerySet(models.QuerySet):
    """Employers by who may see or act for them."""

    def public(self):
        """Employers with a page for everyone: approved or listed by a register; not hidden by moderators, closed or merged."""
        return self.filter(
            Q(approved_at__isnull=False) | Q(listed_from="register"),
            suspended_at=None,
            held_at=None,
            closed_at=None,
            merged_into=None,
        )

    def approved(self):
        """Employers that may publish: approved, and not hidden by moderators."""
        return self.filter(approved_at__isnull=False, suspended_at=None, held_at=None)

    def taking_inquiries(self):
        """Employers that seekers can write to: verified, and with a page for everyone."""
        return self.public().filter(approved_at__isnull=False)

    def of_member(self, user, *, access=None):
        """Employers `user` acts for; `access`: only with one of these kinds of membership."""
        if not user.is_authenticated:
            return self.none()
        memberships = {"memberships__user": user}
        if access:
            memberships["memberships__access__in"] = access
        return self.filter(**memberships).distinct()

    def with_open_count(self, *, at):
        """Add `open_count`, how many openings are live at the aware datetime `at`."""
        live = self.model.listings.rel.related_model.objects.live(at=at).filter(employer=OuterRef("pk")).order_by()
        counted = live.values("employer").annotate(found=Count("pk")).values("found")
        return self.annotate(open_count=Coalesce(Subquery(counted), 0))


class ListingQuerySet(models.QuerySet):
    """Openings by who may see or change them, and by what someone looks for."""

    def live(self, *, at):
        """Openings a seeker may see at the aware datetime `at`: published, approved employer, not past closing."""
        return self.filter(search__live_from__lte=at, search__live_until__gt=at)

    def editable_by(self, user):
        """Openings `user` may change: those of employers where they are owner or recruiter."""
        return self.of_member(user, access=("owner", "recruiter"))

    def of_member(self, user, *, access=None):
        """Openings of employers `user` acts for; `access`: only with one of these kinds of membership."""
        if not user.is_authenticated:
            return self.none()
        memberships = {"employer__memberships__user": user}
        if access:
            memberships["employer__memberships__access__in"] = access
        return self.filter(**memberships).distinct()

    def matching(self, criteria, *, at):
        """Narrow to a ListingCriteria at the aware datetime `at`; an empty field narrows nothing.

        accounts.planner renders the same definition as one statement over many alerts;
        tests/accounts/test_one_definition.py holds the two equal.
        """
        found = self
        if criteria.words:
            found = found.filter(search__tsv=SearchQuery(criteria.words, config="english", search_type="websearch"))
        if criteria.place:
            found = found.filter(self._in_place(criteria.place))
        for facet, column in OVERLAPS.items():
            if values := getattr(criteria, facet):
                found = found.filter(**{f"search__{column}__overlap": list(values)})
        if criteria.titles:
            wanted = Q(search__title__in=criteria.titles)
            if criteria.same_work:
                works = self.model.title.field.related_model.objects.filter(
                    slug__in=criteria.titles, role__isnull=False
                )
                wanted |= Q(search__work__in=works.values("role__slug"))
            found = found.filter(wanted)
        if criteria.education_rank is not None:
            found = found.filter(search__education_rank__lte=criteria.education_rank)
        if criteria.experience_months is not None:
            found = found.filter(search__experience_months__lte=criteria.experience_months)
        if criteria.pay_floor_usd_hour is not None:
            found = found.filter(search__pay_top_usd_hour__gte=criteria.pay_floor_usd_hour)
        if criteria.posted_days is not None:
            found = found.filter(search__live_from__gte=at - timedelta(days=criteria.posted_days))
        return found

    def _in_place(self, place):
        if place.kind == "radius":
            points = self.model.points.rel.related_model.objects.filter(listing=OuterRef("pk"))
            return Exists(points.filter(within("lat", "lng", place.lat, place.lng, place.miles)))
        if place.kind == "county":
            return Q(search__counties__contains=[f"{place.state}:{place.county}"])
        if place.kind == "state":
            return Q(search__states__overlap=[place.state, "US"])
        return Q(search__is_remote=True)

    def with_miles(self, place):
        """Add `miles`, the great-circle distance to the nearest site of the opening; null unless `place` is a radius."""
        if place is None or place.kind != "radius":
            return self.annotate(miles=models.Value(None, output_field=models.FloatField()))
        points = self.model.points.rel.related_model.objects.filter(listing=OuterRef("pk")).values("listing")
        nearest = points.annotate(nearest=Min(Miles("lat", "lng", place.lat, place.lng))).values("nearest")
        return self.annotate(miles=Subquery(nearest))

    def sorted_by(self, sort):
        """Order by one of SORTS; the order always ends in the primary key, so pages are stable."""
        if sort == "distance":
            return self.order_by(F("miles").asc(nulls_last=True), "-search__live_from", "-pk")
        if sort == "pay":
            return self.order_by(F("search__pay_top_usd_hour").desc(nulls_last=True), "-search__live_from", "-pk")
        if sort == "closing":
            return self.order_by(F("closes_on").asc(nulls_last=True), "-search__live_from", "-pk")
        return self.newest_first()

    def newest_first(self):
        """Newest publication first."""
        return self.order_by(F("published_at").desc(nulls_last=True), "-pk")

    def with_card_details(self):
        """Load what a card shows, in a fixed number of queries; the long text stays behind, so that sorting moves little."""
        return self.select_related("employer", "title").prefetch_related("sites", "populations").defer("description")

    def with_page_details(self):
        """Load what the opening's own page shows: the card, the long text and its search row."""
        loaded = self.with_card_details().prefetch_related("credentials", "care_settings").select_related("search")
        return loaded.defer(None).defer("search__tsv")
