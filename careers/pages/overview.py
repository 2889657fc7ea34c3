"""The overview, the comparison, and one role."""

from django.db.models import Prefetch

from careers.models import (
    CareRole,
    CareSetting,
    Credential,
    Definition,
    Difference,
    Evidence,
    Function,
    HubSpoke,
    JobTitle,
    OverviewSection,
    Passage,
    PayFigure,
    Population,
    RoleStep,
    Similarity,
)
from careers.pages.shown import reviewed_on, sources_of
from careers.vocabulary import Role

COMPARED = ("similar", "difference", "titles-vary")  # sections of the overview that the comparison repeats


def overview():
    """The overview page: sections and passages by key, and the lists that fill them."""
    sections = OverviewSection.objects.select_related("source").by_key()
    passages = _passages()
    titles = list(JobTitle.objects.filter(is_seed=True).select_related("role").in_order())
    definitions = [
        {
            "item": item,
            "code": Role(item.role).name,
            "titles": [one for one in titles if one.family == Role(item.role).name],
        }
        for item in Definition.objects.select_related("source").in_order()
    ]
    functions = list(Function.objects.select_related("source").in_order())
    spokes = list(HubSpoke.objects.in_order())
    shown = [*sections.values(), *functions, *(one["item"] for one in definitions)]
    return {
        "sections": sections,
        "passages": passages,
        "definitions": definitions,
        "similarities": list(Similarity.objects.in_order()),
        "spokes": spokes,
        "roles": list(CareRole.objects.in_order()),
        "functions": functions,
        "settings": list(CareSetting.objects.in_order()),
        "sources": sources_of(shown, passages.get("similarities_heading")),
        "reviewed_on": reviewed_on(shown),
    }


def compare():
    """The two roles line by line, and what each does at every spoke of the wheel."""
    differences = list(Difference.objects.select_related("source").in_order())
    spokes = list(HubSpoke.objects.in_order())
    passages = _passages()
    return {
        "passages": passages,
        "sections": OverviewSection.objects.filter(slug__in=COMPARED).by_key(),
        "similarities": list(Similarity.objects.in_order()),
        "differences": differences,
        "spokes": spokes,
        "sources": sources_of(differences),
        "reviewed_on": reviewed_on([*differences, *spokes]),
    }


def role(slug):
    """One role page, or None when there is no role with this slug."""
    found = (
        CareRole.objects.filter(slug=slug)
        .prefetch_related(
            Prefetch("settings", CareSetting.objects.in_order()),
            Prefetch("populations", Population.objects.in_order()),
            Prefetch("titles", JobTitle.objects.in_order()),
            Prefetch("see_also_titles", JobTitle.objects.select_related("role").in_order()),
            Prefetch("helpful_credentials", Credential.objects.filter(is_public=True).in_order()),
            Prefetch("steps", RoleStep.objects.select_related("to").in_order()),
            Prefetch("steps_here", RoleStep.objects.select_related("role").order_by("role__position", "pk")),
            Prefetch("pay_figures", PayFigure.objects.select_related("source").in_order()),
            Prefetch("evidence", Evidence.objects.select_related("source").in_order()),
        )
        .first()
    )
    if found is None:
        return None
    passages = Passage.objects.filter(slug__in=[f"license-{found.license_required}", f"family-{found.family.lower()}"])
    named = {row.slug.partition("-")[0]: row for row in passages}
    return {
        "role": found,
        "family": named.get("family"),
        "license_scale": named.get("license"),
        "from_roles": [step.role for step in found.steps_here.all()],
        "reviewed_on": found.reviewed_on,
    }


def _passages():
    return Passage.objects.prefetch_related("sources").by_key()
