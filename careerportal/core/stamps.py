"""Stamps: a random word in the cache for each kind of thing pages show. A writer changes the word; whoever remembered
something under the old one knows that it is old.

The cache may be emptied at any time: a stamp that is missing gets a new word, and everything is made anew once.
Docs: docs/decisions, "Pages remembered under stamps".
"""

import logging
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

log = logging.getLogger("portal.stamps")

CONTENT = "content"  # what editors write
OPENINGS = "openings"  # openings, employers and sites
ALL = (CONTENT, OPENINGS)

_KEPT_S = 60 * 60 * 24 * 30
_quiet = ContextVar("stamps_quiet", default=False)


def key(name):
    """Where the stamp `name` is kept in the cache."""
    return f"stamp:{name}"


def bump(name):
    """Say that something of this kind changes: at once, and again when the transaction is committed.

    The second time is for readers who in between remembered what they saw before the commit.
    """
    if _quiet.get():
        return
    _renew(name)
    connection = transaction.get_connection()
    waiting = connection.run_on_commit
    if connection.in_atomic_block and not (waiting and waiting[-1][1] is _AGAIN[name]):
        transaction.on_commit(_AGAIN[name], robust=True)


def renewed(name):
    """Return a new word for the stamp `name`, kept from now on unless another process was faster."""
    word = uuid.uuid4().hex
    return word if cache.add(key(name), word, _KEPT_S) else cache.get(key(name), word)


@contextmanager
def kept():
    """Within this, `bump` changes nothing: for work that will be rolled back."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def _renew(name):
    try:
        cache.set(key(name), uuid.uuid4().hex, _KEPT_S)
    except RedisError:  # pages are then at most a minute old
        log.warning("Redis is away; stamp %s stays", name)


_AGAIN = {name: partial(_renew, name) for name in ALL}
