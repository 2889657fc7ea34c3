"""Writing an opening bit by bit: what members typed so far is kept until it is an opening. Writes ListingInput alone."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerportal.core.clock import timer
from employers import drafts, revisions, searchrow, typed
from employers.models import Employer, Listing, ListingInput

MOST_UNFINISHED = 50  # of one employer; new openings, not changes
KEPT = timedelta(days=90)
SOURCE = "form"


class WritingRefused(Exception):
    """It cannot be begun; str(error) is fit to show to the employer."""


class SavedMeanwhile(Exception):
    """Somebody saved this step while it was before one's eyes. `found` is the ListingInput as it is now."""

    def __init__(self, found):
        super().__init__(_("Somebody saved this step while you were typing."))
        self.found = found


class ChangedMeanwhile(Exception):
    """Others changed the same fields of the opening. `names` are the fields; `now_says` the opening as it is, as typed."""

    def __init__(self, names, now_says):
        super().__init__(_("This opening was changed while you were writing."))
        self.names, self.now_says = names, now_says


def unfinished(employer):
    """New openings of an employer that are being written, the last touched first."""
    rows = employer.listing_inputs.filter(listing=None).select_related("saved_by")
    return rows.order_by("-touched_at", "-pk")


def finished(employer, token):
    """Return the opening that was made of the input `token`, or None."""
    return Listing.objects.filter(employer=employer, source=SOURCE, source_id=str(token)).first()


@transaction.atomic
def begin(*, employer, token, by, now: datetime, values=None, origins=None, advert="") -> ListingInput:
    """Keep what is typed of a new opening under `token`; return it, or what was kept under this token before.

    `values` (as typed) are joined with what an empty form of the employer says. Raises WritingRefused when the team
    has MOST_UNFINISHED already, and Employer.DoesNotExist when the token is another employer's.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)  # one at a time: the limit is counted
    if found := ListingInput.objects.filter(token=token).first():
        if found.employer_id != employer.pk or found.listing_id is not None:
            raise Employer.DoesNotExist
        return found
    if employer.listing_inputs.filter(listing=None).count() >= MOST_UNFINISHED:
        raise WritingRefused(
            _("Your team has %(most)s openings that nobody has finished. Finish or remove one first.")
            % {"most": MOST_UNFINISHED}
        )
    return ListingInput.objects.create(
        employer=employer, token=token, by=by, saved_by=by, touched_at=now, origins=origins or {},
        advert=advert[: typed.LONGEST], values={**typed.to_begin_with(employer), **(values or {})},
    )  # fmt: skip


def begin_change(*, listing, by, now: datetime) -> ListingInput:
    """Keep one's own change to an opening; return it, or the one begun before."""
    says = typed.of_listing(listing)
    try:
        with transaction.atomic():
            return ListingInput.objects.create(
                employer_id=listing.employer_id, listing=listing, by=by, saved_by=by, touched_at=now, values=says,
                base=says,
            )  # fmt: skip
    except IntegrityError:
        return ListingInput.objects.get(listing=listing, by=by)


@transaction.atomic
def save(*, row: ListingInput, step, values, seen, by, now: datetime) -> ListingInput:
    """Keep the `values` of the fields of `step`, right or wrong; return the input as saved.

    `seen` is typed.mark of the step as it was before the writer's eyes. Raises SavedMeanwhile, keeping what the other
    saved, when it says something else by now and `values` differ from it; ListingInput.DoesNotExist when it is gone.
    """
    found = ListingInput.objects.select_for_update(of=("self",)).get(pk=row.pk)
    kept = {name: found.values.get(name) or [] for name in step.fields}
    is_news = {name: not typed.same(kept[name], values.get(name)) for name in step.fields}
    if any(is_news.values()) and typed.mark(kept, step.fields) != seen:
        raise SavedMeanwhile(found)
    found.values |= {name: values.get(name) or [] for name in step.fields}
    for name, changed in is_news.items():
        if changed and name in found.origins:
            found.origins.pop(name)  # it is the writer's word now
    found.step, found.saved_by, found.touched_at = step.name, by, now
    found.visited = sorted({*found.visited, step.name})
    found.save(update_fields=["values", "origins", "step", "visited", "saved_by", "touched_at", "updated_at"])
    return found


@transaction.atomic
def finish(*, row: ListingInput, content, by, now: datetime):
    """Make a draft of what was typed, checked as `content`; return (opening, whether it is new).

    The same input sent many times at once makes one: who comes second gets the first one's.
    """
    searchrow.hold(employer_id=row.employer_id)
    listing, is_new = drafts.create(
        employer=row.employer, content=content, by=by, source=SOURCE, source_id=str(row.token)
    )
    ListingInput.objects.filter(pk=row.pk).delete()
    return listing, is_new


@transaction.atomic
def finish_change(*, row: ListingInput, content, by, now: datetime):
    """Change the opening to `content`; return (opening, what waits for a moderator, or None).

    Raises ChangedMeanwhile, and remembers that the writer was told, when others changed what this changes too;
    lifecycle.TransitionRefused when it was taken down.
    """
    searchrow.hold(employer_id=row.employer_id)
    listing = Listing.objects.select_related("employer", "title").get(pk=row.listing_id)
    clashes, now_says = news_for(row, listing)
    if clashes or not _is_known(row, now_says):
        raise ChangedMeanwhile(clashes, now_says)
    listing, waits = revisions.change(listing=listing, content=content, by=by, now=now)
    ListingInput.objects.filter(pk=row.pk).delete()
    return listing, waits


def _is_known(row, now_says):
    return all(typed.same(row.base.get(name), texts) for name, texts in now_says.items())


def news_for(row, listing):
    """Return (fields that both the writer and others changed, each in another way; the opening as it is, as typed)."""
    now_says = typed.of_listing(listing)
    _joined, clashes = typed.caught_up(row.values, base=row.base, now_says=now_says)
    return clashes, now_says


@transaction.atomic
def catch_up(*, row: ListingInput, now_says, now: datetime) -> ListingInput:
    """Take over what others changed and the writer did not; where both did, the writer's words stay. Return it as saved."""
    found = ListingInput.objects.select_for_update(of=("self",)).get(pk=row.pk)
    found.values, _clashes = typed.caught_up(found.values, base=found.base, now_says=now_says)
    found.base, found.touched_at = now_says, now
    found.save(update_fields=["values", "base", "touched_at", "updated_at"])
    return found


def discard(*, row: ListingInput):
    """Forget what was typed. An opening that it would have changed stays as it is."""
    ListingInput.objects.filter(pk=row.pk).delete()


@timer("employers.unfinished_openings")
def forget_untouched(now):
    """Remove what nobody touched for KEPT; return how many."""
    _count, by_model = ListingInput.objects.filter(touched_at__lt=now - KEPT).delete()
    return by_model.get("employers.ListingInput", 0)
