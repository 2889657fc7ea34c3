"""Who gets the monthly career news, and how their address was confirmed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.confirmation import Confirmation
from careerportal.core.models import TimeStamped
from careerportal.outbox.models import Recipient

TUESDAY = 1


class NewsSubscription(TimeStamped):
    """One recipient's wish for career news. Sends nothing but its confirmation before it is confirmed."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("not confirmed yet")
        ACTIVE = "active", _("on")
        STOPPED = "stopped", _("stopped")

    recipient = models.OneToOneField(Recipient, on_delete=models.CASCADE, related_name="news")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True)
    consent_text = models.CharField(max_length=300, blank=True)
    consent_source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_newssubscription_state_known",
                condition=Q(state__in=["unconfirmed", "active", "stopped"]),
            ),
            models.CheckConstraint(
                name="accounts_newssubscription_confirmed_before_active",
                condition=Q(confirmed_at__isnull=False) | ~Q(state="active"),
                violation_error_message=_("Nobody gets news before confirming the address."),
            ),
            models.CheckConstraint(
                name="accounts_newssubscription_runs_when_active",
                condition=Q(state="active", next_run_at__isnull=False) | (~Q(state="active") & Q(next_run_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["next_run_at"], name="accounts_news_due", condition=Q(state="active"))]

    def __str__(self):
        return f"news subscription {self.pk}"

    def run_after(self, now):
        """The next first Tuesday of a month after `now`, at its recipient's hour on the local calendar (aware datetime)."""
        zone = ZoneInfo(self.recipient.zone)
        first = now.astimezone(zone).date().replace(day=1)
        while True:
            day = first + timedelta(days=(TUESDAY - first.weekday()) % 7)
            due = datetime.combine(day, time(self.recipient.local_hour), tzinfo=zone)
            if due > now:
                return due
            first = (first + timedelta(days=32)).replace(day=1)


class NewsConfirmation(Confirmation):
    """One confirmation mail for one subscription. Its link is signed (accounts.tokens) and not stored."""

    subscription = models.ForeignKey(NewsSubscription, on_delete=models.CASCADE, related_name="confirmations")

    class Meta(Confirmation.Meta):
        indexes = [models.Index(fields=["subscription", "-due_at"], name="accounts_newsconfirm_newest")]
