"""Who should hear of what today: due alerts against live openings, in one statement for many alerts.

MATCH is the second rendering of what ListingQuerySet.live and .matching mean; tests/accounts/test_one_definition.py
holds them equal. Its OFFSET 0 keeps PostgreSQL from parsing an alert's words again for each opening (2.95 s against
1.39 s for 1,000 alerts x 4,000 openings). `expected` is the first rendering, one alert at a time, for comparison and for people.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from accounts import closing
from accounts.models import JobAlert
from careerportal.outbox import ledger
from careerportal.outbox.models import Item, Recipient, Suppression
from careerportal.places.near import miles_sql
from employers.models import Listing
from employers.search import OVERLAPS

FIRST_DIGEST_DAYS = 14  # an alert's first digest looks back this far, not to the beginning
OPENINGS_A_DIGEST = 10
OPENINGS_AN_EMPLOYER = 2
RECIPIENTS_A_BATCH = 200
ITEM_KIND = "opening"

_FACETS = "\n  AND ".join(f"(f.{facet} = '{{}}' OR s.{column} && f.{facet})" for facet, column in OVERLAPS.items())

MATCH = f"""
SELECT a.id AS alert_id, a.recipient_id, s.listing_id, s.live_from
FROM accounts_jobalert a
JOIN accounts_placeclass p ON p.id = a.place_class_id
JOIN (SELECT id, words, websearch_to_tsquery('english', words) AS query FROM accounts_wordsclass OFFSET 0) w
  ON w.id = a.words_class_id
JOIN accounts_facetsclass f ON f.id = a.facets_class_id
JOIN employers_listingsearch s ON s.live_from <= %(now)s AND s.live_until > %(now)s
WHERE a.id = ANY(%(alerts)s)
  AND (a.first_digest_at IS NOT NULL OR s.live_from >= %(now)s - interval '{FIRST_DIGEST_DAYS} days')
  AND (w.words = '' OR s.tsv @@ w.query)
  AND CASE p.kind
    WHEN '' THEN true
    WHEN 'radius' THEN EXISTS (SELECT 1 FROM employers_listingpoint t WHERE t.listing_id = s.listing_id
                               AND {miles_sql("t.lat", "t.lng", "p.lat", "p.lng")} <= p.miles)
    WHEN 'county' THEN s.counties @> ARRAY[p.state || ':' || p.county]::varchar[]
    WHEN 'state' THEN s.states && ARRAY[p.state, 'US']::varchar[]
    WHEN 'remote' THEN s.is_remote
    ELSE false END
  AND {_FACETS}
  AND (f.titles = '{{}}' OR s.title = ANY(f.titles) OR (f.same_work AND s.work IN (
       SELECT r.slug FROM careers_jobtitle t JOIN careers_carerole r ON r.id = t.role_id WHERE t.slug = ANY(f.titles))))
  AND (f.education_rank IS NULL OR s.education_rank <= f.education_rank)
  AND (f.experience_months IS NULL OR s.experience_months <= f.experience_months)
  AND (f.pay_floor_usd_hour IS NULL OR s.pay_top_usd_hour >= f.pay_floor_usd_hour)
"""

# Less what the ledger already holds; newest first, at most two of one employer and ten in all for each recipient.
CHOOSE = f"""
WITH pairs AS ({MATCH}),
found AS (
  SELECT m.recipient_id, m.listing_id, l.employer_id, m.live_from, array_agg(m.alert_id ORDER BY m.alert_id) AS alerts
  FROM pairs m JOIN employers_listing l ON l.id = m.listing_id
  WHERE NOT EXISTS (SELECT 1 FROM outbox_item i WHERE i.recipient_id = m.recipient_id
                    AND i.kind = '{ITEM_KIND}' AND i.object_id = m.listing_id::text)
  GROUP BY 1, 2, 3, 4),
ranked AS (
  SELECT found.*, count(*) OVER (PARTITION BY recipient_id) AS total,
    row_number() OVER (PARTITION BY recipient_id, employer_id ORDER BY live_from DESC, listing_id DESC) AS of_employer
  FROM found),
chosen AS (
  SELECT ranked.*, row_number() OVER (PARTITION BY recipient_id ORDER BY live_from DESC, listing_id DESC) AS place
  FROM ranked WHERE of_employer <= {OPENINGS_AN_EMPLOYER})
