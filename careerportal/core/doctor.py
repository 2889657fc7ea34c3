"""What may be wrong with this installation: a registry that each app fills from its `health` module.

    @check("sent-journal", production=True)
    def sent_journal():
        return fail("It cannot be written.", "Give its folder to the portal's user.")

A check looks, changes nothing, and answers with ok, note, warn or fail. The remedy is a sentence that a person can follow.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.module_loading import autodiscover_modules

log = logging.getLogger(__name__)

OK, NOTE, WARN, FAIL = "ok", "note", "warn", "fail"


@dataclass(frozen=True)
class Finding:
    """What one check says. state: ok, note (nothing to do, or nothing we can see), warn, fail."""

    state: str
    says: str
    remedy: str = ""
    name: str = ""


@dataclass(frozen=True)
class Check:
    name: str
    look: Callable[[], Finding]
    production: bool  # says something only in production
    vital: bool  # while it fails, the portal does not do its work: the dead-man address is not pinged


_checks: dict[str, Check] = {}


def check(name, *, production=False, vital=False):
    """Register a function without arguments that returns a Finding, under a name for `doctor --only`."""

    def register(look):
        _checks[name] = Check(name, look, production, vital)
        return look

    return register


def ok(says):
    return Finding(OK, says)


def note(says, remedy=""):
    return Finding(NOTE, says, remedy)


def warn(says, remedy):
    return Finding(WARN, says, remedy)


def fail(says, remedy):
    return Finding(FAIL, says, remedy)


def checks():
    """Every registered check by name, in the order of the apps."""
    autodiscover_modules("health")
    return dict(_checks)


def examine(*, only=None, vital=False):
    """Findings of all checks, or of those named in `only`, or of the vital ones. A check that breaks is a finding too."""
    return [_look(one) for one in checks().values() if (not only or one.name in only) and (not vital or one.vital)]


def is_well(findings):
    """Whether nothing failed. Warnings are for people, not for exit statuses."""
    return not any(one.state == FAIL for one in findings)


def as_data(findings):
    """For JSON."""
    return {"well": is_well(findings), "findings": [asdict(one) for one in findings]}


def as_lines(findings):
    """For people: one line for each finding, and below it what to do."""
    width = max((len(one.name) for one in findings), default=0)
    for one in findings:
        yield f"{one.state:<4}  {one.name:<{width}}  {one.says}"
        if one.remedy:
            yield f"{'':<6}{'':<{width}}  -> {one.remedy}"
    counts = {state: sum(one.state == state for one in findings) for state in (FAIL, WARN)}
    yield (
        "All well."
        if not any(counts.values())
        else f"{counts[FAIL]} wrong, {counts[WARN]} to look at." + ("" if counts[FAIL] else " The portal works.")
    )


def _look(one):
    if one.production and not settings.PRODUCTION:
        return Finding(NOTE, f"Looked at in production only; this is {settings.PORTAL_ENV}.", name=one.name)
    try:
        found = one.look()
    except Exception as error:  # whatever is broken, the other checks are still worth reading
        log.warning("doctor: %s broke with %s", one.name, type(error).__name__)
        found = fail(f"Could not be looked at: {type(error).__name__}.", "See the other findings, then the log.")
    return Finding(found.state, found.says, found.remedy, one.name)
