"""The self-assessment: one page that asks, and answers at the same address."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from careers.pages.fit import OTHER_LANGUAGE, Quiz

LANGUAGE_PARAMETER = "lang"


@require_safe
@login_not_required
def fit(request):
    """Ask, or show the result of the answers in the address. Nothing is stored, neither here nor in caches on the way.

    Other names in the address (trackers add them) are taken out by a redirect: a result's address holds answers only.
    """
    wanted = request.GET.get(LANGUAGE_PARAMETER, "")
    quiz = Quiz(language=wanted)
    given = quiz.read(request.GET, ours=(LANGUAGE_PARAMETER,))
    is_language = wanted in ("", OTHER_LANGUAGE)
    if given.has_other_names or not is_language:
        kept = [(LANGUAGE_PARAMETER, wanted)] if wanted and is_language else []
        pairs = [
            *kept,
            *((name, key) for name in request.GET for key in request.GET.getlist(name) if _asks(quiz, name)),
        ]
        return redirect(reverse("careers:fit") + (f"?{urlencode(pairs)}" if pairs else ""))
    context = quiz.page(given) | {"not_in_other_language": bool(wanted) and quiz.texts.language != wanted}
    if given.answers and not given.problems:
        context["result"] = quiz.result(given)
    response = render(request, "careers/fit.html", context)
    if not given.is_empty:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _asks(quiz, name):
    return any(question.slug == name for question in quiz.questions)
