"""How people get in and move up: ways in, ladders, and the rules that say what a job or credential takes."""

from itertools import pairwise

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers import ruletree
from careers.models.base import Content
from careers.vocabulary import Tier


class EntryRoute(Content):
    """A way into the work, for people who come from one kind of place. `education_tier` says how well the line is known."""

    name = models.CharField(max_length=160)
    for_whom = models.TextField(blank=True)
    steps = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    education_needed = models.TextField(_("school or training"), blank=True)
    education_tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.PRACTICE)
    first_titles = models.ManyToManyField("JobTitle", blank=True, related_name="entry_routes")
    credentials = models.ManyToManyField("Credential", blank=True, related_name="entry_routes")
    sources = models.ManyToManyField("Source", blank=True, related_name="entry_routes")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_entryroute_education_tier_known",
                condition=Q(education_tier__in=["sourced", "reported", "practice"]),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"


class Ladder(Content):
    """A way up, step by step."""

    name = models.CharField(max_length=160)

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.name} ({self.pk})"


class LadderStep(Content):
    """One step of a ladder: a role or a credential, never both. `position` is its place, lowest first."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="steps")
    role = models.ForeignKey("CareRole", on_delete=models.PROTECT, null=True, blank=True, related_name="ladder_steps")
    credential = models.ForeignKey(
        "Credential", on_delete=models.PROTECT, null=True, blank=True, related_name="ladder_steps"
    )
    note = models.TextField(_("what to do there"), blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_ladderstep_role_or_credential",
                condition=Q(role__isnull=True, credential__isnull=False)
                | Q(role__isnull=False, credential__isnull=True),
                violation_error_message=_("A step is a role or a credential: choose one."),
            ),
            models.UniqueConstraint(
                fields=["ladder", "position"],
                name="careers_ladderstep_one_per_place",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Another step stands at this place of the ladder."),
            ),
        ]

    @property
    def rung(self):
        """The role or credential of this step."""
        return self.role or self.credential

    def clean(self):
        """Refuse a step that would let the ladders, taken together, lead in a circle."""
        super().clean()
        if self.ladder_id and (self.role_id or self.credential_id):
            others = LadderStep.objects.exclude(pk=self.pk).values("ladder", "position", "role", "credential")
            own = {
                "ladder": self.ladder_id,
                "position": self.position,
                "role": self.role_id,
                "credential": self.credential_id,
            }
            if leads_in_a_circle([*others, own]):
                raise ValidationError(_("With this step the ladders would lead in a circle."))


def leads_in_a_circle(steps):
    """True when following the ladders can lead back to where one was.

    `steps`: mappings with ladder, position, role and credential (keys or None).
    """
    rungs = {}
    for step in sorted(steps, key=lambda step: (step["ladder"], step["position"])):
        rungs.setdefault(step["ladder"], []).append((step["role"], step["credential"]))
    edges = {}
    for ladder in rungs.values():
        for below, above in pairwise(ladder):
            edges.setdefault(below, set()).add(above)
    while ends := [rung for rung, above in edges.items() if not above & set(edges)]:
        for rung in ends:
            del edges[rung]
    return bool(edges)


class Rule(Content):
    """What a job, a credential or a registration takes, as a tree that careers.route can answer.

    A `usual` rule is field knowledge: what employers mostly ask, set by no one. `effective` is empty where no start
    date was read.
    """

    class Kind(models.TextChoices):
        SET = "set", _("A rule that someone set")
        USUAL = "usual", _("What employers mostly ask")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SET)
    state = models.CharField(max_length=2, help_text=_("Two letters, or US for the whole country."))
    plain_words = models.TextField()
    requires = models.JSONField()
    gives_roles = models.ManyToManyField("CareRole", blank=True, related_name="rules")
    gives_titles = models.ManyToManyField("JobTitle", blank=True, related_name="rules")
    gives_credentials = models.ManyToManyField("Credential", blank=True, related_name="rules")
    gives_other = models.CharField(max_length=200, blank=True)
    effective = models.DateField(_("in force since"), null=True, blank=True)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="rules")

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_rule_kind_known",
                condition=Q(kind__in=["set", "usual"]),
                violation_error_message=_("A rule was set by someone, or is what employers mostly ask."),
            ),
            models.CheckConstraint(
                name="careers_rule_state_two_letters",
                condition=Q(state__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("Give the state as two capital letters, or US."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    @property
    def credentials_asked(self):
        """Slugs of the credentials that this rule names among its demands."""
        return {leaf.value for leaf in ruletree.leaves(ruletree.parse(self.requires)) if leaf.kind == "credential"}

    def clean(self):
        """Refuse a tree of demands that careers.route could not answer, naming the place of each fault."""
        super().clean()
        found = ruletree.faults(self.requires)
        if found:
            raise ValidationError({"requires": found})
