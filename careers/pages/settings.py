"""The care settings with the table of titles, and one setting."""

from django.db.models import Prefetch

from careers.models import CareRole, CareSetting, JobTitle, Passage, Population, SettingFact
from careers.pages.shown import reviewed_on, sources_of
from careers.vocabulary import Family


def settings():
    """Every setting, and the titles by kind of work that the table sets against them."""
    places = list(CareSetting.objects.in_order())
    titles = list(JobTitle.objects.prefetch_related("settings").order_by("name", "pk"))
    groups = [(family, [title for title in titles if title.family == family]) for family in Family]
    return {
        "settings": places,
        "groups": [(family, found) for family, found in groups if found],
        "passages": Passage.objects.filter(slug__in=["settings-intro", "settings-field-note"]).by_key(),
        "reviewed_on": reviewed_on([*places, *titles]),
    }


def setting(slug):
    """One setting's page, or None when there is no setting with this slug."""
    found = (
        CareSetting.objects.filter(slug=slug)
        .prefetch_related(
            Prefetch("facts", SettingFact.objects.select_related("source").in_order()),
            Prefetch("populations", Population.objects.in_order()),
            Prefetch("featured_titles", JobTitle.objects.only("pk")),
            Prefetch("titles", JobTitle.objects.order_by("name", "pk")),
            Prefetch("roles", CareRole.objects.in_order()),
        )
        .first()
    )
    if found is None:
        return None
    known = {fact.kind: fact for fact in found.facts.all()}
    featured = {title.pk for title in found.featured_titles.all()}
    titles = sorted(found.titles.all(), key=lambda title: title.pk not in featured)  # stable: then by name
    return {
        "setting": found,
        "facts": [(label, known.get(kind)) for kind, label in SettingFact.Kind.choices],
        "titles": titles,
        "featured": featured,
        "field_note": Passage.objects.filter(slug="settings-field-note").first(),
        "sources": sources_of(known.values()),
        "reviewed_on": reviewed_on([found, *known.values()]),
    }
