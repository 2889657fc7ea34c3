"""Asking people onto an employer's team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.employer import Employer, Membership

INVITATION_DAYS = 14
PENDING_AT_MOST = 50


class Invitation(TimeStamped):
    """One address asked to act for an employer. Only the person who signs in with that address may accept, once.

    It ends by being accepted or revoked, or on `expires_at`.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    access = models.CharField(max_length=10, choices=Membership.Access.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="employers_invitation_one_pending_per_address",
                violation_error_message=_("This address is invited already."),
            ),
            models.CheckConstraint(
                name="employers_invitation_access_known", condition=Q(access__in=["owner", "recruiter", "viewer"])
            ),
            models.CheckConstraint(
                name="employers_invitation_accepted_or_revoked", condition=Q(accepted_at=None) | Q(revoked_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.access} {self.pk}"
