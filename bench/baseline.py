"""What pages are measured against: an empty view, and a page of 60 KB that Django's templates draw without a cache.

The portal's own addresses and these two: `bench.baseline` is the ROOT_URLCONF of a benchmark. The 60 KB page is an
ordinary one, 20 cards by an include and 60 choices, and needs no database. Drawing it takes about 14 times the Python
time of a one-row query through the ORM, as it did where our bars were measured.
"""

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

CARDS, CHOICES = 20, 60

CARD = """<li class="card card--{{ card.code }}" id="card-{{ card.id }}">
  <article class="card__article" aria-labelledby="card-{{ card.id }}-title">
    <header class="card__head">
      <span class="card__badge card__badge--{{ card.code }}">{{ card.kind }}</span>
      <h3 class="card__title" id="card-{{ card.id }}-title"><a href="/jobs/{{ card.id }}/{{ card.slug }}/">{{ card.title }}</a></h3>
      <p class="card__who"><a href="/organizations/{{ card.owner_slug }}/">{{ card.owner }}</a>{% if card.is_known %} <span class="card__known">Known to us</span>{% endif %}</p>
    </header>
    {% if card.low %}<p class="card__pay">${{ card.low }} to ${{ card.high }} an hour</p>{% endif %}
    <ul class="card__facts">{% for fact in card.facts %}
      <li class="card__fact{% if forloop.first %} card__fact--first{% endif %}">{{ fact }}</li>{% endfor %}
    </ul>
    <p class="card__text">{{ card.text }}</p>
    <ol class="card__answers" aria-label="Answers">{% for answer in card.answers %}
      <li class="card__answer card__answer--of-eight" title="What this job says about it">{{ answer }}</li>{% endfor %}
    </ol>
    <footer class="card__foot">
      <time datetime="{{ card.day }}">Posted {{ card.posted|date:"M j, Y" }}</time>
      {% if card.closes %}<time datetime="{{ card.day }}">Closes {{ card.closes }}</time>{% endif %}
      <a class="card__more" href="/jobs/{{ card.id }}/{{ card.slug }}/">Read more<span class="hidden"> about {{ card.title }}</span></a>
    </footer>
  </article>
</li>
"""  # noqa: E501 - markup
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ cards|length }} jobs</title></head><body>
<form action="/jobs/"><fieldset><legend>Narrow down</legend>{% for choice in choices %}
  <div class="choice"><input type="checkbox" id="choice-{{ forloop.counter }}" name="{{ choice.group }}" value="{{ choice.value }}"{% if choice.is_on %} checked{% endif %}><label class="choice__label" for="choice-{{ forloop.counter }}">{{ choice.name }} <span class="choice__count">{{ choice.count }} jobs</span></label></div>{% endfor %}
</fieldset></form>
<main><h1>{{ cards|length }} jobs</h1><ul class="cards">{% for card in cards %}{% include card_template %}{% endfor %}</ul></main>
</body></html>
"""  # noqa: E501 - markup


@login_not_required
def empty(request):
    """Answers with nothing."""
    return HttpResponse(b"", content_type="text/plain")


@login_not_required
def sixty(request):
    """The page of 60 KB, drawn anew each time."""
    page, card = _templates()
    return HttpResponse(page.render({"cards": _cards(), "choices": _choices(), "card_template": card}, request))


def _templates(made=[]):  # noqa: B006 - kept on purpose: templates are read once, as the cached loader does
    if not made:
        made.extend((engines["django"].from_string(PAGE), engines["django"].from_string(CARD).template))
    return made


def _cards():
    posted = datetime(2026, 11, 1, 9, tzinfo=UTC)
    names = ("Pay", "Place", "Schedule", "Visits", "License", "Caseload", "People served", "Languages")
    return [
        {
            "id": number,
            "kind": ("CC", "CM")[number % 2],
            "code": ("cc", "cm")[number % 2],
            "slug": f"care-coordinator-for-families-adults-team-{number}",
            "owner_slug": f"community-care-network-of-county-{number}",
            "day": "2026-11-01",
            "title": f"Care coordinator for families & adults, team {number}",
            "owner": f"Community Care Network of County {number}",
            "is_known": number % 3 == 0,
            "low": f"{21.5 + number:.2f}",
            "high": f"{27.25 + number:.2f}",
            "facts": [
                "Albany, NY",
                "Full time, weekdays",
                "Hybrid, some home visits",
                "No license asked",
                "Adults & seniors",
            ],
            "text": "You keep track of who does what for each person, and you call them. " * 2,
            "answers": [
                f"{name}: {('not stated', 'stated')[(number + place) % 3 > 0]}" for place, name in enumerate(names)
            ],
            "posted": posted,
            "closes": "Dec 1, 2026" if number % 2 else None,
        }
        for number in range(CARDS)
    ]


def _choices():
    return [
        {
            "group": f"group-{number // 12}",
            "name": f"Choice number {number}",
            "value": f"choice-{number}",
            "is_on": number % 9 == 0,
            "count": number,
        }
        for number in range(CHOICES)
    ]


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/sixty/", sixty),
    path("", include("careerportal.urls")),
]
handler400 = "careerportal.core.views.bad_request"
handler403 = "careerportal.core.views.forbidden"
handler404 = "careerportal.core.views.not_found"
handler500 = "careerportal.core.views.server_error"
