"""What may I do with what I have? The one evaluation of rules against a person's answers.

Three answers are possible for a demand: met, not met, and unknown when the person did not say. An `all_of` is met when
all its parts are; an `any_of` when one is. Nothing here ever says "you cannot": what is not met is a gap, with words.
Adding a qualification never takes a "met" away (tests/careers/test_route.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.ruletree import HOURS_A_MONTH, MONTHS_A_YEAR, SCHOOLING, Leaf, leaves, parse

# Schooling as one may say it, lowest first. A rule's own words are ruletree.SCHOOLING.
SCHOOLING_CHOICES = [
    ("none", gettext_lazy("No diploma yet")),
    ("high-school", gettext_lazy("High school diploma or equivalent")),
    ("associate", gettext_lazy("Two-year degree")),
    ("bachelor", gettext_lazy("Bachelor’s degree")),
    ("master", gettext_lazy("Master’s degree or more")),
    ("msw", gettext_lazy("Master of social work (MSW)")),
]
FIELD_CHOICES = [
    ("health", gettext_lazy("Health or human services")),
    ("nursing", gettext_lazy("Nursing")),
    ("social-work", gettext_lazy("Social work")),
    ("other", gettext_lazy("Another field")),
]
# A field of study in a rule's words -> the answers that are one.
FIELDS = {
    "health or human services": {"health", "nursing", "social-work"},
    "nursing": {"nursing"},
    "social work": {"social-work"},
}
RELATED = "related"
EXPERIENCE_CHOICES = [
    (RELATED, gettext_lazy("Any work with patients, clients or families")),
    ("service-coordination", gettext_lazy("Service coordination")),
    ("case-management", gettext_lazy("Case management or care management")),
    ("health-system", gettext_lazy("Case management in a hospital or health system")),
    ("ccm-supervised", gettext_lazy("Case management with a CCM as your supervisor")),
    ("leading", gettext_lazy("Leading case managers")),
    ("infants", gettext_lazy("Work with infants and toddlers")),
    ("peer", gettext_lazy("Peer work")),
    ("clinical-social-work", gettext_lazy("Supervised clinical social work")),
]
# A kind of work in a rule's words -> the answer that is asked for it.
KINDS_OF_WORK = {
    "": RELATED,
    "service coordination": "service-coordination",
    "case management": "case-management",
    "case management in a health system": "health-system",
    "case management with a CCM as supervisor": "ccm-supervised",
    "supervising case managers": "leading",
    "work with infants and toddlers": "infants",
    "peer work": "peer",
    "supervised diagnosis, psychotherapy and treatment planning": "clinical-social-work",
}
# A kind of work counts as each of these too.
COUNTS_AS = {
    **{kind: {kind, RELATED} for kind, _name in EXPERIENCE_CHOICES},
    "health-system": {"health-system", "case-management", RELATED},
    "ccm-supervised": {"ccm-supervised", "case-management", RELATED},
}
MONTHS_CHOICES = [0, 3, 6, 12, 18, 24, 36, 60]
AGES = [16, 17, 18, 21]  # the highest that is true; 16 stands for anything lower than 17


class Standing(IntEnum):
    """Whether a demand is met, as far as the answers tell; higher is better."""

    NOT_MET = 0
    UNKNOWN = 1
    MET = 2


@dataclass(frozen=True)
class Answers:
    """What a person says of themselves. What is empty or absent was not said, which is not the same as "no".

    `experience`: kind (EXPERIENCE_CHOICES) -> months of full-time work. `done`: keys of demands (Leaf.key) they meet.
    """

    schooling: str = ""
    fields: frozenset = frozenset()
    credentials: frozenset = frozenset()
    experience: Mapping = field(default_factory=dict)
    age: int | None = None
    done: frozenset = frozenset()

    def months(self, kind):
        """Months of one kind of work, the most that any answer says; None when nothing was said about it."""
        said = [months for one, months in self.experience.items() if kind in COUNTS_AS[one]]
        return max(said, default=None)


@dataclass(frozen=True)
class Gap:
    """A demand that is not met, or not known to be: in words, how far it is (`cost`), and the key to say it is met."""

    leaf: Leaf
    standing: Standing
    words: str
    cost: float

    @property
    def key(self):
        return self.leaf.key

    @property
    def is_open_question(self):
        """True when nobody asked about this yet, so that a yes would settle it."""
        return self.standing is Standing.UNKNOWN


@dataclass(frozen=True)
class Finding:
    """The answer for a tree of demands: its standing, and the gaps of the shortest way to meet it."""

    standing: Standing
    gaps: tuple = ()

    @property
    def cost(self):
        """How far away it is: 0 when met; a question costs less than a year of school."""
        return sum(gap.cost for gap in self.gaps)


def answer(requires, answers, names=None):
    """Return the Finding for a rule's `requires` (the stored tree). `names`: credential slug -> its name."""
    return _answer(parse(requires), answers, names or {})


def _answer(tree, answers, names):
    if isinstance(tree, Leaf):
        standing = _standing(tree, answers)
        if standing is Standing.MET:
            return Finding(standing)
        return Finding(standing, (Gap(tree, standing, words(tree, answers, names), _cost(tree, standing, answers)),))
    found = [_answer(part, answers, names) for part in tree.parts]
    if tree.kind == "any_of":
        return max(found, key=lambda one: (one.standing is Standing.MET, -one.cost, one.standing))
    return Finding(min(one.standing for one in found), tuple(gap for one in found for gap in one.gaps))


