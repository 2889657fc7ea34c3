"""Does search say what the tables say."""

from careerportal.core.doctor import check, ok, warn
from employers import searchrow


@check("search")
def search():
    stale = {listing_id for listing_id, _what in searchrow.differences()}
    if stale:
        return warn(
            f"{len(stale)} openings are found otherwise than they are.",
            "Run manage.py verify_search --fix. The worker mends this twice an hour: is it alive?",
        )
    return ok("It finds openings as they are.")
