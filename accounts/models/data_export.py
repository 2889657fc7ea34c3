"""A copy of everything kept about a person, made when they ask and fetched once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DataExport(models.Model):
    """One copy that somebody asked for. The newest counts; its file lies in EXPORTS_DIR until fetched or too old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_export")
    asked_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file_name = models.CharField(max_length=80, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_dataexport_ready_for_a_time",
                condition=Q(ready_at=None, expires_at=None, fetched_at=None, file_name="")
                | Q(ready_at__isnull=False, expires_at__gt=F("ready_at")),
            ),
            models.CheckConstraint(
                name="accounts_dataexport_file_until_fetched", condition=Q(fetched_at=None) | Q(file_name="")
            ),
        ]

    def __str__(self):
        return f"copy of data {self.pk}"
