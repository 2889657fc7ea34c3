"""Saving openings and employers: in an account, or on a device until its owner signs in.

Someone who is not signed in is known by a random number in their session, the device. Rows and not the session hold
what was saved: two saves at the same moment both count, and one that arrives during sign-in is not lost.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import DeviceSave, SavedEmployer, SavedListing
from accounts.models.saved import NOTE_MAX_LENGTH
from employers import counting, wording
from employers.models import Employer, Listing
from employers.openingpage import Standing, ending, standing

DEVICE_DAYS = 30
A_DEVICE, A_PERSON = 100, 300  # openings and employers each person may save at most, without and with an account
_SESSION_KEY = "saved_device"
_MODELS = {Listing: (SavedListing, "listing"), Employer: (SavedEmployer, "employer")}


class SavedRefused(Exception):
    """This cannot be saved now; str(error) is fit to show."""


@dataclass(frozen=True)
class Shelf:
    """Where one person's saved things are: their account, or the device they use."""

    user: object = None
    device: uuid.UUID | None = None

    @property
    def is_empty_handed(self):
        """True for a reader who has neither an account nor anything saved on this device."""
        return self.user is None and self.device is None

    def rows(self, model):
        """What is saved of `model`, Listing or Employer, the newest first."""
        if self.is_empty_handed:
            return DeviceSave.objects.none()
        table, name = _MODELS[model]
        if self.user is not None:
            found = table.objects.filter(user=self.user)
        else:
            found = DeviceSave.objects.filter(device=self.device, **{f"{name}__isnull": False})
        return found.order_by("-created_at", "-pk")

    def find(self, thing):
        """The saved row of an opening or employer, or None."""
        return self.rows(type(thing)).filter(**{_MODELS[type(thing)][1]: thing}).first()


def shelf_of(request, *, make=False):
    """The shelf of whoever asks. `make`: give a device to someone who has none; only then is a session begun."""
    if request.user.is_authenticated:
        return Shelf(user=request.user)
    held = request.session.get(_SESSION_KEY)
    if held is None and make:
        held = request.session[_SESSION_KEY] = str(uuid.uuid4())
    if make:
        request.session.modified = True  # its cookie lasts DEVICE_DAYS from the last save on
    return Shelf(device=uuid.UUID(held) if held else None)


def pick_up(request, *, now: datetime) -> int:
    """Take over into the account of a signed-in person what was saved on this device; return how many.

    Asked at sign-in, and again whenever they look at what they saved: a save that was under way is then found too.
    """
    held = request.session.get(_SESSION_KEY)
    if held is None or not request.user.is_authenticated:
        return 0
    return take_over(device=uuid.UUID(held), user=request.user, now=now)


@transaction.atomic
def take_over(*, device: uuid.UUID, user, now: datetime) -> int:
    """Move what a device saved to a user, without doubles; notes of both are kept. Return how many things moved."""
    rows = list(DeviceSave.objects.select_for_update().filter(device=device).order_by("pk"))
    for row in rows:
        table, name = _MODELS[Listing if row.listing_id else Employer]
        merge_row(table, user, name, getattr(row, f"{name}_id"), row)
    DeviceSave.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def merge_row(table, user, name, pk, other):
    """Let `user` have saved what `other` saved, since whichever was earlier and with the notes of both."""
    mine, is_new = table.objects.select_for_update(of=("self",)).get_or_create(
        user=user, **{f"{name}_id": pk}, defaults={"created_at": other.created_at, "note": other.note}
    )
    if is_new:
        return
    mine.created_at = min(mine.created_at, other.created_at)
    if other.note and other.note not in mine.note:
        mine.note = "\n\n".join(filter(None, [mine.note, other.note]))[:NOTE_MAX_LENGTH]
    mine.save(update_fields=["created_at", "note"])


