"""Editing: from a draft to a published revision, and back.

The tables of content hold what is published. `publish` is the one way from an edit to them, besides the content files.
"""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerportal.core.clock import timer
from careers import plain, reviewing, staleness
from careers.addresses import address_of, kinds
from careers.models import ContentLoad, Draft, OldSlug

LONGEST_REASON = 100


class DraftRefused(Exception):
    """The draft cannot take this step; str(error) is fit to show to an editor."""


class Conflict(DraftRefused):
    """What is public changed since the draft began; `clashes` says where."""

    def __init__(self, clashes):
        self.clashes = clashes
        super().__init__(_("The public text changed since this draft began. Look at both and choose."))


@dataclass(frozen=True)
class Clash:
    """One field that changed on both sides: plain values at the beginning, live now, and in the draft."""

    name: str
    before: object
    live: object
    mine: object


def kind_of(draft):
    """The model a draft is about. Raises DraftRefused when there is none of that name any more."""
    try:
        return kinds()[draft.kind]
    except KeyError:
        raise DraftRefused(_("There is no content of this kind any more.")) from None


def row_of(draft):
    """The public row a draft changes, None for a new one. Raises DraftRefused when it was removed meanwhile."""
    if draft.object_id is None:
        return None
    row = kind_of(draft).objects.filter(pk=draft.object_id).first()
    if row is None:
        raise DraftRefused(_("This was removed since the draft began."))
    return row


def open_draft(row):
    """The edit of this row that is under way, or None."""
    return Draft.objects.filter(kind=type(row).__name__, object_id=row.pk, stage__in=Draft.OPEN).first()


@transaction.atomic
def save(*, kind, row, values, user, now, comment="", draft=None, live=None):
    """Keep an edit: `values` are plain values, of which those that differ from the public ones count.

    `live` is what was public when the editor began, now when it is not given. Goes on with the open draft of the row,
    or with `draft`. Returns the Draft, or None when nothing differs any more (an open draft is then discarded).
    """
    if row is not None:
        draft = open_draft(row) or Draft(kind=kind.__name__, object_id=row.pk, author=user, created_at=now)
        live = live or plain.values_of(row)
    else:
        draft = draft or Draft(kind=kind.__name__, author=user, created_at=now)
        live = {}
    changed = {name: value for name, value in values.items() if name not in live or live[name] != value}
    if not changed:
        if draft.pk:
            discard(draft=draft, user=user, now=now)
        return None
    draft.base = {name: draft.base.get(name, live.get(name)) for name in changed if name in live}
    draft.values, draft.comment, draft.updated_at = changed, comment, now
    draft.label = _label(row, values, kind)
    draft.stage, draft.publish_at = Draft.Stage.DRAFT, None
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise DraftRefused(_("Someone else began to edit this at the same moment. Open it again.")) from None
    return draft


def submit(*, draft, user, now):
    """Hand a draft to a colleague."""
    return _step(draft, now, stage=Draft.Stage.IN_REVIEW, author=draft.author or user)


def schedule(*, draft, at, user, now):
    """Publish by itself at the aware datetime `at`. Raises DraftRefused for a time that has passed."""
    if at <= now:
        raise DraftRefused(_("Choose a time that is still to come."))
    return _step(draft, now, stage=Draft.Stage.SCHEDULED, publish_at=at, reviewer=user)


def give_back(*, draft, comment, user, now):
    """Back to its author, with a word why."""
    return _step(draft, now, stage=Draft.Stage.DRAFT, comment=comment or draft.comment, reviewer=user)


def discard(*, draft, user, now):
    """End a draft without publishing it."""
    return _step(draft, now, stage=Draft.Stage.DISCARDED, closed_at=now, reviewer=user)


@transaction.atomic
def _step(draft, now, *, stage, publish_at=None, **others):
    held = _held(draft)
    for name, value in {**others, "stage": stage, "publish_at": publish_at, "updated_at": now}.items():
        setattr(held, name, value)
    held.save()
    return held


