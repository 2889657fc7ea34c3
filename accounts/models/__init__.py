"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass
from accounts.models.employer_wish import EmployerWish, WishedEmployer
from accounts.models.inquiry import Inquiry, InquiryMessage, ReplyTemplate
from accounts.models.news import NewsConfirmation, NewsSubscription
from accounts.models.resume import Resume, ResumeDownload

__all__ = [
    "AlertConfirmation",
    "EmployerWish",
    "FacetsClass",
    "Inquiry",
    "InquiryMessage",
    "JobAlert",
    "NewsConfirmation",
    "NewsSubscription",
    "PlaceClass",
    "ReplyTemplate",
    "Resume",
    "ResumeDownload",
    "WishedEmployer",
    "WordsClass",
]
