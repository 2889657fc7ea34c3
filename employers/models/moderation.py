"""The moderators' queue: cases, what was said about them, reports from readers, and who may decide where."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.correction import CorrectionRequest
from employers.models.employer import Employer
from employers.models.listing import Listing
from employers.models.verification import Verification


class Case(TimeStamped):
    """One thing that waits for a moderator. Urgent cases come first, then the oldest; nothing leaves but by a decision.

    `risks` are codes of employers.risk, shown in words. A case points to what it is about; its employer is always named.
    """

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        OPENING = "opening", _("first opening or held opening")
        EDIT = "edit", _("risky edit")
        REPORT = "report", _("report")
        CORRECTION = "correction", _("correction")
        GROUP = "group", _("proposed group")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="cases")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    verification = models.ForeignKey(
        Verification, on_delete=models.CASCADE, null=True, blank=True, related_name="cases"
    )
    correction = models.ForeignKey(
        CorrectionRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="cases"
    )
    is_urgent = models.BooleanField(default=False)
    risks = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("reason, shown to the employer"), blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employers_case_kind_known",
                condition=Q(kind__in=["organization", "opening", "edit", "report", "correction", "group"]),
            ),
            models.CheckConstraint(
                name="employers_case_decided_with_outcome",
                condition=Q(decided_at=None, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                fields=["kind", "listing"],
                condition=Q(decided_at=None, listing__isnull=False),
                name="employers_case_one_open_per_listing",
            ),
            models.UniqueConstraint(
                fields=["kind", "verification"],
                condition=Q(decided_at=None, verification__isnull=False),
                name="employers_case_one_open_per_verification",
            ),
            models.UniqueConstraint(
                fields=["kind", "correction"],
                condition=Q(decided_at=None, correction__isnull=False),
                name="employers_case_one_open_per_correction",
            ),
            models.UniqueConstraint(
                fields=["kind", "employer"],
                condition=Q(decided_at=None, listing=None, verification=None, correction=None),
                name="employers_case_one_open_per_employer",
            ),
        ]
        indexes = [
            models.Index(
                F("is_urgent").desc(), "created_at", "id", condition=Q(decided_at=None), name="employers_case_queue"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class CaseMessage(TimeStamped):
    """One comment on a case, from the moderators to the employer or back; notes among staff are not shown outside."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    from_staff = models.BooleanField()
    is_internal = models.BooleanField(default=False)
    text = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(name="employers_casemessage_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="employers_casemessage_internal_is_from_staff", condition=Q(is_internal=False) | Q(from_staff=True)
            ),
        ]

    def __str__(self):
        return f"message {self.pk}"


class Report(TimeStamped):
    """A reader says that an opening or an employer is not right. The reporter is never shown to the employer.

    `reporter_key` is a keyed hash of who reported (user, else network address): one person reports a thing once while it
    waits. `address_key` is one of the network address alone: two reports are independent when it differs.
    """

    class Reason(models.TextChoices):
        SCAM = "scam", _("It asks for money or looks like a scam")
        FAKE = "fake", _("This is not the organization it says it is")
        GONE = "gone", _("The job is filled or does not exist")
        UNFAIR = "unfair", _("It treats people unfairly or is hateful")
        WRONG = "wrong", _("Pay, place or work are not as stated")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="reports")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    text = models.TextField(blank=True, max_length=2000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reporter_key = models.CharField(max_length=64)
    address_key = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employers_report_reason_known",
                condition=Q(reason__in=["scam", "fake", "gone", "unfair", "wrong", "other"]),
            ),
            models.UniqueConstraint(fields=["case", "reporter_key"], name="employers_report_once_per_reporter"),
        ]

    def __str__(self):
        return f"{self.reason} {self.pk}"


class CannedReason(TimeStamped):
    """A reason that moderators give often, written once."""

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    kinds = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code"], name="employers_cannedreason_code_unique")]

    def __str__(self):
        return f"{self.code} {self.pk}"


class GuestModerator(TimeStamped):
    """A moderator for some states only. Without such a row a moderator decides everywhere."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest_moderator")
    states = ArrayField(models.CharField(max_length=2))

    class Meta:
        constraints = [
            models.CheckConstraint(name="employers_guestmoderator_has_a_state", condition=~Q(states=[])),
        ]

    def __str__(self):
        return f"guest moderator {self.pk}"