def _held(draft):
    """The draft as it is now, locked. Raises DraftRefused unless it is open."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if not held.is_open:
        raise DraftRefused(_("This draft is already published or discarded."))
    return held


def clashes(draft, row):
    """Where draft and public text both changed since the draft began."""
    found = []
    for name, mine in draft.values.items():
        if row is None or name not in draft.base:
            continue
        live = plain.value_of(row, name)
        if live not in (draft.base[name], mine):
            found.append(Clash(name, draft.base[name], live, mine))
    return found


@transaction.atomic
def settle(*, draft, name, keep_mine, now):
    """End one clash: keep the draft's text over the public one, or drop it and take the public one."""
    draft = _held(draft)
    row = row_of(draft)
    if row is None or name not in draft.values:
        raise DraftRefused(_("There is nothing to choose here any more."))
    if keep_mine:
        draft.base = {**draft.base, name: plain.value_of(row, name)}
    else:
        draft.values = {field: value for field, value in draft.values.items() if field != name}
        draft.base = {field: value for field, value in draft.base.items() if field != name}
    draft.updated_at = now
    draft.save()
    return draft


@transaction.atomic
def publish(*, draft, user, now):
    """Make a draft public as one revision of its author; return the row.

    Raises Conflict when the public text changed meanwhile, DraftRefused when the values no longer fit or it is closed.
    """
    draft = _held(draft)
    kind, row = kind_of(draft), row_of(draft)
    if row is not None:
        row = kind.objects.select_for_update(of=("self",)).get(pk=row.pk)
        found = clashes(draft, row)
        if found:
            raise Conflict(found)
    row = write(kind=kind, row=row, values=draft.values, author=draft.author or user, reason=draft.comment)
    draft.object_id, draft.stage, draft.publish_at = row.pk, Draft.Stage.PUBLISHED, None
    draft.reviewer, draft.closed_at, draft.updated_at = user, now, now
    draft.save()
    return row


