"""Query string -> ListingCriteria. Holds no SQL; an unknown or bad value finds nothing and says so, it never widens."""

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careerportal.places.place import PlaceUnknown, resolve
from careers import vocabulary
from careers.models import CareSetting, JobTitle, Population
from employers.models import Employer, Listing
from employers.querysets import SORTS
from employers.search import ListingCriteria, clean_words, hourly

MILES_CHOICES = (5, 10, 25, 50, 100)
DEFAULT_MILES = 25
POSTED_CHOICES = [
    ("1", _("Today")), ("3", _("Last 3 days")), ("7", _("Last 7 days")), ("14", _("Last 14 days")),
    ("30", _("Last 30 days")),
]  # fmt: skip
SORT_CHOICES = [("newest", _("Newest")), ("distance", _("Distance")), ("pay", _("Pay")), ("closing", _("Closing soon"))]


class _Slugs(filters.ModelMultipleChoiceFilter):
    """Rows of a vocabulary by slug."""

    def __init__(self, **kwargs):
        super().__init__(to_field_name="slug", **kwargs)


class ListingForm(forms.Form):
    """Checks what only holds between fields: the place, and the unit of a pay floor."""

    place_found = None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("q") and not clean_words(cleaned["q"]):
            self.add_error("q", ValidationError(_("Type a word to look for.")))
        zip_code, place = cleaned.get("zip") or "", cleaned.get("place") or ""
        if "zip" not in self.errors and "place" not in self.errors and "miles" not in self.errors:
            try:
                self.place_found = resolve(zip=zip_code, place=place, miles=cleaned.get("miles"))
            except PlaceUnknown as unknown:
                self.add_error(unknown.field, ValidationError(str(unknown)))
        return cleaned


class ListingFilterSet(filters.FilterSet):
    """The search parameters of /openings/."""

    q = filters.CharFilter(label=_("Title or keyword"), max_length=200, strip=True)
    zip = filters.CharFilter(label=_("ZIP code"), max_length=10)
    place = filters.CharFilter(label=_("Town, county or state"), max_length=100)
    miles = filters.NumberFilter(label=_("Within"), min_value=1, max_value=500, decimal_places=0)
    role = filters.MultipleChoiceFilter(label=_("Role"), choices=vocabulary.ROLE_SEARCH_CHOICES)
    setting = _Slugs(label=_("Setting"), queryset=CareSetting.objects.order_by("name", "pk"))
    title = _Slugs(label=_("Job title"), queryset=JobTitle.objects.order_by("name", "pk"))
    same_work = filters.ChoiceFilter(
        label=_("Titles for the same work"), choices=[("1", _("Include")), ("0", _("This title only"))]
    )
    population = _Slugs(label=_("People served"), queryset=Population.objects.order_by("name", "pk"))
    employment = filters.MultipleChoiceFilter(label=_("Hours"), choices=vocabulary.EmploymentType.choices)
    schedule = filters.MultipleChoiceFilter(label=_("Schedule"), choices=vocabulary.Schedule.choices)
    mode = filters.MultipleChoiceFilter(label=_("Where the work happens"), choices=vocabulary.WorkMode.choices)
    visits = filters.MultipleChoiceFilter(label=_("Home visits"), choices=vocabulary.HomeVisits.choices)
    pay_min = filters.NumberFilter(label=_("Pay at least"), min_value=1, max_value=1_000_000)
    pay_period = filters.ChoiceFilter(label=_("Paid by"), choices=vocabulary.PayPeriod.choices)
    licence = filters.MultipleChoiceFilter(label=_("License asked"), choices=vocabulary.License.choices)
    education = filters.ChoiceFilter(label=_("Schooling asked, at most"), choices=vocabulary.Education.choices)
    experience = filters.NumberFilter(
        label=_("Months of experience asked, at most"), min_value=0, max_value=600, decimal_places=0
    )
    language = filters.MultipleChoiceFilter(label=_("Languages"), choices=vocabulary.Language.choices)
    posted = filters.ChoiceFilter(label=_("Posted within"), choices=POSTED_CHOICES)
    employer = _Slugs(label=_("Employer"), queryset=Employer.objects.public().order_by("name", "pk"))
    sort = filters.ChoiceFilter(label=_("Sort by"), choices=SORT_CHOICES, empty_label=None)

    class Meta:
        form = ListingForm

    def __init__(self, data=None, queryset=None, **kwargs):
        """`data` is a QueryDict (or a dict); a parameter given without a value asks nothing."""
        if hasattr(data, "setlist"):
            data = data.copy()
            for name in list(data):
                data.setlist(name, [value for value in data.getlist(name) if value.strip()])
        super().__init__(data, Listing.objects.none() if queryset is None else queryset, **kwargs)

    @property
    def is_usable(self):
        """True when every given value is known, so that the criteria mean what was asked."""
        return self.form.is_valid()

    @property
    def criteria(self):
        """The checked ListingCriteria. Raises ValueError when a value is bad: ask `is_usable` first."""
        if not self.is_usable:
            raise ValueError("The search holds a value that is not known.")
        asked = self.form.cleaned_data
        floor, period = asked["pay_min"], asked["pay_period"] or "hour"
        return ListingCriteria(
            words=clean_words(asked["q"]),
            place=self.form.place_found,
            roles=tuple(asked["role"] or ()),
            titles=tuple(title.slug for title in asked["title"] or ()),
            same_work=asked["same_work"] != "0",
            settings=tuple(setting.slug for setting in asked["setting"] or ()),
            populations=tuple(population.slug for population in asked["population"] or ()),
            employment=tuple(asked["employment"] or ()),
            schedules=tuple(asked["schedule"] or ()),
            modes=tuple(asked["mode"] or ()),
            visits=tuple(asked["visits"] or ()),
            licences=tuple(asked["licence"] or ()),
            languages=tuple(asked["language"] or ()),
            employers=tuple(employer.slug for employer in asked["employer"] or ()),
            education_rank=vocabulary.EDUCATION_RANKS[asked["education"]] if asked["education"] else None,
            experience_months=int(asked["experience"]) if asked["experience"] is not None else None,
            pay_floor_usd_hour=hourly(floor, period) if floor is not None else None,
            posted_days=int(asked["posted"]) if asked["posted"] else None,
        )

    @property
    def sort_order(self):
        """One of querysets.SORTS: as asked, else nearest first around a place, else newest first."""
        asked = self.form.cleaned_data.get("sort") if self.form.is_bound and hasattr(self.form, "cleaned_data") else ""
        if asked in SORTS:
            return asked
        place = self.form.place_found
        return "distance" if place is not None and place.kind == "radius" else "newest"

    def filter_queryset(self, queryset):
        raise NotImplementedError("Views call Listing.objects.live(at=...).matching(criteria, at=...).")
