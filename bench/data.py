"""A portal full of made-up employers, openings and alerts, the same for the same seed and sizes.

Rows go straight into the real tables with COPY; search rows are written by employers.searchrow, as everywhere. Words come
from the content files by how often they stand there, places from the ZIP file, half of them in New York.
"""

import io
import random
import re
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from django.core.management import call_command

from accounts.models import FacetsClass, JobAlert, PlaceClass, WordsClass
from bench.copying import analyze, copy_new, copy_pairs, copy_rows
from careerportal.outbox.models import Recipient
from careerportal.places import loading
from careerportal.places.models import County, Town, ZipCode
from careerportal.places.place import Place, PlaceKind
from careerportal.places.reading import around_zip
from careers import vocabulary
from careers.content_files import records
from careers.models import CareSetting, JobTitle, Population
from employers import searchrow
from employers.models import Employer, Listing, Site
from employers.search import ListingCriteria

OPENINGS_AN_EMPLOYER = 25
WORDS_A_DESCRIPTION = 220  # about 1.4 kB
NEW_DAYS, LIVE_DAYS = 13, 75  # new openings are at most so old, the others at most so; hidden after 90
HOME_STATE, HOME_SHARE = "NY", 0.5
ALERTS_A_FACETS_CLASS = 90  # as in the measured million: 11,000 classes
ALERTS_A_RECIPIENT = 1.5
MILES = (5, 10, 25, 50, 100)
ZIP_FILE = loading.SHIPPED
RARE_WEIGHT = 0.3  # of a town's name among words that are counted; makes words that few openings hold
LEGAL_NAMES = ("Care Network", "Health Home", "Community Services", "Medical Center", "Care Management", "Hospital")


