"""The rules of the self-assessment, against a second reading of them and over many answers."""

import random
from fractions import Fraction
from types import SimpleNamespace

import pytest
import yaml
from django.http import QueryDict

from careers import fit
from careers.content_files import FOLDER
from careers.models.fit import DIMENSIONS, FIT, LEAN

QUIZ = yaml.safe_load((FOLDER / "fit-quiz.yaml").read_text(encoding="utf-8"))


def an_answer(key, **points):
    return SimpleNamespace(key=key, **{column: points.get(column, 0) for column in DIMENSIONS})


def questions(points=None):
    """The scored questions of the file as plain objects; `points` changes each answer's weights first."""
    found = []
    for item in QUIZ["questions"]:
        weights = {one["id"]: (points or dict)(one["weights"]) for one in item["answers"]}
        offered = fit.shuffled(item["id"], [an_answer(key, **given) for key, given in weights.items()])
        found.append(SimpleNamespace(slug=item["id"], is_scored=True, takes_many=False, offered=offered))
    return found


def lean_of(answered):
    return fit.lean(*(fit.share(column, answered) for column in LEAN))


def score_of(answered):
    return fit.fit_score([fit.share(column, answered) for column in FIT])


def swapped(weights):
    other = {"coordination": "management", "management": "coordination"}
    return {other.get(name, name): points for name, points in weights.items()}


def some_answers(seed):
    """At least eight questions with a chosen answer each, different for each seed and always the same for one."""
    chance = random.Random(seed)
    asked = questions()
    chosen = chance.sample(asked, chance.randint(fit.AT_LEAST, len(asked)))
    return [(question, chance.choice(question.offered)) for question in asked if question in chosen]


def by_the_file(answered):
    """Fit score and lean, straight from the words of the file's scoring steps."""
    weights = {item["id"]: {one["id"]: one["weights"] for one in item["answers"]} for item in QUIZ["questions"]}

    def percent(name):
        got = sum(weights[question.slug][answer.key].get(name, 0) for question, answer in answered)
        most = sum(max(one.get(name, 0) for one in weights[question.slug].values()) for question, _answer in answered)
        return Fraction(got * 100, most) if most else None

    fits = [percent(name) for name, about in QUIZ["dimensions"].items() if about["kind"] == "fit"]
    fits = [one for one in fits if one is not None]
    coordination, management = percent("coordination"), percent("management")
    rule = QUIZ["scoring"]["lean_rule"]
    if max(coordination, management) < rule["both_low_below"]:
        kind = "unsure"
    elif abs(coordination - management) < rule["close_if_difference_below"]:
        kind = "both"
    else:
        kind = "coordination" if coordination > management else "management"
    return sum(fits) / len(fits), kind


@pytest.mark.parametrize("seed", range(300))
def test_the_score_is_what_the_files_rules_say(seed):
    answered = some_answers(seed)

    assert (score_of(answered), lean_of(answered)) == by_the_file(answered)


@pytest.mark.parametrize("seed", range(100))
def test_changing_sides_changes_the_lean_and_nothing_else(seed):
    answered = some_answers(seed)
    other_side = {question.slug: question for question in questions(swapped)}
    mirrored = [
        (other_side[question.slug], next(one for one in other_side[question.slug].offered if one.key == answer.key))
        for question, answer in answered
    ]
    mirror = {"coordination": "management", "management": "coordination", "both": "both", "unsure": "unsure"}

    assert lean_of(mirrored) == mirror[lean_of(answered)]
    assert score_of(mirrored) == score_of(answered)


@pytest.mark.parametrize("side", LEAN)
def test_who_always_chooses_one_side_leans_to_it(side):
    other = next(one for one in LEAN if one != side)

    def pull(answer):
        return getattr(answer, side) - getattr(answer, other)

    assert lean_of([(question, max(question.offered, key=pull)) for question in questions()]) == side


def test_equal_shares_and_shares_just_too_close_are_both():
    share = fit.Share

    assert fit.lean(share(10, 20), share(10, 20)) == "both"
    assert fit.lean(share(50, 100), share(39, 100)) == "both"
    assert fit.lean(share(50, 100), share(38, 100)) == "coordination"
    assert fit.lean(share(38, 100), share(50, 100)) == "management"
    assert fit.lean(share(19, 100), share(19, 100)) == "unsure"
    assert fit.lean(share(20, 100), share(19, 100)) == "both"
    assert fit.lean(share(0, 0), share(50, 100)) == "unsure"


@pytest.mark.parametrize(
    ("percent", "band"), [(100, "strong"), (60, "strong"), (Fraction(5999, 100), "good"), (40, "good"), (0, "explore")]
)
def test_bands_begin_where_they_are_said_to_begin(percent, band):
    assert fit.band(percent) == band


def test_the_published_numbers_are_those_of_the_file():
    scoring = QUIZ["scoring"]

    assert dict(fit.BANDS) == {one["id"]: one["min"] for one in scoring["bands"]}
    assert scoring["lean_rule"]["close_if_difference_below"] == fit.CLOSE_BELOW
    assert scoring["lean_rule"]["both_low_below"] == fit.BOTH_LOW_BELOW
    assert "at least eight answers" in scoring["steps"][-1]
    assert fit.AT_LEAST == 8
    everything = [(question, question.offered[0]) for question in questions()]
    assert {name: fit.share(name, everything).most for name in DIMENSIONS} == scoring["maxima"]


def test_answers_stand_in_the_same_mixed_order_every_time():
    keys = {question.slug: [answer.key for answer in question.offered] for question in questions()}

    assert keys == {question.slug: [answer.key for answer in question.offered] for question in questions()}
    assert sum(order != sorted(order) for order in keys.values()) >= 10
    backwards = fit.shuffled("q1", list(reversed(questions()[0].offered)))
    assert [answer.key for answer in backwards] == keys["q1"]


def test_the_place_of_an_answer_says_nothing_about_roles_or_fit():
    asked = questions()
    for place in range(4):
        always = [(question, question.offered[place]) for question in asked]

        assert lean_of(always) == "both"
        assert 50 <= score_of(always) <= 54
    firsts = [question.offered[0] for question in asked]
    assert any(one.coordination > one.management for one in firsts)
    assert any(one.management > one.coordination for one in firsts)


def test_reading_keeps_what_is_right_and_names_what_is_wrong():
    given = fit.read(questions(), QueryDict("q1=a&q2=zz&q3=a&q3=b&q4=b&q4=b&q99=a"))

    assert {slug: [answer.key for answer in chosen] for slug, chosen in given.answers.items()} == {
        "q1": ["a"], "q4": ["b"]
    }  # fmt: skip
    assert [question and question.slug for question, _sentence in given.problems] == [None, "q2", "q3", "q4", "q2"]
    assert given.problems[-1][1].endswith("You have answered 2.")


def test_eight_answers_are_enough_and_seven_are_not():
    seven = "&".join(f"q{number}=a" for number in range(1, 8))

    assert fit.read(questions(), QueryDict(seven)).problems
    assert not fit.read(questions(), QueryDict(f"{seven}&q8=a")).problems


def test_settings_are_counted_once_for_each_preference_and_stand_highest_first():
    one, two, three = (SimpleNamespace(pk=pk) for pk in (1, 2, 3))
    wants = [
        [SimpleNamespace(setting_ids={2, 3}), SimpleNamespace(setting_ids={2})],
        [SimpleNamespace(setting_ids={2})],
    ]

    assert fit.fitting([one, two, three], wants) == [(two, 2), (three, 1)]
