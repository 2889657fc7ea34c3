"""The openings of one search as an Atom feed (RFC 4287)."""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employers import wording
from employers.cards import role_code
from employers.searchpage import found, heading

MOST_ENTRIES = 100

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(criteria, *, query, at):
    """Return the newest MOST_ENTRIES live openings that fit a ListingCriteria, as the text of an Atom feed.

    `query` is the query string of the search, for the feed's addresses.
    """
    openings = found(criteria, at=at)
    count = openings.count()
    search_address = f"{settings.PORTAL_URL}{reverse('openings')}"
    feed = Atom1Feed(
        title=_clean(f"{settings.PORTAL_SHORT_NAME}: {heading(count, criteria.place)}"),
        link=f"{search_address}?{query}" if query else search_address,
        feed_url=f"{settings.PORTAL_URL}{reverse('openings_feed')}{f'?{query}' if query else ''}",
        description=_("New openings in care coordination and care management that fit one search."),
        language=get_language(),
        author_name=settings.PORTAL_NAME,
    )
    for listing in openings.newest_first().with_card_details()[:MOST_ENTRIES]:
        link = f"{settings.PORTAL_URL}{listing.get_absolute_url()}"
        feed.add_item(
            title=_clean(f"{_sample(listing)}{listing.headline}, {listing.employer.name}"),
            link=link,
            description=_clean(_summary(listing)),
            unique_id=f"{settings.PORTAL_URL}{reverse('listing_short', kwargs={'pk': listing.pk})}",
            author_name=_clean(listing.employer.name),
            pubdate=listing.published_at,
            updateddate=max(listing.published_at, listing.updated_at),
            categories=role_code(listing).split(" and ") if listing.roles else (),
        )
    return feed.writeString("utf-8")


def _sample(listing):
    return _("Sample: ") if listing.employer.is_sample else ""


def _summary(listing):
    said = (
        wording.pay_text(listing),
        wording.place_text(listing),
        wording.schedule_text(listing),
        wording.mode_text(listing),
        wording.licence_text(listing),
        wording.closes_text(listing),
    )
    return ". ".join(filter(None, said))


def _clean(text):
    """Text without the characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return _NOT_IN_XML.sub(" ", text)
