"""RSS 2.0: the employer and the place often hide in the title: "Title at Employer", "Title - Albany, NY"."""

import re

from careerportal.places.states import state_code
from employers.importing.formats.flat import put

JOB, EMPLOYER, PLACE = "title (the job)", "title (the employer)", "title (the place)"
_AT = re.compile(r"^(?P<job>.{3,}?)\s+at\s+(?P<employer>[A-Z0-9].*)$", re.DOTALL)
_PLACE = re.compile(
    r"^(?P<rest>.*?)\s*(?:\s[-–—|]|,|\()\s*(?P<place>[A-Z][A-Za-z.' ]{1,40},\s*(?P<state>[A-Za-z]{2}))\)?\s*$"
)


def with_parts(fields):
    """Return the fields of an item with what its title is made of beside them."""
    found = dict(fields)
    text = " ".join(found.get("title", "").split())
    if parts := _AT.match(text):
        put(found, JOB, parts["job"])
        put(found, EMPLOYER, parts["employer"])
    else:
        put(found, JOB, text)
        put(found, EMPLOYER, "")
    place = _PLACE.match(found[JOB]) or _PLACE.match(found[EMPLOYER])
    is_place = place is not None and state_code(place["state"])
    put(found, PLACE, place["place"] if is_place else "")
    if is_place and _PLACE.match(found[JOB]):
        found[JOB] = place["rest"]
    return found
