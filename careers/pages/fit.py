"""The self-assessment: its questions, and the result of an address that holds answers."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from careers import fit as rules
from careers.models import CareRole, CareSetting, FitAnswer, FitDimension, FitQuestion, FitResult, Passage
from careers.models.fit import DIMENSIONS, FIT, LEAN
from careers.pages.shown import reviewed_on
from careers.translating import ORIGINAL, Texts

OTHER_LANGUAGE = "es"
SETTINGS_SHOWN = 6  # the rest is folded away
SETTINGS_SEARCHED = 6  # a wider choice would say nothing
NEXT_PAGES = {  # where the keys in a result's next pages lead
    "roles": {"address": "/careers/compare/", "label": _("Compare the two kinds of work")},
    "functions": {"address": "/careers/functions/", "label": _("See what people in this work do all day")},
    "settings": {"address": "/careers/settings/", "label": _("See where the work is done")},
    "pathways": {"address": "/careers/pathways/", "label": _("See how people get in")},
    "faq": {"address": "/careers/faq/", "label": _("Read common questions")},
    "employers": {"address": "/employers/", "label": _("See who hires near you")},
}
ROLE_PARAMETERS = {"coordination": ["cc"], "management": ["cm"], "both": ["cc", "cm"], "unsure": []}


@dataclass(frozen=True)
class Line:
    """One dimension of a result: its name, its share, a sentence, and what was answered for it."""

    column: str
    name: str
    share: rules.Share
    note: str
    reasons: list


class Quiz:
    """Everything the page says, in one language, read in a fixed number of queries."""

    def __init__(self, *, language=ORIGINAL):
        """`language` is taken when a person has checked every text in it; else the page stays as it was written."""
        self.dimensions = {row.column: row for row in FitDimension.objects.in_order()}
        answers = FitAnswer.objects.in_order().prefetch_related("settings")
        self.questions = list(FitQuestion.objects.prefetch_related(Prefetch("answers", answers)).in_order())
        for question in self.questions:
            offered = list(question.answers.all())
            question.offered = rules.shuffled(question.slug, offered) if question.is_scored else offered
            for answer in offered:
                answer.setting_ids = {setting.pk for setting in answer.settings.all()}
        self.results = {
            row.slug: row
            for row in FitResult.objects.prefetch_related(Prefetch("roles", CareRole.objects.in_order())).in_order()
        }
        self.passages = {row.slug: row for row in Passage.objects.filter(slug__startswith="fit-").in_order()}
        self.other = Texts(self._texts(), language=OTHER_LANGUAGE)
        is_other = language == OTHER_LANGUAGE and self.other.is_complete
        self.texts = self.other if is_other else Texts((), language=ORIGINAL)

    def _texts(self):
        yield from ((row, name) for row in self.dimensions.values() for name in ("name", "when_high", "when_low"))
        yield from ((question, "text") for question in self.questions)
        yield from ((answer, "text") for question in self.questions for answer in question.offered)
        yield from ((row, name) for row in self.results.values() for name in ("title", "text"))
        yield from ((row, "text") for row in self.passages.values())

    @cached_property
    def scored(self):
        return [question for question in self.questions if question.is_scored]

    def read(self, query, *, ours=()):
        """What a query string answers; see careers.fit.read."""
        return rules.read(self.questions, query, ours=ours)

    def page(self, given):
        """All the page shows before there is a result: words, questions with what is chosen, problems, the rules."""
        wrong = {}
        for question, sentence in given.problems:
            if question is not None:
                wrong.setdefault(question.slug, []).append(sentence)
        shown = [self._question(number, one, given, wrong) for number, one in enumerate(self.questions, start=1)]
        return {
            "language": self.texts.language,
            "in_other_language": self.texts.language != ORIGINAL,
            "has_other_language": self.other.is_complete,
            "words": {key.removeprefix("fit-").replace("-", "_"): self._say(row) for key, row in self.passages.items()},
            "questions": [one for one in shown if one["is_scored"]],
            "preferences": [one for one in shown if not one["is_scored"]],
            "problems": [
                {"target": f"{question.slug}-{question.offered[0].key}", "label": self._say(question), "text": sentence}
                if question and question.offered
                else {"target": "", "text": sentence}
                for question, sentence in given.problems
            ],
            "scoring": self._scoring(),
            "basis": self.scored[0] if self.scored else None,
            "reviewed_on": reviewed_on([*self.questions, *self.dimensions.values()]),
        }

    def _say(self, row, field="text"):
        return self.texts.said(row, field)

    def _question(self, number, question, given, wrong):
        chosen = {answer.key for answer in given.answers.get(question.slug, ())}
        return {
            "number": number,
            "slug": question.slug,
            "text": self._say(question),
            "is_scored": question.is_scored,
            "kind": "checkbox" if question.takes_many else "radio",
            "errors": wrong.get(question.slug, []),
            "answers": [
                {
                    "key": one.key,
                    "text": self._say(one),
                    "is_chosen": one.key in chosen,
                    "points": [getattr(one, column) for column in self.dimensions],
                }
                for one in question.offered
            ],
        }

    def _scoring(self):
        """The published rules, from the rows and numbers that score."""
        steps = [self._say(row) for key, row in self.passages.items() if key.startswith("fit-step-")]
        bands = [
            {"title": self._say(self.results[f"fit-{name}"], "title"), "least": least}
            for name, least in rules.BANDS
            if f"fit-{name}" in self.results
        ]
        return {
            "steps": steps,
            "bands": bands,
            "columns": [self._say(row, "name") for row in self.dimensions.values()],
            "most": [
                sum(
                    max((getattr(answer, column) for answer in question.offered), default=0) for question in self.scored
                )
                for column in self.dimensions
            ],
            "at_least": rules.AT_LEAST,
            "close_below": rules.CLOSE_BELOW,
            "both_low_below": rules.BOTH_LOW_BELOW,
        }

    def result(self, given):
        """The result of answers without problems."""
        answered = [
            (question, given.answers[question.slug][0]) for question in self.scored if question.slug in given.answers
        ]
        shares = {column: rules.share(column, answered) for column in DIMENSIONS}
        score = rules.fit_score([shares[column] for column in FIT])
        lean = rules.lean(*(shares[column] for column in LEAN))
        settings = self._settings(given)
        search = urlencode(
            [("role", value) for value in ROLE_PARAMETERS[lean]]
            + [("setting", one["setting"].slug) for one in settings["searched"]]
        )
        return {
            "score": int(score),
            "fit": self._outcome(f"fit-{rules.band(score)}"),
            "lean_code": lean,
            "lean": self._outcome(f"lean-{lean}"),
            "fit_lines": [self._line(column, shares[column]) for column in FIT if column in self.dimensions],
            "lean_lines": [self._line(column, shares[column]) for column in LEAN if column in self.dimensions],
            "left_out": len(self.scored) - len(answered),
            "settings": settings,
            "role_parameters": ROLE_PARAMETERS[lean],
            "search": search,
            "address": urlencode(given.address),
            "chosen": [
                {"text": self._say(one), "answers": [self._say(answer) for answer in given.answers[one.slug]]}
                for one in self.questions
                if one.slug in given.answers
            ],
        }

    def _outcome(self, slug):
        row = self.results.get(slug)
        if row is None:
            return {}
        return {
            "title": self._say(row, "title"),
            "text": self._say(row),
            "roles": list(row.roles.all()),
            "next": [NEXT_PAGES[name] for name in row.next_pages if name in NEXT_PAGES],
        }

    def _line(self, column, share):
        row, note = self.dimensions[column], ""
        if share.percent is not None and rules.band(share.percent) == rules.BANDS[0][0]:
            note = self._say(row, "when_high")
        elif share.percent is not None and rules.band(share.percent) == rules.BANDS[-1][0]:
            note = self._say(row, "when_low")
        reasons = [{"question": self._say(one), "answer": self._say(by), "points": p} for one, by, p in share.reasons]
        return Line(column, self._say(row, "name"), share, note, reasons)

    def _settings(self, given):
        wishes = [given.answers[one.slug] for one in self.questions if not one.is_scored and one.slug in given.answers]
        if not wishes:
            return {"answered": 0, "first": [], "rest": [], "searched": []}
        found = [
            {"setting": setting, "count": count}
            for setting, count in rules.fitting(CareSetting.objects.in_order(), wishes)
        ]
        best = [one for one in found if one["count"] == found[0]["count"]]
        return {
            "answered": len(wishes),
            "first": found[:SETTINGS_SHOWN],
            "rest": found[SETTINGS_SHOWN:],
            "searched": best if len(best) <= SETTINGS_SEARCHED else [],
        }
