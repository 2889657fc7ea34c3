"""What happens to openings by their dates: scheduled drafts go out, those whose closing date is over are closed."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from careerportal.core.clock import timer
from careerportal.outbox import ledger
from careerportal.outbox.models import Recipient
from employers import confirming, lifecycle, searchrow
from employers.confirming import STREAM
from employers.models import Listing

NOT_PUBLISHED = "opening_not_published"
ENDED = "opening_ended"
ENDED_ITEM = "ended"


@timer("employers.scheduled")
def publish_scheduled(now: datetime) -> int:
    """Publish the drafts whose time has come; return how many are not drafts on a schedule any more.

    What cannot go out stays a draft, off the schedule, and its people are told why.
    """
    done = 0
    due = Listing.objects.filter(publish_at__lte=now).order_by("publish_at", "pk")
    for listing in due.select_related("employer").defer("description"):
        with transaction.atomic():
            found, reason = lifecycle.go_out(listing=listing, now=now)
            if reason:
                _tell_not_published(found, reason, planned=listing.publish_at, now=now)
        done += found.publish_at is None
    return done


def _tell_not_published(listing, reason, *, planned, now):
    recipients = [Recipient.objects.for_address(address) for address in confirming.asked_for(listing)]
    new = [
        ledger.NewDelivery(
            recipient_id=recipient.pk,
            idem_key=f"{NOT_PUBLISHED}:{listing.pk}:{planned:%Y%m%dT%H%M}:{recipient.pk}",
            stream=STREAM,
            kind=NOT_PUBLISHED,
            payload={"listing": listing.pk, "reason": reason, "planned": planned.isoformat()},
        )
        for recipient in recipients
    ]
    ledger.enqueue_many(new, now=now)


@timer("employers.ended")
def close_ended(now: datetime) -> int:
    """Close published openings whose closing date is over, and ask once by mail how they ended; return how many."""
    over = Listing.objects.filter(status=Listing.Status.PUBLISHED, closes_on__lt=localdate(now))
    employers = over.order_by("employer").values_list("employer", flat=True).distinct()
    return sum(_close_ended(over, employer, now=now) for employer in list(employers))


@transaction.atomic
def _close_ended(over, employer_id, *, now):
    """Close those of one employer; each of its people gets one mail about all that they answer for."""
    searchrow.hold(employer_id=employer_id)
    people, waiting, closed = confirming.People(), defaultdict(list), 0
    for listing in over.filter(employer=employer_id).select_related("employer").order_by("pk").defer("description"):
        if lifecycle.close_by_date(listing=listing, now=now):
            closed += 1
            for address in () if listing.employer.is_suspended else people.of(listing):
                waiting[address].append(listing)
    new = []
    for address, listings in waiting.items():
        recipient = Recipient.objects.for_address(address)
        new.append(
            ledger.NewDelivery(
                recipient_id=recipient.pk,
                idem_key=f"{ENDED}:{recipient.pk}:{listings[0].pk}:{confirming.round_of(listings[0])}",
                stream=STREAM,
                kind=ENDED,
                payload={"total": len(listings)},
                items=[
                    ledger.Told(ENDED_ITEM, confirming.object_id(listing))
                    for listing in listings[: confirming.PER_MAIL]
                ],
                due_at=confirming.in_the_day(now),
            )
        )
    ledger.enqueue_many(new, now=now)
    return closed
