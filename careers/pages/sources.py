"""Every source, and the pages that rely on it."""

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from careers.models import NewsItem, Source
from careers.models.base import Content
from careers.vocabulary import Tier

# Passages by the first word of their key; a passage that no page is named for counts for the overview.
PASSAGE_PAGES = {
    "differences": "compare", "settings": "settings", "titles": "titles", "functions": "functions", "fit": "fit",
    "pathways": "pathways", "training": "training", "pay": "pay", "route": "route",
}  # fmt: skip
# Rows without a page of their own stand on one of these, or on the page of the row they belong to.
PAGES = {
    "OverviewSection": "overview", "Definition": "overview", "Similarity": "overview", "Difference": "compare",
    "Function": "functions", "EntryRoute": "pathways", "Ladder": "pathways", "LadderStep": "pathways",
    "Rule": "route", "Program": "training", "ProgramPlace": "training", "PayRule": "pay_rules",
    "LocalPayRule": "pay_rules", "WageRow": "pay", "WageTable": "pay",
}  # fmt: skip
OWNERS = ("role", "setting", "title")


def sources(*, tier="", at):
    """Sources by name, each with `uses` (the pages that rely on it), and how many there are of each tier.

    `tier`: only these; one that does not exist shows none. News counts from when it is out; `at` is the time.
    """
    uses = _uses(at)
    found = list(Source.objects.order_by("name", "pk"))
    for source in found:
        source.uses = [{"address": address, "label": label} for address, label in uses.get(source.pk, {}).items()]
    counts = {one.value: sum(source.tier == one for source in found) for one in Tier}
    return {
        "sources": [source for source in found if not tier or source.tier == tier],
        "all_count": len(found),
        "tiers": [{"value": one.value, "count": counts[one.value]} for one in Tier],
        "tier": tier,
        "is_known_tier": not tier or tier in Tier.values,
    }


def _uses(at):
    """Source id -> {address: label}, read in one query for each way to point to a source."""
    found = {}
    for model in apps.get_app_config("careers").get_models():
        if not issubclass(model, Content) and model.__name__ != "WageRow":
            continue
        for field in model._meta.get_fields():
            if field.related_model is not Source or field.auto_created:
                continue
            rows = NewsItem.objects.out(at=at) if model is NewsItem else model._default_manager.all()
            if any(one.name == "is_public" for one in model._meta.concrete_fields):
                rows = rows.filter(is_public=True)
            owners = [one.name for one in model._meta.concrete_fields if one.name in OWNERS and one.is_relation]
            rows = rows.exclude(**{field.name: None}).select_related(*owners).order_by("pk")
            if field.many_to_many:
                rows = rows.prefetch_related(field.name)
            for row in rows:
                place = _place(row, owners)
                if place is None:
                    continue
                linked = getattr(row, field.name).all() if field.many_to_many else [getattr(row, field.attname)]
                for one in linked:
                    found.setdefault(one if isinstance(one, int) else one.pk, {}).setdefault(*place)
    return found


def _place(row, owners):
    """(address, label) of the page that shows this row, or None."""
    own = getattr(row, "get_absolute_url", None)
    if own is not None:
        return _own(row)
    kind = type(row).__name__
    if kind in PAGES:
        return _page(PAGES[kind])
    if kind == "Passage":
        return _page(PASSAGE_PAGES.get(row.slug.partition("-")[0], "overview"))
    for name in owners:
        if (owner := getattr(row, name)) is not None and hasattr(owner, "get_absolute_url"):
            return _own(owner)
    return None


def _own(row):
    try:
        return row.get_absolute_url(), next(
            value
            for name in ("question", "title", "name", "slug")
            if isinstance(value := getattr(row, name, None), str)
        )
    except NoReverseMatch:
        return None


def _page(name):
    labels = {
        "overview": _("What the work is"),
        "compare": _("The two kinds of work side by side"),
        "functions": _("What people in this work do"),
        "settings": _("Where the work is done"),
        "titles": _("Job titles"),
        "pathways": _("Ways in and up"),
        "route": _("Route finder"),
        "training": _("Training that pays"),
        "pay": _("Pay"),
        "pay_rules": _("Pay rules by state"),
        "fit": _("Is it right for you?"),
    }
    try:
        return reverse(f"careers:{name}"), labels[name]
    except NoReverseMatch:
        return None
