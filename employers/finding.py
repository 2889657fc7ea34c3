"""Finding one's own organization before registering it, and what a new one might be a double of."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from careerportal.places.place import Place
from employers import directory, domains, organizations
from employers.directory_cards import directory_cards
from employers.models import Employer, RegisterEntry, Site
from employers.registers.normal import name_key, street_key

SHOWN = 20
LIKELY_SHOWN = 5
NEAR_ENOUGH = 88  # of 100: "Albany Care" and "Albany Care Services" are, "Albany Care" and "Albany Cars" are not


@dataclass(frozen=True)
class Found:
    """Employers that may be the one looked for: cards of at most SHOWN, and whether there are more."""

    cards: list
    has_more: bool


@dataclass(frozen=True)
class Likely:
    """An employer that a new one may be a double of, and why, in words."""

    employer: Employer
    why: str


def find(*, words, domain, place: Place | None, at):
    """Public employers whose own name, or a name in a register, holds all `words`, or whose website is at `domain`.

    With a place only those there, nearest first; exact names come before others.
    """
    found = Employer.objects.public()
    if domain:
        found = found.filter(pk__in=_with_domain(domain))
    elif words:
        named = RegisterEntry.objects.filter(employer=OuterRef("pk"), closed_at=None)
        own = Q()
        for word in words:
            named, own = named.filter(name__icontains=word), own & Q(name__icontains=word)
        found = found.filter(own | Exists(named))
    if place is not None:
        sites = directory.found_sites(directory.DirectoryCriteria(place=place), at=at)
        found = found.filter(pk__in=sites.order_by().values("employer"))
    exact = Case(When(name__iexact=" ".join(words), then=Value(0)), default=Value(1))
    pks = list(found.order_by(exact, Lower("name"), "pk").values_list("pk", flat=True)[: SHOWN + 1])
    cards = directory_cards([(pk, None) for pk in pks[:SHOWN]], place=place, at=at)
    return Found(cards=cards, has_more=len(pks) > SHOWN)


def _with_domain(domain):
    """Ids of employers with a website at a registrable domain, by registers or by themselves."""
    core = domain.partition(".")[0]
    entries = RegisterEntry.objects.filter(closed_at=None, website__icontains=core).values_list(
        "employer_id", "website"
    )
    own = Employer.objects.filter(website__icontains=core).values_list("pk", "website")
    return {pk for pk, website in [*entries, *own] if domains.registrable(website) == domain}


def likely_doubles(*, name, website, site):
    """Return up to five public employers that a new one of this name, website and first site (fields) may be: Likely.

    By the same name but for its legal form, the same website, the same address, or nearly the same name in the same ZIP
    code.
    """
    why = {}

    def note(pks, words):
        for pk in pks:
            why.setdefault(pk, words)

    key, domain = name_key(name), domains.registrable(website)
    note([employer.pk for employer in organizations.alike(name)], _("same name"))
    if key:
        note(_entries(name_key=key), _("same name in a register"))
    if domain and not domains.is_shared_host(website):
        note(sorted(_with_domain(domain)), _("same website"))
    if site:
        street = street_key(site.get("address1", ""), site["zip"])
        if street:
            note(_entries(street_key=street), _("same address"))
        near = Site.objects.filter(zip=site["zip"], closed_at=None).order_by("pk")
        for pk, other, address in near.values_list("employer_id", "employer__name", "address1"):
            if street and street_key(address, site["zip"]) == street:
                note([pk], _("same address"))
            elif key and fuzz.token_set_ratio(key, name_key(other)) >= NEAR_ENOUGH:
                note([pk], _("nearly the same name, same ZIP code"))
    held = Employer.objects.public().in_bulk(list(why))
    likely = [Likely(held[pk], words) for pk, words in why.items() if pk in held]
    return likely[:LIKELY_SHOWN]


def _entries(**key):
    found = RegisterEntry.objects.filter(closed_at=None, **key).order_by("employer_id")
    return list(dict.fromkeys(found.values_list("employer_id", flat=True)[:50]))
