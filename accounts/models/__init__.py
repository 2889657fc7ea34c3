"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass

__all__ = ["AlertConfirmation", "FacetsClass", "JobAlert", "PlaceClass", "WordsClass"]
