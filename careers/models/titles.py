"""What a title, or the license behind it, means in one state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content


class TitleVariation(Content):
    """How one state uses a title or what it asks for it; `titles` are the entries of our list it is about.

    `name` is the state's own wording and may be wider than any title (e.g. "Nursing license").
    """

    state = models.CharField(max_length=2)
    state_name = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    rule = models.TextField()
    titles = models.ManyToManyField("JobTitle", blank=True, related_name="variations")
    sources = models.ManyToManyField("Source", blank=True, related_name="variations")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["state", "name"],
                name="careers_titlevariation_once_per_state",
                violation_error_message=_("This state already has an entry with this name."),
            ),
            models.CheckConstraint(
                name="careers_titlevariation_state_is_two_letters",
                condition=models.Q(state__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("Give the state as two capital letters, such as NY."),
            ),
        ]

    def __str__(self):
        return f"{self.state}: {self.name} ({self.pk})"
