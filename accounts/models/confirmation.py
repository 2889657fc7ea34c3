"""One mail that asks whether an address really wants something."""

from django.db import models
from django.db.models import F, Q


class Confirmation(models.Model):
    """When a confirmation was asked for, when its mail is due, until when it counts, and when it was used."""

    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="accounts_%(class)s_times_in_order",
                condition=Q(due_at__gte=F("asked_at"), expires_at__gt=F("due_at")),
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
