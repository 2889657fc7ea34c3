"""What a seeker and an employer write to each other: one thread for each question or application."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.models import Employer, Listing

TEXT_MAX_LENGTH = 4000
CALLED_MAX_LENGTH = 60


class InquiryQuerySet(models.QuerySet):
    """Threads, by who may read them."""

    def of_seeker(self, user):
        """The threads this person began."""
        return self.filter(seeker=user)

    def of_employer(self, employer):
        """The threads one organization reads."""
        return self.filter(employer=employer)

    def unfinished(self):
        """Threads that are not closed."""
        return self.exclude(state=self.model.State.CLOSED)

    def waiting(self):
        """Threads in which the employer has not answered the last words of the seeker."""
        return self.filter(state=self.model.State.WAITING)

    def with_people(self):
        """With the organization and the opening, for lists."""
        return self.select_related("employer", "listing")

    def newest_first(self):
        """The thread with the newest message first."""
        return self.order_by("-last_at", "-pk")


class Inquiry(TimeStamped):
    """A question or application to an opening or an employer. Written by accounts.inquiries alone.

    The employer learns what the seeker typed: `called`, the messages and a resume if one was sent; never the address.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        APPLICATION = "application", _("application")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    class ClosedBy(models.TextChoices):
        SEEKER = "seeker", _("the seeker")
        EMPLOYER = "employer", _("the employer")
        TIME = "time", _("the portal, after 60 days without an answer")

    seeker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries"
    )
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="inquiries")
    listing = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries")
    about = models.CharField(_("headline of the opening when asked"), max_length=120, blank=True, default="")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    called = models.CharField(_("how to call the seeker"), max_length=CALLED_MAX_LENGTH, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField(_("time of the newest message"))
    waiting_since = models.DateTimeField(_("the employer is waited for since"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy.choices, blank=True, default="")
    reminded_days = models.PositiveSmallIntegerField(
        _("days of waiting after which the employer was reminded"), default=0
    )
    withdrew_resume_at = models.DateTimeField(_("the seeker took the resume back"), null=True, blank=True)
    halted_at = models.DateTimeField(
        _("the seeker was told that the organization's inbox is closed"), null=True, blank=True
    )
    # When the newest notice to each side is, or was, due: at most one an hour.
    seeker_told_at = models.DateTimeField(null=True, blank=True)
    employer_told_at = models.DateTimeField(null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        constraints = [
            models.UniqueConstraint(
                fields=["seeker", "listing", "kind"],
                condition=Q(listing__isnull=False) & ~Q(state="closed"),
                name="accounts_inquiry_one_open_per_opening",
                violation_error_message=_("You wrote to this opening already. Go on in that thread."),
            ),
            models.UniqueConstraint(
                fields=["seeker", "employer"],
                condition=Q(about="") & ~Q(state="closed"),
                name="accounts_inquiry_one_open_per_employer",
                violation_error_message=_("You wrote to this employer already. Go on in that thread."),
            ),
            models.CheckConstraint(
                name="accounts_inquiry_kind_known", condition=Q(kind__in=["question", "application"])
            ),
            models.CheckConstraint(
                name="accounts_inquiry_state_known", condition=Q(state__in=["waiting", "answered", "closed"])
            ),
            models.CheckConstraint(
                name="accounts_inquiry_waits_since_when_waiting",
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since=None)),
            ),
            models.CheckConstraint(
                name="accounts_inquiry_answered_has_an_answer",
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_inquiry_closed_by_someone",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__in=["seeker", "employer", "time"])
                | (~Q(state="closed") & Q(closed_at=None, closed_by="")),
                violation_error_message=_("A thread says who closed it, and when, exactly when it is closed."),
            ),
            models.CheckConstraint(name="accounts_inquiry_opening_has_words", condition=Q(listing=None) | ~Q(about="")),
            models.CheckConstraint(name="accounts_inquiry_in_order", condition=Q(last_at__gte=F("opened_at"))),
        ]
        indexes = [
            models.Index(fields=["employer", "state", "-last_at"], name="accounts_inquiry_inbox"),
            models.Index(fields=["seeker", "-last_at"], name="accounts_inquiry_own"),
            models.Index(fields=["waiting_since"], name="accounts_inquiry_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self):
        return f"inquiry {self.pk}"

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED


class InquiryMessage(TimeStamped):
    """What one side wrote. `token` comes from the form: the same form sent fifty times is one message."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="messages")
    from_seeker = models.BooleanField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=TEXT_MAX_LENGTH)
    at = models.DateTimeField()
    token = models.CharField(max_length=32)
    erased_at = models.DateTimeField(_("its writer erased it"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "token"], name="accounts_inquirymessage_once_per_form"),
            models.CheckConstraint(
                name="accounts_inquirymessage_says_something",
                condition=(~Q(text="") & Q(erased_at=None)) | Q(text="", erased_at__isnull=False),
                violation_error_message=_("Write something first."),
            ),
        ]

    def __str__(self):
        return f"message {self.pk}"


class ReplyTemplate(TimeStamped):
    """An answer that an organization often gives."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="reply_templates")
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=TEXT_MAX_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "employer",
                Lower("name"),
                name="accounts_replytemplate_name_once",
                violation_error_message=_("A template of this name exists already."),
            )
        ]

    def __str__(self):
        return f"reply template {self.pk}"
