"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass
from accounts.models.employer_wish import EmployerWish, WishedEmployer
from accounts.models.news import NewsConfirmation, NewsSubscription

__all__ = [
    "AlertConfirmation",
    "EmployerWish",
    "FacetsClass",
    "JobAlert",
    "NewsConfirmation",
    "NewsSubscription",
    "PlaceClass",
    "WishedEmployer",
    "WordsClass",
]
