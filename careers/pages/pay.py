"""Published wages of occupations near the roles, wage tables, and who must show pay."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from careers.models import LocalPayRule, Passage, PayFigure, PayRule, Source, WageRow
from careers.pages.shown import reviewed_on


@dataclass
class Occupation:
    """One published figure, with every role it is near and what to keep in mind for each."""

    figure: PayFigure
    near: list = field(default_factory=list)  # PayFigure rows: role, fit, the role's caveat


def pay():
    """National figures, each once with the roles it is near, and the wage tables that editors loaded."""
    rows = PayFigure.objects.select_related("role", "source").order_by("role__position", "position", "pk")
    occupations = {}
    for row in rows:
        same = (row.soc, row.source_id, row.area, row.period, row.amount_usd, row.unit)
        occupations.setdefault(same, Occupation(row)).near.append(row)
    wages = list(WageRow.objects.select_related("source").order_by("area", "occupation", "-period", "pk"))
    by_area = {}
    for row in wages:
        by_area.setdefault(row.area, []).append(row)
    shown = [*(one.figure for one in occupations.values()), *wages]
    return {
        "occupations": sorted(occupations.values(), key=lambda one: (one.figure.occupation, one.figure.pk)),
        "top": max((one.figure.p90_usd or one.figure.amount_usd for one in occupations.values()), default=1),
        "wage_areas": list(by_area.items()),
        "sources": sorted({row.source for row in shown}, key=lambda source: (source.name, source.pk)),
        "reviewed_on": reviewed_on(shown),
    }


def pay_rules(*, today, state=""):
    """Pay rules of states and places, those of `state` alone when given; each with where it stands on `today`."""
    sources = Prefetch("sources", Source.objects.in_order())
    rules = list(PayRule.objects.prefetch_related(sources).order_by("name", "pk"))
    local = list(LocalPayRule.objects.prefetch_related(sources).order_by("place", "pk"))
    states = sorted({(rule.state, rule.name) for rule in rules}, key=lambda one: one[1])
    shown = [rule for rule in rules if state in ("", rule.state)]
    shown_local = [rule for rule in local if state in ("", rule.state)]
    groups = {"show": [], "later": [], "tell": []}
    for rule in shown:
        groups[rule.group(on=today)].append(rule)
    return {
        "states": states,
        "state": state,
        "groups": groups,
        "found": shown,
        "local": shown_local,
        "sources": sorted(
            {source for rule in [*shown, *shown_local] for source in rule.sources.all()},
            key=lambda source: (source.name, source.pk),
        ),
        "reviewed_on": reviewed_on([*rules, *local]),
        "passages": Passage.objects.filter(slug__startswith="pay-rules-").by_key(),
    }
