"""Do the addresses of our sources still answer? Asked politely: one at a time, each about once a week."""

import time
from datetime import timedelta

from django.db.models import F, Q

from careerportal.core import safefetch
from careers.models import Source, SourceCheck

EVERY = timedelta(days=6)  # the task comes daily; a source is asked in the first run after this
MOST_A_RUN = 25
PAUSE_S = 1.0
MOST_BYTES = 16 * 1024  # enough to know that it answers
DEAD_AFTER = 3
GONE = (404, 410)
REFUSED_BUT_THERE = (401, 403, 405, 406, 429, 451, 999)  # a site that keeps programs out, but answers


def check_due(*, now, fetch=None, pause_s=PAUSE_S):
    """Ask the sources whose turn it is (never asked first, then the longest ago); return how many were asked."""
    fetch = fetch or safefetch.fetch
    waiting = (
        Source.objects.filter(url__startswith="https://")
        .filter(
            Q(check_result__isnull=True)
            | Q(check_result__last_checked_at__lte=now - EVERY)
            | ~Q(check_result__url=F("url"))
        )
        .order_by(F("check_result__last_checked_at").asc(nulls_first=True), "pk")[:MOST_A_RUN]
    )
    asked = 0
    for source in waiting:
        if asked:
            time.sleep(pause_s)
        check(source=source, now=now, fetch=fetch)
        asked += 1
    return asked


def check(*, source, now, fetch):
    """Ask one source and keep the answer; return the SourceCheck."""
    is_there, is_gone, said = _answer(source.url, fetch)
    before = SourceCheck.objects.filter(source=source, url=source.url).first()
    failures = 0 if is_there else min((before.failures if before else 0) + 1, 32_000)
    status = SourceCheck.Status.OK
    if not is_there:
        status = SourceCheck.Status.DEAD if is_gone or failures >= DEAD_AFTER else SourceCheck.Status.TROUBLE
    result, _is_new = SourceCheck.objects.update_or_create(
        source=source,
        defaults={
            "url": source.url,
            "status": status,
            "said": said[:200],
            "failures": failures,
            "last_checked_at": now,
        },
    )
    return result


def _answer(url, fetch):
    """(is there, is gone for good, what it said)."""
    try:
        page = fetch(url, most_bytes=MOST_BYTES)
    except safefetch.FetchRefused as refusal:
        return False, False, str(refusal)
    if page.status < 400 or page.status in REFUSED_BUT_THERE:
        return True, False, f"It answered {page.status}."
    return False, page.status in GONE, f"It answered {page.status}."
