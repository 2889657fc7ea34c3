"""One opening an employer shows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from careers import vocabulary
from employers.querysets import ListingQuerySet

CONFIRMED_FOR_DAYS = 90  # an opening nobody confirmed for this long is hidden

NEVER_SHOWN = ["draft", "in_review", "rejected"]  # states that seekers have not seen it in

# The eight facts an ad can state, always in this order: card, page, interview kit and quality list use it.
STATED_FACTS = ("pay", "place", "schedule", "mode", "licence", "caseload", "people", "languages")


def stated_by(said, *, has_site, has_people):
    """Which of STATED_FACTS `said` states, as a tuple of eight truth values in that order.

    `said` is anything with the fields of an opening: an opening, or what is still typed into a form.
    """
    return (
        said.pay_max_usd is not None,
        bool(said.remote_states) or has_site,
        bool(said.schedules) or said.weekly_hours is not None,
        bool(said.mode and said.visits),
        bool(said.licences),
        bool(said.caseload),
        has_people,
        bool(said.languages),
    )


def _among(field, choices):
    """A check that every value of an array column is one of `choices`."""
    return Q(**{f"{field}__contained_by": list(choices)})


class Listing(TimeStamped):
    """One opening. Its status is written by employers.lifecycle alone."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        REJECTED = "rejected", _("sent back")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")
        TAKEN_DOWN = "taken_down", _("taken down")

    employer = models.ForeignKey("employers.Employer", on_delete=models.CASCADE, related_name="listings")
    headline = models.CharField(_("headline"), max_length=120)
    title = models.ForeignKey("careers.JobTitle", on_delete=models.PROTECT, related_name="listings")
    roles = models.PositiveSmallIntegerField(_("role"), choices=vocabulary.RoleMask.choices)
    care_settings = models.ManyToManyField("careers.CareSetting", related_name="listings")
    populations = models.ManyToManyField("careers.Population", related_name="listings", blank=True)
    sites = models.ManyToManyField("employers.Site", related_name="listings", blank=True)
    remote_states = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    employment = models.CharField(max_length=20, choices=vocabulary.EmploymentType.choices)
    schedules = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    mode = models.CharField(max_length=20, choices=vocabulary.WorkMode.choices, blank=True)
    visits = models.CharField(max_length=20, choices=vocabulary.HomeVisits.choices, blank=True)
    visits_percent = models.PositiveSmallIntegerField(_("share of home visits, in percent"), null=True, blank=True)
    needs_car = models.BooleanField(null=True, blank=True)
    on_call = models.CharField(
        _("on-call time"), max_length=10, choices=vocabulary.OnCall.choices, blank=True, default="", db_default=""
    )
    counties = ArrayField(  # "NY:Albany", as Site.counties
        models.CharField(max_length=70), verbose_name=_("counties covered"), default=list, blank=True, db_default=[]
    )

    pay_min_usd = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    pay_max_usd = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    pay_period = models.CharField(max_length=10, choices=vocabulary.PayPeriod.choices, blank=True)

    licences = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    licence_stance = models.CharField(max_length=20, choices=vocabulary.Stance.choices, blank=True)
    credentials = models.ManyToManyField("careers.Credential", related_name="listings", blank=True)
    credential_stance = models.CharField(
        max_length=20, choices=vocabulary.Stance.choices, blank=True, default="", db_default=""
    )
    education = models.CharField(max_length=20, choices=vocabulary.Education.choices, blank=True)
    education_stance = models.CharField(max_length=20, choices=vocabulary.Stance.choices, blank=True)
    experience_months = models.PositiveSmallIntegerField(null=True, blank=True)
    experience_stance = models.CharField(max_length=20, choices=vocabulary.Stance.choices, blank=True)

    caseload = models.CharField(max_length=120, blank=True)
    acuity = models.CharField(
        _("acuity"), max_length=10, choices=vocabulary.Acuity.choices, blank=True, default="", db_default=""
    )
    supervision = models.CharField(_("supervision"), max_length=200, blank=True, default="", db_default="")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    benefit_kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True, db_default=[])
    benefits = models.CharField(max_length=300, blank=True)
    description = models.TextField(max_length=20_000)
    apply_url = models.URLField(blank=True)
    positions = models.PositiveSmallIntegerField(default=1)
    closes_on = models.DateField(null=True, blank=True)
    is_always_hiring = models.BooleanField(default=False)

    class Outcome(models.TextChoices):
        HIRED_HERE = "hired-here", _("Filled by somebody who found it here")
        HIRED_ELSEWHERE = "hired-elsewhere", _("Filled in another way")
        INSIDE = "inside", _("Filled by one of our own people")
        NOT_FILLED = "not-filled", _("Not filled; we stopped looking")
        PAUSED = "paused", _("On hold for now")

    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        _("how it ended"), max_length=20, choices=Outcome.choices, blank=True, default="", db_default=""
    )
    outcome_asked_at = models.DateTimeField(_("asked how it ended"), null=True, blank=True)
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("A draft that goes out by itself at this time.")
    )
    held_at = models.DateTimeField(
        _("held since"), null=True, blank=True, help_text=_("Hidden after reports until a moderator has looked.")
    )
    submitted_at = models.DateTimeField(_("sent for review"), null=True, blank=True)
    rejected_reason = models.TextField(
        _("why it was sent back"), blank=True, max_length=2000, default="", db_default=""
    )
    taken_down_reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sketch = ArrayField(
        models.BigIntegerField(), default=list, db_default=[], blank=True, editable=False,
        help_text=_("Of the description; see employers.risk.sameness."),
    )  # fmt: skip
    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=120, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints = [
            models.CheckConstraint(
                name="employers_listing_status_known",
                condition=Q(status__in=["draft", "in_review", "rejected", "published", "closed", "taken_down"]),
            ),
            models.CheckConstraint(name="employers_listing_roles_known", condition=Q(roles__range=(0, 3))),
            models.CheckConstraint(
                name="employers_listing_publication_times",
                condition=Q(status__in=NEVER_SHOWN, published_at=None, confirmed_at=None)
                | (~Q(status__in=NEVER_SHOWN) & Q(published_at__isnull=False, confirmed_at__isnull=False)),
                violation_error_message=_("An opening has a publication time exactly when it was ever published."),
            ),
            models.CheckConstraint(
                name="employers_listing_sent_back_has_reason", condition=~Q(status="rejected") | ~Q(rejected_reason="")
            ),
            models.CheckConstraint(
                name="employers_listing_closed_at_when_closed",
                condition=Q(status="closed", closed_at__isnull=False) | (~Q(status="closed") & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="employers_listing_taken_down_has_reason",
                condition=~Q(status="taken_down") | ~Q(taken_down_reason=""),
            ),
            models.CheckConstraint(
                name="employers_listing_pay_is_a_range",
                condition=Q(pay_min_usd=None, pay_max_usd=None, pay_period="")
                | Q(
                    pay_min_usd__isnull=False,  # a comparison with null is unknown, and a check lets that pass
                    pay_max_usd__isnull=False,
                    pay_min_usd__gt=0,
                    pay_max_usd__gte=models.F("pay_min_usd"),
                    pay_period__in=["hour", "year"],
                ),
                violation_error_message=_(
                    "Pay needs a lowest and a highest amount and whether it is by hour or by year."
                ),
            ),
            models.CheckConstraint(
                name="employers_listing_choices_known",
                condition=Q(employment__in=vocabulary.EmploymentType.values)
                & Q(mode__in=["", *vocabulary.WorkMode.values])
                & Q(visits__in=["", *vocabulary.HomeVisits.values])
                & Q(education__in=["", *vocabulary.Education.values])
                & _among("schedules", vocabulary.Schedule.values)
                & _among("licences", vocabulary.License.values)
                & _among("languages", vocabulary.Language.values),
            ),
            models.CheckConstraint(
                name="employers_listing_stances_known",
                condition=Q(licence_stance__in=["", *vocabulary.Stance.values])
                & Q(education_stance__in=["", *vocabulary.Stance.values])
                & Q(experience_stance__in=["", *vocabulary.Stance.values]),
            ),
            models.CheckConstraint(
                name="employers_listing_more_choices_known",
                condition=Q(on_call__in=["", *vocabulary.OnCall.values])
                & Q(acuity__in=["", *vocabulary.Acuity.values])
                & Q(credential_stance__in=["", *vocabulary.Stance.values])
                & _among("benefit_kinds", vocabulary.Benefit.values),
            ),
            models.CheckConstraint(
                name="employers_listing_visits_percent_is_a_share",
                condition=Q(visits_percent=None) | Q(visits_percent__lte=100),
            ),
            models.CheckConstraint(
                name="employers_listing_outcome_when_closed",
                condition=Q(outcome="")
                | Q(
                    status="closed",
                    outcome__in=["hired-here", "hired-elsewhere", "inside", "not-filled", "paused"],
                ),
            ),
            models.CheckConstraint(
                name="employers_listing_publish_at_for_drafts",
                condition=Q(publish_at=None) | Q(status__in=["draft", "rejected"]),
            ),
            models.UniqueConstraint(
                fields=["employer", "source", "source_id"],
                condition=~Q(source=""),
                name="employers_listing_once_per_source_id",
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "status"], name="employers_listing_by_employer"),
            GinIndex(fields=["sketch"], name="employers_listing_by_sketch"),
        ]

    def __str__(self):
        return f"{self.headline} ({self.pk})"

    @property
    def slug(self):
        """The words in the opening's address; the id alone decides which opening it is."""
        slug = slugify(self.headline)[:60].strip("-")
        return slug if slug not in ("", "report", "apply") else "opening"  # .../report/ and .../apply/ are other pages

    def get_absolute_url(self):
        return reverse("listing", kwargs={"pk": self.pk, "slug": self.slug})

    def is_live(self, *, at):
        """True when seekers may see it at the aware datetime `at`; the same answer as the queryset's live()."""
        row = getattr(self, "search", None)
        return bool(row and row.live_from and row.live_from <= at < row.live_until)

    @property
    def stated(self):
        """Which of STATED_FACTS this ad states, as a tuple of eight truth values in that order. Needs sites loaded."""
        return stated_by(self, has_site=bool(self.sites.all()), has_people=bool(self.populations.all()))
