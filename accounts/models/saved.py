"""Openings and employers that people save: in their account, or on a device before they have one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.models import Employer, Listing

NOTE_MAX_LENGTH = 2000


class Saved(models.Model):
    """Something a person saved, with a note of theirs. Nobody but the person ever reads it."""

    note = models.CharField(max_length=NOTE_MAX_LENGTH, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class SavedListing(Saved):
    """An opening that a signed-in person saved. It stays when the opening closes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_listings")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="saves")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "listing"], name="accounts_savedlisting_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_savedlisting_newest")]

    def __str__(self):
        return f"saved opening {self.pk}"


class SavedEmployer(Saved):
    """An employer that a signed-in person saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_employers")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="saves")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "employer"], name="accounts_savedemployer_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_savedemployer_newest")]

    def __str__(self):
        return f"saved employer {self.pk}"


class DeviceSave(Saved):
    """What someone saved before signing in. `device` is a random number in their session, and names nobody."""

    device = models.UUIDField()
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, null=True, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "listing"], name="accounts_devicesave_listing_once"),
            models.UniqueConstraint(fields=["device", "employer"], name="accounts_devicesave_employer_once"),
            models.CheckConstraint(
                name="accounts_devicesave_one_thing",
                condition=Q(listing=None, employer__isnull=False) | Q(listing__isnull=False, employer=None),
                violation_error_message=_("One row saves either an opening or an employer."),
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="accounts_devicesave_oldest")]

    def __str__(self):
        return f"saved on a device {self.pk}"


class KeptAnswers(models.Model):
    """Answers a person chose to keep: of the route finder or of the self-assessment, as its address holds them."""

    class Kind(models.TextChoices):
        ROUTE = "route", _("way in")
        FIT = "fit", _("fit")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_answers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    query = models.CharField(max_length=2000)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="accounts_keptanswers_once_per_kind"),
            models.CheckConstraint(
                name="accounts_keptanswers_kind_known", condition=Q(kind__in=["route", "fit"]) & ~Q(query="")
            ),
        ]

    def __str__(self):
        return f"kept answers {self.pk}"