SELECT recipient_id, listing_id, alerts, total FROM chosen WHERE place <= {OPENINGS_A_DIGEST}
ORDER BY recipient_id, place
"""


@dataclass
class Plan:
    """What one planning did: recipients looked at, deliveries queued and openings in them."""

    recipients: int = 0
    deliveries: int = 0
    items: int = 0


def due_alerts(*, at, whatever_the_hour=False):
    """Alerts that should be matched at `at`: confirmed, on, due (or whatever the hour), and their mail not stopped."""
    on = Q(state=JobAlert.State.ACTIVE) | Q(state=JobAlert.State.PAUSED, paused_until__lte=at)
    alerts = JobAlert.objects.filter(on, recipient__address__isnull=False)
    alerts = alerts.exclude(recipient__stops__stream="alerts")
    alerts = alerts.exclude(Exists(Suppression.objects.filter(address=OuterRef("recipient__address"))))
    return alerts if whatever_the_hour else alerts.filter(next_run_at__lte=at)


def plan(*, now: datetime, whatever_the_hour: bool = False) -> Plan:
    """Queue one digest for each recipient whose due alerts found openings not told before; safe to run at any time, twice,
    or at once. `whatever_the_hour`: look at every alert that is on, and send in quiet hours too.

    What a person is to be reminded of (accounts.closing) goes into the same mail: one a day for each person.
    """
    done, last = Plan(), 0
    reminders = closing.due(now=now, whatever_the_hour=whatever_the_hour)
    while True:
        with transaction.atomic():
            waiting = due_alerts(at=now, whatever_the_hour=whatever_the_hour).values("recipient")
            batch = list(
                Recipient.objects.filter(
                    Q(pk__in=waiting) | Q(pk__in=list(reminders)) if reminders else Q(pk__in=waiting)
                )
                .filter(pk__gt=last)
                .order_by("pk")
                .select_for_update(skip_locked=True)[:RECIPIENTS_A_BATCH]
            )
            if not batch:
                return done
            _plan_batch(batch, reminders, now=now, whatever_the_hour=whatever_the_hour, done=done)
            last = batch[-1].pk


def _plan_batch(recipients, reminders, *, now, whatever_the_hour, done):
    alerts = list(
        due_alerts(at=now, whatever_the_hour=whatever_the_hour)
        .filter(recipient__in=recipients)
        .select_related("recipient")
        .order_by("pk")
        .select_for_update(of=("self",))  # a stop or pause asked for meanwhile waits, and is not written over
    )
    chosen = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(CHOOSE, {"now": now, "alerts": [alert.pk for alert in alerts]})
        for recipient_id, listing_id, alert_ids, total in cursor.fetchall():
            chosen[recipient_id].append((listing_id, alert_ids, total))
    digests = {}
    for recipient in recipients:
        also = reminders[recipient.pk].items() if recipient.pk in reminders else []
        if recipient.pk in chosen or also:
            digest = _digest(recipient, chosen.get(recipient.pk, ()), also, now=now, ignore_quiet=whatever_the_hour)
            digests[ledger.delivery_id(digest.idem_key)] = digest
    queued = {digests[key].recipient_id for key in ledger.enqueue_many(digests.values(), now=now)}
    told = {alert for pk in queued for _listing, alert_ids, _total in chosen.get(pk, ()) for alert in alert_ids}
    for alert in alerts:
        alert.next_run_at = alert.run_after(now)
        if alert.recipient_id in chosen and alert.recipient_id not in queued:  # had today's mail already: tomorrow
            alert.next_run_at = min(alert.next_run_at, _tomorrow(alert.recipient, now))
        if alert.pk in told:
            alert.first_digest_at = alert.first_digest_at or now
        alert.state, alert.paused_until, alert.updated_at = JobAlert.State.ACTIVE, None, now
    JobAlert.objects.bulk_update(
        alerts, ["next_run_at", "first_digest_at", "state", "paused_until", "updated_at"], batch_size=500
    )
    done.recipients += len(recipients)
    done.deliveries += len(queued)
    done.items += sum(len(chosen.get(pk, ())) for pk in queued)


def _digest(recipient, openings, also, *, now, ignore_quiet):
    local_date = now.astimezone(ZoneInfo(recipient.zone)).date()
    return ledger.NewDelivery(
        idem_key=f"alerts:{recipient.pk}:{local_date.isoformat()}",
        recipient_id=recipient.pk,
        stream="alerts",
        kind="alert_digest",
        payload={"total": openings[0][2] if openings else 0},
        items=[
            *(ledger.Told(ITEM_KIND, listing, {"alerts": alert_ids}) for listing, alert_ids, _total in openings),
            *also,
        ],
        due_at=now,
        ignore_quiet=ignore_quiet,
    )


def _tomorrow(recipient, now):
    zone = ZoneInfo(recipient.zone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(recipient.local_hour), tzinfo=zone)


def expected(*, now: datetime, whatever_the_hour: bool = False):
    """Yield (recipient, listing) for everyone who should hear of an opening, one alert at a time by the public search.

    No caps; less what the ledger already holds. A listing may come twice for a recipient with two alerts.
    """
    alerts = due_alerts(at=now, whatever_the_hour=whatever_the_hour)
    related = ("recipient", "place_class", "words_class", "facets_class")
    for alert in alerts.select_related(*related).order_by("recipient_id", "pk").iterator(chunk_size=500):
        criteria = alert.criteria
        if alert.first_digest_at is None:
            criteria = replace(criteria, posted_days=FIRST_DIGEST_DAYS)
        told = Item.objects.filter(recipient=alert.recipient, kind=ITEM_KIND).values_list("object_id", flat=True)
        told = {int(object_id) for object_id in told}
        for listing in Listing.objects.live(at=now).matching(criteria, at=now).newest_first():
            if listing.pk not in told:
                yield alert.recipient, listing
