"""Openings and employers as the cards that components/opening_card.html and components/employer_card.html draw."""

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


def employer_card(employer, *, heading_level=3):
    """Return the card of an employer that carries `open_count` and `miles` (EmployerQuerySet), with its sites loaded."""
    towns = list(dict.fromkeys(site.town for site in sorted(employer.sites.all(), key=lambda site: site.pk)))
    facts = [employer.care_setting.name] if employer.care_setting else []
    facts += towns[:3]
    if len(towns) > 3:
        facts.append(_("and %(count)s more places") % {"count": len(towns) - 3})
    if employer.miles is not None:
        facts.append(_("nearest place: %(miles)s") % {"miles": wording.miles_text(employer.miles)})
    return {
        "url": employer.get_absolute_url(),
        "slug": employer.slug,
        "name": employer.name,
        "is_sample": employer.is_sample,
        "is_verified": employer.is_approved,
        "facts": facts,
        "open_text": open_text(employer.open_count),
        "open_detail": "",
        "note": "" if employer.open_count else _("No openings right now."),
        "miles": None if employer.miles is None else f"{employer.miles:.1f}",
        "heading_level": heading_level,
    }


def open_text(count):
    """How many openings: "3 openings"; empty for none."""
    return ngettext("%(count)s opening", "%(count)s openings", count) % {"count": count} if count else ""
