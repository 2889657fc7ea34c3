"""Mails about dates of openings: a scheduled one could not go out; one whose date is over, and how did it end?"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox.streams import NothingLeft
from employers import confirming, lifecycle, timetable, wording
from employers.models import Listing
from employers.team_emails import plain_name


class NotPublishedHandler:
    """Says that a scheduled opening stayed a draft, and why."""

    def still_wanted(self, delivery, items, *, now):
        """False once it is published, on a schedule again, or gone, or the person left."""
        return self._listing(delivery) is not None

    def _listing(self, delivery):
        found = Listing.objects.filter(
            pk=delivery.payload["listing"], publish_at=None, status__in=lifecycle.SCHEDULABLE
        )
        listing = found.select_related("employer", "title").first()
        return listing if listing and confirming.answerer(listing, delivery.recipient) else None

    def build(self, delivery, items, *, now):
        listing = self._listing(delivery)
        if listing is None:
            raise NothingLeft("the opening is no draft any more")
        headline, planned = plain_name(listing.headline), datetime.fromisoformat(delivery.payload["planned"])
        with translation.override(delivery.language):
            return build_message(
                timetable.NOT_PUBLISHED,
                to=delivery.address,
                subject=subject_about(_("Not published: %(name)s"), headline),
                context={
                    "headline": headline,
                    "name": plain_name(listing.employer.name),
                    "day": wording.day(localdate(planned)),
                    "reason": delivery.payload["reason"],
                    "edit_url": settings.PORTAL_URL + reverse("hiring_edit", args=[listing.pk]),
                },
                language=delivery.language,
            )


class EndedHandler:
    """Asks once how openings ended whose closing date is over; each has a page with the answers."""

    def still_wanted(self, delivery, items, *, now):
        """False once each is answered, open again or gone, or the person left."""
        return bool(self._waiting(delivery, items))

    def _waiting(self, delivery, items):
        asked = [confirming.opening_of(item) for item in items if item.kind == timetable.ENDED_ITEM]
        found = Listing.objects.filter(
            pk__in=[pk for pk, _round in asked], status=Listing.Status.CLOSED, outcome="", employer__suspended_at=None
        )
        found = found.select_related("employer", "title").prefetch_related("sites").in_bulk()
        return [
            found[pk]
            for pk, number in asked
            if pk in found
            and confirming.round_of(found[pk]) == number
            and confirming.answerer(found[pk], delivery.recipient) is not None
        ]

    def build(self, delivery, items, *, now):
        waiting = self._waiting(delivery, items)
        if not waiting:
            raise NothingLeft("nothing to ask about any more")
        with translation.override(delivery.language):
            headline, count = plain_name(waiting[0].headline), len(waiting)
            subject = subject_about(_("Closed: %(name)s. How did it end?"), headline)
            if count > 1:
                words = ngettext("%(count)s opening has closed", "%(count)s openings have closed", count)
                subject = words % {"count": count}
            return build_message(
                timetable.ENDED,
                to=delivery.address,
                subject=subject,
                context={
                    "name": plain_name(waiting[0].employer.name),
                    "openings": [
                        {
                            "headline": plain_name(listing.headline),
                            "place": wording.place_text(listing),
                            "ended": wording.day(lifecycle.ended_on(listing)),
                            "url": confirming.keep_url(listing, delivery.recipient),
                        }
                        for listing in waiting
                    ],
                    "hiring_url": settings.PORTAL_URL + reverse("hiring_employer", args=[waiting[0].employer.slug]),
                },
                language=delivery.language,
            )
