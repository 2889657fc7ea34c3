"""Ways in, ladders and moving up; credentials; training."""

from django.db.models import Prefetch, Q

from careers import ladder
from careers.models import (
    CareRole,
    Credential,
    EntryRoute,
    JobTitle,
    Ladder,
    LadderStep,
    Passage,
    Program,
    ProgramPlace,
    Rule,
    Source,
)
from careers.pages.shown import reviewed_on

# Which license in a search stands for which credential. Others have no filter of their own.
SEARCHED_AS = {"rn": "rn", "lpn": "lpn", "lmsw": "sw", "lcsw": "sw"}


def pathways():
    """Every way in, every ladder with its drawing, and what is known about moving up."""
    public = Credential.objects.filter(is_public=True).in_order()
    routes = list(
        EntryRoute.objects.in_order().prefetch_related(
            Prefetch("first_titles", JobTitle.objects.in_order()),
            Prefetch("credentials", public),
            Prefetch("sources", Source.objects.in_order()),
        )
    )
    steps = LadderStep.objects.select_related("role", "credential").in_order()
    ladders = list(Ladder.objects.in_order().prefetch_related(Prefetch("steps", steps)))
    passages = _passages("pathways-intro", "pathways-check-note", "moving-up")
    return {
        "passages": passages,
        "routes": routes,
        "ladders": [{"item": item, "drawing": ladder.draw(item.steps.all())} for item in ladders],
        "sources": _sources(*routes, *passages.values()),
        "reviewed_on": reviewed_on([*routes, *ladders]),
    }


def credentials():
    """All public credentials by kind: licenses first, then what a state or a job asks, then the rest."""
    rows = list(
        Credential.objects.filter(is_public=True)
        .in_order()
        .prefetch_related(
            Prefetch("good_for", CareRole.objects.in_order()), Prefetch("sources", Source.objects.in_order())
        )
    )
    groups = {name: [] for name in ("license", "state", "certification", "training")}
    for row in rows:
        groups[_group(row.kind)].append(row)
    return {
        "passages": _passages("pathways-check-note"),
        "groups": [{"name": name, "items": items} for name, items in groups.items() if items],
        "sources": _sources(*rows),
        "reviewed_on": reviewed_on(rows),
    }


def _group(kind):
    if kind == "license":
        return "license"
    if kind.startswith(("state", "required")):
        return "state"
    return "certification" if kind == "certification" else "training"


def credential(slug, *, today):
    """One public credential, or None: what it takes, what it opens, which rules name it, who teaches it on `today`."""
    found = (
        Credential.objects.filter(slug=slug, is_public=True)
        .prefetch_related(
            Prefetch("good_for", CareRole.objects.in_order()),
            Prefetch("sources", Source.objects.in_order()),
            Prefetch("programs", Program.objects.running(on=today).in_order()),
            Prefetch("rules", Rule.objects.select_related("source").in_order()),
        )
        .first()
    )
    if found is None:
        return None
    asking = [
        rule
        for rule in Rule.objects.select_related("source")
        .prefetch_related(Prefetch("gives_roles", CareRole.objects.in_order()))
        .in_order()
        if found.slug in rule.credentials_asked
    ]
    return {
        "credential": found,
        "rules_for": list(found.rules.all()),
        "rules_asking": asking,
        "licence": SEARCHED_AS.get(found.slug, ""),
        "sources": _sources(found),
        "reviewed_on": found.reviewed_on,
    }


def training(*, today, region="", free=False):
    """Programs, those that have ended on `today` apart; narrowed to a region (by name) and to those free of charge."""
    rows = list(
        Program.objects.in_order().prefetch_related(
            Prefetch("places", ProgramPlace.objects.in_order()),
            Prefetch("leads_to", Credential.objects.filter(is_public=True).in_order()),
            Prefetch("sources", Source.objects.in_order()),
        )
    )
    regions = sorted({name for row in rows for place in row.places.all() for name in place.regions})
    shown = [row for row in rows if (row.is_free or not free) and (not region or row.serves(region))]
    return {
        "passages": _passages("training-intro", "training-safety"),
        "regions": regions,
        "region": region,
        "free": free,
        "programs": [row for row in shown if not row.has_ended(on=today)],
        "ended": [row for row in shown if row.has_ended(on=today)],
        "sources": _sources(*rows),
        "reviewed_on": reviewed_on(rows),
    }


def regions():
    """The names of all regions that some program serves."""
    lists = ProgramPlace.objects.values_list("regions", flat=True)
    return {name for names in lists for name in names}


def _passages(*slugs):
    wanted = Q(slug__in=slugs)
    return Passage.objects.filter(wanted).prefetch_related(Prefetch("sources", Source.objects.in_order())).by_key()


def _sources(*rows):
    """The sources behind these rows, each once, by name."""
    found = {source for row in rows for source in row.sources.all()}
    return sorted(found, key=lambda source: (source.name, source.pk))
