"""How fast openings are found: S1 the search page, S2 round trips and cookies, S4 the statement as openings grow.

The page is asked through Django's test client with all middleware. "The statement" is what the page itself asks of the
search rows, taken from the page and run again alone, so it follows the code. Queries are distinct, so no page is
answered from a cache; the database's own caches are warm.
"""

import gzip
import random
import re
import sys
import time
from urllib.parse import urlencode

from bench.figures import Figures, percentile, prepare, scale

SIZES = {"small": (10_000, 100), "full": (100_000, 500)}  # openings, queries of each kind
WARM_UP = 10  # queries before the clock counts
SEARCHED = "employers_listingsearch"
PUBLIC_PAGES_MAX, OF_ONE_VIEW_MAX = 60, 3
CONTENT = ("careers.", "careerportal.core.")  # apps whose pages change only when an editor changes them
BARS = {
    "S1": 0.8,
    "S1.bytes": 15 * 1024,
    "S2": 3,
    "S2.page": 6,
    "S2.unchanged": 0,
    "S2.cookies": 0,
    "S4": 4.5,
    "S4.tail": 10,
}


def main():
    prepare()
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.baseline"
    figures = Figures()
    openings, queries = SIZES[scale()]
    measure(figures, openings=openings, queries=queries)
    return figures.status


def measure(figures, *, openings, queries):
    """Fill the database with `openings` and print S1, S2 and S4 from so many `queries` of each kind."""
    from django.utils import timezone

    from bench.data import World

    world = World(at=timezone.now(), seed=figures.seed)
    asked = Queries(world, random.Random(figures.seed))
    tenth = openings // 10
    world.add_openings(tenth)
    fewer = _statements(asked.words_and_zip(queries + WARM_UP))[WARM_UP:]
    world.add_openings(openings - tenth)
    _page(figures, asked, openings, queries)
    more = _statements(asked.words_and_zip(queries + WARM_UP))[WARM_UP:]
    ratio = percentile(more, 0.5) / percentile(fewer, 0.5)
    figures.at_most(
        "S4", ratio, BARS["S4"], input="statement p50, words + ZIP, openings / a tenth of them", n=openings,
        state="warm", p50_ms=percentile(more, 0.5) * 1e3, tenth_p50_ms=percentile(fewer, 0.5) * 1e3,
    )  # fmt: skip
    blend = _statements(asked.blend(2 * queries))
    p50, p90, p99 = (percentile(blend, share) for share in (0.5, 0.9, 0.99))
    figures.at_most(
        "S4.tail", p99 / p50, BARS["S4.tail"], input="statement p99 / p50, blend of all kinds", n=openings, state="warm",
        p50_ms=p50 * 1e3, p90_ms=p90 * 1e3, p99_ms=p99 * 1e3,
    )  # fmt: skip
    _round_trips(figures, openings)


class Queries:
    """Makes distinct searches as people type them, each a dict of parameters."""

    def __init__(self, world, chance):
        self.world, self.random, self.made = world, chance, set()

    def words_and_zip(self, count):
        """`count` searches for words within some miles of a ZIP code."""
        return self._distinct(count, lambda: {"q": self._words(), **self._near()})

    def blend(self, count):
        """`count` searches of all kinds: words, places, facets, and nothing at all."""
        kinds = (
            (30, lambda: {"q": self._words(), **self._near()}),
            (20, self._near),
            (15, lambda: {"q": self._words()}),
            (10, lambda: {"place": self.random.choice(("New York", "New Jersey", "remote", "Brooklyn", "Texas"))}),
            (10, lambda: {"role": self.random.choice(("cc", "cm")), **self._near()}),
            (10, lambda: {"title": self.random.choice(self.world.titles).slug, "pay_min": self.random.randint(15, 60)}),
            (5, lambda: {"posted": self.random.choice(("1", "3", "7", "14", "30"))}),
        )
        weights = [weight for weight, _make in kinds]
        return self._distinct(count, lambda: self.random.choices(kinds, weights)[0][1]())

    def _distinct(self, count, make):
        """So many searches nobody asked before; of those that are bound to repeat, another page or number of months."""
        found = []
        while len(found) < count:
            search = make()
            if urlencode(search) in self.made:
                search |= {"experience": self.random.randint(0, 600)}
            if urlencode(search) not in self.made:
                self.made.add(urlencode(search))
                found.append(search)
        return found

    def _words(self):
        if self.random.random() < 0.5:
            return self.random.choice(self.world.titles).name
        return " ".join(self.random.sample(self.world.words[10:1500], self.random.choice((1, 1, 2))))

    def _near(self):
        return {"zip": self.world.zip_near().pk, "miles": self.random.choice((5, 10, 25, 25, 50, 100))}


