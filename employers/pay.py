"""What the law and common sense say about pay in an ad."""

from decimal import Decimal

from django.utils.translation import gettext as _

# Dollars between which a rate is believed without asking again: a tenth of the lowest and twice the highest usual pay
# of the work leave room for every honest ad, and still tell 52,000 an hour from 52,000 a year.
BELIEVED_USD = {"hour": (Decimal(10), Decimal(250)), "year": (Decimal(20_000), Decimal(500_000))}

# States whose rule we hold an ad to. "US" means anywhere in the country, which includes them.
RANGE_REQUIRED_IN = frozenset({"NY", "US"})


def range_required(states):
    """True when an ad for work in these states ("US": any of them) must give a pay range.

    Source: New York Labor Law section 194-b, for work done at least partly in New York,
    https://www.nysenate.gov/legislation/laws/LAB/194-B
    """
    return not RANGE_REQUIRED_IN.isdisjoint(states)


def range_required_words():
    """Return the New York rule in a sentence for the person writing the ad."""
    return _(
        "New York requires a pay range in every ad for work that can be done there (Labor Law section 194-b). "
        "Give the lowest and the highest pay you honestly expect to offer."
    )


def is_believed(amount_usd, period):
    """True when an amount in dollars fits its period ("hour" or "year")."""
    lowest, highest = BELIEVED_USD[period]
    return lowest <= amount_usd <= highest
