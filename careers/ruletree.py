"""What a rule asks for: a tree of `all_of` and `any_of` whose leaves are single demands.

The shape is that of the content files (careers/content/README.md). A leaf holds one of LEAF_KINDS and may add
`in` (a field of study or a kind of work) and `within_years`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.core.exceptions import ValidationError
from django.utils.text import slugify

BRANCHES = ("all_of", "any_of")
NUMBERS = ("experience_years", "experience_months", "experience_hours", "training_hours", "age_min")
WORDS = ("education", "exam", "credential", "other")
LEAF_KINDS = (*NUMBERS, *WORDS)
EXTRAS = ("in", "within_years")
SCHOOLING = ("high-school", "associate", "bachelor", "master", "msw")  # lowest first
DEEPEST = 6
MONTHS_A_YEAR = 12
HOURS_A_MONTH = 2080 / 12  # full time: 40 hours x 52 weeks a year


@dataclass(frozen=True)
class Leaf:
    """One demand: its `kind` (one of LEAF_KINDS), its `value`, and what it is about (`field`, "" for anything)."""

    kind: str
    value: object
    field: str = ""
    within_years: int | None = None

    @property
    def months(self):
        """Months of full-time work asked; None for a leaf that asks for no work."""
        if self.kind == "experience_years":
            return self.value * MONTHS_A_YEAR
        if self.kind == "experience_months":
            return self.value
        return ceil(self.value / HOURS_A_MONTH) if self.kind == "experience_hours" else None

    @property
    def schooling(self):
        """The lowest schooling that is enough; None for a leaf that asks for none. "bachelor or master" -> bachelor."""
        if self.kind != "education":
            return None
        return min(self.value.split(" or "), key=SCHOOLING.index)

    @property
    def key(self):
        """The name of this demand in an address, the same as long as its words are."""
        return slugify(f"{self.kind} {self.value} {self.field}")[:80].strip("-")


@dataclass(frozen=True)
class Branch:
    """`all_of` or `any_of` over its parts."""

    kind: str
    parts: tuple


def parse(node):
    """Return the tree of `node` as Branch and Leaf. Raises ValidationError, naming the place, when it is not one."""
    found = faults(node)
    if found:
        raise ValidationError(found)
    return _parsed(node)


def leaves(tree):
    """Every Leaf of a parsed tree, from left to right."""
    if isinstance(tree, Leaf):
        return [tree]
    return [leaf for part in tree.parts for leaf in leaves(part)]


def faults(node, where="requires"):
    """Return a sentence for each fault in a tree, with the place where it is; an empty list when there is none."""
    if where.count(".") > DEEPEST:
        return [f"{where}: more than {DEEPEST} levels deep."]
    if not isinstance(node, dict) or not node:
        return [f"{where}: expected all_of, any_of or one demand."]
    for branch in BRANCHES:
        if branch in node:
            return _branch_faults(node, branch, where)
    return _leaf_faults(node, where)


def _branch_faults(node, branch, where):
    place = f"{where}.{branch}"
    if len(node) > 1:
        return [f"{place}: nothing may stand beside it."]
    if not isinstance(node[branch], list) or not node[branch]:
        return [f"{place}: expected a list with at least one line."]
    return [fault for number, part in enumerate(node[branch], start=1) for fault in faults(part, f"{place}[{number}]")]


def _leaf_faults(node, where):
    kinds = [name for name in node if name in LEAF_KINDS]
    if len(kinds) != 1 or set(node) - {*LEAF_KINDS, *EXTRAS}:
        got = ", ".join(sorted(map(str, node)))
        return [f"{where}: expected one of {', '.join(LEAF_KINDS)}, with in or within_years; got {got}."]
    kind, value = kinds[0], node[kinds[0]]
    number = [kind] if kind in NUMBERS else []
    number += ["within_years"] if "within_years" in node else []
    for name in number:
        if not isinstance(node[name], int) or isinstance(node[name], bool) or node[name] < 1:
            return [f"{where}.{name}: expected a whole number of 1 or more."]
    for name in (kind, "in"):
        if name in node and name not in NUMBERS and not (isinstance(node[name], str) and node[name].strip()):
            return [f"{where}.{name}: expected words."]
    if kind == "education" and set(value.split(" or ")) - set(SCHOOLING):
        return [f"{where}.education: expected one of {', '.join(SCHOOLING)}."]
    return []


def _parsed(node):
    for branch in BRANCHES:
        if branch in node:
            return Branch(branch, tuple(_parsed(part) for part in node[branch]))
    kind = next(name for name in LEAF_KINDS if name in node)
    return Leaf(kind, node[kind], node.get("in", ""), node.get("within_years"))
