"""Resumes: files of a seeker, the copies sent with an inquiry, and who downloaded them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.inquiry import Inquiry
from careerportal.core.models import TimeStamped

FILE_NAME_MAX_LENGTH = 80


class ResumeQuerySet(models.QuerySet):
    """Resumes, by where they are."""

    def kept_by(self, user):
        """What this person keeps for later: no copies that were sent."""
        return self.filter(user=user, inquiry=None)

    def sent(self):
        """Copies that went with an inquiry."""
        return self.filter(inquiry__isnull=False)


class Resume(TimeStamped):
    """One file. Without an inquiry it lies on its owner's shelf; with one it is the frozen copy that was sent.

    `stored` names the file in settings.RESUMES_DIR: random, so that it says nothing. Each row has a file of its own.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word (DOCX)")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resumes")
    inquiry = models.OneToOneField(Inquiry, on_delete=models.CASCADE, null=True, blank=True, related_name="resume")
    stored = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("file name"), max_length=FILE_NAME_MAX_LENGTH)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    scanned_at = models.DateTimeField(
        _("a virus scanner found nothing"), null=True, blank=True, help_text=_("Empty where no scanner is set up.")
    )

    objects = ResumeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_resume_kind_known", condition=Q(kind__in=["pdf", "docx"])),
            models.CheckConstraint(
                name="accounts_resume_up_to_5_mb", condition=Q(size__gt=0, size__lte=5 * 1024 * 1024)
            ),
            models.CheckConstraint(
                name="accounts_resume_stored_under_a_random_name",
                condition=Q(stored__regex=r"^[0-9a-f]{32}\.(pdf|docx)$"),
            ),
            models.UniqueConstraint(
                fields=["user", "sha256"],
                condition=Q(inquiry=None),
                name="accounts_resume_once_on_the_shelf",
                violation_error_message=_("You have this file here already."),
            ),
        ]

    def __str__(self):
        return f"resume {self.pk}"


class ResumeDownload(models.Model):
    """One download of a sent resume by a member of the organization. It stays when the resume is taken back."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="downloads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["inquiry", "-at"], name="accounts_resumedownload_newest")]

    def __str__(self):
        return f"download {self.pk}"
