# ruff: noqa: S608 - composed of constants of this file; values are always parameters
"""The ledger's SQL. Each state change is one statement, so a killed process leaves a whole step or none.

Leases run on the database's clock. `%(now)s` is null in production (the database's clock again); tests and
`--as-of` give a time, which then decides what is due and what is too late, never how long a lease runs.

Begin and finish switch synchronous_commit on inside the statement (set_config with is_local = true lasts for the
transaction, here the statement itself), so they are durable whatever the server's default is, in one round trip.
"""

_CLOCK = "COALESCE(%(now)s::timestamptz, now())"
_LEASE = "clock_timestamp() + make_interval(secs => %(lease)s)"
_FINAL = "('sent', 'failed', 'suppressed', 'cancelled', 'expired')"
_DURABLE = "durable AS MATERIALIZED (SELECT set_config('synchronous_commit', 'on', true))"

_PAUSED = """EXISTS (SELECT 1 FROM outbox_switch w WHERE w.paused AND w.stream IN ('', d.stream)
                     AND (w.until IS NULL OR w.until > now()))"""

# The one definition of "may this go out now".
_VERDICT = f"""CASE
    WHEN {_PAUSED} THEN 'paused'
    WHEN EXISTS (SELECT 1 FROM outbox_suppression x
                  WHERE (x.address = d.address OR x.address_hash = ANY(%(hashes)s))
                    AND (x.scope = 'all' OR %(commercial)s)) THEN 'suppressed'
    WHEN EXISTS (SELECT 1 FROM outbox_streamstop t
                  WHERE t.recipient_id = d.recipient_id AND t.stream = d.stream) THEN 'stopped'
    WHEN EXISTS (SELECT 1 FROM outbox_recipient e WHERE e.id = d.recipient_id AND e.address IS NULL) THEN 'erased'
    WHEN d.not_after <= {_CLOCK} THEN 'expired'
    ELSE 'ok' END"""


def _scrubbed(state):
    """Payload after the change to `state` (SQL): the text of account mail goes once the state is final."""
    return f"CASE WHEN d.kind = 'raw' AND ({state}) IN {_FINAL} THEN '{{}}'::jsonb ELSE d.payload END"


# MATERIALIZED: a re-run of the inner LIMIT by a nested loop would take more rows than asked for.
CLAIM = f"""
WITH q AS MATERIALIZED (
    SELECT d.id FROM outbox_delivery d
     WHERE d.state = 'queued' AND d.due_at <= {_CLOCK} AND d.not_after > {_CLOCK} AND NOT {_PAUSED} {{stream}}
     ORDER BY d.due_at LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED)
UPDATE outbox_delivery d SET state = 'leased', epoch = d.epoch + 1, lease_until = {_LEASE}
  FROM q WHERE d.id = q.id RETURNING d.*"""

# Evidence first: the attempt is on disk before the first byte of DATA.
BEGIN = f"""
WITH {_DURABLE}, s AS (
    UPDATE outbox_delivery d SET state = 'sending', attempts = d.attempts + 1, lease_until = {_LEASE}
     WHERE d.id = %(id)s AND d.epoch = %(epoch)s AND d.state = 'leased' AND ({_VERDICT}) = 'ok'
    RETURNING d.id, d.epoch)
INSERT INTO outbox_attempt (delivery_id, epoch, started_at, data_at, outcome, reply)
SELECT s.id, s.epoch, clock_timestamp(), CASE WHEN %(with_data)s THEN clock_timestamp() END, '', '' FROM s, durable
RETURNING 1"""

_REFUSED_STATE = """CASE v.verdict WHEN 'suppressed' THEN 'suppressed' WHEN 'stopped' THEN 'cancelled'
                    WHEN 'erased' THEN 'cancelled' WHEN 'expired' THEN 'expired' ELSE 'queued' END"""

# Why begin said no, written down: same verdict, so that the two cannot disagree.
REFUSE = f"""
WITH v AS MATERIALIZED (
    SELECT d.id, {_VERDICT} AS verdict FROM outbox_delivery d
     WHERE d.id = %(id)s AND d.epoch = %(epoch)s AND d.state = 'leased' FOR UPDATE OF d),
r AS (
    UPDATE outbox_delivery d SET state = {_REFUSED_STATE}, lease_until = NULL, payload = {_scrubbed(_REFUSED_STATE)},
           reply = CASE v.verdict WHEN 'stopped' THEN 'the recipient stopped this stream' WHEN 'ok' THEN d.reply
                   ELSE v.verdict END
      FROM v WHERE d.id = v.id RETURNING d.id, d.state),
released AS (
    DELETE FROM outbox_item i USING r WHERE i.delivery_id = r.id AND r.state IN ('cancelled', 'expired'))
SELECT state FROM r"""

