"""Changes to approved openings: most are shown at once, risky ones wait while the approved text stays public.

What is risky stands in model.md's words: another host to apply at, another role, lower pay; and words that
employers.risk finds and that the approved text did not have. Typing errors and raises are not.
"""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerportal.core import audit
from employers import drafts, payperiods, queue, risk, searchrow
from employers.adcheck import rules
from employers.lifecycle import TransitionRefused
from employers.models import Case, Listing, ListingRevision

REVIEWED = (Listing.Status.PUBLISHED, Listing.Status.CLOSED)
HELD_WORDS = {
    "apply_url": gettext_lazy("where people apply"),
    "roles": gettext_lazy("the role"),
    "pay": gettext_lazy("lower pay"),
    "words": gettext_lazy("wording that a moderator should read"),
}
_TEXTS = ("headline", "description", "benefits", "caseload", "supervision")


def held_for(listing, content):
    """Return the names (keys of HELD_WORDS) of what in `content` needs a moderator's look, as a tuple."""
    held = []
    if "apply_url" in content and _host(content["apply_url"]) not in ("", _host(listing.apply_url)):
        held.append("apply_url")
    if "roles" in content and content["roles"] != listing.roles:
        held.append("roles")
    if _pays_less(listing, content):
        held.append("pay")
    if _new_risks(listing, content):
        held.append("words")
    return tuple(held)


def _host(url):
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return "?"


def _hourly(amount, period, weekly_hours):
    if amount is None:
        return None
    hours = weekly_hours or payperiods.FULL_TIME_WEEK
    return payperiods.exactly(amount, period, wanted=payperiods.HOUR, weekly_hours=hours)


def _pays_less(listing, content):
    """True when the lowest or the highest pay goes down, or a stated range is taken away."""
    names = ("pay_min_usd", "pay_max_usd")
    period, hours = (content.get(name, getattr(listing, name)) for name in ("pay_period", "weekly_hours"))
    for name in names:
        before = _hourly(getattr(listing, name), listing.pay_period, listing.weekly_hours)
        after = _hourly(content.get(name, getattr(listing, name)), period, hours)
        if before is not None and (after is None or after < before - Decimal("0.005")):
            return True
    return False


def _new_risks(listing, content):
    own = [listing.employer.inbox_email] if listing.employer.inbox_email else []
    before = {one.code for one in risk.in_text("\n".join(getattr(listing, name) for name in _TEXTS), own_addresses=own)}
    after = risk.in_text("\n".join(content.get(name, getattr(listing, name)) for name in _TEXTS), own_addresses=own)
    return sorted({one.code for one in after} - before)


@transaction.atomic
def change(*, listing: Listing, content: dict, by=None, now: datetime):
    """Change an opening to `content` (any of drafts.FIELDS and LISTS); return (opening as saved, what waits).

    What waits is a ListingRevision for a risky change of an opening that was ever approved, with its case in the queue,
    else None. Either way a change that waited before is replaced. Raises TransitionRefused when the opening was taken
    down, or would stand there without the pay range that a state's rule asks for; ValueError for a site of another
    employer.
    """
    searchrow.hold(employer_id=listing.employer_id)
    found = Listing.objects.select_for_update(of=("self",)).select_related("employer").get(pk=listing.pk)
    _refuse_without_pay(found, content, now=now)
    held = held_for(found, content) if found.status in REVIEWED else ()
    found.revisions.filter(decided_at=None).update(decided_at=now, was_accepted=False, updated_at=now)
    if not held:
        queue.settle(outcome="replaced", now=now, by=by, kind=Case.Kind.EDIT, listing=found)
        changed = drafts.revise(listing=found, content=content)
        if changed.status == Listing.Status.IN_REVIEW:
            _refresh_case(changed, now=now)
        audit.record("listing.changed", about=changed, actor=by, employer=changed.employer_id, now=now)
        return changed, None
    if any(site.employer_id != found.employer_id for site in content.get("sites", ())):
        raise ValueError("An opening stands at sites of its own employer only.")
    revision = ListingRevision.objects.create(listing=found, content=plain(content), held_for=list(held), asked_by=by)
    risks = _new_risks(found, content)
    queue.open_case(
        kind=Case.Kind.EDIT, employer=found.employer, listing=found, now=now, risks=risks,
        is_urgent=not risk.URGENT.isdisjoint(risks),
    )  # fmt: skip
    audit.record("revision.held", about=revision, actor=by, employer=found.employer_id, now=now, held_for=list(held))
    return found, revision


