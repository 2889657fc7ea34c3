"""Who is looking, and what we send them."""

from accounts.models.alert import AlertConfirmation, JobAlert
from accounts.models.application import TrackedApplication
from accounts.models.criteria import FacetsClass, PlaceClass, WordsClass
from accounts.models.data_export import DataExport
from accounts.models.employer_wish import EmployerWish, WishedEmployer
from accounts.models.erased_address import ErasedAddress
from accounts.models.inquiry import Inquiry, InquiryMessage, ReplyTemplate
from accounts.models.news import NewsConfirmation, NewsSubscription
from accounts.models.profile import ProfileCredential, ResumeLine, SeekerProfile
from accounts.models.resume import Resume, ResumeDownload
from accounts.models.saved import DeviceSave, KeptAnswers, SavedEmployer, SavedListing
from accounts.models.support_grant import SupportGrant

__all__ = [
    "AlertConfirmation",
    "DataExport",
    "DeviceSave",
    "EmployerWish",
    "ErasedAddress",
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
    "SupportGrant",
    "TrackedApplication",
    "WishedEmployer",
    "WordsClass",
]
