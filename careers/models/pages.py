"""The overview page, the hub in the wheel, what both roles do and where they differ."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.vocabulary import Role, RoleMask


class OverviewSection(Content):
    """One part of the overview page, in the owner's words where `is_verbatim`."""

    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    items = ArrayField(models.TextField(), default=list, blank=True)
    action_label = models.CharField(max_length=120, blank=True)
    action_to = models.CharField(max_length=200, blank=True)
    is_verbatim = models.BooleanField(default=False)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Content.Meta):
        pass


class Definition(Content):
    """The owner's definition of one role, with our plain words under it."""

    role = models.PositiveSmallIntegerField(choices=Role.choices, unique=True)
    term = models.CharField(max_length=80)
    text = models.TextField()
    plain_words = models.TextField(blank=True)
    titles_heading = models.CharField(max_length=80, blank=True)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(name="careers_definition_role_known", condition=Q(role__in=[1, 2])),
        ]


class Passage(Content):
    """A sentence or two that a page shows beside a list: introductions, cautions, notes."""

    text = models.TextField()
    is_verbatim = models.BooleanField(default=False)
    sources = models.ManyToManyField("Source", blank=True, related_name="passages")

    class Meta(Content.Meta):
        pass


class Similarity(Content):
    """One thing that care coordinators and care managers both do."""

    text = models.TextField()

    class Meta(Content.Meta):
        verbose_name_plural = _("similarities")


class Difference(Content):
    """One row of the comparison: how the two roles tend to differ in one respect."""

    aspect = models.CharField(max_length=120)
    care_coordinator = models.TextField()
    care_manager = models.TextField()
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Content.Meta):
        pass


class Function(Content):
    """Something both roles do all day; `lead` is the role mask of who leads more often in a team that has both."""

    name = models.CharField(max_length=120)
    lead = models.PositiveSmallIntegerField(choices=RoleMask.choices, default=RoleMask.BOTH)
    explanation = models.TextField()
    example = models.TextField(blank=True)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="functions")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_function_someone_leads",
                condition=Q(lead__in=[1, 2, 3]),
                violation_error_message=_("Say who leads more often: CC, CM or both."),
            ),
        ]


class HubSpoke(Content):
    """Someone the hub works with: what comes in, what goes out, and how the two roles differ there.

    A spoke with a `wheel_place` (0 at the top, clockwise) is drawn in the wheel with its label, icon and sentence.
    """

    class WheelKey(models.TextChoices):
        """Names of the drawn icons; the style sheet knows them too."""

        PERSON = "person", _("People")
        DOCTORS = "doctors", _("Stethoscope")
        NURSES = "nurses", _("Heart")
        SPECIALISTS = "specialists", _("Magnifying glass")
        BEHAVIORAL = "behavioral", _("Conversation")
        SOCIAL = "social", _("Two rings")
        HOME = "home", _("House")
        PLANS = "plans", _("Shield")

    name = models.CharField(max_length=120)
    to_hub = models.TextField(blank=True)
    from_hub = models.TextField(blank=True)
    cc_focus = models.TextField(blank=True)
    cm_focus = models.TextField(blank=True)
    wheel_place = models.PositiveSmallIntegerField(null=True, blank=True)
    wheel_label = models.CharField(max_length=60, blank=True)
    wheel_key = models.CharField(_("icon"), max_length=20, choices=WheelKey.choices, blank=True)
    wheel_sentence = models.TextField(blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_hubspoke_wheel_has_eight_places",
                condition=Q(wheel_place__isnull=True) | Q(wheel_place__lte=7),
                violation_error_message=_("The wheel has places 0 to 7."),
            ),
            models.UniqueConstraint(
                fields=["wheel_place"],
                name="careers_hubspoke_one_per_place",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Another spoke stands at this place of the wheel."),
            ),
            models.CheckConstraint(
                name="careers_hubspoke_drawn_with_label_and_sentence",
                condition=Q(wheel_place__isnull=True) | ~Q(wheel_label="") & ~Q(wheel_key="") & ~Q(wheel_sentence=""),
                violation_error_message=_("A spoke of the wheel needs a label, an icon and a sentence."),
            ),
        ]
