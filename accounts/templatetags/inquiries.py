"""Threads on pages: the ways to write to an employer, how a thread stands, how an employer answers."""

from django import template
from django.utils import timezone

from accounts.inquiry_page import state_words
from accounts.models import Inquiry
from accounts.response_record import record_of

register = template.Library()

TONES = {Inquiry.State.WAITING: "wait", Inquiry.State.ANSWERED: "good", Inquiry.State.CLOSED: ""}
SHOWN_ON_MY_PAGE = 4


@register.inclusion_tag("accounts/_ask_box.html")
def ask_opening_box(listing, *, has_own_way=True):
    """The ways to write to an opening's employer here. `has_own_way`: the ad says how to apply elsewhere.

    The same for everyone: nothing is asked about who reads, and nothing of the database.
    """
    return {
        "listing": listing,
        "employer": listing.employer,
        "is_open": listing.employer.takes_inquiries,
        "has_own_way": has_own_way,
    }


@register.inclusion_tag("accounts/_ask_box.html")
def ask_employer_box(employer):
    """The way to write to an employer without an opening."""
    return {"listing": None, "employer": employer, "is_open": employer.takes_inquiries}


@register.inclusion_tag("accounts/_response_record.html")
def response_record(employer):
    """How an employer answers, from five threads on; nothing below. One query."""
    return {"record": record_of(employer, at=timezone.now()) if employer.takes_inquiries else None}


@register.inclusion_tag("accounts/_inquiry_state.html")
def inquiry_state(inquiry, *, for_employer=False):
    """How a thread stands, as a colored word for one side."""
    return {"words": state_words(inquiry, for_employer=for_employer), "tone": TONES[inquiry.state]}


@register.inclusion_tag("accounts/_my_inquiries.html", takes_context=True)
def my_inquiries(context):
    """The newest threads of who is signed in, for their own page. One query."""
    own = Inquiry.objects.of_seeker(context["request"].user).with_people().newest_first()
    found = list(own[: SHOWN_ON_MY_PAGE + 1])
    return {"inquiries": found[:SHOWN_ON_MY_PAGE], "has_more": len(found) > SHOWN_ON_MY_PAGE}