def _refuse_without_pay(listing, content, *, now):
    """Keep a published opening from losing the pay range that a rule asks for, or from moving to where one does."""
    if listing.status != Listing.Status.PUBLISHED or content.get("pay_max_usd", listing.pay_max_usd) is not None:
        return
    kept = {name: getattr(listing, name) for name in drafts.FIELDS}
    kept |= {name: list(getattr(listing, name).all()) for name in drafts.LISTS}
    rule = rules.range_missing({**kept, **content}, on=localdate(now), employer=listing.employer)
    if rule and not rules.range_missing(listing, on=localdate(now)):
        raise TransitionRefused(rule)


def _refresh_case(listing, *, now):
    """Bring what an opening in review now shows of risk into its case."""
    risks = risk.of_listing(listing)
    queue.open_case(
        kind=Case.Kind.OPENING, employer=listing.employer, listing=listing, now=now, risks=risks,
        is_urgent=not risk.URGENT.isdisjoint(risks),
    )  # fmt: skip


def waiting_for(listing):
    """Return the change of an opening that waits for a moderator, or None."""
    return listing.revisions.filter(decided_at=None).first()


@transaction.atomic
def accept(*, revision: ListingRevision, by, now: datetime) -> Listing:
    """Show a change that waited; return the opening as saved.

    Raises TransitionRefused when it does not wait any more, or takes away a pay range that a state's rule asks for.
    """
    found = _locked(revision)
    content = content_of(found)
    _refuse_without_pay(found.listing, content, now=now)
    listing = drafts.revise(listing=found.listing, content=content)
    _decide(found, was_accepted=True, by=by, now=now)
    return listing


@transaction.atomic
def reject(*, revision: ListingRevision, by, now: datetime) -> ListingRevision:
    """Leave the approved text as it is. Raises TransitionRefused when the change does not wait any more."""
    found = _locked(revision)
    _decide(found, was_accepted=False, by=by, now=now)
    return found


def _locked(revision):
    searchrow.hold(employer_id=revision.listing.employer_id)
    found = ListingRevision.objects.select_for_update(of=("self",)).select_related("listing").get(pk=revision.pk)
    if found.decided_at is not None:
        raise TransitionRefused(_("This change does not wait for a decision any more."))
    return found


def _decide(revision, *, was_accepted, by, now):
    revision.decided_at, revision.was_accepted = now, was_accepted
    revision.save(update_fields=["decided_at", "was_accepted", "updated_at"])
    verb = "revision.accepted" if was_accepted else "revision.rejected"
    audit.record(verb, about=revision, actor=by, employer=revision.listing.employer_id, now=now)


def plain(content):
    """Return content of an opening as plain values that JSON can keep: rows as ids, dates and amounts as text."""
    return {name: _plain(value) for name, value in content.items()}


def _plain(value):
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, (date, Decimal)):
        return str(value)
    if isinstance(value, (list, tuple, set)) or hasattr(value, "values_list"):
        return [_plain(one) for one in value]
    return value


def content_of(revision):
    """Return a revision's plain values as content for drafts.revise: sites and lists that are gone by now are left out."""
    content = {}
    for name, value in revision.content.items():
        spec = Listing._meta.get_field(name)
        if spec.many_to_many:
            found = spec.related_model.objects.filter(pk__in=value)
            if name == "sites":
                found = found.filter(employer=revision.listing.employer_id)
            content[name] = list(found)
        elif spec.is_relation:
            content[name] = spec.related_model.objects.get(pk=value)
        else:
            content[name] = spec.to_python(value) if value is not None else None
    return content


def differences(revision):
    """Return (label, before, after) in words for each field that a waiting change would change, in the form's order."""
    listing, wanted = revision.listing, content_of(revision)
    changed = []
    for name in (*drafts.FIELDS, *drafts.LISTS):
        if name not in wanted:
            continue
        before = list(getattr(listing, name).all()) if name in drafts.LISTS else getattr(listing, name)
        if _shown(before) != _shown(wanted[name]):
            label = Listing._meta.get_field(name).verbose_name
            changed.append((str(label).capitalize(), _shown(before), _shown(wanted[name])))
    return changed


def _shown(value):
    if value is None or value == "":
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(sorted(_shown(one) for one in value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(getattr(value, "name", "") or getattr(value, "city", "") or value)
