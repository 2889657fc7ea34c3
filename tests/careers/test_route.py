"""What may I do with what I have: the evaluation of rules, and the route finder's page."""

import random
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers import content_files, route, ruletree
from careers.models import Credential, Program, Rule
from careers.route import Answers, Standing
from careers.route_form import RouteForm

FILES = content_files.read()
RULES = [*FILES["pathways"]["rules"], *FILES["pathways"]["usual_ways"]]
TREES = [rule["requires"] for rule in RULES]
SCHOOLING = [value for value, _name in route.SCHOOLING_CHOICES]
FIELDS = [value for value, _name in route.FIELD_CHOICES]
KINDS = [value for value, _name in route.EXPERIENCE_CHOICES]
CREDENTIALS = [item["slug"] for item in FILES["pathways"]["credentials"]]
KEYS = sorted({leaf.key for tree in TREES for leaf in ruletree.leaves(ruletree.parse(tree))})


def exactly(tree):
    """The least answers that meet a tree by its first way: its own requirements, no more."""
    given = {"schooling": "", "fields": set(), "credentials": set(), "experience": {}, "age": None, "done": set()}
    _give(ruletree.parse(tree), given)
    frozen = {name: frozenset(given.pop(name)) for name in ("fields", "credentials", "done")}
    return Answers(**given, **frozen)


def _give(tree, given):
    if isinstance(tree, ruletree.Branch):
        for part in tree.parts if tree.kind == "all_of" else tree.parts[:1]:
            _give(part, given)
    elif tree.kind == "credential":
        given["credentials"].add(tree.value)
    elif tree.kind == "education" and (not tree.field or tree.field in route.FIELDS):
        given["schooling"] = max(given["schooling"], tree.schooling, key=["", *SCHOOLING].index)
        given["fields"] |= {min(route.FIELDS[tree.field])} if tree.field else set()
    elif tree.kind == "age_min":
        given["age"] = tree.value
    elif tree.months is not None:
        given["experience"][route.KINDS_OF_WORK[tree.field]] = tree.months
    else:
        given["done"].add(tree.key)


def some_answers(rng):
    """Answers by chance from what the form offers."""
    return Answers(
        schooling=rng.choice(["", *SCHOOLING]),
        fields=frozenset(rng.sample(FIELDS, rng.randint(0, 2))),
        credentials=frozenset(rng.sample(CREDENTIALS, rng.randint(0, 4))),
        experience={kind: rng.choice(route.MONTHS_CHOICES) for kind in rng.sample(KINDS, rng.randint(0, 4))},
        age=rng.choice([None, *route.AGES]),
        done=frozenset(rng.sample(KEYS, rng.randint(0, 6))),
    )


def one_more(answers, rng):
    """The same answers with one qualification added or raised."""
    what = rng.choice(["schooling", "fields", "credentials", "experience", "age", "done"])
    values = {name: getattr(answers, name) for name in Answers.__dataclass_fields__}
    if what == "schooling":
        values[what] = rng.choice(SCHOOLING[SCHOOLING.index(answers.schooling) if answers.schooling else 0 :])
    elif what == "experience":
        kind = rng.choice(KINDS)
        values[what] = {**answers.experience, kind: answers.experience.get(kind, 0) + rng.choice([0, 6, 12, 60])}
    elif what == "age":
        values[what] = max(answers.age or 0, rng.choice(route.AGES))
    else:
        pool = {"fields": FIELDS, "credentials": CREDENTIALS, "done": KEYS}[what]
        values[what] = getattr(answers, what) | {rng.choice(pool)}
    return Answers(**values)


@pytest.mark.parametrize("seed", range(40))
def test_adding_a_qualification_never_closes_what_was_open(seed):
    rng = random.Random(seed)
    answers = some_answers(rng)
    for _step in range(12):
        more = one_more(answers, rng)
        for rule in RULES:
            before, after = route.answer(rule["requires"], answers), route.answer(rule["requires"], more)
            assert before.standing is not Standing.MET or after.standing is Standing.MET, (rule["slug"], answers, more)
        answers = more


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["slug"])
def test_a_rules_own_requirements_open_it_and_nothing_does_not(rule):
    exact = route.answer(rule["requires"], exactly(rule["requires"]))
    assert exact.standing is Standing.MET
    assert exact.gaps == ()
    assert exact.cost == 0

    nothing = route.answer(rule["requires"], Answers())
    assert nothing.standing is not Standing.MET
    assert nothing.gaps
    assert nothing.cost > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["slug"])
def test_every_demand_of_a_rule_can_be_answered_and_has_words(rule):
    for leaf in ruletree.leaves(ruletree.parse(rule["requires"])):
        assert route.words(leaf)
        assert leaf.key
        if leaf.months is not None:
            assert leaf.field in route.KINDS_OF_WORK
            assert leaf.months <= max(route.MONTHS_CHOICES)
        if leaf.kind == "age_min":
            assert leaf.value in route.AGES


