"""Pay beyond a role page: rules on showing it, and published wages that editors load from tables."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content


class PayRuleStatus(models.TextChoices):
    """Where a rule stands; whether it has started is told by its date."""

    IN_FORCE = "in-force", _("In force")
    STARTS_LATER = "starts-later", _("Starts later")
    LIKELY_ENDED = "likely-ended", _("Has likely ended")


def _status_known(name):
    return models.CheckConstraint(name=name, condition=Q(status__in=["in-force", "starts-later", "likely-ended"]))


class PayRule(Content):
    """Whether a state's employers must show pay in an ad (`must_show`), or tell it later."""

    state = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=60)
    must_show = models.BooleanField(_("pay must stand in the ad"), default=True)
    employer_threshold = models.CharField(_("from which size"), max_length=120, blank=True)
    effective = models.DateField(_("in force since"), null=True, blank=True)
    status = models.CharField(max_length=14, choices=PayRuleStatus.choices, default=PayRuleStatus.IN_FORCE)
    rule = models.TextField()
    scope = models.TextField(_("which jobs, remote work too"), blank=True)
    exceptions = models.TextField(blank=True)
    recruiters = models.TextField(blank=True)
    enforcement = models.TextField(blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="pay_rules")

    class Meta(Content.Meta):
        constraints = [*Content.Meta.constraints, _status_known("careers_payrule_status_known")]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def starts_later(self, *, on):
        """True before its first day; `on` is a calendar date."""
        return self.effective is not None and self.effective > on

    def group(self, *, on):
        """Where the page lists it on the calendar date `on`: "show" (in the ad, now), "later" (not yet) or "tell"."""
        if self.starts_later(on=on):
            return "later"
        return "show" if self.must_show else "tell"


class LocalPayRule(Content):
    """A pay rule of a city or county."""

    place = models.CharField(max_length=80)
    state = models.CharField(max_length=2)
    status = models.CharField(max_length=14, choices=PayRuleStatus.choices, default=PayRuleStatus.IN_FORCE)
    rule = models.TextField()
    effective = models.DateField(_("in force since"), null=True, blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="local_pay_rules")

    class Meta(Content.Meta):
        constraints = [*Content.Meta.constraints, _status_known("careers_localpayrule_status_known")]

    def __str__(self):
        return f"{self.place} ({self.pk})"


class WageTable(models.Model):
    """One table of published wages that an editor loaded: the file, and what it changed."""

    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.file_name} {self.pk}"


class WageRow(Content):
    """A published wage of an occupation in an area and period; amounts are U.S. dollars per `unit`."""

    class Unit(models.TextChoices):
        HOUR = "hour", _("an hour")
        YEAR = "year", _("a year")

    table = models.ForeignKey(WageTable, on_delete=models.PROTECT, related_name="rows")
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="wage_rows")
    soc = models.CharField(_("occupation code"), max_length=10)
    occupation = models.CharField(max_length=160)
    area = models.CharField(max_length=120)
    period = models.CharField(max_length=40)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.YEAR)
    median_usd = models.DecimalField(max_digits=10, decimal_places=2)
    p10_usd = models.DecimalField(
        _("one in ten earns less than"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    p90_usd = models.DecimalField(
        _("one in ten earns more than"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    caveat = models.TextField()

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "soc", "area", "period"],
                name="careers_wagerow_once",
                violation_error_message=_("This source already has a wage for this occupation, area and period."),
            ),
            models.CheckConstraint(name="careers_wagerow_unit_known", condition=Q(unit__in=["hour", "year"])),
            models.CheckConstraint(
                name="careers_wagerow_median_inside_its_range",
                condition=Q(median_usd__gt=0)
                & (Q(p10_usd__isnull=True) | Q(p10_usd__gt=0, p10_usd__lte=F("median_usd")))
                & (Q(p90_usd__isnull=True) | Q(p90_usd__gte=F("median_usd"))),
                violation_error_message=_("A median lies between the tenth and the ninetieth percentile, above zero."),
            ),
            models.CheckConstraint(
                name="careers_wagerow_has_a_caveat",
                condition=~Q(caveat="") & ~Q(area="") & ~Q(period=""),
                violation_error_message=_("A wage needs its area, its period and a caveat."),
            ),
        ]
