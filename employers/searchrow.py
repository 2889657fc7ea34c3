"""Writes ListingSearch and ListingPoint from the tables that hold the truth, and compares the two.

TRUTH is the one statement that says what a search row must be; `rewrite` stores its answer, `differences` checks it.
"""

from django.conf import settings
from django.db import connection, transaction

from careerportal.core import stamps
from careers import vocabulary
from employers.models.listing import CONFIRMED_FOR_DAYS

COLUMNS = (
    "listing_id", "live_from", "live_until", "title", "work", "roles", "settings", "populations", "employment", "schedules",
    "modes", "visits", "licences", "languages", "employers", "states", "counties", "is_remote", "education_rank",
    "experience_months", "pay_top_usd_hour", "tsv",
)  # fmt: skip

_EDUCATION_RANKS = ", ".join(f"('{level}', {rank})" for level, rank in vocabulary.EDUCATION_RANKS.items())

# A stance of "preferred" or "will train" asks nothing, so such an opening fits people without it.
TRUTH = f"""
SELECT l.id AS listing_id,
  CASE WHEN shown.yes THEN l.published_at END AS live_from,
  CASE WHEN shown.yes THEN greatest(l.published_at, least(
      l.confirmed_at + interval '{CONFIRMED_FOR_DAYS} days',
      coalesce((l.closes_on + 1)::timestamp AT TIME ZONE '{settings.TIME_ZONE}',
               l.confirmed_at + interval '{CONFIRMED_FOR_DAYS} days'))) END AS live_until,
  t.slug AS title,
  coalesce(r.slug, '') AS work,
  CASE WHEN l.roles = 0 THEN ARRAY['related']
       ELSE array_remove(ARRAY[CASE WHEN l.roles & 1 > 0 THEN 'cc' END, CASE WHEN l.roles & 2 > 0 THEN 'cm' END], NULL)
  END::varchar[] AS roles,
  ARRAY(SELECT s.slug FROM employers_listing_care_settings j JOIN careers_caresetting s ON s.id = j.caresetting_id
        WHERE j.listing_id = l.id ORDER BY 1)::varchar[] AS settings,
  ARRAY(SELECT p.slug FROM employers_listing_populations j JOIN careers_population p ON p.id = j.population_id
        WHERE j.listing_id = l.id ORDER BY 1)::varchar[] AS populations,
  ARRAY[l.employment]::varchar[] AS employment,
  ARRAY(SELECT DISTINCT x FROM unnest(l.schedules) x ORDER BY 1)::varchar[] AS schedules,
  array_remove(ARRAY[l.mode], '')::varchar[] AS modes,
  array_remove(ARRAY[l.visits], '')::varchar[] AS visits,
  ARRAY(SELECT DISTINCT x FROM unnest(l.licences ||
        CASE WHEN l.licence_stance IN ('preferred', 'will-train') AND l.licences <> '{{}}' THEN ARRAY['none']::varchar[]
             ELSE '{{}}' END) x ORDER BY 1)::varchar[] AS licences,
  ARRAY(SELECT DISTINCT x FROM unnest(l.languages) x ORDER BY 1)::varchar[] AS languages,
  ARRAY[e.slug]::varchar[] AS employers,
  ARRAY(SELECT DISTINCT x FROM unnest(l.remote_states || ARRAY(
        SELECT s.state FROM employers_listing_sites j JOIN employers_site s ON s.id = j.site_id WHERE j.listing_id = l.id)) x
        ORDER BY 1)::varchar[] AS states,
  ARRAY(SELECT DISTINCT s.state || ':' || s.county FROM employers_listing_sites j JOIN employers_site s ON s.id = j.site_id
        WHERE j.listing_id = l.id AND s.county <> '' ORDER BY 1)::varchar[] AS counties,
  l.remote_states <> '{{}}' AS is_remote,
  CASE WHEN l.education = '' THEN NULL WHEN l.education_stance IN ('preferred', 'will-train') THEN 0
       ELSE (SELECT rank FROM (VALUES {_EDUCATION_RANKS}) ranks(level, rank) WHERE level = l.education) END AS education_rank,
  CASE WHEN l.experience_stance IN ('preferred', 'will-train') AND l.experience_months IS NOT NULL THEN 0
       ELSE l.experience_months END AS experience_months,
  CASE l.pay_period WHEN 'hour' THEN round(l.pay_max_usd, 2)
       WHEN 'year' THEN round(l.pay_max_usd / (52 * coalesce(l.weekly_hours, 40)), 2) END AS pay_top_usd_hour,
  setweight(to_tsvector('english', l.headline), 'A') || setweight(to_tsvector('english', t.name), 'A')
    || setweight(to_tsvector('english', array_to_string(t.synonyms, ', ')), 'B')
    || setweight(to_tsvector('english', e.name), 'B')
    || setweight(to_tsvector('english', array_to_string(ARRAY(
         SELECT s.name FROM employers_listing_care_settings j JOIN careers_caresetting s ON s.id = j.caresetting_id
         WHERE j.listing_id = l.id ORDER BY s.slug), ', ')), 'C')
    || setweight(to_tsvector('english', l.description), 'D') AS tsv
FROM employers_listing l
JOIN employers_employer e ON e.id = l.employer_id
JOIN careers_jobtitle t ON t.id = l.title_id
LEFT JOIN careers_carerole r ON r.id = t.role_id
CROSS JOIN LATERAL (SELECT l.status = 'published' AND l.held_at IS NULL AND e.approved_at IS NOT NULL
                    AND e.suspended_at IS NULL AND e.held_at IS NULL AS yes) shown
"""

