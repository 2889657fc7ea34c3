"""The lists other apps point to: where the work is done, who it is for, credentials and job titles."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.vocabulary import Family, Frequency, RoleMask


class Population(Content):
    """A group of people the work is for."""

    name = models.CharField(max_length=120)
    who = models.TextField(blank=True)
    what_helps = models.TextField(blank=True)

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.name} ({self.pk})"


class CareSetting(Content):
    """A kind of place where the work is done."""

    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    employers_text = models.TextField(_("who employs here"), blank=True)
    work_place = models.CharField(max_length=40, blank=True)
    driving = models.CharField(max_length=40, blank=True)
    evenings = models.CharField(max_length=40, blank=True)
    focus = models.CharField(max_length=40, blank=True)
    populations = models.ManyToManyField(Population, blank=True, related_name="settings")
    featured_titles = models.ManyToManyField("JobTitle", blank=True, related_name="+")

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def get_absolute_url(self):
        return reverse("careers:setting", args=[self.slug])


class SettingFact(Content):
    """What is known about hours, caseload or licenses in one setting. What is missing here is not known."""

    class Kind(models.TextChoices):
        SCHEDULE = "schedule", _("Hours")
        CASELOAD = "caseload", _("Caseload")
        LICENSE = "license", _("License")

    setting = models.ForeignKey(CareSetting, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Frequency.choices, blank=True)
    text = models.TextField()
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="setting_facts")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(fields=["setting", "kind"], name="careers_settingfact_one_of_a_kind"),
            models.CheckConstraint(
                name="careers_settingfact_kind_known", condition=Q(kind__in=["schedule", "caseload", "license"])
            ),
        ]


class Credential(Content):
    """A license, certificate or training that helps. Rows that are not public keep their slug and are never shown."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=True)
    eligibility = models.TextField(blank=True)
    renewal = models.TextField(blank=True)
    ny_note = models.TextField(_("New York"), blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="credentials")

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def get_absolute_url(self):
        return reverse("careers:credential", args=[self.slug])

    @property
    def search_words(self):
        """The words to look for in openings: the short name in brackets if there is one, else the name."""
        before, _bracket, rest = self.name.partition("(")
        short = rest.partition(")")[0].strip()
        return short if short and short.isascii() and short.upper() == short else before.strip()


class JobTitle(Content):
    """A title that employers use, e.g. RN Case Manager.

    `roles` is a role mask: what kinds of work postings with this title are about, 0 for a close relative.
    `family` is where its role page sits. Synonyms widen a search, so they hold titles only.
    """

    name = models.CharField(max_length=120)
    role = models.ForeignKey("CareRole", on_delete=models.PROTECT, null=True, blank=True, related_name="titles")
    roles = models.PositiveSmallIntegerField(choices=RoleMask.choices, default=RoleMask.RELATED)
    family = models.CharField(max_length=10, choices=Family.choices, default=Family.ADJACENT)
    is_seed = models.BooleanField(_("on the overview page"), default=False)
    settings = models.ManyToManyField(CareSetting, blank=True, related_name="titles")
    license_typical = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.SOMETIMES)
    license_note = models.TextField(blank=True)
    family_note = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    synonyms = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    abbreviations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    former_names = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="titles")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_jobtitle_roles_is_a_mask",
                condition=Q(roles__gte=0, roles__lte=3),
                violation_error_message=_("Roles is 0 (related), 1 (CC), 2 (CM) or 3 (both)."),
            ),
            models.CheckConstraint(
                name="careers_jobtitle_family_known", condition=Q(family__in=["CC", "CM", "adjacent"])
            ),
            models.CheckConstraint(
                name="careers_jobtitle_license_known", condition=Q(license_typical__in=["often", "sometimes", "no"])
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def get_absolute_url(self):
        return reverse("careers:title", args=[self.slug])
