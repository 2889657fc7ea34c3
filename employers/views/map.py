"""The sites of the directory for its map, as JSON: the same query string finds the same employers."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from employers.cards import open_text
from employers.directory import counted_in_squares, found_employers, found_sites
from employers.directory_cards import open_counts
from employers.directory_filters import DirectoryForm
from employers.models import Employer

MOST_POINTS = 1500  # about 25 KB on the wire; more sites are counted in squares
SQUARES_ACROSS = 24  # of a circle
MILES_A_DEGREE = 69
SQUARE_DEGREES = {"county": 0.03, "state": 0.2, None: 0.75}
LEAST_SQUARE_DEGREES = 0.01


@login_not_required
@require_safe
@cache_control(max_age=300)
def employers_map(request):
    """Sites as points [latitude, longitude, place in `employers`], or counted in squares as `cells` when they are many.

    `count` is how many employers fit, as on the page. 400 with no employer when part of the query is not known.
    """
    form = DirectoryForm(request.GET)
    if not form.is_valid():
        said = _("No employers: we don't know part of this search")
        return JsonResponse({"count": 0, "said": said, "points": [], "cells": [], "employers": []}, status=400)
    now, place = timezone.now(), form.criteria.place
    sites = found_sites(form.criteria, at=now)
    answer = {"count": found_employers(form.criteria, at=now).count(), "points": [], "cells": [], "employers": []}
    if place is not None and place.kind == "radius":
        answer["circle"] = [place.lat, place.lng, place.miles]
    points = list(sites.order_by("employer_id", "pk").values_list("lat", "lng", "employer_id")[: MOST_POINTS + 1])
    if len(points) > MOST_POINTS:
        answer["cells"] = counted_in_squares(sites, degrees=_square_degrees(place))
        found = sum(count for _lat, _lng, count in answer["cells"])
        answer["said"] = _("%(count)s places, counted in squares. Look at fewer miles to see each one.") % {
            "count": f"{found:,}"
        }
        return JsonResponse(answer)
    ids = list(dict.fromkeys(employer for _lat, _lng, employer in points))
    position = {pk: at for at, pk in enumerate(ids)}
    answer["points"] = [[round(lat, 4), round(lng, 4), position[pk]] for lat, lng, pk in points]
    openings = open_counts(ids, at=now)
    employers = Employer.objects.only("name", "slug").in_bulk(ids)
    answer["employers"] = [
        [employers[pk].name, employers[pk].get_absolute_url(), open_text(openings.get(pk, 0))] for pk in ids
    ]
    answer["said"] = ngettext("%(count)s place on the map.", "%(count)s places on the map.", len(points)) % {
        "count": f"{len(points):,}"
    }
    return JsonResponse(answer)


def _square_degrees(place):
    if place is not None and place.kind == "radius":
        return max(LEAST_SQUARE_DEGREES, round(2 * place.miles / MILES_A_DEGREE / SQUARES_ACROSS, 3))
    return SQUARE_DEGREES[place.kind if place is not None else None]
