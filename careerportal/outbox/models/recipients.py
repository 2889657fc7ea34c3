"""Who gets mail, what they stopped, and whom we must not mail."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from ..addresses import MAX_LENGTH, mask, normalize_address
from ..streams import STREAMS


class RecipientManager(models.Manager):
    """Finds and makes recipients by address."""

    def for_address(self, address, **defaults):
        """The recipient with this address, made with `defaults` if there is none yet. Raises BadAddress."""
        return self.get_or_create(address=normalize_address(address), defaults=defaults)[0]


class Recipient(models.Model):
    """One mail address and how its owner lives: zone, hour, language. May belong to a user.

    Erasing replaces the address by nothing and keeps the keyed hash; the row stays because the ledger points to it.
    """

    address = models.CharField(_("address"), max_length=MAX_LENGTH, null=True, unique=True)  # noqa: DJ001
    address_hash = models.CharField(max_length=64, blank=True, default="", editable=False)  # only after erasing
    zone = models.CharField(_("time zone"), max_length=64, default="America/New_York")
    local_hour = models.SmallIntegerField(_("hour for mail, local time"), default=8)
    language = models.CharField(_("language"), max_length=10, default="en")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="recipient"
    )
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True, blank=True)
    is_discreet = models.BooleanField(
        _("subjects that tell nothing"), default=False, db_default=False,
        help_text=_("Subjects of mail say who writes and nothing else."),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", editable=False,
        help_text=_("The recipient that took over what this one had; links in old mail then act on that one."),
    )  # fmt: skip

    objects = RecipientManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outbox_recipient_address_unless_erased",
                condition=Q(address__isnull=False, erased_at=None, address_hash="")
                | (Q(address=None, erased_at__isnull=False) & ~Q(address_hash="")),
                violation_error_message=_("A recipient has an address until it is erased, and then its hash."),
            ),
            models.CheckConstraint(
                name="outbox_recipient_address_normalized",
                condition=Q(address=None) | Q(address=Lower("address")),
                violation_error_message=_("Addresses are kept in lower case."),
            ),
            models.CheckConstraint(
                name="outbox_recipient_hour_of_day",
                condition=Q(local_hour__gte=0, local_hour__lte=23),
                violation_error_message=_("An hour is between 0 and 23."),
            ),
        ]

    def clean(self):
        if self.zone not in available_timezones():
            raise ValidationError({"zone": _("This is not the name of a time zone.")})

    def __str__(self):
        return f"{mask(self.address)} recipient {self.pk}"


class StreamStop(models.Model):
    """A person stopped a stream. Read in the statement that marks a message as being sent."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="stops")
    stream = models.CharField(max_length=16)
    at = models.DateTimeField()
    source = models.CharField(max_length=40, help_text=_("Where it was asked: header, page, reply, staff."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "stream"], name="outbox_streamstop_once"),
            models.CheckConstraint(
                name="outbox_streamstop_stream_stoppable",
                condition=Q(stream__in=[name for name, stream in STREAMS.items() if stream.has_list_headers]),
                violation_error_message=_("Account mail cannot be stopped."),
            ),
        ]

    def __str__(self):
        return f"{self.stream} stop {self.pk}"


class Suppression(models.Model):
    """An address that must not get mail: all of it, or all that is commercial. The hash survives erasing."""

    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce", _("the address does not exist")
        SOFT = "soft", _("kept failing")
        COMPLAINT = "complaint", _("said it was spam")
        MANUAL = "manual", _("by hand")

    class Scope(models.TextChoices):
        ALL = "all", _("all mail")
        COMMERCIAL = "commercial", _("alerts and opportunities")

    address = models.CharField(max_length=MAX_LENGTH, null=True, blank=True, db_index=True)  # noqa: DJ001
    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.ALL)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "scope"], name="outbox_suppression_once"),
            models.CheckConstraint(
                name="outbox_suppression_reason_known",
                condition=Q(reason__in=["hard_bounce", "soft", "complaint", "manual"]),
            ),
            models.CheckConstraint(
                name="outbox_suppression_scope_known", condition=Q(scope__in=["all", "commercial"])
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.reason} {self.pk}"
