"""What both roles do all day, and who leads."""

from careers.models import Function, Passage
from careers.pages.shown import reviewed_on, sources_of


def functions():
    """Every function with who leads more often, an example, how it is known and its source."""
    found = list(Function.objects.select_related("source").in_order())
    return {
        "functions": found,
        "passages": Passage.objects.filter(slug="functions-intro").by_key(),
        "sources": sources_of(found),
        "reviewed_on": reviewed_on(found),
    }
