"""A change to an approved opening that waits while the approved text stays public."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careerportal.core.models import TimeStamped
from employers.models.listing import Listing


class ListingRevision(TimeStamped):
    """The content an employer wants an opening to have, while a moderator has not decided on it yet.

    `content` holds plain values by field name (employers.drafts.FIELDS and LISTS; objects as ids); `held_for` names the
    fields that need review. An opening has at most one that waits; a newer edit replaces it.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    content = models.JSONField()
    held_for = ArrayField(models.CharField(max_length=40))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    was_accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(decided_at=None), name="employers_revision_one_waits_per_listing"
            ),
            models.CheckConstraint(
                name="employers_revision_decided_both_or_neither",
                condition=Q(decided_at=None, was_accepted=None)
                | Q(decided_at__isnull=False, was_accepted__isnull=False),
            ),
            models.CheckConstraint(name="employers_revision_held_for_something", condition=~Q(held_for=[])),
        ]

    def __str__(self):
        return f"revision {self.pk}"
