"""Work in progress on content: drafts, what the files say otherwise, old addresses, and how sources answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """An edit that is not public yet. The tables of content hold what is published, and nothing else.

    `kind` is the model's name, `object_id` the row it changes, none for a new one. `values` are the changed fields as
    plain values (foreign keys and lists of objects as slugs, dates as "2026-11-22"); `base` is what the same fields
    held when the draft began, so that a change by someone else in between is noticed. One edit of an object is open
    at a time; closed drafts stay as the record of who changed what.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        DISCARDED = "discarded", _("Discarded")

    OPEN = ("draft", "in_review", "scheduled")

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=160)
    values = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    comment = models.TextField(blank=True, help_text=_("For colleagues: why, and what to look at. Never shown."))
    publish_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="careers_draft_stage_known",
                condition=Q(stage__in=["draft", "in_review", "scheduled", "published", "discarded"]),
            ),
            models.CheckConstraint(
                name="careers_draft_time_exactly_when_scheduled",
                condition=Q(stage="scheduled", publish_at__isnull=False)
                | (~Q(stage="scheduled") & Q(publish_at__isnull=True)),
                violation_error_message=_("A scheduled draft has a time, any other has none."),
            ),
            models.CheckConstraint(
                name="careers_draft_closed_exactly_when_done",
                condition=Q(stage__in=["published", "discarded"], closed_at__isnull=False)
                | (Q(stage__in=["draft", "in_review", "scheduled"]) & Q(closed_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(stage__in=["draft", "in_review", "scheduled"], object_id__isnull=False),
                name="careers_draft_one_open_for_an_object",
                violation_error_message=_("Someone is already editing this. Continue their draft or discard it."),
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.pk}"

    @property
    def is_open(self):
        """Whether it still waits to be published or discarded."""
        return self.stage in self.OPEN


class OldSlug(models.Model):
    """A key that an object had before: its old address leads to the new one. Points to the row, so chains end there."""

    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=80)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="careers_oldslug_leads_to_one_object")]

    def __str__(self):
        return f"{self.kind} {self.slug} {self.pk}"


class SourceCheck(models.Model):
    """How the address of a source answered when it was last asked. Failures are counted in a row."""

    class Status(models.TextChoices):
        OK = "ok", _("Answers")
        TROUBLE = "trouble", _("Does not answer now")
        DEAD = "dead", _("Gone")

    source = models.OneToOneField("Source", on_delete=models.CASCADE, related_name="check_result")
    url = models.URLField(max_length=500)
    status = models.CharField(max_length=10, choices=Status.choices)
    said = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="careers_sourcecheck_status_known", condition=Q(status__in=["ok", "trouble", "dead"])
            ),
            models.CheckConstraint(
                name="careers_sourcecheck_failures_only_when_it_fails",
                condition=Q(status="ok", failures=0) | (~Q(status="ok") & Q(failures__gte=1)),
            ),
        ]

    def __str__(self):
        return f"{self.url} {self.pk}"


class RepositoryNote(models.Model):
    """What the content files said otherwise at the last load, where an editor's text stands."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    field = models.CharField(max_length=64)
    value = models.JSONField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "field"], name="careers_repositorynote_once_per_field")
        ]

    def __str__(self):
        return f"{self.kind} {self.key} {self.field} {self.pk}"
