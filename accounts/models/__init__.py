"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.application import TrackedApplication
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass
from accounts.models.employer_wish import EmployerWish, WishedEmployer
from accounts.models.inquiry import Inquiry, InquiryMessage, ReplyTemplate
from accounts.models.news import NewsConfirmation, NewsSubscription
from accounts.models.profile import ProfileCredential, ResumeLine, SeekerProfile
from accounts.models.resume import Resume, ResumeDownload
from accounts.models.saved import DeviceSave, KeptAnswers, SavedEmployer, SavedListing

__all__ = [
    "AlertConfirmation",
    "DeviceSave",
    "EmployerWish",
    "FacetsClass",
    "Inquiry",
    "InquiryMessage",
    "JobAlert",
    "KeptAnswers",
    "NewsConfirmation",
    "NewsSubscription",
    "PlaceClass",
    "ProfileCredential",
    "ReplyTemplate",
    "Resume",
    "ResumeDownload",
    "ResumeLine",
    "SavedEmployer",
    "SavedListing",
    "SeekerProfile",
    "TrackedApplication",
    "WishedEmployer",
    "WordsClass",
]