def test_what_was_not_said_is_unknown_and_what_is_too_little_is_not_met():
    needs = {"all_of": [{"education": "bachelor"}, {"experience_years": 2}, {"age_min": 18}]}

    def standing(**said):
        return route.answer(needs, Answers(**said)).standing

    assert standing() is Standing.UNKNOWN
    assert standing(schooling="associate") is Standing.NOT_MET
    assert standing(schooling="master", experience={"related": 24}) is Standing.UNKNOWN
    assert standing(schooling="master", experience={"peer": 24}, age=18) is Standing.MET
    assert standing(schooling="master", experience={"peer": 24}, age=17) is Standing.NOT_MET


def test_gaps_are_those_of_the_shortest_way_and_say_what_is_still_missing():
    tree = {"any_of": [{"credential": "rn"}, {"all_of": [{"education": "high-school"}, {"experience_years": 3}]}]}
    found = route.answer(tree, Answers(schooling="bachelor", experience={"related": 24}))

    assert [gap.words for gap in found.gaps] == ["1 year more of work with patients or clients"]
    assert found.gaps[0].standing is Standing.NOT_MET


def test_hours_of_work_are_months_of_full_time():
    tree = {"experience_hours": 2000, "in": "peer work"}

    assert route.answer(tree, Answers(experience={"peer": 12})).standing is Standing.MET
    assert route.answer(tree, Answers(experience={"peer": 6})).standing is Standing.NOT_MET
    assert route.answer(tree, Answers(experience={"related": 60})).standing is Standing.UNKNOWN
    assert route.answer(tree, Answers(experience={"related": 3})).standing is Standing.NOT_MET


def test_a_degree_in_another_field_is_a_gap_and_an_unnamed_one_a_question():
    tree = {"education": "bachelor", "in": "health or human services"}

    assert route.answer(tree, Answers(schooling="bachelor")).standing is Standing.UNKNOWN
    assert route.answer(tree, Answers(schooling="bachelor", fields=frozenset(["other"]))).standing is Standing.NOT_MET
    assert route.answer(tree, Answers(schooling="master", fields=frozenset(["nursing"]))).standing is Standing.MET
    assert route.answer(tree, Answers(schooling="msw")).standing is Standing.MET


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({}, "requires: expected all_of"),
        ({"all_of": []}, "requires.all_of: expected a list"),
        ({"any_of": [{"credentail": "rn"}]}, "requires.any_of[1]: expected one of"),
        ({"all_of": [{"age_min": 0}]}, "requires.all_of[1].age_min: expected a whole number"),
        ({"education": "phd"}, "requires.education: expected one of high-school"),
        ({"credential": ""}, "requires.credential: expected words"),
        ({"credential": "rn", "exam": "x"}, "requires: expected one of"),
        ({"all_of": [{"exam": "x"}], "any_of": [{"exam": "y"}]}, "nothing may stand beside"),
        ({"experience_years": True}, "expected a whole number"),
        ("rn", "expected all_of"),
    ],
)
def test_a_broken_tree_is_refused_with_the_place_of_the_fault(tree, says):
    with pytest.raises(ValidationError, match=None) as refused:
        ruletree.parse(tree)

    assert says in refused.value.messages[0]


def text_of(page):
    return " ".join(page.content.decode().split())


def part_of(page, name):
    """The HTML of one section of the result."""
    return text_of(page).partition(f'id="{name}"')[2].partition("</section>")[0]


def test_the_page_asks_before_it_answers(client, content):
    page = client.get("/careers/route/")

    assert page.status_code == 200
    assert "What you have" in text_of(page)
    assert "Open to you now" not in text_of(page)
    assert not page.cookies


def test_a_medical_assistant_sees_open_roles_a_next_credential_and_free_training(client, content):
    page = client.get("/careers/route/?job=medical-assistant&schooling=high-school&work_related=24")

    opened, following = part_of(page, "open"), part_of(page, "next")
    assert "/careers/roles/care-coordinator/" in opened
    assert "/careers/roles/patient-navigator/" in opened
    assert "/careers/roles/nurse-care-manager/" not in opened
    assert "/careers/credentials/lpn/" in following
    assert "Career Pathways Training" in part_of(page, "training")
    assert "/openings/?education=high-school&amp;experience=24" in opened
    assert "/alerts/new/?education=high-school&amp;experience=24" in opened


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("job=medical-assistant", "licence=none"),
        ("job=lpn", "licence=none&amp;licence=lpn"),
        ("job=medical-assistant&licence=rn", "licence=none&amp;licence=rn"),
        ("schooling=bachelor", "education=bachelor"),
    ],
)
def test_the_search_leaves_out_licenses_that_someone_at_work_does_not_hold(client, content, query, asked):
    opened = part_of(client.get(f"/careers/route/?{query}"), "open")

    assert f'href="/openings/?{asked}"' in opened
    assert f'href="/alerts/new/?{asked}"' in opened