def _standing(leaf, answers):
    if leaf.key in answers.done:
        return Standing.MET
    if leaf.kind == "credential":
        return Standing.MET if leaf.value in answers.credentials else Standing.NOT_MET
    if leaf.kind == "education":
        return _schooling(leaf, answers)
    if leaf.kind == "age_min":
        return _at_least(answers.age, leaf.value)
    if leaf.months is not None:
        return _work(leaf, answers)
    return Standing.UNKNOWN  # exams, courses and the like are asked one by one


def _schooling(leaf, answers):
    if not answers.schooling:
        return Standing.UNKNOWN
    if answers.schooling == "none" or SCHOOLING.index(answers.schooling) < SCHOOLING.index(leaf.schooling):
        return Standing.NOT_MET
    if not leaf.field:
        return Standing.MET
    fields = answers.fields | ({"social-work"} if answers.schooling == "msw" else set())
    accepted = FIELDS.get(leaf.field)
    if accepted is None or not fields:
        return Standing.UNKNOWN
    return Standing.MET if fields & accepted else Standing.NOT_MET


def _work(leaf, answers):
    kind = KINDS_OF_WORK.get(leaf.field)
    if kind is None:
        return Standing.UNKNOWN
    months = answers.months(kind)
    if months is not None:
        return _at_least(months, leaf.months)
    any_work = answers.months(RELATED)  # too little of any work is too little of this kind
    return Standing.NOT_MET if any_work is not None and any_work < leaf.months else Standing.UNKNOWN


def _at_least(said, asked):
    if said is None:
        return Standing.UNKNOWN
    return Standing.MET if said >= asked else Standing.NOT_MET


# How long a gap usually takes, in months; it only puts gaps in order.
_MONTHS_OF = {"exam": 3, "training_hours": 3, "other": 2, "credential": 9, "age_min": 12}
_LONG_CREDENTIALS = {"rn": 30, "lpn": 14, "lmsw": 30, "lcsw": 60, "casac": 30, "ccm": 15}
_YEARS_OF_SCHOOL = {"none": 0, "high-school": 1, "associate": 3, "bachelor": 5, "master": 7, "msw": 7}
_A_QUESTION = 0.5


def _cost(leaf, standing, answers):
    if standing is Standing.UNKNOWN:
        return _A_QUESTION
    if leaf.kind == "education":
        ahead = _YEARS_OF_SCHOOL[leaf.schooling] - _YEARS_OF_SCHOOL[answers.schooling]
        return MONTHS_A_YEAR * max(ahead, 1)
    if leaf.months is not None:
        return leaf.months - (answers.months(KINDS_OF_WORK[leaf.field]) or 0)
    if leaf.kind == "credential":
        return _LONG_CREDENTIALS.get(leaf.value, _MONTHS_OF["credential"])
    return _MONTHS_OF[leaf.kind]


def words(leaf, answers=None, names=None):
    """A demand in words that follow "You need:"; for work, what is still missing after `answers`."""
    if leaf.kind == "education":
        degree = _DEGREES[leaf.schooling]
        return _("%(degree)s in %(field)s") % {"degree": degree, "field": leaf.field} if leaf.field else str(degree)
    if leaf.kind == "credential":
        return (names or {}).get(leaf.value, leaf.value)
    if leaf.kind == "exam":
        return _("the exam “%(name)s”") % {"name": leaf.value}
    if leaf.kind == "age_min":
        return _("to be %(years)d or older") % {"years": leaf.value}
    if leaf.kind == "training_hours":
        return _("%(hours)d hours of training") % {"hours": leaf.value}
    return leaf.value if leaf.kind == "other" else _work_in_words(leaf, answers)


_DEGREES = {
    "high-school": gettext_lazy("a high school diploma or equivalent"),
    "associate": gettext_lazy("a two-year degree"),
    "bachelor": gettext_lazy("a bachelor’s degree"),
    "master": gettext_lazy("a master’s degree"),
    "msw": gettext_lazy("a master’s degree in social work (MSW)"),
}


def _work_in_words(leaf, answers):
    kind = leaf.field or _("work with patients or clients")
    had = answers.months(KINDS_OF_WORK[leaf.field]) if answers and leaf.field in KINDS_OF_WORK else None
    missing = int(leaf.months - (had or 0))
    if leaf.kind == "experience_hours" and not had:
        hours = f"{leaf.value:,}"
        return _("%(hours)s hours of %(kind)s (about %(months)d months full time)") % {
            "hours": hours,
            "kind": kind,
            "months": missing,
        }
    if had and missing < leaf.months:
        return _("%(time)s more of %(kind)s") % {"time": in_time(missing), "kind": kind}
    return _("%(time)s of %(kind)s") % {"time": in_time(missing), "kind": kind}


def in_time(months):
    """24 -> "2 years", 18 -> "18 months"."""
    if months >= MONTHS_A_YEAR and months % MONTHS_A_YEAR == 0:
        years = months // MONTHS_A_YEAR
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def askable(rules):
    """Keys of all demands in these rules: what `Answers.done` may hold."""
    return {leaf.key for rule in rules for leaf in leaves(parse(rule.requires))}


def hours_in_words():
    """How hours of work were turned into months, for the page that uses it."""
    return _("Hours of work count as full time: 2,080 hours a year, so about %(hours)d a month.") % {
        "hours": round(HOURS_A_MONTH)
    }
