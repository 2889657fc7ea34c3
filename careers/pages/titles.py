"""The A to Z of job titles, and one title."""

from itertools import groupby
from string import ascii_uppercase

from django.db.models import Prefetch

from careers.models import CareSetting, JobTitle, Passage, Source, TitleVariation
from careers.pages.shown import reviewed_on
from careers.title_filters import TitleForm
from careers.titlesearch import narrowed
from careers.vocabulary import Family

# Letters that stand for more than one thing; beside them the page says so.
UNCLEAR_LETTERS = {"CCM", "CCC", "SC", "MSW"}


def titles(data):
    """The A to Z narrowed to a query string: the form, what was found under each letter, and how many there are."""
    settings = list(CareSetting.objects.in_order())
    every = list(JobTitle.objects.prefetch_related("settings").order_by("name", "pk"))
    form = TitleForm(data, settings=settings)
    found = narrowed(every, form.criteria) if form.is_valid() else []
    found.sort(key=lambda one: (one.title.name.casefold(), one.title.pk))
    letters = [{"letter": letter, "found": list(group)} for letter, group in groupby(found, key=lambda one: one.letter)]
    used = {one["letter"] for one in letters}
    return {
        "form": form,
        "is_narrowed": not form.is_valid() or not form.criteria.is_empty,
        "found_count": len(found),
        "all_count": len(every),
        "letters": letters,
        "alphabet": [(letter, letter in used) for letter in ascii_uppercase],
        "passages": Passage.objects.filter(slug__in=["titles-intro", "abbreviation-note"]).by_key(),
        "states": _by_state(TitleVariation.objects.prefetch_related("titles", "sources").in_order()),
        "reviewed_on": reviewed_on(every),
    }


def title(slug):
    """One title's page, or None when there is no title with this slug."""
    found = (
        JobTitle.objects.filter(slug=slug)
        .select_related("role", "source")
        .prefetch_related(
            Prefetch("settings", CareSetting.objects.in_order()),
            Prefetch("variations", TitleVariation.objects.prefetch_related("sources").in_order()),
        )
        .first()
    )
    if found is None:
        return None
    same_work, see_also = [], []
    if found.role:
        same_work = list(JobTitle.objects.filter(role=found.role).exclude(pk=found.pk).in_order())
        see_also = list(found.role.see_also_titles.exclude(pk=found.pk).in_order())
    family = Family(found.family)
    keys = [f"license-{found.license_typical}", f"family-{family.value.lower()}", "abbreviation-note"]
    named = {row.slug.partition("-")[0]: row for row in Passage.objects.filter(slug__in=keys)}
    variations = list(found.variations.all())
    return {
        "title": found,
        "family": named.get("family"),
        "license_scale": named.get("license"),
        "letters_note": named.get("abbreviation") if UNCLEAR_LETTERS & set(found.abbreviations) else None,
        "variations": variations,
        "same_work": same_work,
        "see_also": see_also,
        "sources": _sources(found, variations),
        "reviewed_on": reviewed_on([found, *variations]),
    }


def _by_state(variations):
    """[(state name, its variations)] in the order of the content."""
    return [(name, list(group)) for name, group in groupby(variations, key=lambda row: row.state_name)]


def _sources(found, variations) -> list[Source]:
    sources = {source for one in variations for source in one.sources.all()}
    if found.source:
        sources.add(found.source)
    return sorted(sources, key=lambda source: (source.name, source.pk))