@pytest.mark.parametrize(
    ("query", "role"),
    [
        ("job=home-health-aide", "community-health-worker"),
        ("job=nurse-aide&schooling=high-school", "care-coordinator"),
        ("job=lpn", "care-coordinator"),
        ("job=chw", "patient-navigator"),
        ("job=peer", "care-coordinator"),
        ("licence=rn&work_related=12", "nurse-care-manager"),
        ("licence=lmsw", "social-work-care-manager"),
        ("have=casac", "behavioral-health-care-manager"),
        ("schooling=bachelor&work_related=24", "idd-care-manager"),
    ],
)
def test_each_start_opens_something(client, content, query, role):
    assert f"/careers/roles/{role}/" in part_of(client.get(f"/careers/route/?{query}"), "open")


def test_every_rule_stands_with_its_source_and_dates(client, content):
    opened = part_of(client.get("/careers/route/?schooling=bachelor&work_related=24"), "open")

    assert "A bachelor&#x27;s degree and two years, or an RN license" in opened
    assert "In force since July 1, 2018." in opened
    assert "We look again by March 1, 2027." in opened
    assert "Source: <a href=" in opened
    assert "What employers mostly ask. No one set it as a rule." in opened


def test_a_yes_to_an_open_question_settles_it(client, content):
    address = "/careers/route/?schooling=high-school&work_related=0&have=ei-service-coordination"
    before = client.get(address)
    key = "other-a-license-or-registration-that-the-rule-lists"
    assert f'value="{key}"' in text_of(before)
    assert "/careers/roles/service-coordinator/" not in part_of(before, "open")

    after = client.get(f"{address}&done={key}")
    assert "/careers/roles/service-coordinator/" in part_of(after, "open")


def test_rules_of_new_york_do_not_count_elsewhere(client, content):
    query = "/careers/route/?schooling=bachelor&work_related=24"

    assert "/careers/roles/idd-care-manager/" in part_of(client.get(query), "open")
    assert "/careers/roles/idd-care-manager/" not in part_of(client.get(f"{query}&state=US"), "open")


def test_the_same_address_gives_the_same_page_and_stores_nothing(client, content):
    address = "/careers/route/?job=lpn&language=es&zip=&done=exam-aswb-master"
    first, second = client.get(address), client.get(address)

    assert part_of(first, "open") == part_of(second, "open")
    assert not first.cookies
    assert "language=es" in part_of(first, "open")


@pytest.mark.parametrize(
    "query",
    [
        "schooling=phd", "job=astronaut", "licence=md", "work_related=7", "work_related=-1", "age=400", "zip=00000", "zip=%00",
        "done=anything", "miles=3", "language=klingon", "state=ZZ", "schooling=bachelor&schooling=none", "have=ccctm",
        "field=astrology",
    ],
)  # fmt: skip
def test_impossible_answers_are_named_and_not_guessed_at(client, content, query):
    page = client.get(f"/careers/route/?{query}")

    assert page.status_code == 200
    assert "error-summary" in text_of(page)
    assert 'id="open"' not in text_of(page)


def test_unknown_parameters_are_named_and_the_rest_is_answered(client, content):
    page = text_of(client.get("/careers/route/?job=lpn&utm_source=mail"))

    assert "We left out what we do not know in this address: utm_source." in page
    assert 'id="open"' in page


def test_no_answer_is_told_that_they_cannot(client, content):
    for query in ("schooling=none&work_related=0&age=16", "job=home-health-aide", "licence=rn", "field=other"):
        page = text_of(client.get(f"/careers/route/?{query}")).lower()
        main = page.partition("<main")[2].partition("</main>")[0]
        for words in ("you cannot", "you can't", "not eligible", "not qualified", "you do not qualify"):
            assert words not in main


def test_the_smallest_gap_comes_first(client, content):
    form = RouteForm({"licence": ["rn"]}, credentials=Credential.objects.filter(is_public=True), askable=set())
    assert form.is_valid()
    page = client.get("/careers/route/?licence=rn&work_related=0").context["found"]

    costs = [one.nearest.finding.cost for one in [*page["nearest"], *page["further"]]]
    assert costs == sorted(costs)
    assert all(low <= high for low, high in pairwise(costs))


def test_training_that_has_ended_is_not_offered(client, content):
    Program.objects.filter(slug="ny-cpt").update(ends="2026-01-31")

    assert "Career Pathways Training" not in text_of(client.get("/careers/route/?job=medical-assistant"))


def test_the_finder_costs_the_same_for_few_rules_as_for_many(client, content):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get("/careers/route/?job=lpn&schooling=high-school").status_code == 200
        return len(found)

    many = queries()
    Rule.objects.filter(
        slug__in=["usual-lpn-review", "usual-complex", "ny-casac", "us-acm", "usual-supervisor"]
    ).delete()
    assert queries() == many