def publish_due(*, now):
    """Publish what was scheduled for now or before; return how many. What cannot be published goes back to review."""
    done = 0
    for draft in Draft.objects.filter(stage=Draft.Stage.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk"):
        try:
            publish(draft=draft, user=draft.reviewer, now=now)
        except DraftRefused as refusal:
            comment = f"{refusal} {draft.comment}".strip()
            _step(draft, now, stage=Draft.Stage.IN_REVIEW, comment=comment)
        else:
            done += 1
    return done


@timer("careers.publish_due")
def _publish_due(now):
    return publish_due(now=now)


@transaction.atomic
def write(*, kind, row, values, author, reason):
    """Bring plain values into the public row (a new one when `row` is None); return it.

    Also keeps its old key and marks translations of changed texts as stale. Raises DraftRefused when they do not fit.
    """
    before = plain.values_of(row) if row is not None else {}
    target, was = row or kind(), row.slug if row is not None else None
    try:
        lists = plain.write(target, values)
        target.full_clean()
    except ObjectDoesNotExist as error:
        raise DraftRefused(_("It points to something that is no longer there: %s") % error) from error
    except ValidationError as error:
        raise DraftRefused(" ".join(error.messages)) from error
    target._history_user, target._change_reason = author, _reason(reason, lists, before)
    target.save()
    for name, objects in lists.items():
        getattr(target, name).set(objects)
    if was and was != target.slug:
        keep_old_slug(target, was)
    OldSlug.objects.filter(kind=kind.__name__, slug=target.slug).delete()  # the address is this object's own now
    staleness.mark_stale(target, [name for name, value in values.items() if name in before and before[name] != value])
    return target


def keep_old_slug(row, slug):
    """Let the key `slug`, which this row had, lead to it."""
    OldSlug.objects.update_or_create(kind=type(row).__name__, slug=slug, defaults={"object_id": row.pk})


@transaction.atomic
def roll_back(*, row, record, user, now):
    """Bring a row back to what it was at a history record, as a new revision; return it. The address stays.

    Lists of objects go back to what the published drafts since then say they were.
    """
    kind = type(row)
    held = kind.objects.select_for_update(of=("self",)).get(pk=row.pk)
    live, then = plain.values_of(held), {}
    for name, spec in plain.fields(kind).items():
        if not spec.many_to_many and name != "slug":
            then[name] = plain.value_of(record.instance, name)
    then |= _lists_at(kind, held, record.history_date)
    changed = {name: value for name, value in then.items() if live[name] != value}
    if not changed:
        raise DraftRefused(_("This is what is public now."))
    reason = _("rolled back to %(when)s") % {"when": record.history_date.strftime("%Y-%m-%d %H:%M UTC")}
    row = write(kind=kind, row=held, values=changed, author=user, reason=reason)
    Draft.objects.create(
        kind=kind.__name__, object_id=row.pk, label=_label(row, {}, kind), values=changed,
        base={name: live[name] for name in changed}, stage=Draft.Stage.PUBLISHED, author=user, reviewer=user,
        comment=reason, created_at=now, updated_at=now, closed_at=now,
    )  # fmt: skip
    return row


@transaction.atomic
def still_true(*, row, user, now, note=""):
    """Note that a person looked today and it is still so: a revision, with the next date by the rule of its kind."""
    reviewed, due = reviewing.dates(row, now=now)
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.reviewed_on, row.review_due = reviewed, due
    row._history_user, row._change_reason = user, f"still true: {note}".rstrip(": ")[:LONGEST_REASON]
    row.save()
    return row


def _lists_at(kind, row, moment):
    """Lists of objects as they were at `moment`: what the first edit published after it found."""
    found = {}
    names = {spec.name for spec in kind._meta.many_to_many}
    later = Draft.objects.filter(
        kind=kind.__name__, object_id=row.pk, stage=Draft.Stage.PUBLISHED, closed_at__gt=moment
    ).order_by("closed_at", "pk")
    for draft in later if names else ():
        for name in names & set(draft.base):
            found.setdefault(name, draft.base[name])
    return found


def _label(row, values, kind):
    for name in ("name", "title", "question", "heading", "occupation", "aspect", "text", "claim", "slug"):
        text = values.get(name) or (getattr(row, name, "") if row is not None else "")
        if text and isinstance(text, str):
            return f"{kind._meta.verbose_name}: {text}"[:160]
    return str(kind._meta.verbose_name)


def _reason(reason, lists, before):
    """The reason with what it did to lists of objects, which the history of fields does not hold."""
    parts = [reason] if reason else []
    for name, objects in lists.items():
        old, new = set(before.get(name) or []), {one.slug for one in objects}
        changes = [*(f"+{key}" for key in sorted(new - old)), *(f"-{key}" for key in sorted(old - new))]
        if changes and before:
            parts.append(f"{name} {' '.join(changes)}")
    return "; ".join(parts)[:LONGEST_REASON]


def own_page(draft):
    """The address of the page of the object itself, "" for none or a new one."""
    row = row_of(draft)
    return address_of(row) if row is not None else ""


def take_from_files(*, note, row, user, now):
    """Begin (or extend) the draft of a row with what the content files say; return it, None when it is the same."""
    draft = open_draft(row)
    values = {**(draft.values if draft else {}), note.field: note.value}
    live = {**plain.values_of(row), **(draft.base if draft else {})}
    comment = _("newer text of the content files")
    made = save(kind=type(row), row=row, values=values, user=user, now=now, comment=comment, live=live)
    note.delete()
    return made


@transaction.atomic
def keep_against_files(*, note):
    """Keep the editor's text: what the files say now counts as seen, and is not noted again until they change."""
    entry = ContentLoad.objects.select_for_update().filter(kind=note.kind, key=note.key).first()
    if entry is not None:
        entry.values = {**entry.values, note.field: note.value}
        entry.save(update_fields=["values"])
    note.delete()