class World:
    """Made-up rows in an empty database. `at` is the aware datetime they are about."""

    def __init__(self, *, at, seed):
        self.at = at
        self.random = random.Random(seed)
        loading.load(ZIP_FILE)
        with redirect_stdout(io.StringIO()):
            call_command("load_content")
        self.titles = list(JobTitle.objects.order_by("slug"))
        self.settings = list(CareSetting.objects.order_by("slug"))
        self.populations = list(Population.objects.order_by("slug"))
        rows = list(ZipCode.objects.filter(lat__isnull=False).exclude(state="").exclude(county="").order_by("pk"))
        self.zips = {True: [row for row in rows if row.state == HOME_STATE]}
        self.zips[False] = [row for row in rows if row.state != HOME_STATE]
        self.position = {row.pk: place for rows in self.zips.values() for place, row in enumerate(rows)}
        self.counties = set(County.objects.values_list("state", "name"))
        counted = Counter(re.findall(r"[a-z]{3,}", " ".join(_texts(record.values for record in records())).lower()))
        places = {
            name
            for town in Town.objects.values_list("name", flat=True)
            for name in re.findall("[a-z]{4,}", town.lower())
        }
        counted.update(dict.fromkeys(sorted(places - counted.keys())[::3], RARE_WEIGHT))
        self.words = [word for word, _count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
        self.weights = list(accumulate(counted[word] for word in self.words))
        self.employers = self.sites = self.openings = self.recipients = self.alerts = 0
        self.places, self.word_classes, self.facet_classes, self.asked = {}, {}, {}, []

    def some(self, choices, chances):
        """So many different ones of `choices` as chance says: `chances[n]` is the weight of n."""
        count = self.random.choices(range(len(chances)), chances)[0]
        return sorted(self.random.sample(list(choices), count))

    def zip_near(self, row=None):
        """A ZIP code with a point: anywhere, or (in the order of ZIP codes) one of the neighbors of `row`."""
        if row is None:
            return self.random.choice(self.zips[self.random.random() < HOME_SHARE])
        rows = self.zips[row.state == HOME_STATE]
        return rows[(self.position[row.pk] + self.random.randint(-20, 20)) % len(rows)]

    def add_openings(self, count, *, new=None):
        """Add `count` live openings, `new` of them (else a sixth) published in the last NEW_DAYS, and write search rows."""
        new = count * NEW_DAYS // LIVE_DAYS if new is None else new
        owners = self._add_employers(max(10, count // OPENINGS_AN_EMPLOYER))
        first, listings, settings, populations, sites = self.openings + 1, [], [], [], []
        for pk in range(first, first + count):
            employer, own_sites = self.random.choice(owners)
            title = self.random.choice(self.titles)
            is_new = pk - first < new
            age = NEW_DAYS * self.random.random() if is_new else self.random.uniform(NEW_DAYS + 2, LIVE_DAYS)
            listings.append(self._opening(pk, employer, title, self.at - timedelta(days=age)))
            is_remote = bool(listings[-1]["remote_states"])
            settings += [(pk, one) for one in self._ids(self.settings, (0, 6, 3, 1))]
            populations += [(pk, one) for one in self._ids(self.populations, (2, 3, 2, 1))]
            chances = (1, 1, 0, 0) if is_remote else (0, 8, 1, 1)
            sites += [(pk, one) for one in self.some(own_sites, chances[: len(own_sites) + 1])]
        copy_rows(Listing, listings)
        copy_pairs(Listing.care_settings.through, settings)
        copy_pairs(Listing.populations.through, populations)
        copy_pairs(Listing.sites.through, sites)
        self.openings += count
        analyze()  # the search rows of many openings need a plan that knows so
        searchrow.rewrite(range(first, first + count))
        analyze()

    def _ids(self, rows, chances):
        return self.some([row.pk for row in rows], chances)

    def _add_employers(self, count):
        employers, sites, owners = [], [], []
        for pk in range(self.employers + 1, self.employers + count + 1):
            home = self.zip_near()
            employers.append(
                {
                    "id": pk,
                    "name": f"{home.city} {self.random.choice(LEGAL_NAMES)} {pk}",
                    "slug": f"employer-{pk}",
                    "approved_at": self.at - timedelta(days=200),
                    "approval_evidence": "Made up for a benchmark.",
                }
            )
            own = range(self.sites + 1, self.sites + self.random.randint(1, 6) + 1)
            for number in own:
                where = home if number == own[0] else self.zip_near(home)
                site = {name: getattr(where, name) for name in ("zip", "city", "state", "county")}
                nudge = {name: getattr(where, name) + self.random.uniform(-0.02, 0.02) for name in ("lat", "lng")}
                sites.append({"id": number, "employer_id": pk, "address1": f"{number} Main Street", **site, **nudge})
            self.sites = own[-1]
            owners.append((pk, list(own)))
        self.employers += count
        copy_rows(Employer, employers)
        copy_rows(Site, sites)
        return owners

    def _opening(self, pk, employer, title, published_at):
        chance, pick = self.random.random, self.random.choice
        is_paid, by_year = chance() < 0.8, chance() < 0.4
        low = pick(range(45_000, 110_000, 1_000)) if by_year else pick(range(20, 55))
        education, months = pick(vocabulary.Education.values), pick((0, 6, 12, 24, 36, 60))
        return {
            "id": pk,
            "employer_id": employer,
            "headline": f"{title.name}, {' '.join(self._words(2))}"[:120],
            "title_id": title.pk,
            "roles": title.roles,
            "remote_states": pick((["US"], ["NY"], ["NJ", "NY"])) if chance() < 0.08 else [],
            "employment": self._skewed(vocabulary.EmploymentType.values),
            "schedules": self.some(vocabulary.Schedule.values, (2, 5, 2)),
            "mode": self._skewed(["", *vocabulary.WorkMode.values]),
            "visits": self._skewed(["", *vocabulary.HomeVisits.values]),
            "pay_min_usd": low if is_paid else None,
            "pay_max_usd": low * pick((100, 115, 130)) // 100 if is_paid else None,
            "pay_period": ("year" if by_year else "hour") if is_paid else "",
            "licences": self.some(vocabulary.License.values, (3, 5, 1)),
            "licence_stance": pick(["", *vocabulary.Stance.values]),
            "education": education if chance() < 0.8 else "",
            "education_stance": pick(["", *vocabulary.Stance.values]),
            "experience_months": months if chance() < 0.7 else None,
            "experience_stance": pick(["", *vocabulary.Stance.values]),
            "caseload": "About 40 people" if chance() < 0.4 else "",
            "languages": self.some(vocabulary.Language.values, (6, 3, 1)),
            "description": " ".join(self._words(WORDS_A_DESCRIPTION)),
            "apply_url": f"https://employer-{employer}.example/jobs/{pk}",
            "status": Listing.Status.PUBLISHED,
            "published_at": published_at,
            "confirmed_at": published_at,
        }

    def _words(self, count):
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def _skewed(self, choices):
        """One of `choices`, each half as likely as the one before it, but none very rare."""
        return self.random.choices(choices, [max(0.1, 0.5**place) for place in range(len(choices))])[0]

    def criteria(self):
        """What a person might ask: at random, with the facets of one of the alerts."""
        return replace(self._some_facets(), words=self._some_words(), place=self._some_place())

    def add_alerts(self, count):
        """Add `count` alerts that are on and due, and the criteria classes and recipients they need."""
        while len(self.asked) < max(50, count // ALERTS_A_FACETS_CLASS):
            self.asked.append(self._new_facets())
        recipients = max(1, int(count / ALERTS_A_RECIPIENT))
        wanted = {}
        while len(wanted) < count:
            criteria = self.criteria()
            wanted[
                self.recipients + self.random.randint(1, recipients),
                _number(self.places, criteria.place and criteria.place.key, criteria.place),
                _number(self.word_classes, criteria.words, criteria.words),
                _number(self.facet_classes, criteria.facets_key(), criteria),
            ] = None
        copy_new(PlaceClass, self.places, _place_row)
        copy_new(WordsClass, self.word_classes, lambda words: {"words": words})
        copy_new(FacetsClass, self.facet_classes, _facets_row)
        people = range(self.recipients + 1, self.recipients + recipients + 1)
        copy_rows(
            Recipient, [{"id": pk, "address": f"seeker{pk}@seekers.example", "created_at": self.at} for pk in people]
        )
        due = {"state": "active", "confirmed_at": self.at - timedelta(days=2), "next_run_at": self.at}
        columns = ("recipient_id", "place_class_id", "words_class_id", "facets_class_id")
        first = self.alerts + 1
        alerts = (
            {"id": pk, **dict(zip(columns, ids, strict=True)), **due} for pk, ids in enumerate(wanted, start=first)
        )
        copy_rows(JobAlert, alerts)
        self.recipients += recipients
        self.alerts += count
        analyze()

    def _some_facets(self):
        return self.random.choice(self.asked) if self.asked else self._new_facets()

    def _new_facets(self):
        chance, pick = self.random.random, self.random.choice
        titles = self.some([title.slug for title in self.titles], (8, 2, 1))
        return ListingCriteria(
            roles=self.some(("cc", "cm", "related"), (5, 4, 1)),
            titles=titles,
            same_work=chance() < 0.8,
            settings=self.some([setting.slug for setting in self.settings], (6, 2, 1, 1)),
            populations=self.some([people.slug for people in self.populations], (9, 1)),
            employment=self.some(vocabulary.EmploymentType.values[:2], (5, 4, 1)),
            modes=self.some(vocabulary.WorkMode.values, (8, 2, 1)),
            licences=self.some(vocabulary.License.values, (8, 2)),
            languages=self.some(vocabulary.Language.values[:6], (12, 1)),
            education_rank=pick((1, 2, 3, 4)) if chance() < 0.1 else None,
            experience_months=pick((0, 12, 24)) if chance() < 0.1 else None,
            pay_floor_usd_hour=Decimal(pick(range(20, 45, 5))).quantize(Decimal("0.01")) if chance() < 0.25 else None,
        )

    def _some_words(self):
        chance, pick = self.random.random(), self.random.choice
        if chance < 0.5:
            return ""
        if chance < 0.7:
            return pick(self.titles).name.lower()
        words = [pick(self.words[20:4000]) for _number in range(pick((1, 1, 2)))]
        if chance > 0.95:
            return pick(('"{0} {1}"', "{0} or {1}", "{0} -{1}")).format(*self.random.sample(self.words[20:1000], 2))
        return " ".join(words)

    def _some_place(self):
        chance = self.random.random()
        if chance < 0.15:
            return None
        row = self.zip_near()
        if chance < 0.9:
            return around_zip(row, self.random.choice(MILES), field="zip")
        if chance < 0.94 and (row.state, row.county) in self.counties:
            return Place(kind=PlaceKind.COUNTY, state=row.state, county=row.county)
        return Place(kind=PlaceKind.STATE, state=row.state) if chance < 0.98 else Place(kind=PlaceKind.REMOTE)


def _texts(values):
    """Every piece of text in nested lists and dicts."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(value)


def _number(known, key, value):
    """The id of a class by its key; a new one gets the next id and is kept as (id, value) to be written."""
    if key not in known:
        known[key] = (len(known) + 1, value)
    return known[key][0]


def _place_row(place):
    names = ("kind", "zip", "town", "state", "county", "lat", "lng", "miles")
    place = place or PlaceClass()
    return {"key": place.key, **{name: getattr(place, name) for name in names}}


def _facets_row(criteria):
    asked = {name: list(getattr(criteria, name)) for name in FacetsClass.LISTS}
    return {"key": criteria.facets_key(), **asked, **{name: getattr(criteria, name) for name in FacetsClass.SCALARS}}
