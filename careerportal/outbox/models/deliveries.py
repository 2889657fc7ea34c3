"""One message, what it tells about, and each try to send it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ..addresses import MAX_LENGTH, mask
from ..streams import RAW, STREAMS
from .recipients import Recipient


class Delivery(models.Model):
    """One message to one recipient. Only ledger.py writes its state, by the statements in statements.py."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        LEASED = "leased", _("taken by a sender")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SUPPRESSED = "suppressed", _("not sent: suppressed")
        CANCELLED = "cancelled", _("not sent: no longer wanted")
        EXPIRED = "expired", _("not sent: too late")

    FINAL = ("sent", "failed", "suppressed", "cancelled", "expired")

    id = models.UUIDField(primary_key=True, editable=False)  # uuid5 of idem_key
    idem_key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    address = models.CharField(max_length=MAX_LENGTH, null=True)  # as queued  # noqa: DJ001
    stream = models.CharField(max_length=16)
    kind = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    epoch = models.IntegerField(default=0)  # rises with each claim: who holds an older one may write nothing
    attempts = models.SmallIntegerField(default=0)  # tries that came to an answer or to DATA
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    resend_if_unsure = models.BooleanField(default=True)  # False: rather lost than doubled (one-time codes)
    ignore_quiet = models.BooleanField(default=False)
    is_paced = models.BooleanField(default=False)  # due_at is a slot reserved with its domain's pace
    message_id = models.CharField(max_length=320, unique=True)
    reply = models.TextField(default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["due_at"], name="outbox_delivery_claim", condition=Q(state="queued")),
            models.Index(fields=["stream", "due_at"], name="outbox_delivery_claim_stream", condition=Q(state="queued")),
            models.Index(fields=["not_after"], name="outbox_delivery_expire", condition=Q(state="queued")),
            models.Index(
                fields=["lease_until"], name="outbox_delivery_sweep", condition=Q(state__in=["leased", "sending"])
            ),
            models.Index(fields=["recipient", "stream", "created_at"], name="outbox_delivery_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_delivery_state_known",
                condition=Q(
                    state__in=["queued", "leased", "sending", "sent", "failed", "suppressed", "cancelled", "expired"]
                ),
            ),
            models.CheckConstraint(name="outbox_delivery_stream_known", condition=Q(stream__in=list(STREAMS))),
            models.CheckConstraint(
                name="outbox_delivery_sent_at_when_sent",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                violation_error_message=_("A delivery has a sending time exactly when it was sent."),
            ),
            models.CheckConstraint(
                name="outbox_delivery_lease_when_owned",
                condition=Q(state__in=["leased", "sending"], lease_until__isnull=False)
                | (~Q(state__in=["leased", "sending"]) & Q(lease_until=None)),
                violation_error_message=_("A delivery has a lease exactly while a sender owns it."),
            ),
            models.CheckConstraint(
                name="outbox_delivery_address_until_final",
                condition=Q(address__isnull=False) | ~Q(state__in=["queued", "leased", "sending"]),
                violation_error_message=_("A delivery that may still be sent has an address."),
            ),
            models.CheckConstraint(
                name="outbox_delivery_raw_scrubbed_when_final",
                condition=~Q(kind=RAW) | Q(state__in=["queued", "leased", "sending"]) | Q(payload={}),
                violation_error_message=_("The text of account mail is not kept after it is final."),
            ),
            models.CheckConstraint(
                name="outbox_delivery_counts_not_negative", condition=Q(epoch__gte=0, attempts__gte=0)
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kind} to {mask(self.address)} {self.pk}"

    @property
    def is_final(self):
        return self.state in self.FINAL


class Item(models.Model):
    """One thing a delivery tells about, kind:object_id as in opening:4711; told to each recipient once, ever."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="items")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "object_id"],
                name="outbox_item_told_once",
                violation_error_message=_("This recipient was already told about this."),
            )
        ]

    def __str__(self):
        return f"{self.kind}:{self.object_id} item {self.pk}"


class Attempt(models.Model):
    """One try. data_at is set when it came as far as DATA: before that nothing can have been delivered."""

    class Outcome(models.TextChoices):
        RUNNING = "", _("running")
        SENT = "sent", _("taken by the server")
        RETRY = "retry", _("to be tried again")
        FAILED = "failed", _("refused for good")
        LOST = "lost", _("the sender never reported")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries", db_index=False)
    epoch = models.IntegerField()
    started_at = models.DateTimeField(db_default=Now())
    data_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.RUNNING, blank=True)
    reply = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["-ended_at"], name="outbox_attempt_newest")]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "epoch"], name="outbox_attempt_once_per_epoch"),
            models.CheckConstraint(
                name="outbox_attempt_outcome_known", condition=Q(outcome__in=["", "sent", "retry", "failed", "lost"])
            ),
            models.CheckConstraint(
                name="outbox_attempt_outcome_when_ended",
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                violation_error_message=_("An attempt has an outcome exactly when it has ended."),
            ),
        ]

    def __str__(self):
        return f"attempt {self.pk}"


class DeliveryEvent(models.Model):
    """What a provider told us later: delivered, bounced, complained. Never changes a delivery's state."""

    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.CASCADE, related_name="events")
    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    raw = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="outbox_deliveryevent_once"),
        ]

    def __str__(self):
        return f"{self.kind} event {self.pk}"
