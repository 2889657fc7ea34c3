"""Training that costs little or nothing, and who gives it where."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.querysets import ContentQuerySet


class ProgramQuerySet(ContentQuerySet):
    def running(self, *, on):
        """Programs that have not ended on the calendar date `on`."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=on))


class Program(Content):
    """A way to learn: what one gets, pays and gives back. `opens` and `ends` are calendar dates where they were read."""

    name = models.CharField(max_length=160)
    for_whom = models.TextField(blank=True)
    what_you_get = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    is_free = models.BooleanField(_("free to the learner"), default=False)
    pays_learners = models.BooleanField(_("some learners are paid"), default=False)
    what_you_give_back = models.TextField(blank=True)
    where = models.TextField(blank=True, help_text=_("When it is not a list of groups."))
    how_to_start = models.TextField(blank=True)
    opens = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    leads_to = models.ManyToManyField("Credential", blank=True, related_name="programs")
    sources = models.ManyToManyField("Source", blank=True, related_name="programs")

    objects = ProgramQuerySet.as_manager()

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_program_ends_after_it_opens",
                condition=Q(opens__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("opens")),
                violation_error_message=_("A program ends on or after the day it opens."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def has_ended(self, *, on):
        """True after its last day; `on` is a calendar date."""
        return self.ends is not None and self.ends < on

    def opens_later(self, *, on):
        """True before its first day; `on` is a calendar date."""
        return self.opens is not None and self.opens > on

    def serves(self, region):
        """True when it is open to people of `region`: one of its groups is there, or it is bound to no region."""
        places = list(self.places.all())
        return not places or any(region in place.regions for place in places)


class ProgramPlace(Content):
    """A group that runs a program in some regions."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="places")
    organization = models.CharField(max_length=160)
    regions = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta(Content.Meta):
        pass
