"""A seeker's standing request for openings, and how its address was confirmed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.confirmation import Confirmation
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass, criteria_of
from careerportal.core.models import TimeStamped
from careerportal.outbox.models import Recipient


class JobAlert(TimeStamped):
    """One recipient, one set of criteria. Sends nothing but its confirmation before it is confirmed."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("not confirmed yet")
        ACTIVE = "active", _("on")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped")

    class Frequency(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="alerts")
    place_class = models.ForeignKey(PlaceClass, on_delete=models.PROTECT, related_name="alerts")
    words_class = models.ForeignKey(WordsClass, on_delete=models.PROTECT, related_name="alerts")
    facets_class = models.ForeignKey(FacetsClass, on_delete=models.PROTECT, related_name="alerts")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0; only for weekly alerts
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True)
    first_digest_at = models.DateTimeField(null=True, blank=True)
    consent_text = models.CharField(max_length=300, blank=True)
    consent_source = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "place_class", "words_class", "facets_class"],
                name="accounts_jobalert_once_per_criteria",
            ),
            models.CheckConstraint(
                name="accounts_jobalert_state_known",
                condition=Q(state__in=["unconfirmed", "active", "paused", "stopped"]),
            ),
            models.CheckConstraint(
                name="accounts_jobalert_frequency_known",
                condition=Q(frequency__in=["daily", "weekly"], weekday__range=(0, 6)),
            ),
            models.CheckConstraint(
                name="accounts_jobalert_confirmed_before_active",
                condition=Q(confirmed_at__isnull=False) | Q(state__in=["unconfirmed", "stopped"]),
            ),
            models.CheckConstraint(
                name="accounts_jobalert_runs_when_active",
                condition=Q(state__in=["active", "paused"], next_run_at__isnull=False)
                | (~Q(state__in=["active", "paused"]) & Q(next_run_at=None)),
            ),
            models.CheckConstraint(
                name="accounts_jobalert_paused_until_when_paused",
                condition=Q(state="paused", paused_until__isnull=False) | (~Q(state="paused") & Q(paused_until=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_run_at"], name="accounts_jobalert_due", condition=Q(state__in=["active", "paused"])
            )
        ]

    def __str__(self):
        return f"alert {self.pk}"

    @property
    def criteria(self):
        """What this alert asks, as the public search understands it."""
        return criteria_of(self.place_class, self.words_class, self.facets_class)

    def is_on(self, *, at):
        """True when it should send at `at`: active, or paused with the pause over."""
        return self.state == self.State.ACTIVE or (self.state == self.State.PAUSED and self.paused_until <= at)

    def run_after(self, now):
        """Return the next time it is due after `now`: its recipient's hour, on the local calendar (aware datetime).

        Counting local days, not 24-hour steps, keeps the hour when clocks change and never skips or doubles a day.
        """
        zone = ZoneInfo(self.recipient.zone)
        day = now.astimezone(zone).date()
        while True:
            due = datetime.combine(day, time(self.recipient.local_hour), tzinfo=zone)
            if due > now and (self.frequency == self.Frequency.DAILY or day.weekday() == self.weekday):
                return due
            day += timedelta(days=1)


class AlertConfirmation(Confirmation):
    """One confirmation mail for one alert. Its code is computed from the secret key (accounts.tokens), never stored."""

    alert = models.ForeignKey(JobAlert, on_delete=models.CASCADE, related_name="confirmations")
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta(Confirmation.Meta):
        indexes = [models.Index(fields=["alert", "-due_at"], name="accounts_confirmation_newest")]
