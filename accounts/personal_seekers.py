"""What a person saved, keeps on their list of applications, tells in their profile and kept of results, as personal data."""

from datetime import datetime

from accounts import personal
from accounts.models import (
    KeptAnswers,
    ProfileCredential,
    ResumeLine,
    SavedEmployer,
    SavedListing,
    SeekerProfile,
    TrackedApplication,
)
from accounts.saved import merge_row

PROFILE_ROWS = ("titles", "care_settings", "populations")
PROFILE_FIELDS = (
    "roles", "languages", "employment", "schedules", "modes", "pay_min_usd", "pay_period", "caseload_max", "availability",
    "available_on", "reminds_of_expiry", "full_name", "phone", "town", "summary",
)  # fmt: skip
APPLICATION_FIELDS = (
    "employer_name", "title", "link", "place", "state", "applied_on", "heard_back_on", "interview_on", "offer_on",
    "closed_on", "next_step", "next_step_on", "note", "created_at",
)  # fmt: skip
MAY_FILL = ("link", "place", "applied_on", "heard_back_on", "interview_on", "offer_on", "next_step", "next_step_on")


def register() -> None:
    """Register saved things, applications, the profile and kept answers."""
    personal.register("saved", export=export_saved, erase=_erase(SavedListing, SavedEmployer), merge=merge_saved)
    personal.register(
        "applications", export=export_applications, erase=_erase(TrackedApplication), merge=merge_applications
    )
    personal.register("profile", export=export_profile, erase=_erase(SeekerProfile), merge=merge_profile)
    personal.register("kept-answers", export=export_kept, erase=_erase(KeptAnswers), merge=merge_kept)


def _erase(*tables):
    def erase(user, now: datetime) -> None:
        for table in tables:
            table.objects.filter(user=user).delete()

    return erase


def export_saved(user):
    """Each saved opening and employer with its note."""
    openings = SavedListing.objects.filter(user=user).select_related("listing__employer").order_by("pk")
    yield (
        "saved-openings",
        [
            {
                "opening": one.listing.headline,
                "employer": one.listing.employer.name,
                "address": one.listing.get_absolute_url(),
                "note": one.note,
                "saved_at": one.created_at,
            }
            for one in openings.defer("listing__description")
        ],
    )
    employers = SavedEmployer.objects.filter(user=user).select_related("employer").order_by("pk")
    yield (
        "saved-employers",
        [
            {
                "employer": one.employer.name,
                "address": one.employer.get_absolute_url(),
                "note": one.note,
                "saved_at": one.created_at,
            }
            for one in employers
        ],
    )


def merge_saved(kept, gone, now: datetime) -> None:
    """Move what was saved; of one thing saved by both the notes are joined."""
    for table, name in ((SavedListing, "listing"), (SavedEmployer, "employer")):
        for row in table.objects.select_for_update().filter(user=gone).order_by("pk"):
            merge_row(table, kept, name, getattr(row, f"{name}_id"), row)
            row.delete()


def export_applications(user):
    """Each application of the list, with its days and notes."""
    rows = TrackedApplication.objects.filter(user=user).order_by("pk")
    yield "applications", [{name: getattr(one, name) for name in APPLICATION_FIELDS} for one in rows]


def merge_applications(kept, gone, now: datetime) -> None:
    """Move applications; of two for one opening the one that `kept` wrote stays, filled with what it leaves open."""
    mine = {one.listing_id: one for one in TrackedApplication.objects.select_for_update().filter(user=kept)}
    mine.pop(None, None)
    for one in TrackedApplication.objects.select_for_update().filter(user=gone).order_by("pk"):
        same = mine.get(one.listing_id)
        if same is None:
            one.user = kept
            one.save(update_fields=["user", "updated_at"])
            continue
        for name in MAY_FILL:
            if not getattr(same, name):
                setattr(same, name, getattr(one, name))
        if one.note and one.note not in same.note:
            same.note = "\n\n".join(filter(None, [same.note, one.note]))[:4000]
        same.save()
        one.delete()


def export_profile(user):
    """The profile, its places and licenses, and the lines of the resume."""
    profile = SeekerProfile.objects.filter(user=user).first()
    if profile is None:
        yield "profile", []
        return
    rows = {name: [row.name for row in getattr(profile, name).order_by("name")] for name in PROFILE_ROWS}
    places = [place.key for place in profile.places.order_by("key")]
    fields = {name: getattr(profile, name) for name in PROFILE_FIELDS}
    yield "profile", [fields | rows | {"places": places, "updated_at": profile.updated_at}]
    credentials = profile.credentials.select_related("credential").order_by("pk")
    yield (
        "profile-licenses",
        [
            {"name": one.credential.name, "standing": one.standing, "state": one.state, "lapses_on": one.expires_on}
            for one in credentials
        ],
    )
    lines = profile.resume_lines.order_by("kind", "position")
    yield (
        "resume-lines",
        [
            {"kind": one.kind, "what": one.what, "where": one.where, "years": one.years, "text": one.text}
            for one in lines
        ],
    )


def merge_profile(kept, gone, now: datetime) -> None:
    """Move the profile; of two, what `kept` says stays and what it leaves open is filled from the other."""
    theirs = SeekerProfile.objects.select_for_update().filter(user=gone).first()
    if theirs is None:
        return
    mine = SeekerProfile.objects.select_for_update().filter(user=kept).first()
    if mine is None:
        theirs.user = kept
        theirs.save(update_fields=["user", "updated_at"])
        return
    fill_later = mine.availability == "" and theirs.availability
    for name in PROFILE_FIELDS:
        if name in ("reminds_of_expiry", "pay_period", "available_on"):
            continue
        if name == "pay_min_usd" and mine.pay_min_usd is None:
            mine.pay_period = theirs.pay_period
        if getattr(mine, name) in (None, "", []):
            setattr(mine, name, getattr(theirs, name))
    if fill_later:
        mine.available_on = theirs.available_on
    mine.save()
    for name in (*PROFILE_ROWS, "places"):
        getattr(mine, name).add(*getattr(theirs, name).all())
    held = set(mine.credentials.values_list("credential_id", "state"))
    for one in ProfileCredential.objects.filter(profile=theirs):
        if (one.credential_id, one.state) not in held:
            one.profile = mine
            one.save(update_fields=["profile"])
    _merge_lines(mine, theirs)
    theirs.delete()


def _merge_lines(mine, theirs):
    held = set(mine.resume_lines.values_list("kind", "what", "where", "years"))
    for one in ResumeLine.objects.filter(profile=theirs).order_by("kind", "position"):
        if (one.kind, one.what, one.where, one.years) in held:
            continue
        last = mine.resume_lines.filter(kind=one.kind).order_by("-position").values_list("position", flat=True).first()
        one.profile, one.position = mine, (last or 0) + 1
        one.save(update_fields=["profile", "position"])


def export_kept(user):
    """The answers that were kept of the route finder and the self-assessment."""
    rows = KeptAnswers.objects.filter(user=user).order_by("pk")
    yield "kept-answers", [{"kind": one.kind, "answers": one.query, "kept_at": one.kept_at} for one in rows]


def merge_kept(kept, gone, now: datetime) -> None:
    """The newer answers of each kind stay."""
    mine = {one.kind: one for one in KeptAnswers.objects.select_for_update().filter(user=kept)}
    for one in KeptAnswers.objects.select_for_update().filter(user=gone):
        same = mine.get(one.kind)
        if same and same.kept_at >= one.kept_at:
            one.delete()
            continue
        if same:
            same.delete()
        one.user = kept
        one.save(update_fields=["user"])
