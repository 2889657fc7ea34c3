"""A person's own list of where they applied, here or elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models import Listing


class TrackedApplication(TimeStamped):
    """One application as its owner tells it. Private: no employer learns of it."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        HEARD_BACK = "heard-back", _("Heard back")
        INTERVIEW = "interview", _("Interview")
        OFFER = "offer", _("Offer")
        CLOSED = "closed", _("Closed")

    # The day a state was reached, by state.
    DAYS = {
        State.APPLIED: "applied_on",
        State.HEARD_BACK: "heard_back_on",
        State.INTERVIEW: "interview_on",
        State.OFFER: "offer_on",
        State.CLOSED: "closed_on",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    listing = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="tracked")
    employer_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.APPLIED)
    applied_on = models.DateField(null=True, blank=True)
    heard_back_on = models.DateField(null=True, blank=True)
    interview_on = models.DateField(null=True, blank=True)
    offer_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="accounts_application_once_per_opening"),
            models.CheckConstraint(
                name="accounts_application_state_known",
                condition=Q(state__in=["applied", "heard-back", "interview", "offer", "closed"]),
            ),
            models.CheckConstraint(
                name="accounts_application_names_its_work",
                condition=~Q(employer_name="") & ~Q(title=""),
                violation_error_message=_("An application names an employer and a job."),
            ),
            models.CheckConstraint(
                name="accounts_application_step_has_words",
                condition=Q(next_step_on=None) | ~Q(next_step=""),
                violation_error_message=_("Say what the next step is, not only when."),
            ),
        ]
        indexes = [models.Index(fields=["user", "-updated_at"], name="accounts_application_newest")]

    def __str__(self):
        return f"application {self.pk}"

    @property
    def reached_on(self):
        """The day its present state was reached, or None when its owner did not say."""
        return getattr(self, self.DAYS[self.State(self.state)])

    @property
    def is_open(self):
        """False once its owner closed it."""
        return self.state != self.State.CLOSED
