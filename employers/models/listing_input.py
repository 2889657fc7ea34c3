"""What a member has typed of an opening so far, before it is one."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from careerportal.core.models import TimeStamped
from employers.models.listing import Listing


class ListingInput(TimeStamped):
    """An opening that is being written, or a change to one, as typed: right or wrong. Written by employers.writing alone.

    `values` holds lists of texts by field name of employers.forms.ListingForm. A new opening is the whole team's to
    finish; a change to an opening is its writer's own. When it is finished the row goes.
    """

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey("employers.Employer", on_delete=models.CASCADE, related_name="listing_inputs")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="inputs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    values = models.JSONField(default=dict)
    base = models.JSONField(
        default=dict,
        help_text="The values of the opening when this change was begun, to see what others changed since.",
    )
    origins = models.JSONField(default=dict, help_text="Of guessed fields: the phrase of the ad that each came from.")
    advert = models.TextField(blank=True, max_length=60_000, help_text="The ad it was begun with.")
    step = models.CharField(max_length=20, blank=True)
    visited = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "by"], name="employers_listinginput_one_change_per_member"),
            models.CheckConstraint(
                name="employers_listinginput_base_of_a_change",
                condition=Q(listing=None, base={}) | (Q(listing__isnull=False) & ~Q(base={})),
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], name="employers_listinginput_touched")]

    def __str__(self):
        return f"input {self.pk}"
