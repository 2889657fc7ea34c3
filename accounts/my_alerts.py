"""The alerts of a signed-in person: those of every address they have confirmed."""

from accounts import personal
from accounts.models import JobAlert
from accounts.search_address import search_path, search_query
from employers.criteria_wording import criteria_text

RELATED = ("recipient", "place_class", "words_class", "facets_class")
IN_HAND = "alert_in_hand"  # in the session: the alert that a search is to change


def of_user(user):
    """The alerts of every address this person has confirmed, the newest first."""
    mine = JobAlert.objects.filter(recipient__in=personal.recipients_of(user))
    return mine.select_related(*RELATED).order_by("-created_at", "-pk")


def row(alert, now):
    """One alert as lists show it: in words, its search, and how it stands at `now`."""
    return {
        "alert": alert,
        "summary": criteria_text(alert.criteria),
        "search_path": search_path(alert.criteria),
        "copy_query": search_query(alert.criteria),
        "state": JobAlert.State.ACTIVE if alert.is_on(at=now) else JobAlert.State(alert.state),
    }
