"""A person's profile: read it, write it, and what of it stands on the one-page resume."""

from datetime import datetime

from django.db import transaction

from accounts.models import PlaceClass, ProfileCredential, ResumeLine, SeekerProfile

PLACES, CREDENTIALS, WORK_LINES, EDUCATION_LINES = 3, 6, 4, 3  # rows that the form offers


def of(user) -> SeekerProfile:
    """The profile of a user, or an empty one that is not saved."""
    return SeekerProfile.objects.filter(user=user).first() or SeekerProfile(user=user)


@transaction.atomic
def write(*, user, values: dict, lists: dict, places, credentials, lines, now: datetime) -> SeekerProfile:
    """Replace what a person told about themselves; two writes at once follow one another, and the later one stays.

    `values`: fields of SeekerProfile; `lists`: rows for titles, care_settings and populations; `places`: Place;
    `credentials` and `lines`: dicts of fields of ProfileCredential and ResumeLine. A credential that stays the same keeps
    its row, and with it that its owner was reminded.
    """
    SeekerProfile.objects.get_or_create(user=user)
    profile = SeekerProfile.objects.select_for_update().get(user=user)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    for name, rows in lists.items():
        getattr(profile, name).set(rows)
    profile.places.set({PlaceClass.of(place) for place in places})
    _write_credentials(profile, credentials)
    profile.resume_lines.all().delete()
    position = {}
    for line in lines:
        position[line["kind"]] = position.get(line["kind"], 0) + 1
        ResumeLine.objects.create(profile=profile, position=position[line["kind"]], **line)
    return profile


def _write_credentials(profile, wanted):
    held = {(one.credential_id, one.state): one for one in profile.credentials.all()}
    for values in wanted:
        one = held.pop((values["credential"].pk, values["state"]), None) or ProfileCredential(profile=profile)
        for name, value in values.items():
            setattr(one, name, value)
        one.save()
    ProfileCredential.objects.filter(pk__in=[one.pk for one in held.values()]).delete()
