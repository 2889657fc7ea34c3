"""What readers did with an opening on one day, as counts: nobody is remembered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

COUNTED = ("views", "saves", "inquiries", "apply_clicks")


class ListingDay(models.Model):
    """Counts of one opening on one calendar day in the portal's time zone. Written by employers.counting alone."""

    listing = models.ForeignKey("employers.Listing", on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveIntegerField(_("views"), default=0, db_default=0)
    saves = models.PositiveIntegerField(_("saves"), default=0, db_default=0)
    inquiries = models.PositiveIntegerField(_("inquiries"), default=0, db_default=0)
    apply_clicks = models.PositiveIntegerField(_("clicks to apply"), default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "day"], name="employers_listingday_once"),
            models.CheckConstraint(
                name="employers_listingday_counts_something",
                condition=Q(views__gt=0) | Q(saves__gt=0) | Q(inquiries__gt=0) | Q(apply_clicks__gt=0),
            ),
        ]

    def __str__(self):
        return f"counts {self.pk}"
