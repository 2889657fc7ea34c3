"""Answers of the route finder and of the self-assessment that a person keeps: the address of the result, nothing else."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import KeptAnswers
from careers import route
from careers.pages import route as route_page
from careers.pages.fit import Quiz
from careers.route_form import RouteForm

Kind = KeptAnswers.Kind
PAGES = {Kind.ROUTE: "careers:route", Kind.FIT: "careers:fit"}
NEXT_SHOWN = 3


class NotKept(Exception):
    """These are no answers that can be kept; str(error) is fit to show."""


def _route_form(query, credentials, rules):
    return RouteForm(QueryDict(query), credentials=credentials, askable=route.askable(rules))


def checked(kind: str, query: str) -> str:
    """The answers of a query string and nothing besides, urlencoded. Raises NotKept when they are no whole answer."""
    problem = _("We could not read these answers. Go back to your result and try again.")
    if kind == Kind.FIT:
        quiz = Quiz(language="")
        given = quiz.read(QueryDict(query), ours=("lang",))
        if not given.answers or given.problems:
            raise NotKept(problem)
        return quiz.result(given)["address"]
    credentials, rules = route_page.choices()
    form = _route_form(query, credentials, rules)
    if not query or not form.is_valid():
        raise NotKept(problem)
    kept = QueryDict(mutable=True)
    for name, values in QueryDict(query).lists():
        if name in form.fields and name != "miles":
            kept.setlist(name, [value for value in values if value])
    if not kept.urlencode():
        raise NotKept(problem)
    return kept.urlencode()


@transaction.atomic
def keep(*, user, kind: str, query: str, now: datetime) -> KeptAnswers:
    """Keep answers; later ones of the same kind take their place. Raises NotKept as `checked` does."""
    query = checked(kind, query)
    if len(query) > KeptAnswers._meta.get_field("query").max_length:
        raise NotKept(_("These are more answers than we can keep."))
    return KeptAnswers.objects.update_or_create(user=user, kind=kind, defaults={"query": query, "kept_at": now})[0]


def forget(*, user, kind: str) -> bool:
    """Forget kept answers; False if there were none."""
    return KeptAnswers.objects.filter(user=user, kind=kind).delete()[0] > 0


def address(kept: KeptAnswers) -> str:
    """The page that shows the result of kept answers."""
    return f"{reverse(PAGES[Kind(kept.kind)])}?{kept.query}"


def shown(user, *, now: datetime) -> dict:
    """What the home page says of kept answers, by kind: the result as the pages about the work give it today."""
    found = {}
    for kept in KeptAnswers.objects.filter(user=user):
        make = _fit if kept.kind == Kind.FIT else _route
        found[kept.kind] = {"kept": kept, "address": address(kept), **make(kept.query, now)}
    return found


def _fit(query, now):
    quiz = Quiz(language="")
    given = quiz.read(QueryDict(query))
    if not given.answers or given.problems:  # the questions have changed since
        return {"is_old": True}
    result = quiz.result(given)
    return {"score": result["score"], "title": result["fit"].get("title", ""), "lean": result["lean"].get("title", "")}


def _route(query, now):
    credentials, rules = route_page.choices()
    form = _route_form(query, credentials, rules)
    if not form.is_valid():
        return {"is_old": True}
    asked = form.cleaned_data
    result = route_page.result(
        answers=form.answers,
        credentials=credentials,
        rules=rules,
        state=asked["state"] or "NY",
        asked=asked,
        today=localdate(now),
    )
    return {
        "open_roles": [one.role for one in result["open_roles"]],
        "following": [one.credential for one in result["following"][:NEXT_SHOWN]],
        "openings_query": result["query"],
    }
