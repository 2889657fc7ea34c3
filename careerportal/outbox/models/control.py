"""What operating needs: switches, pace, a sign of life."""

from django.db import models
from django.db.models.functions import Now


class OutboxSwitch(models.Model):
    """Stops one stream, or with an empty name all. Kept when on again: changed_at restarts the breaker's count."""

    stream = models.CharField(max_length=16, primary_key=True, blank=True)
    paused = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "outbox_switch"

    def __str__(self):
        return f"{'paused' if self.paused else 'on'}: {self.stream or 'all'}"


class Pace(models.Model):
    """When the next message to a domain may leave (empty: to any). slow_until: its server asked for less."""

    domain = models.CharField(max_length=253, primary_key=True, blank=True)
    next_at = models.DateTimeField()
    slow_until = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.domain or "all domains"


class Heartbeat(models.Model):
    """When a part of the machinery last showed life."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name
