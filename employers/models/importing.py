"""Openings that come from another system: where from, each reading of it, and what happened to every row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.employer import Employer, Site
from employers.models.listing import Listing

PHASES = ["reading", "fields", "checking", "checked", "importing", "done", "stopped", "failed"]
FORMATS = ("csv", "jobposting", "rss", "indeed", "linkedin", "greenhouse", "lever", "recruitee", "xml", "json", "table")


class ImportSource(TimeStamped):
    """A feed, or a file that is sent again and again, of one employer's openings.

    `mapping` says which field of the file fills which of ours. `is_complete`: an opening that is not in the file any
    more is closed. A feed with `is_daily` is read by itself; `failing_since` is the first failure of an unbroken row.
    """

    class Format(models.TextChoices):
        UNKNOWN = "", _("Not known yet")
        CSV = "csv", _("Our CSV template")
        JOBPOSTING = "jobposting", _("JobPosting data (JSON-LD)")
        RSS = "rss", _("RSS 2.0")
        INDEED = "indeed", _("Indeed-style XML")
        LINKEDIN = "linkedin", _("LinkedIn basic XML")
        GREENHOUSE = "greenhouse", _("Greenhouse job board (JSON)")
        LEVER = "lever", _("Lever postings (JSON)")
        RECRUITEE = "recruitee", _("Recruitee XML")
        XML = "xml", _("Another XML file")
        JSON = "json", _("Another JSON file")
        TABLE = "table", _("Another table (CSV)")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="import_sources")
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("feed address"), max_length=500, blank=True)
    format = models.CharField(max_length=12, choices=Format.choices, blank=True, default="")
    mapping = models.JSONField(default=dict, blank=True)
    care_setting = models.ForeignKey("careers.CareSetting", on_delete=models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    employment = models.CharField(max_length=20, default="full-time")
    is_complete = models.BooleanField(default=False)
    is_daily = models.BooleanField(default=False)
    read_next_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    told_failing_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("source of openings")
        verbose_name_plural = _("sources of openings")
        constraints = [
            models.CheckConstraint(name="employers_importsource_format_known", condition=Q(format__in=["", *FORMATS])),
            models.CheckConstraint(
                name="employers_importsource_daily_has_address",
                condition=Q(is_daily=False) | (~Q(url="") & Q(read_next_at__isnull=False)),
                violation_error_message=_("Only a feed address can be read every day."),
            ),
            models.UniqueConstraint(
                fields=["employer", "url"],
                condition=~Q(url=""),
                name="employers_importsource_address_once",
                violation_error_message=_("You already import this feed."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    @property
    def key(self):
        """What Listing.source says of its openings."""
        return f"import:{self.pk}"


class ImportRun(TimeStamped):
    """One reading of a source: from the file as it came to the openings. `next_row` of `rows` is where it goes on.

    `file` is the name of what came below IMPORTS_DIR, until it is removed. `offset` is the place of the next row in the
    readable copy of the file. `lease_until` says how long the worker that has it may be left alone.
    """

    class Phase(models.TextChoices):
        READING = "reading", _("reading the file")
        FIELDS = "fields", _("waits for you to look at the fields")
        CHECKING = "checking", _("checking")
        CHECKED = "checked", _("checked, waits for your go-ahead")
        IMPORTING = "importing", _("importing")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    AT_WORK = ("reading", "checking", "importing")

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="runs")
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.READING)
    is_automatic = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    file = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    columns = models.JSONField(default=list, blank=True)
    rows = models.PositiveIntegerField(default=0)
    next_row = models.PositiveIntegerField(default=1)
    offset = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    is_closing_confirmed = models.BooleanField(default=False)
    is_closing_held = models.BooleanField(default=False)
    failure = models.CharField(max_length=300, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="employers_importrun_phase_known",
                condition=Q(phase__in=PHASES),
            ),
            models.CheckConstraint(
                name="employers_importrun_failed_says_why", condition=~Q(phase="failed") | ~Q(failure="")
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(phase__in=["reading", "checking", "importing"]),
                name="employers_importrun_one_at_work",
                violation_error_message=_("This source is being read right now."),
            ),
        ]
        indexes = [models.Index(fields=["source", "-id"], name="employers_importrun_newest")]

    def __str__(self):
        return f"import {self.pk}"

    @property
    def is_at_work(self):
        """Whether a worker has it, or is asked to."""
        return self.phase in self.AT_WORK


class ImportRow(models.Model):
    """What happened, or after a check what would happen, to one row of the file. Closed openings follow after the last."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("new")
        UPDATED = "updated", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        MERGED = "merged", _("added to another row")
        REOPENED = "reopened", _("open again")
        CLOSED = "closed", _("closed")
        REFUSED = "refused", _("refused")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=120, blank=True)
    headline = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    status = models.CharField(max_length=12, blank=True)
    notes = models.JSONField(default=list, blank=True)
    listing = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="employers_importrow_once_per_run"),
            models.CheckConstraint(
                name="employers_importrow_outcome_known",
                condition=Q(outcome__in=["created", "updated", "unchanged", "merged", "reopened", "closed", "refused"]),
            ),
        ]

    def __str__(self):
        return f"row {self.number} ({self.pk})"


class ImportedOpening(models.Model):
    """What a feed last said about an opening, field by field, so that a member's own change stays until the feed's does.

    `gone_at`: since when the source has not had it any more; it comes back when the source has it again.
    """

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="imported")
    said = models.JSONField(default=dict, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self):
        return f"imported opening ({self.listing_id})"
