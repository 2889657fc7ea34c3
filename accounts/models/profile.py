"""What a seeker tells about themselves. Private: nobody but the person reads it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.criteria import PlaceClass
from careerportal.core.models import TimeStamped
from careers.models import CareSetting, Credential, JobTitle, Population
from careers.vocabulary import PayPeriod


def _slugs():
    return ArrayField(models.CharField(max_length=20), default=list, blank=True)


class SeekerProfile(TimeStamped):
    """What someone looks for, can do and wishes, and what a one-page resume needs besides."""

    class Availability(models.TextChoices):
        NOW = "now", _("I can start soon")
        NOTICE = "notice", _("I have to give notice first")
        LATER = "later", _("From a day I name")
        LOOKING = "looking", _("I am only looking around")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seeker_profile")
    roles = _slugs()  # of careers.vocabulary.ROLE_SLUGS
    titles = models.ManyToManyField(JobTitle, blank=True, related_name="+")
    care_settings = models.ManyToManyField(CareSetting, blank=True, related_name="+")
    populations = models.ManyToManyField(Population, blank=True, related_name="+")
    places = models.ManyToManyField(PlaceClass, blank=True, related_name="+")
    languages = _slugs()
    employment = _slugs()
    schedules = _slugs()
    modes = _slugs()
    pay_min_usd = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pay_period = models.CharField(max_length=4, choices=PayPeriod.choices, default=PayPeriod.HOUR)
    caseload_max = models.PositiveSmallIntegerField(null=True, blank=True)  # people looked after at a time
    availability = models.CharField(max_length=8, choices=Availability.choices, blank=True)
    available_on = models.DateField(null=True, blank=True)
    reminds_of_expiry = models.BooleanField(default=True, db_default=True)
    full_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    town = models.CharField(max_length=80, blank=True)
    summary = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_profile_choices_known",
                condition=Q(
                    pay_period__in=["hour", "year"], availability__in=["", "now", "notice", "later", "looking"]
                ),
            ),
            models.CheckConstraint(
                name="accounts_profile_pay_above_zero",
                condition=Q(pay_min_usd=None) | Q(pay_min_usd__gt=0),
                violation_error_message=_("Pay is more than zero."),
            ),
            models.CheckConstraint(
                name="accounts_profile_day_when_later",
                condition=Q(available_on=None) | Q(availability="later"),
                violation_error_message=_("A day belongs to “from a day I name”."),
            ),
        ]

    def __str__(self):
        return f"profile {self.pk}"


class ProfileCredential(models.Model):
    """A license or certificate that someone has or works toward, and when it lapses."""

    class Standing(models.TextChoices):
        HELD = "held", _("I have it")
        WORKING = "working", _("I work toward it")
        LAPSED = "lapsed", _("It has lapsed")

    profile = models.ForeignKey(SeekerProfile, on_delete=models.CASCADE, related_name="credentials")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.HELD)
    state = models.CharField(max_length=2, blank=True)  # that licensed it; empty for one that counts everywhere
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "credential", "state"], name="accounts_profilecredential_once_per_state"
            ),
            models.CheckConstraint(
                name="accounts_profilecredential_standing_known",
                condition=Q(standing__in=["held", "working", "lapsed"]),
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="accounts_credential_expiry")]

    def __str__(self):
        return f"credential of a profile {self.pk}"


class ResumeLine(models.Model):
    """One job or one schooling on the one-page resume."""

    class Kind(models.TextChoices):
        WORK = "work", _("Work")
        EDUCATION = "education", _("Education")

    profile = models.ForeignKey(SeekerProfile, on_delete=models.CASCADE, related_name="resume_lines")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)  # the job, or the degree
    where = models.CharField(max_length=120, blank=True)
    years = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "kind", "position"], name="accounts_resumeline_position"),
            models.CheckConstraint(
                name="accounts_resumeline_kind_known", condition=Q(kind__in=["work", "education"]) & ~Q(what="")
            ),
        ]

    def __str__(self):
        return f"line of a resume {self.pk}"
