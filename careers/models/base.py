"""What every piece of content carries: how well it is known, when it is due, and its history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from careers import tracing
from careers.querysets import ContentQuerySet
from careers.vocabulary import Tier


class Content(models.Model):
    """A piece of content that an editor may change and whose every change is kept.

    `slug` is the lasting key, also in the content files. A person last looked at it on `reviewed_on` and should
    look again by `review_due` (calendar dates).
    """

    slug = models.SlugField(max_length=80, unique=True)
    tier = models.CharField(_("how well known"), max_length=10, choices=Tier.choices, default=Tier.PRACTICE)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower comes first."))
    note_for_editors = models.TextField(blank=True, help_text=_("Never shown to visitors."))
    history = HistoricalRecords(inherit=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="careers_%(class)s_tier_known",
                condition=Q(tier__in=["sourced", "reported", "practice"]),
                violation_error_message=_("Say how well this is known: sourced, reported or practice."),
            )
        ]

    def __str__(self):
        return f"{self.slug} {self.pk}"

    @classmethod
    def from_db(cls, db, field_names, values):
        """A row as read; while pages are traced its words are marked."""
        row = super().from_db(db, field_names, values)
        tracing.mark(row)
        return row
