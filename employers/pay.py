"""What the law and common sense say about pay in an ad."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careers.models import PayRule
from careers.models.pay import PayRuleStatus

# Dollars between which a rate is believed without asking again: a tenth of the lowest and twice the highest usual pay
# of the work leave room for every honest ad, and still tell 52,000 an hour from 52,000 a year.
BELIEVED_USD = {"hour": (Decimal(10), Decimal(250)), "year": (Decimal(20_000), Decimal(500_000))}

ANYWHERE = "US"  # among the states of remote work: all of them
# Who hires care managers has at least so many people, so a rule that starts at this size or below holds for an employer
# whose size we do not know. A rule that starts above it is named, with its size, and left to the employer.
SURELY_EMPLOYED = 4

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SIZE = re.compile(rf"(?P<above>more than )?\b(?P<least>\d+|{'|'.join(_WORDS)})\b", re.IGNORECASE)
_ANY_SIZE = re.compile(r"\bany (?:size|employer)", re.IGNORECASE)
_REPORTING = re.compile(r"\breports?\b|\boffice\b", re.IGNORECASE)


@dataclass(frozen=True)
class Duty:
    """A state's rule that an ad must show pay, as it holds for one ad.

    `is_firm`: it holds for this ad for sure, by its date, its place and the employer's size. One that is not firm is
    worth naming: it starts later, or holds from a size that we do not know.
    """

    state: str
    name: str
    rule: str
    threshold: str
    exceptions: str
    starts_later: bool
    starts_on: date | None
    is_firm: bool
    by_reporting: bool
    asks_for_benefits: bool
    lets_commission_stand: bool
    source_name: str
    source_url: str

    @property
    def words(self):
        """The rule in a sentence or two for the person who writes the ad."""
        if self.starts_later:
            start = date_format(self.starts_on, "F j, Y")
            return _("From %(date)s %(state)s requires the pay range in ads like this one. Why not give it now?") % {
                "date": start,
                "state": self.name,
            }
        said = [
            _(
                "%(state)s requires a pay range in this ad. Give the lowest and the highest pay you honestly expect to offer."
            )
            % {"state": self.name}
        ]
        if self.by_reporting:
            said.append(_("This holds for remote work that reports to a supervisor or an office there, too."))
        if self.threshold:
            said.append(
                _("Who it holds for: %(threshold)s.") % {"threshold": self.threshold[:1].lower() + self.threshold[1:]}
            )
        return " ".join(said)


def least_workers(threshold):
    """Return from how many workers on a rule holds, read from its words ("15 or more workers"); None when they name none."""
    if _ANY_SIZE.search(threshold):
        return 1
    found = _SIZE.search(threshold)
    if found is None:
        return None
    number = _WORDS.get(found["least"].lower()) or int(found["least"])
    return number + 1 if found["above"] else number


def duties(states, *, on, reports_to=(), employer_size=None):
    """Return the Duty of each state rule that reaches an ad, firm ones first.

    `states`: where the work can be done ("US": anywhere). `reports_to`: the states of the employer's own sites; a rule
    that names reporting reaches remote work elsewhere when all of them lie in its state, and is worth naming when one
    does. `on` is a calendar date, `employer_size` how many people work for the employer, None if unknown. A rule that
    starts at another size than the employer's is left out. Source: the rows of careers.models.PayRule.
    """
    wanted, offices = set(states), set(reports_to)
    rules = PayRule.objects.filter(must_show=True).exclude(status=PayRuleStatus.LIKELY_ENDED)
    if ANYWHERE not in wanted:
        rules = rules.filter(state__in=wanted | offices)
    found = []
    for rule in rules.prefetch_related("sources").order_by("name", "pk"):
        is_there = rule.state in wanted or ANYWHERE in wanted
        by_reporting = not is_there and rule.state in offices and bool(_REPORTING.search(rule.scope))
        if not (is_there or by_reporting) or not wanted:
            continue
        least = least_workers(rule.employer_threshold)
        if employer_size is not None and least is not None and employer_size < least:
            continue
        later = rule.starts_later(on=on)
        size_fits = least is not None and (employer_size or SURELY_EMPLOYED) >= least
        is_firm = size_fits and not later and (is_there or offices == {rule.state})
        found.append(_duty(rule, is_firm=is_firm, later=later, by_reporting=by_reporting))
    return sorted(found, key=lambda duty: not duty.is_firm)


def _duty(rule, *, is_firm, later, by_reporting):
    source = min(rule.sources.all(), key=lambda source: source.slug, default=None)
    return Duty(
        state=rule.state,
        name=rule.name,
        rule=rule.rule,
        threshold=rule.employer_threshold,
        exceptions=rule.exceptions,
        starts_later=later,
        starts_on=rule.effective,
        is_firm=is_firm,
        by_reporting=by_reporting,
        asks_for_benefits="benefits" in rule.rule.lower() and "before the first" not in rule.rule.lower(),
        lets_commission_stand="commission" in rule.rule.lower(),
        source_name=source.name if source else "",
        source_url=source.url if source else "",
    )


def is_believed(amount_usd, period):
    """True when an amount in dollars fits its period ("hour" or "year")."""
    lowest, highest = BELIEVED_USD[period]
    return lowest <= amount_usd <= highest