POINTS = """
SELECT j.listing_id, s.id AS site_id, s.lat, s.lng
FROM employers_listing_sites j JOIN employers_site s ON s.id = j.site_id
WHERE s.lat IS NOT NULL
"""


def hold(listing_ids=None, *, employer_id=None):
    """Let one change at a time happen to the employers of these openings (or to one, or to all), until it is committed.

    Without it two changes at once each write what they saw before the other's: a suspended employer's opening would
    stay in the search because it was published in the same moment. Every change holds its employer before it locks an
    opening, so that no two wait for each other. Needs a transaction.
    """
    which, values = "TRUE", {}
    if listing_ids is not None:
        which = "id IN (SELECT employer_id FROM employers_listing WHERE id = ANY(%(ids)s))"
        values = {"ids": list(listing_ids)}
    elif employer_id is not None:
        which, values = "id = %(employer)s", {"employer": employer_id}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM employers_employer WHERE {which} ORDER BY id FOR NO KEY UPDATE", values)


@transaction.atomic
def rewrite(listing_ids=None, *, employer_id=None):
    """Store the search rows of these openings (or of one employer's, or of all when neither is given) as TRUTH says."""
    hold(listing_ids, employer_id=employer_id)
    stamps.bump(stamps.OPENINGS)
    which, values = "TRUE", {}
    if listing_ids is not None:
        which, values = "{}listing_id = ANY(%(ids)s)", {"ids": list(listing_ids)}
    elif employer_id is not None:
        which = "{}listing_id IN (SELECT id FROM employers_listing WHERE employer_id = %(employer)s)"
        values = {"employer": employer_id}
    here, columns = which.format(""), ", ".join(COLUMNS)
    updates = ", ".join(f"{column} = EXCLUDED.{column}" for column in COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO employers_listingsearch ({columns}) SELECT {columns} FROM ({TRUTH}) truth WHERE {here}"
            f" ON CONFLICT (listing_id) DO UPDATE SET {updates}",
            values,
        )
        cursor.execute(
            f"DELETE FROM employers_listingpoint p WHERE {which.format('p.')} AND NOT EXISTS"
            f" (SELECT 1 FROM ({POINTS}) t WHERE t.listing_id = p.listing_id AND t.site_id = p.site_id)",
            values,
        )
        cursor.execute(
            f"INSERT INTO employers_listingpoint (listing_id, site_id, lat, lng)"
            f" SELECT listing_id, site_id, lat, lng FROM ({POINTS}) t WHERE {here}"
            " ON CONFLICT (listing_id, site_id) DO UPDATE SET lat = EXCLUDED.lat, lng = EXCLUDED.lng",
            values,
        )


def differences():
    """Return (listing id, what differs) for each opening whose stored row or points are not what TRUTH says."""
    columns = ", ".join(COLUMNS)
    compared = " || ".join(
        f"CASE WHEN s.{column} IS DISTINCT FROM truth.{column} THEN '{column} ' ELSE '' END" for column in COLUMNS[1:]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(truth.listing_id, s.listing_id),"
            f" CASE WHEN s.listing_id IS NULL THEN 'no search row' ELSE {compared} END"
            f" FROM ({TRUTH}) truth FULL JOIN (SELECT {columns} FROM employers_listingsearch) s USING (listing_id)"
            f" WHERE s.listing_id IS NULL OR ({compared}) <> ''"
        )
        found = [(pk, what.strip()) for pk, what in cursor.fetchall()]
        cursor.execute(
            f"SELECT coalesce(t.listing_id, p.listing_id) FROM ({POINTS}) t FULL JOIN employers_listingpoint p"
            " ON t.listing_id = p.listing_id AND t.site_id = p.site_id AND t.lat = p.lat AND t.lng = p.lng"
            " WHERE t.listing_id IS NULL OR p.listing_id IS NULL"
        )
        return sorted(found + [(pk, "points") for (pk,) in cursor.fetchall()])
