"""The mail that asks whether openings are still open. Built when it is sent, so it asks only about what still waits."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox.streams import NothingLeft
from employers import confirming, wording
from employers.confirming import FIRST, HIDDEN, LAST
from employers.models import Listing
from employers.team_emails import plain_name

_ORDER = (HIDDEN, LAST, FIRST)
_STAGES = {kind: stage for stage, kind in confirming.ITEM_KINDS.items()}


class KeepHandler:
    """Lists the openings to confirm, the hidden ones first, each with a button."""

    def still_wanted(self, delivery, items, *, now):
        """False once each is confirmed, closed, held or gone, its organization may not publish, or the person left."""
        return bool(_waiting(delivery, items))

    def build(self, delivery, items, *, now):
        waiting = _waiting(delivery, items)
        if not waiting:
            raise NothingLeft("no opening waits for this person's answer any more")
        with translation.override(delivery.language):
            return self._message(delivery, waiting, left_over=delivery.payload.get("total", 0) - len(items))

    def _message(self, delivery, waiting, *, left_over):
        names = list(dict.fromkeys(plain_name(listing.employer.name) for listing, _stage in waiting))
        subject = _subject(waiting)
        slugs = list(dict.fromkeys(listing.employer.slug for listing, _stage in waiting))
        context = {
            "openings": [_line(listing, stage, delivery.recipient) for listing, stage in waiting],
            "names": get_text_list(names, _("and")),
            "has_hidden": any(stage == HIDDEN for _listing, stage in waiting),
            "several_employers": len(names) > 1,
            "hidden_after": confirming.CONFIRMED_FOR_DAYS,
            "left_over": max(0, left_over),
            "hiring_url": settings.PORTAL_URL
            + (reverse("hiring_employer", args=slugs) if len(slugs) == 1 else reverse("hiring")),
        }
        return build_message(
            confirming.KIND, to=delivery.address, subject=subject, context=context, language=delivery.language
        )


def _waiting(delivery, items):
    """The (opening, stage) of a delivery that this person is still to answer for: hidden ones first, then the oldest."""
    asked = {confirming.opening_of(item): _STAGES[item.kind] for item in items if item.kind in _STAGES}
    found = Listing.objects.filter(
        pk__in=[pk for pk, _round in asked], status=Listing.Status.PUBLISHED, held_at=None,
        employer__approved_at__isnull=False, employer__suspended_at=None, employer__held_at=None,
    ).select_related("employer", "title").prefetch_related("sites").in_bulk()  # fmt: skip
    waiting = [
        (found[pk], stage)
        for (pk, number), stage in asked.items()
        if pk in found
        and confirming.round_of(found[pk]) == number
        and confirming.answerer(found[pk], delivery.recipient) is not None
    ]
    return sorted(waiting, key=lambda one: (_ORDER.index(one[1]), one[0].confirmed_at, one[0].pk))


def _line(listing, stage, recipient):
    ends = localdate(confirming.hides_at(listing))
    if listing.closes_on and listing.closes_on < ends and stage != HIDDEN:
        when = _("Closes %(day)s in any case") % {"day": wording.day(listing.closes_on)}
    elif stage == HIDDEN:
        when = _("Hidden since %(day)s") % {"day": wording.day(ends)}
    else:
        when = _("Shown until %(day)s, unless you say that it is open") % {"day": wording.day(ends - timedelta(days=1))}
    return {
        "headline": plain_name(listing.headline),
        "employer": plain_name(listing.employer.name),
        "place": wording.place_text(listing),
        "confirmed": wording.day(localdate(listing.confirmed_at)),
        "when": when,
        "is_hidden": stage == HIDDEN,
        "url": confirming.keep_url(listing, recipient),
    }


def _subject(waiting):
    stages = [stage for _listing, stage in waiting]
    hidden, count = stages.count(HIDDEN), len(waiting)
    if hidden > 1:
        words = ngettext("%(count)s opening is hidden now", "%(count)s openings are hidden now", hidden)
        return words % {"count": hidden}
    if hidden == 1:
        said = _("Hidden now: %(name)s")
    elif count > 1:
        return ngettext("Is %(count)s opening still open?", "Are these %(count)s openings still open?", count) % {
            "count": count
        }
    else:
        said = {FIRST: _("Still open? %(name)s"), LAST: _("Last reminder. Still open? %(name)s")}[stages[0]]
    return subject_about(said, plain_name(waiting[0][0].headline))
