"""What the route finder shows for a set of answers: open now, next credential, what is missing, training that helps."""

from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Prefetch, Q
from django.utils.http import urlencode

from careers import route
from careers.models import CareRole, Credential, JobTitle, LadderStep, Program, Rule
from careers.pages.pathways import SEARCHED_AS
from careers.pages.shown import reviewed_on
from careers.vocabulary import Education

NEAREST_SHOWN = 6
NEXT_SHOWN = 4
FROM_A_LADDER, FROM_A_GAP, FROM_A_RULE = 0, 1, 2  # why a credential is offered next, best reason first


@dataclass
class Way:
    """One rule with its finding for these answers."""

    rule: Rule
    finding: route.Finding

    @property
    def gaps(self):
        """Smallest first; what only needs a yes comes before what takes time."""
        return sorted(self.finding.gaps, key=lambda gap: (gap.cost, gap.key))

    @property
    def questions(self):
        """Gaps that one can settle here with a yes."""
        return [
            gap for gap in self.gaps if gap.is_open_question and gap.leaf.kind in ("other", "exam", "training_hours")
        ]


@dataclass
class RoleResult:
    """A role with the ways to it, the nearest first; `query` finds its openings."""

    role: CareRole
    ways: list = field(default_factory=list)
    query: str = ""

    @property
    def open_ways(self):
        return [way for way in self.ways if way.finding.standing is route.Standing.MET]

    @property
    def is_open(self):
        return bool(self.open_ways)

    @property
    def nearest(self):
        return min(self.ways, key=lambda way: (way.finding.cost, way.rule.position, way.rule.pk))

    @property
    def other_rules(self):
        """Rules that someone set for some jobs of an open role and that are not met yet."""
        return [way for way in self.ways if way not in self.open_ways and way.rule.kind == Rule.Kind.SET]


@dataclass
class NextCredential:
    """A credential worth getting next, its own rules for these answers, and who teaches it."""

    credential: Credential
    ways: list
    reason: int


def choices():
    """The rows the form needs: public credentials, and all rules."""
    credentials = list(Credential.objects.filter(is_public=True).in_order())
    rules = Rule.objects.select_related("source").in_order()
    return credentials, list(
        rules.prefetch_related(
            Prefetch("gives_roles", CareRole.objects.in_order()),
            Prefetch("gives_titles", JobTitle.objects.in_order()),
            "gives_credentials",
        )
    )


def result(*, answers, credentials, rules, state, asked, today):
    """The page for these answers. `asked`: cleaned values of the form, for the searches; `today`: a calendar date."""
    names = {row.slug: row.name for row in credentials}
    ways = [Way(rule, route.answer(rule.requires, answers, names)) for rule in rules if rule.state in ("US", state)]
    found = _roles(ways, asked)
    away = sorted(
        (one for one in found if not one.is_open), key=lambda one: (one.nearest.finding.cost, one.role.position)
    )
    following = _next_credentials(ways, away, credentials, answers, today)
    programs = {program.pk: program for one in following for program in one.credential.programs.all()}
    trained = sorted(programs.values(), key=lambda one: (not one.is_free, not one.pays_learners, one.position))
    return {
        "open_roles": [one for one in found if one.is_open],
        "nearest": away[:NEAREST_SHOWN],
        "further": away[NEAREST_SHOWN:],
        "following": following,
        "programs": trained,
        "registrations": [
            way for way in ways if way.rule.gives_other and way.rule.credentials_asked & answers.credentials
        ],
        "query": search_query(asked),
        "language_query": search_query(asked, languages=asked["language"]) if asked["language"] else "",
        "reviewed_on": reviewed_on(rules),
        "hours_note": route.hours_in_words(),
    }


def search_query(asked, *, title="", languages=()):
    """The search of openings that fits these answers, urlencoded: schooling and experience at most, license, ZIP code.

    Who names their work and ticks no license is shown what asks for none; who names neither is shown everything.
    """
    pairs = [("title", title)] if title else []
    if asked["zip"]:
        pairs += [("zip", asked["zip"]), ("miles", asked["miles"])]
    if asked["schooling"]:
        level = Education.MASTER if asked["schooling"] == "msw" else Education(asked["schooling"])
        pairs.append(("education", level.value))
    months = [value for name, value in asked.items() if name.startswith("work_") and value is not None]
    if months:
        pairs.append(("experience", max(months)))
    held = [*asked["licence"], *(job for job in asked["job"] if job == "lpn")]
    licences = sorted({SEARCHED_AS[slug] for slug in held})
    pairs += [("licence", value) for value in (["none", *licences] if licences or asked["job"] else [])]
    pairs += [("language", value) for value in languages]
    return urlencode(pairs)


def _roles(ways, asked):
    roles = {row.pk: row for way in ways for row in way.rule.gives_roles.all()}
    titles = JobTitle.objects.filter(role__in=roles).in_order().values_list("role", "slug")
    first = {}
    for role, slug in titles:
        first.setdefault(role, slug)
    found = {pk: RoleResult(role, query=search_query(asked, title=first.get(pk, ""))) for pk, role in roles.items()}
    for way in ways:
        for row in way.rule.gives_roles.all():
            found[row.pk].ways.append(way)
    return sorted(found.values(), key=lambda one: one.role.position)


def _next_credentials(ways, away, credentials, answers, today):
    """Credentials not held yet: up the ladder, named by a near role, or with a rule that is nearly met."""
    held = answers.credentials
    reasons = {}
    for below, above in _climbs():
        if below in held:
            reasons.setdefault(above, (FROM_A_LADDER, 0))
    for place, one in enumerate(away[:NEAREST_SHOWN]):
        for gap in one.nearest.gaps:
            if gap.leaf.kind == "credential":
                reasons.setdefault(gap.leaf.value, (FROM_A_GAP, place))
    leading = {}
    for way in ways:
        for row in way.rule.gives_credentials.all():
            leading.setdefault(row.slug, []).append(way)
            if way.finding.cost < route.MONTHS_A_YEAR:
                reasons.setdefault(row.slug, (FROM_A_RULE, way.finding.cost))
    known = {row.slug: row for row in credentials}
    chosen = sorted((reason, slug) for slug, reason in reasons.items() if slug in known and slug not in held)
    slugs = [slug for _reason, slug in chosen[:NEXT_SHOWN]]
    rows = Credential.objects.filter(slug__in=slugs, is_public=True).prefetch_related(
        Prefetch("good_for", CareRole.objects.in_order()),
        Prefetch("programs", Program.objects.running(on=today).in_order().prefetch_related("sources")),
    )
    by_slug = {row.slug: row for row in rows}
    return [NextCredential(by_slug[slug], leading.get(slug, []), reasons[slug][0]) for slug in slugs]


def _climbs():
    """Pairs of credential slugs that follow each other on a ladder."""
    steps = LadderStep.objects.filter(Q(credential__isnull=True) | Q(credential__is_public=True))
    rungs = {}
    for ladder, slug in steps.order_by("ladder", "position").values_list("ladder", "credential__slug"):
        rungs.setdefault(ladder, []).append(slug)
    return [(below, above) for ladder in rungs.values() for below, above in pairwise(ladder) if below and above]