def _page(figures, asked, openings, queries):
    """S1: page, statement and 60 KB page in turn, so that a machine that drifts does so for all three."""
    from django.test import Client

    client = Client()
    pages, statements, drawn, sizes = [], [], [], []
    searches = asked.words_and_zip(queries + WARM_UP)
    for search in searches:
        seconds, response, sent = _asked(client, f"/openings/?{urlencode(search)}")
        pages.append(seconds)
        statements.append(_replay(sent))
        drawn.append(_asked(client, "/bench/sixty/")[0])
        sizes.append(_compressed(response))
    pages, statements, drawn = (percentile(times[WARM_UP:], 0.5) for times in (pages, statements, drawn))
    figures.at_most(
        "S1", pages / (statements + drawn), BARS["S1"], input="search page p50, words + ZIP / (statement + 60 KB page)",
        n=openings, state="warm", page_ms=pages * 1e3, statement_ms=statements * 1e3, sixty_ms=drawn * 1e3,
    )  # fmt: skip
    figures.at_most(
        "S1.bytes", max(sizes), BARS["S1.bytes"], input="largest search page, compressed", n=openings, state="warm",
        median=percentile(sizes, 0.5),
    )  # fmt: skip


def _asked(client, url):
    """Ask for a page; return seconds, the response, and the statements it sent to the database as (sql, values)."""
    from django.db import connection

    sent = []

    def note(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        began = time.perf_counter()
        response = client.get(url)
        seconds = time.perf_counter() - began
    if response.status_code != 200:
        raise RuntimeError(f"{url} answers {response.status_code}")
    return seconds, response, sent


def _replay(sent):
    """Run again those statements that read search rows; return their seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        began = time.perf_counter()
        for sql, params in sent:
            if SEARCHED in sql:
                cursor.execute(sql, params)
                cursor.fetchall()
        return time.perf_counter() - began


def _statements(searches):
    """Seconds of the statement of each search."""
    from django.test import Client

    client = Client()
    return [_replay(_asked(client, f"/openings/?{urlencode(search)}")[2]) for search in searches]


def _compressed(response):
    """Bytes of a page as a browser gets it; compressed here when the portal leaves that to the server before it."""
    body = response.content
    return len(body if response.get("Content-Encoding") else gzip.compress(body, 6))


def _round_trips(figures, openings):
    """S2: statements of the search page, of every public page, of a page asked again unchanged; pages that set cookies."""
    searched, trips, again, cookies = {}, {}, {}, []
    for url, view, response, sent in _public_pages():
        (searched if view == "employers.views.openings.openings" else trips)[url] = len(sent)
        if response.cookies and b'method="post"' not in response.content.lower():
            cookies.append(url)
        if view.startswith(CONTENT):
            again[url] = _trips_again(url, response)
    for name, counts, what in (
        ("S2", searched, "database statements of a search page, the most"),
        ("S2.page", searched | trips, "database statements of a public page, the most"),
        ("S2.unchanged", again, "database statements of a content page asked again unchanged, the most"),
    ):
        worst = max(counts, key=counts.get)
        over = sum(count > BARS[name] for count in counts.values())
        facts = {"pages": len(counts), "over": over, "worst": worst}
        figures.at_most(name, counts[worst], BARS[name], input=what, n=openings, state="warm", **facts)
    figures.at_most(
        "S2.cookies", len(cookies), BARS["S2.cookies"], input="public pages without a form to send that set a cookie",
        n=openings, state="warm", pages=len(trips) + len(searched), which=",".join(cookies[:3]) or "none",
    )  # fmt: skip


def _public_pages():
    """Walk the links from the home page as a reader who is not signed in; yield url, view, response and statements.

    Every page is asked twice, the second time counts. At most OF_ONE_VIEW_MAX pages of one view.
    """
    from django.test import Client
    from django.urls import Resolver404, resolve

    search = urlencode({"q": "care manager", "zip": "10001", "miles": 50})
    waiting, seen, of_view = ["/", f"/openings/?{search}", "/openings/", "/employers/", "/careers/"], set(), {}
    while waiting and len(seen) < PUBLIC_PAGES_MAX:
        url = waiting.pop(0)
        try:
            found = resolve(url.partition("?")[0])
        except Resolver404:
            continue
        view = found._func_path
        if url in seen or of_view.get(view, 0) >= OF_ONE_VIEW_MAX or view.startswith(("django.", "allauth.")):
            continue
        seen.add(url)
        if Client().get(url).status_code != 200:
            continue
        _seconds, response, sent = _asked(Client(), url)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        of_view[view] = of_view.get(view, 0) + 1
        yield url, view, response, sent
        waiting += re.findall(r'href="(/[^"#?]*)"', response.content.decode())


def _trips_again(url, response):
    """How many statements a browser costs that has the page already."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    known = {"If-None-Match": response.get("ETag"), "If-Modified-Since": response.get("Last-Modified")}
    with CaptureQueriesContext(connection) as sent:
        Client(headers={name: value for name, value in known.items() if value}).get(url)
    return len(sent)


if __name__ == "__main__":
    sys.exit(main())
