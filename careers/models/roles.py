"""Role pages and what stands on them: pay figures of whole occupations, next steps, evidence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.vocabulary import Family, Frequency


class CareRole(Content):
    """A kind of job with a page of its own. Many titles may mean the same role."""

    name = models.CharField(max_length=120)
    family = models.CharField(max_length=10, choices=Family.choices)
    summary = models.TextField(blank=True)
    definition = models.TextField(blank=True)
    focus = models.TextField(blank=True)
    typical_day = ArrayField(models.TextField(), default=list, blank=True)
    skills = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    typical_education = models.TextField(blank=True)
    license_required = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.SOMETIMES)
    license_note = models.TextField(blank=True)
    settings = models.ManyToManyField("CareSetting", blank=True, related_name="roles")
    populations = models.ManyToManyField("Population", blank=True, related_name="roles")
    helpful_credentials = models.ManyToManyField("Credential", blank=True, related_name="good_for")
    see_also_titles = models.ManyToManyField("JobTitle", blank=True, related_name="+")
    pay_caveat = models.TextField(blank=True, help_text=_("Stands beside every figure of this role."))

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_carerole_family_known", condition=Q(family__in=["CC", "CM", "adjacent"])
            ),
            models.CheckConstraint(
                name="careers_carerole_license_known", condition=Q(license_required__in=["often", "sometimes", "no"])
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def get_absolute_url(self):
        return reverse("careers:role", args=[self.slug])

    @property
    def mask(self):
        """The role mask of this page: 1 for CC, 2 for CM, 0 for a close relative."""
        return Family(self.family).mask

    @property
    def role_slug(self):
        """The value of the search parameter `role` that finds openings for this page."""
        return Family(self.family).role_slug


class RoleStep(Content):
    """A next step from one role to another, and what it takes where that is known."""

    role = models.ForeignKey(CareRole, on_delete=models.CASCADE, related_name="steps")
    to = models.ForeignKey(CareRole, on_delete=models.PROTECT, related_name="steps_here")
    needs = models.TextField(_("what it takes"), blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(fields=["role", "to"], name="careers_rolestep_once_per_pair"),
            models.CheckConstraint(
                name="careers_rolestep_leads_elsewhere",
                condition=~Q(role=F("to")),
                violation_error_message=_("A step leads to another role."),
            ),
        ]


class PayFigure(Content):
    """A published wage of a whole occupation that is near a role; never the pay of a title.

    Amounts are U.S. dollars per `unit`. `fit` says how near the occupation is.
    """

    class Fit(models.TextChoices):
        EXACT = "exact", _("The same job")
        CLOSE = "close", _("Nearly the same job")
        PROXY = "proxy", _("A close group of jobs")
        LOOSE = "loose", _("A wider group of jobs")

    role = models.ForeignKey(CareRole, on_delete=models.CASCADE, related_name="pay_figures")
    soc = models.CharField(_("occupation code"), max_length=10)
    occupation = models.CharField(max_length=160)
    measure = models.CharField(max_length=80)
    amount_usd = models.PositiveIntegerField()
    p10_usd = models.PositiveIntegerField(_("one in ten earns less than"), null=True, blank=True)
    p90_usd = models.PositiveIntegerField(_("one in ten earns more than"), null=True, blank=True)
    unit = models.CharField(max_length=10, default="year")
    area = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    growth_pct = models.SmallIntegerField(_("expected growth 2024 to 2034, percent"), null=True, blank=True)
    fit = models.CharField(max_length=10, choices=Fit.choices)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="pay_figures")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_payfigure_fit_known", condition=Q(fit__in=["exact", "close", "proxy", "loose"])
            ),
            models.CheckConstraint(name="careers_payfigure_unit_known", condition=Q(unit__in=["hour", "year"])),
            models.CheckConstraint(
                name="careers_payfigure_amount_inside_its_range",
                condition=(Q(p10_usd__isnull=True) | Q(p10_usd__lte=F("amount_usd")))
                & (Q(p90_usd__isnull=True) | Q(p90_usd__gte=F("amount_usd"))),
                violation_error_message=_("The figure lies between its own tenth and ninetieth percentile."),
            ),
        ]


class Evidence(Content):
    """One claim of a role page and the source it was read in."""

    role = models.ForeignKey(CareRole, on_delete=models.CASCADE, related_name="evidence")
    claim = models.TextField()
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")

    class Meta(Content.Meta):
        verbose_name_plural = _("evidence")
