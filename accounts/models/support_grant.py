"""A seeker's leave for support to look at what they keep here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

GRANT_DAYS_AT_MOST = 7
REASON_MAX_LENGTH = 300


class SupportGrantQuerySet(models.QuerySet):
    """Grants by what they allow."""

    def live(self, *, at):
        """Grants under which staff may look at the aware datetime `at`."""
        return self.filter(granted_at__lte=at, until__gt=at, ended_at=None)

    def asked(self):
        """Requests of staff that the seeker has not answered yet."""
        return self.filter(granted_at=None, ended_at=None)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class SupportGrant(models.Model):
    """Leave to look, for a reason and a time. Given by the seeker, or asked for by staff and then given."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="support_grants")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=REASON_MAX_LENGTH)
    days = models.PositiveSmallIntegerField(_("days"))
    created_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SupportGrantQuerySet.as_manager()

    class Meta:
        permissions = [("look_under_grant", _("May look at a seeker's page under a grant"))]
        constraints = [
            models.CheckConstraint(name="accounts_supportgrant_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="accounts_supportgrant_not_for_long", condition=Q(days__range=(1, GRANT_DAYS_AT_MOST))
            ),
            models.CheckConstraint(
                name="accounts_supportgrant_ends",
                condition=Q(granted_at=None, until=None) | Q(granted_at__isnull=False, until__gt=F("granted_at")),
                violation_error_message=_("A grant has an end."),
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_supportgrant_newest")]

    def __str__(self):
        return f"support grant {self.pk}"
