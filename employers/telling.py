"""An opening as text for other boards, groups and messages: what it is, what it pays, where, and the way back here.

Pay comes early in each of the three and is never cut, because New York and other states ask for it wherever an opening
is advertised: https://dol.ny.gov/pay-transparency
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from employers import prose, wording
from employers.facts import facts
from employers.models import Listing

SHORT_CHARACTERS = 280  # what short messages elsewhere may have
ELLIPSIS = "…"


@dataclass(frozen=True)
class Texts:
    """The same opening in three lengths, as plain text. `short` has at most SHORT_CHARACTERS."""

    short: str
    medium: str
    full: str


def address(listing: Listing) -> str:
    """The shortest address of an opening, for paper and for text; it leads on to the whole one."""
    return settings.PORTAL_URL + reverse("listing_short", args=[listing.pk])


def texts(listing: Listing) -> Texts:
    """Return an opening's Texts. Needs page details loaded (with_page_details)."""
    return Texts(short=short(listing), medium=_medium(listing), full=_full(listing))


def short(listing: Listing) -> str:
    """Return an opening in at most SHORT_CHARACTERS, its address last."""
    url, pay = address(listing), wording.pay_text(listing)
    where = wording.place_text(listing)
    room = SHORT_CHARACTERS - len(url) - 1
    for said in (
        [_at(listing), pay, where, wording.schedule_text(listing), wording.licence_text(listing)],
        [_at(listing), pay, where],
        [listing.headline, pay, where],
        [listing.headline, pay],
    ):
        line = _sentences(said)
        if len(line) <= room:
            break
    else:
        rest = _sentences([pay])
        line = f"{_cut(listing.headline, room - len(rest) - 2)}. {rest}" if rest else _cut(listing.headline, room)
    return f"{line} {url}"


def _medium(listing):
    said = [
        *(f"{fact.label}: {_one_line(fact.value)}" for fact in facts(listing) if fact.value),
        *([_("With it: %(benefits)s") % {"benefits": _benefits(listing)}] if _benefits(listing) else []),
    ]
    return "\n".join([_at(listing), "", *said, "", wording.closes_text(listing) + ".", _way(listing)])


def _full(listing):
    said = []
    for fact in facts(listing):
        value = _one_line(". ".join(filter(None, [fact.value, fact.detail])))
        said.append(f"{fact.label}: {value}" if value else "")
    benefits = _("With it: %(benefits)s") % {"benefits": _benefits(listing)} if _benefits(listing) else ""
    parts = [_at(listing), "\n".join(filter(None, [*said, benefits])), prose.to_text(listing.description)]
    return "\n\n".join([*filter(None, parts), f"{wording.closes_text(listing)}.\n{_way(listing)}"])


def _at(listing):
    return _("%(headline)s at %(employer)s") % {"headline": listing.headline, "employer": listing.employer.name}


def _way(listing):
    return _("All facts, and how to apply: %(url)s") % {"url": address(listing)}


def _benefits(listing):
    return _one_line(", ".join(filter(None, [*wording.benefits_list(listing), listing.benefits])))


def _sentences(said):
    return " ".join(f"{_one_line(part).rstrip('.')}." for part in said if part)


def _one_line(text):
    return " ".join(text.split())


def _cut(text, most):
    return text if len(text) <= most else text[: max(0, most - len(ELLIPSIS))].rstrip() + ELLIPSIS