_FINISH_STATE = """CASE WHEN %(outcome)s = 'retry' AND d.attempts >= %(max_attempts)s THEN 'failed'
                   WHEN %(outcome)s = 'retry' THEN 'queued' ELSE %(outcome)s END"""

# Result and evidence in one statement, and only while the lease is ours.
FINISH = f"""
WITH {_DURABLE}, f AS (
    UPDATE outbox_delivery d SET state = {_FINISH_STATE}, reply = %(reply)s, lease_until = NULL, is_paced = false,
           sent_at = CASE WHEN %(outcome)s = 'sent' THEN COALESCE(%(now)s::timestamptz, clock_timestamp()) END,
           due_at = CASE WHEN %(outcome)s = 'retry' THEN {_CLOCK} + make_interval(secs => %(delay)s) ELSE d.due_at END,
           payload = {_scrubbed(_FINISH_STATE)}
     WHERE d.id = %(id)s AND d.epoch = %(epoch)s AND d.state = 'sending'
    RETURNING d.id, d.epoch, d.state),
released AS (
    DELETE FROM outbox_item i USING f WHERE i.delivery_id = f.id AND f.state = 'failed' AND %(outcome)s = 'retry')
UPDATE outbox_attempt a SET outcome = %(outcome)s, reply = %(reply)s, ended_at = clock_timestamp()
  FROM f, durable WHERE a.delivery_id = f.id AND a.epoch = f.epoch RETURNING f.state"""

# Give back what was leased and not begun: surely not sent, no attempt counted.
PUT_BACK = """
UPDATE outbox_delivery d SET state = 'queued', lease_until = NULL, is_paced = %(is_paced)s,
       due_at = COALESCE(%(due_at)s, d.due_at), reply = COALESCE(%(reply)s, d.reply)
 WHERE d.id = %(id)s AND d.epoch = %(epoch)s AND d.state = 'leased' RETURNING d.state"""

CANCEL = f"""
WITH c AS (
    UPDATE outbox_delivery d SET state = 'cancelled', lease_until = NULL, reply = %(reply)s,
           payload = {_scrubbed("'cancelled'")}
     WHERE d.id = %(id)s AND d.epoch = %(epoch)s AND d.state = 'leased' RETURNING d.id),
released AS (
    DELETE FROM outbox_item i USING c WHERE i.delivery_id = c.id AND NOT (i.kind || ':' || i.object_id = ANY(%(keep)s)))
SELECT 1 FROM c"""

_SWEPT_STATE = """CASE WHEN d.state = 'sending' AND (NOT d.resend_if_unsure OR d.attempts >= %(max_attempts)s)
                  THEN 'failed' ELSE 'queued' END"""

# A row leased often and never begun may be what kills its senders: it comes back later each time; not_after ends it.
SWEEP = f"""
WITH q AS MATERIALIZED (
    SELECT d.id, d.state AS was FROM outbox_delivery d
     WHERE d.state IN ('leased', 'sending') AND d.lease_until < now()
       AND pg_postmaster_start_time() < now() - make_interval(secs => %(grace)s)
     ORDER BY d.lease_until LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED),
s AS (
    UPDATE outbox_delivery d SET state = {_SWEPT_STATE}, lease_until = NULL, is_paced = false,
           due_at = CASE WHEN q.was = 'leased' AND d.epoch - d.attempts > 3
                         THEN now() + make_interval(secs => least(600, (d.epoch - d.attempts) ^ 2)) ELSE d.due_at END,
           reply = CASE WHEN q.was = 'sending' THEN 'the sender never reported' ELSE d.reply END,
           payload = {_scrubbed(_SWEPT_STATE)}
      FROM q WHERE d.id = q.id RETURNING d.id, d.epoch, d.state),
released AS (DELETE FROM outbox_item i USING s WHERE i.delivery_id = s.id AND s.state = 'failed'),
lost AS (
    UPDATE outbox_attempt a SET outcome = 'lost', ended_at = clock_timestamp()
      FROM s WHERE a.delivery_id = s.id AND a.epoch = s.epoch AND a.outcome = '')
SELECT s.state, count(*) FROM s GROUP BY s.state"""