@transaction.atomic
def save(*, shelf: Shelf, thing, now: datetime):
    """Save an opening or an employer; again on a saved one changes nothing. Raises SavedRefused when the shelf is full."""
    rows, (table, name) = shelf.rows(type(thing)), _MODELS[type(thing)]
    held = shelf.find(thing)
    if held is not None:
        return held
    most = A_PERSON if shelf.user is not None else A_DEVICE
    if rows.count() >= most:
        raise SavedRefused(
            _("You have saved %(most)s already. Remove some first.") % {"most": most}
            if shelf.user is not None
            else _("You have saved %(most)s on this device. Sign in to save more, or remove some.") % {"most": most}
        )
    owner = {"user": shelf.user} if shelf.user is not None else {"device": shelf.device}
    table = table if shelf.user is not None else DeviceSave
    held, is_new = table.objects.get_or_create(**owner, **{name: thing}, defaults={"created_at": now})
    if is_new and isinstance(thing, Listing):
        counting.count(thing.pk, "saves", now=now)
    return held


def remove(*, shelf: Shelf, thing) -> bool:
    """Take an opening or employer off the shelf with its note; False if it was not there."""
    held = shelf.find(thing)
    return bool(held and type(held).objects.filter(pk=held.pk).delete()[0])


def write_note(*, shelf: Shelf, thing, note: str, now: datetime) -> None:
    """Keep a note with something saved; what was not saved yet is saved. Raises SavedRefused as `save` does."""
    held = save(shelf=shelf, thing=thing, now=now)
    type(held).objects.filter(pk=held.pk).update(note=note[:NOTE_MAX_LENGTH])


def may_be_saved(listing, *, at: datetime) -> bool:
    """True for openings that everyone may read, ended ones too."""
    return standing(listing, at=at) in (Standing.LIVE, Standing.ENDED)


def fate(listing, *, at: datetime) -> str:
    """What became of a saved opening that is not open any more, in a sentence; "" for one that is open."""
    stands = standing(listing, at=at)
    if stands is Standing.LIVE:
        return ""
    if stands is Standing.ENDED:
        return ending(listing, at=at).text
    if stands is Standing.GONE:
        return _("This opening was taken down, or its employer is no longer shown here.")
    return _("This opening is not shown at the moment.")


def openings(shelf: Shelf, *, at: datetime):
    """Each saved opening as a row of the page: the saved row, its opening, what became of it, and when it closes."""
    rows = shelf.rows(Listing).select_related("listing__employer", "listing__search", "listing__title")
    rows = rows.defer("listing__description", "listing__search__tsv").prefetch_related("listing__sites")
    today = localdate(at)
    shown = []
    for saved in rows:
        listing, ended = saved.listing, fate(saved.listing, at=at)
        left = (listing.closes_on - today).days if listing.closes_on and not ended else None
        shown.append(
            {
                "saved": saved,
                "listing": listing,
                "place_text": wording.place_text(listing),
                "pay_text": wording.pay_text(listing),
                "ended": ended,
                "is_readable": standing(listing, at=at) in (Standing.LIVE, Standing.ENDED),
                "closes_text": "" if ended else wording.closes_text(listing),
                "closes_soon": left is not None and left <= 7,
                "days_left": left,
            }
        )
    return sorted(shown, key=lambda row: bool(row["ended"]))


def employers(shelf: Shelf, *, at: datetime):
    """Each saved employer as a row of the page: the saved row, whether its page is public, and its open openings."""
    rows = list(shelf.rows(Employer).select_related("employer"))
    ids = [saved.employer_id for saved in rows]
    public = set(Employer.objects.public().filter(pk__in=ids).values_list("pk", flat=True))
    open_now = {}
    for employer_id in Listing.objects.live(at=at).filter(employer__in=ids).values_list("employer_id", flat=True):
        open_now[employer_id] = open_now.get(employer_id, 0) + 1
    return [
        {
            "saved": saved,
            "employer": saved.employer,
            "is_readable": saved.employer_id in public,
            "open_now": open_now.get(saved.employer_id, 0),
        }
        for saved in rows
    ]


def forget_devices(*, now: datetime) -> int:
    """Delete what was saved on devices where nothing was saved for DEVICE_DAYS; return how many."""
    before = now - timedelta(days=DEVICE_DAYS)
    recent = DeviceSave.objects.filter(device=OuterRef("device"), created_at__gte=before)
    return DeviceSave.objects.filter(~Exists(recent), created_at__lt=before).delete()[0]
