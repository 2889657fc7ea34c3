"""What official registers say: entries, the kinds they use, imports, and merges across registers with their evidence."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.employer import Employer, Employs, Site


class Source(models.TextChoices):
    """The registers we read."""

    NYSDOH = "nysdoh", _("New York State health facilities")
    OMH = "omh", _("New York State mental health programs")
    OMH_AGENCIES = "omh-agencies", _("New York State care management agencies")
    CMS_HOSPITALS = "cms-hospitals", _("Medicare hospitals")
    CMS_HOSPICES = "cms-hospices", _("Medicare hospices")
    HIFLD = "hifld", _("HIFLD hospitals")


def _source_known(model):
    return models.CheckConstraint(
        name=f"employers_{model}_source_known",
        condition=Q(source__in=["nysdoh", "omh", "omh-agencies", "cms-hospitals", "cms-hospices", "hifld"]),
    )


class RegisterKind(models.Model):
    """A facility type as a register publishes it, our care setting for it, and whether such places employ CC/CM.

    The table is employers/registers/kinds.csv. A type that is not in it yet has no setting and employs "unknown".
    """

    source = models.CharField(max_length=20, choices=Source.choices)
    name = models.CharField(_("kind as published"), max_length=120)
    setting_slug = models.CharField(_("care setting"), max_length=80, blank=True)
    employs = models.CharField(
        _("employs care coordinators or managers"), max_length=8, choices=Employs.choices, default=Employs.UNKNOWN
    )

    class Meta:
        verbose_name = _("register kind")
        verbose_name_plural = _("register kinds")
        constraints = [
            models.UniqueConstraint(fields=["source", "name"], name="employers_registerkind_unique"),
            _source_known("registerkind"),
            models.CheckConstraint(
                name="employers_registerkind_employs_known", condition=Q(employs__in=["yes", "likely", "unknown"])
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"


class RegisterRun(models.Model):
    """One import of one register file: what it did, and the reasons by line in `report`."""

    source = models.CharField(max_length=20, choices=Source.choices)
    file_name = models.CharField(_("file"), max_length=200)
    register_date = models.DateField(_("date of the register"))
    complete = models.BooleanField(_("complete: what is gone was closed"), default=False)
    states = models.JSONField(_("states in the file"), default=list)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"))
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        constraints = [
            _source_known("registerrun"),
            models.CheckConstraint(name="employers_registerrun_ends_later", condition=Q(ended_at__gte=F("started_at"))),
        ]

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d} ({self.pk})"


class RegisterEntry(TimeStamped):
    """One key of one register, with its facts as published. It points to a site, or without an address to an employer.

    `lat` and `lng` are the register's own coordinates in degrees; the site's point is the one we decided to trust.
    The four `..._key` columns are what merging compares: employers/registers/normal.py.
    """

    source = models.CharField(_("register"), max_length=20, choices=Source.choices)
    source_id = models.CharField(_("key in the register"), max_length=40)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="register_entries")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="register_entries")
    kind = models.ForeignKey(RegisterKind, on_delete=models.PROTECT, related_name="entries")
    register_date = models.DateField(_("date of the register"))
    name = models.CharField(_("name"), max_length=200)
    operator = models.CharField(_("operator"), max_length=200, blank=True)
    ownership = models.CharField(_("ownership"), max_length=60, blank=True)
    address1 = models.CharField(_("street address"), max_length=160, blank=True)
    address2 = models.CharField(_("second line"), max_length=160, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2)
    zip = models.CharField(_("ZIP code"), max_length=5, blank=True)
    county = models.CharField(_("county as published"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    agency_code = models.CharField(_("agency code"), max_length=20, blank=True)
    agency_phone = models.CharField(_("phone of the agency"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True, max_length=300)
    populations = models.CharField(_("people served"), max_length=120, blank=True)
    services = models.CharField(_("services"), max_length=300, blank=True)
    beds = models.PositiveIntegerField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    operator_key = models.CharField(max_length=220)
    name_key = models.CharField(max_length=200, blank=True)
    street_key = models.CharField(max_length=170, blank=True)
    phone_key = models.CharField(max_length=10, blank=True)
    checksum = models.CharField(max_length=64)
    last_seen_run = models.ForeignKey(
        RegisterRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("last seen in")
    )
    closed_at = models.DateTimeField(_("gone from the register since"), null=True, blank=True)

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="employers_registerentry_key_unique"),
            _source_known("registerentry"),
            models.CheckConstraint(
                name="employers_registerentry_point_whole",
                condition=Q(lat=None, lng=None)
                | (Q(lat__isnull=False, lng__isnull=False) & Q(lat__range=(-90, 90), lng__range=(-180, 180))),
            ),
            models.CheckConstraint(
                name="employers_registerentry_state_two_letters", condition=Q(state__regex=r"^[A-Z]{2}$")
            ),
        ]
        indexes = [
            models.Index(fields=["source", "state", "operator_key"], name="employers_entry_by_operator"),
            models.Index(fields=["source", "lat"], name="employers_entry_by_point"),
        ]

    def __str__(self):
        return f"{self.source} {self.source_id} ({self.pk})"


class Merge(TimeStamped):
    """Two employers found to be one across registers: why, how sure, by whom, and all that an undo needs.

    `snapshot` holds ids of the entries and sites that moved and what was filled in on the kept employer.
    """

    kept = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="merges_kept", verbose_name=_("kept"))
    lost = models.ForeignKey(
        Employer, on_delete=models.CASCADE, related_name="merges_lost", verbose_name=_("merged away")
    )
    entry = models.ForeignKey(RegisterEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    other_entry = models.ForeignKey(RegisterEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.JSONField(_("evidence"), default=list)
    confidence = models.FloatField(_("confidence, 0 to 1"))
    snapshot = models.JSONField(default=dict)
    run = models.ForeignKey(RegisterRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="merges")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"), help_text=_("Empty: by an import."),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(name="employers_merge_of_two", condition=~Q(kept=F("lost"))),
            models.CheckConstraint(
                name="employers_merge_confidence_share", condition=Q(confidence__gte=0, confidence__lte=1)
            ),
            models.UniqueConstraint(
                fields=["lost"], condition=Q(undone_at=None), name="employers_merge_lost_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.lost_id} into {self.kept_id} ({self.pk})"


class DoubtfulPair(TimeStamped):
    """Two employers that may be one, for a moderator to decide. `first` is the older of the two."""

    class State(models.TextChoices):
        OPEN = "open", _("to decide")
        MERGED = "merged", _("merged")
        DISMISSED = "dismissed", _("not the same")

    first = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+", verbose_name=_("second"))
    entry = models.ForeignKey(RegisterEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    other_entry = models.ForeignKey(RegisterEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.JSONField(_("evidence"), default=list)
    reason = models.CharField(_("why not merged"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("doubtful pair")
        verbose_name_plural = _("doubtful pairs")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="employers_doubtfulpair_once"),
            models.CheckConstraint(name="employers_doubtfulpair_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="employers_doubtfulpair_state_known", condition=Q(state__in=["open", "merged", "dismissed"])
            ),
            models.CheckConstraint(
                name="employers_doubtfulpair_decided_when",
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.first_id} and {self.second_id} ({self.pk})"