EXPIRE = f"""
WITH q AS MATERIALIZED (
    SELECT d.id FROM outbox_delivery d WHERE d.state = 'queued' AND d.not_after <= {_CLOCK}
     ORDER BY d.not_after LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED),
e AS (
    UPDATE outbox_delivery d SET state = 'expired', payload = {_scrubbed("'expired'")} FROM q WHERE d.id = q.id
    RETURNING d.id),
released AS (DELETE FROM outbox_item i USING e WHERE i.delivery_id = e.id)
SELECT count(*) FROM e"""

# What waits, of one stream of one recipient, when that person stops it.
CANCEL_WAITING = f"""
WITH c AS (
    UPDATE outbox_delivery d SET state = 'cancelled', reply = %(reply)s, payload = {_scrubbed("'cancelled'")}
     WHERE d.recipient_id = %(recipient)s AND d.state = 'queued' AND (%(stream)s IS NULL OR d.stream = %(stream)s)
    RETURNING d.id),
released AS (DELETE FROM outbox_item i USING c WHERE i.delivery_id = c.id)
SELECT count(*) FROM c"""

# After a restore, and in each sweep: what the sent journal knows is sent, whatever the row says.
MARK_SENT = f"""
WITH j AS (SELECT * FROM unnest(%(ids)s::uuid[], %(times)s::timestamptz[]) AS j (id, at)),
m AS (
    UPDATE outbox_delivery d SET state = 'sent', sent_at = j.at, lease_until = NULL,
           reply = 'known from the sent journal', payload = {_scrubbed("'sent'")}
      FROM j WHERE d.id = j.id AND d.state IN ('queued', 'leased', 'sending') RETURNING d.id, d.epoch),
known AS (
    UPDATE outbox_attempt a SET outcome = 'sent', ended_at = clock_timestamp()
      FROM m WHERE a.delivery_id = m.id AND a.epoch = m.epoch AND a.outcome = '')
SELECT count(*) FROM m"""

# The key gives id and Message-ID too, so any of the three may be what another planner inserted first.
# Without a time it is due by the earlier of two clocks: a web server whose clock is ahead must not delay a code.
ENQUEUE = """
INSERT INTO outbox_delivery (id, idem_key, recipient_id, address, stream, kind, payload, language, state, epoch,
                             attempts, due_at, not_after, resend_if_unsure, ignore_quiet, is_paced, message_id, reply,
                             created_at)
SELECT n.id, n.idem_key, r.id, r.address, n.stream, n.kind, n.payload, COALESCE(n.language, r.language), 'queued', 0, 0,
       COALESCE(n.due_at, LEAST(%(now)s, now())), n.not_after, n.resend_if_unsure, n.ignore_quiet, false,
       n.message_id, '', %(now)s
  FROM unnest(%(ids)s::uuid[], %(idem_keys)s::text[], %(recipients)s::bigint[], %(streams)s::text[], %(kinds)s::text[],
              %(payloads)s::jsonb[], %(languages)s::text[], %(due_ats)s::timestamptz[], %(not_afters)s::timestamptz[],
              %(resends)s::boolean[], %(ignore_quiets)s::boolean[], %(message_ids)s::text[])
       AS n (id, idem_key, recipient_id, stream, kind, payload, language, due_at, not_after, resend_if_unsure,
             ignore_quiet, message_id)
  JOIN outbox_recipient r ON r.id = n.recipient_id AND r.address IS NOT NULL
 ORDER BY n.id
ON CONFLICT DO NOTHING RETURNING id"""

# Sorted, so that two planners wait for each other instead of locking each other out.
ENQUEUE_ITEMS = """
INSERT INTO outbox_item (delivery_id, recipient_id, kind, object_id, reason)
SELECT n.delivery_id, n.recipient_id, n.kind, n.object_id, n.reason
  FROM unnest(%(deliveries)s::uuid[], %(recipients)s::bigint[], %(kinds)s::text[], %(objects)s::text[],
              %(reasons)s::jsonb[])
       WITH ORDINALITY AS n (delivery_id, recipient_id, kind, object_id, reason, place)
 ORDER BY n.recipient_id, n.kind, n.object_id
ON CONFLICT (recipient_id, kind, object_id) DO NOTHING RETURNING delivery_id"""
