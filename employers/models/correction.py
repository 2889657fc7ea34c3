"""What readers say is wrong about an employer's entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models.employer import Employer


class CorrectionRequest(TimeStamped):
    """A reader asks to mend or remove an employer's entry. For moderators only; nothing of it is ever shown."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Something here is wrong")
        CLOSED = "closed", _("This place has closed or moved")
        REMOVE = "remove", _("Please remove this employer")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("what it is about"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("what is wrong, and what is right"), max_length=2000)
    email = models.EmailField(_("address for an answer"), blank=True)
    handled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        constraints = [
            models.CheckConstraint(
                name="employers_correctionrequest_kind_known", condition=Q(kind__in=["wrong", "closed", "remove"])
            ),
            models.CheckConstraint(
                name="employers_correctionrequest_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A request says what is wrong."),
            ),
            models.CheckConstraint(
                name="employers_correctionrequest_handled_with_outcome",
                condition=Q(handled_at=None, outcome="") | (Q(handled_at__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("A request that was dealt with says what was done."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
