"""Questions people ask, with their answers."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.rendering import RenderedField


class Question(Content):
    """A question of seekers, of employers or of everyone. The answer is Markdown and may hold links."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("For everyone")
        SEEKER = "seeker", _("For people looking for work")
        EMPLOYER = "employer", _("For employers")

    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    question = models.CharField(max_length=250)
    answer = models.TextField(help_text=_("Markdown: links, emphasis and lists."))
    answer_html = RenderedField(source="answer", top_level=3)
    sources = models.ManyToManyField("Source", blank=True, related_name="questions")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_question_audience_known",
                condition=Q(audience__in=["everyone", "seeker", "employer"]),
                violation_error_message=_("Say who asks: everyone, seeker or employer."),
            ),
        ]

    def __str__(self):
        return f"{self.question} ({self.pk})"

    def get_absolute_url(self):
        return f"{reverse('careers:faq')}#{self.slug}"
