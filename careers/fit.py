"""The self-assessment's rules: the order answers stand in, what counts as an answer, and the score. No database here.

The numbers below are the ones the page publishes; it prints them from here. They come from the scoring part of
careers/content/fit-quiz.yaml, and a test holds the two together.
"""

import hashlib
import re
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

AT_LEAST = 8  # scored answers before there is a result
BANDS = (("strong", 60), ("good", 40), ("explore", 0))  # lowest fit score in percent, highest band first
CLOSE_BELOW = 12  # percentage points between the two leans
BOTH_LOW_BELOW = 20  # percent
# Answers are ordered by a hash with this word, so each stands at the same place for everyone, every time. Of 20,000
# words it spreads the points most evenly: whoever always takes the first, second, third or fourth answer gets a fit
# score of 51 to 53 and leans less than CLOSE_BELOW to either side.
ORDER_WORD = "fit-5820"

_LIKE_A_QUESTION = re.compile(r"[a-z]\d{1,3}")


def shuffled(question_slug, answers):
    """The answers of a question (each with a `key`) in an order that is always the same and follows no pattern."""

    def place(answer):
        return hashlib.sha256(f"{ORDER_WORD}:{question_slug}:{answer.key}".encode()).digest()

    return sorted(answers, key=place)


@dataclass
class Given:
    """What an address says: the answers of each question (slug -> list), and what is wrong with it."""

    answers: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)  # (question or None, sentence for people)
    has_other_names: bool = False  # the address also holds names that are no question, such as a tracker's

    @property
    def is_empty(self):
        return not self.answers and not self.problems

    @property
    def address(self):
        """(question, answer key) of what was understood, for an address that holds answers and nothing else."""
        return [(slug, answer.key) for slug, chosen in self.answers.items() for answer in chosen]


def read(questions, query, *, ours=()):
    """Read a query string (a QueryDict) as answers to `questions` (rows with their answers in `offered`).

    Nothing is guessed: what is unknown, given twice or missing is named in `problems`, and the rest is kept. Names in
    `ours` belong to the page and are no answers.
    """
    given, by_slug = Given(), {question.slug: question for question in questions}
    for name in query:
        if name in by_slug or name in ours:
            continue
        if _LIKE_A_QUESTION.fullmatch(name):
            given.problems.append((None, _("The address answers a question that we do not ask. We left it out.")))
        else:
            given.has_other_names = True
    for question in questions:
        keys = query.getlist(question.slug)
        if keys:
            _read_one(question, keys, given)
    scored = [question for question in questions if question.is_scored]
    answered = sum(1 for question in scored if question.slug in given.answers)
    if (given.answers or given.problems) and answered < AT_LEAST:
        words = {"least": AT_LEAST, "questions": len(scored), "answered": answered}
        said = _("Answer at least %(least)s of the first %(questions)s questions. You have answered %(answered)s.")
        given.problems.append((next((one for one in scored if one.slug not in given.answers), None), said % words))
    return given


def _read_one(question, keys, given):
    offered = {answer.key: answer for answer in question.offered}
    known = list(dict.fromkeys(key for key in keys if key in offered))
    if any(key not in offered for key in keys):
        given.problems.append((question, _("The address holds an answer that this question does not have.")))
    elif len(known) > 1 and not question.takes_many:
        given.problems.append((question, _("The address holds more than one answer. Choose one.")))
        return
    elif len(keys) != len(known):
        given.problems.append((question, _("The address holds the same answer twice.")))
    if known:
        given.answers[question.slug] = [offered[key] for key in known]


@dataclass(frozen=True)
class Share:
    """How much of what could be reached in one dimension was reached: points of most, and why."""

    points: int
    most: int
    reasons: tuple = ()  # (question, answer, points), most points first

    @property
    def percent(self):
        """A Fraction from 0 to 100; None when no answered question is about this."""
        return Fraction(100 * self.points, self.most) if self.most else None

    @property
    def shown(self):
        """The percentage as a whole number, rounded down, so that no band looks reached that is not."""
        return int(self.percent or 0)


def share(column, answered):
    """The Share of the dimension in `column` of FitAnswer; `answered`: (question, answer) of scored questions."""
    reasons = [(question, answer, getattr(answer, column)) for question, answer in answered]
    return Share(
        points=sum(points for _question, _answer, points in reasons),
        most=sum(max(getattr(one, column) for one in question.offered) for question, _answer in answered),
        reasons=tuple(sorted((one for one in reasons if one[2]), key=lambda one: -one[2])),
    )


def fit_score(shares):
    """The plain average of the fit dimensions' percentages (a Fraction), leaving out what was not asked."""
    percents = [one.percent for one in shares if one.percent is not None]
    return sum(percents, Fraction(0)) / len(percents) if percents else Fraction(0)


def band(score):
    """The band of a fit score in percent: strong, good or explore."""
    return next(name for name, least in BANDS if score >= least)


def lean(coordination, management):
    """Which kind of work two Shares point to: coordination, management, both or unsure."""
    if coordination.percent is None or management.percent is None:
        return "unsure"
    if coordination.percent < BOTH_LOW_BELOW and management.percent < BOTH_LOW_BELOW:
        return "unsure"
    if abs(coordination.percent - management.percent) < CLOSE_BELOW:
        return "both"
    return "coordination" if coordination.percent > management.percent else "management"


def fitting(settings, answers):
    """How many answered preferences list each setting: (setting, count), highest count first, else as `settings` stand.

    `answers`: a list of chosen answers for each answered preference. A preference with several counts once.
    """
    counts = [
        (setting, sum(any(setting.pk in answer.setting_ids for answer in chosen) for chosen in answers))
        for setting in settings
    ]
    return sorted((one for one in counts if one[1]), key=lambda one: -one[1])
