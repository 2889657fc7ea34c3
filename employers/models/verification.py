"""How an organization shows that it is who it says: requests, the evidence for them, and domains nobody may use."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.employer import Employer

METHODS = ("domain-mail", "website-code", "dns-code", "call-back", "letterhead", "vouching")


class Verification(TimeStamped):
    """One person's request that an organization be verified, until a rule or a moderator decides it.

    `user` is None when the portal's clock asks again; `statement` is what the person says about themselves.
    `proposed_name` and `proposed_website` are what a request about a change asks for; the old ones stay public
    meanwhile. `risks` are codes of employers.risk.
    """

    class Reason(models.TextChoices):
        NEW = "new", _("new organization")
        CLAIM = "claim", _("claim of a register's entry")
        CHANGE = "change", _("new name or website")
        IDLE = "idle", _("nobody was here for 180 days")

    class Status(models.TextChoices):
        OPEN = "open", _("waiting")
        APPROVED = "approved", _("verified")
        REJECTED = "rejected", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="verifications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    statement = models.TextField(_("who the person is there"), blank=True, max_length=1000, default="", db_default="")
    proposed_name = models.CharField(max_length=160, blank=True)
    proposed_website = models.URLField(blank=True)
    risks = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision = models.TextField(_("reason for the decision"), blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "user"],
                condition=Q(status="open"),
                name="employers_verification_one_open_per_person",
                violation_error_message=_("You have already asked for this."),
            ),
            models.CheckConstraint(
                name="employers_verification_reason_known", condition=Q(reason__in=["new", "claim", "change", "idle"])
            ),
            models.CheckConstraint(
                name="employers_verification_status_known",
                condition=Q(status__in=["open", "approved", "rejected", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="employers_verification_decided_when_not_open",
                condition=Q(status="open", decided_at=None) | (~Q(status="open") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="employers_verification_refused_with_reason", condition=~Q(status="rejected") | ~Q(decision="")
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="employers_verif_waiting")]

    def __str__(self):
        return f"{self.reason} {self.pk}"


class Evidence(TimeStamped):
    """One piece of evidence for a verification: what was offered, and whether it held. It is kept."""

    class Method(models.TextChoices):
        DOMAIN_MAIL = "domain-mail", _("a confirmed address at the website's domain")
        WEBSITE_CODE = "website-code", _("a code on the website")
        DNS_CODE = "dns-code", _("a code in the domain's DNS")
        CALL_BACK = "call-back", _("a call back on the register's phone")
        LETTERHEAD = "letterhead", _("a letter on letterhead")
        VOUCHING = "vouching", _("a verified lead agency vouches")

    verification = models.ForeignKey(Verification, on_delete=models.CASCADE, related_name="evidence")
    method = models.CharField(max_length=14, choices=Method.choices)
    domain = models.CharField(max_length=253, blank=True)
    code = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    letter = models.CharField(_("name of the stored letter"), max_length=120, blank=True)
    vouched_by = models.ForeignKey(Employer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, max_length=2000)
    passed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "method"],
                name="employers_evidence_one_per_method",
                violation_error_message=_("This kind of evidence is there already."),
            ),
            models.CheckConstraint(name="employers_evidence_method_known", condition=Q(method__in=METHODS)),
            models.CheckConstraint(
                name="employers_evidence_passed_or_failed", condition=Q(passed_at=None) | Q(failed_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.method} {self.pk}"


class BlockedDomain(TimeStamped):
    """A mail or website domain that moderators keep out, with the reason."""

    domain = models.CharField(max_length=253, help_text=_("Lower case, e.g. example.com; its subdomains count too."))
    reason = models.CharField(max_length=300)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain"], name="employers_blockeddomain_once"),
            models.CheckConstraint(
                name="employers_blockeddomain_lower_case", condition=Q(domain__regex=r"^[a-z0-9.-]+$")
            ),
            models.CheckConstraint(name="employers_blockeddomain_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.domain} ({self.pk})"
