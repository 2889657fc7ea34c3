"""The self-assessment: what it measures, its questions and answers, and the words of its results."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content

FIT = ("purpose", "people", "communication", "problem_solving")
LEAN = ("coordination", "management")
DIMENSIONS = (*FIT, *LEAN)  # slugs of FitDimension (with hyphens there) and columns of FitAnswer
MOST_POINTS = 9


class FitDimension(Content):
    """One thing the answers are measured by: four say whether the work fits, two say which kind of it."""

    class Kind(models.TextChoices):
        FIT = "fit", _("fits the work")
        LEAN = "lean", _("which kind of work")

    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=80)
    when_high = models.CharField(max_length=250, blank=True)
    when_low = models.CharField(max_length=250, blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(name="careers_fitdimension_kind_known", condition=Q(kind__in=["fit", "lean"])),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    @property
    def column(self):
        """The column of FitAnswer with this dimension's points."""
        return self.slug.replace("-", "_")


class FitQuestion(Content):
    """One question. Its slug is its key in the address of a result: q1, p6. Only scored ones change the result."""

    text = models.CharField(max_length=250)
    is_scored = models.BooleanField(default=True)
    takes_many = models.BooleanField(_("more than one answer"), default=False)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_fitquestion_one_answer_when_scored",
                condition=Q(is_scored=False) | Q(takes_many=False),
                violation_error_message=_("A scored question takes one answer."),
            ),
        ]

    def __str__(self):
        return f"{self.text} ({self.pk})"


class FitAnswer(Content):
    """One answer: the points it gives to each dimension, or, for a preference, the settings it speaks for.

    `key` stands in the address of a result, with the question's slug: q1=a.
    """

    question = models.ForeignKey(FitQuestion, on_delete=models.CASCADE, related_name="answers")
    key = models.SlugField(max_length=4)
    text = models.CharField(max_length=200)
    purpose = models.PositiveSmallIntegerField(default=0)
    people = models.PositiveSmallIntegerField(default=0)
    communication = models.PositiveSmallIntegerField(default=0)
    problem_solving = models.PositiveSmallIntegerField(default=0)
    coordination = models.PositiveSmallIntegerField(default=0)
    management = models.PositiveSmallIntegerField(default=0)
    settings = models.ManyToManyField("CareSetting", blank=True, related_name="fit_answers")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["question", "key"],
                name="careers_fitanswer_one_per_key",
                violation_error_message=_("Another answer of this question has this key."),
            ),
            models.CheckConstraint(
                name="careers_fitanswer_points_in_range",
                condition=Q(
                    purpose__lte=MOST_POINTS,
                    people__lte=MOST_POINTS,
                    communication__lte=MOST_POINTS,
                    problem_solving__lte=MOST_POINTS,
                    coordination__lte=MOST_POINTS,
                    management__lte=MOST_POINTS,
                ),
                violation_error_message=_("An answer gives at most 9 points to one thing."),
            ),
        ]

    def __str__(self):
        return f"{self.text} ({self.pk})"


class FitResult(Content):
    """The words of one result: how well the work fits (slug fit-strong) or which kind of it (lean-both)."""

    title = models.CharField(max_length=120)
    text = models.TextField()
    next_pages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    roles = models.ManyToManyField("CareRole", blank=True, related_name="+")

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.title} ({self.pk})"
