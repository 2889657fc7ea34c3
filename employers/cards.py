"""Openings as the cards that components/opening_card.html draws."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.vocabulary import WorkMode, role_codes
from employers import wording


def role_code(listing):
    """The role badge of an opening: "CC", "CM", "CC and CM", or "" for related work."""
    return " and ".join(role_codes(listing.roles))


def opening_card(listing, *, at, place=None, brief=False, heading_level=3):
    """Return the card of an opening as it stands at the aware datetime `at`.

    `place` is where the reader looks: of several sites the nearest one is named. When the opening carries `miles`
    (ListingQuerySet.with_miles), the card says how far that is. `brief` cards have no foot. Needs with_card_details().
    """
    today = localdate(at)
    miles = getattr(listing, "miles", None)
    where = wording.place_text(listing, near=place)
    if miles is not None and where:
        where = _("%(place)s, %(miles)s") % {"place": where, "miles": wording.miles_text(miles)}
    says_remote = listing.mode == WorkMode.REMOTE and not listing.sites.all()  # its place says "Remote in ..." already
    stated = listing.stated
    return {
        "url": listing.get_absolute_url(),
        "id": listing.pk,
        "headline": listing.headline,
        "role_code": role_code(listing),
        "employer_name": listing.employer.name,
        "employer_url": listing.employer.get_absolute_url(),
        "is_sample": listing.employer.is_sample,
        "is_verified": listing.employer.is_approved,
        "pay_text": wording.pay_text(listing),
        "pay_alt_text": wording.pay_alt_text(listing),
        "facts": [
            fact
            for fact in (
                where,
                wording.schedule_text(listing),
                wording.visits_text(listing) if says_remote else wording.mode_text(listing),
                wording.licence_text(listing),
                wording.people_text(listing),
            )
            if fact
        ],
        "stated_count": sum(stated),
        "stated": stated,
        "posted_text": wording.posted_text(listing, today=today),
        "closes_text": wording.closes_text(listing, today=today),
        "miles": None if miles is None else f"{miles:.1f}",
        "brief": brief,
        "heading_level": heading_level,
    }


def open_text(count):
    """How many openings: "3 openings"; empty for none."""
    return ngettext("%(count)s opening", "%(count)s openings", count) % {"count": count} if count else ""
