"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass
from accounts.models.employer_wish import EmployerWish, WishedEmployer

__all__ = [
    "AlertConfirmation", "EmployerWish", "FacetsClass", "JobAlert", "PlaceClass", "WishedEmployer", "WordsClass",
]  # fmt: skip
