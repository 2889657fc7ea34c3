"""Readers who wish that an employer would list its openings here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models import Employer


class EmployerWish(TimeStamped):
    """One visitor's wish on one day. `visitor` is a keyed hash that is another one tomorrow: it counts, it names nobody."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="wishes")
    wished_on = models.DateField(_("day"))
    visitor = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("wish for an employer")
        verbose_name_plural = _("wishes for employers")
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "wished_on", "visitor"], name="accounts_employerwish_once_a_day"
            )
        ]

    def __str__(self):
        return f"wish {self.pk}"


class WishedEmployer(Employer):
    """An employer as staff see it: with how many wished for it."""

    class Meta:
        proxy = True
        verbose_name = _("employer wished for")
        verbose_name_plural = _("employers wished for")
