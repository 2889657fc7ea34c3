"""Common questions, by who asks."""

from django.db.models import Prefetch

from careers.models import Question, Source
from careers.pages.shown import reviewed_on
from careers.rendering import plain, safe


def faq():
    """Groups of questions in the order of their audiences, each with its answer as HTML and as text, and its sources."""
    sources = Prefetch("sources", Source.objects.order_by("name", "pk"))
    questions = list(Question.objects.prefetch_related(sources).in_order())
    for question in questions:
        question.answer_html = safe(question.answer_html)
        question.answer_text = plain(question.answer)
    groups = [
        {"key": audience.value, "heading": audience.label, "questions": found}
        for audience in Question.Audience
        if (found := [one for one in questions if one.audience == audience])
    ]
    return {"groups": groups, "questions": questions, "reviewed_on": reviewed_on(questions)}
