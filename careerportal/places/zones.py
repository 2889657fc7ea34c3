"""A person's likely time zone, guessed from where they look for work. They may always correct it."""

from django.conf import settings

from careerportal.places.models import ZipCode
from careerportal.places.states import ZONES


def zone_for_state(state: str) -> str:
    """Return the IANA zone where most people of the state live; the portal's own for an unknown or military state."""
    return ZONES.get(state.upper(), settings.TIME_ZONE)


def zone_for_zip(zip_code: str) -> str:
    """Return the IANA zone of the ZIP's state, or the portal's own if the ZIP is unknown."""
    if not (len(zip_code) == 5 and zip_code.isascii() and zip_code.isdigit()):
        return settings.TIME_ZONE
    state = ZipCode.objects.filter(pk=zip_code).values_list("state", flat=True).first()
    return zone_for_state(state or "")
