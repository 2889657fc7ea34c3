"""The first page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerportal.core.remembered import remembered
from employers.cards import opening_card
from employers.filters import DEFAULT_MILES, MILES_CHOICES
from employers.models import Employer, Listing

NEWEST = 4


@remembered
@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def home(request):
    """The hub, both searches, the newest openings, and where to start."""
    now = timezone.now()
    live = Listing.objects.live(at=now)
    return render(
        request,
        "home.html",
        {
            "cards": [
                opening_card(listing, at=now, brief=True)
                for listing in live.newest_first().with_card_details()[:NEWEST]
            ],
            "openings_count": live.count(),
            "employers_count": Employer.objects.public().count(),
            "miles_choices": MILES_CHOICES,
            "miles": DEFAULT_MILES,
        },
    )
