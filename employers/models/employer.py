"""Organizations that hire, their places of work, and the people who act for them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import TimeStamped
from employers.querysets import EmployerQuerySet

RESERVED_SLUGS = ("register", "claim", "decoder", "feed", "new")


class EmployerGroup(TimeStamped):
    """Employers of one health system, tied together by a moderator."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=80)
    curated = models.BooleanField(
        _("checked by a moderator"), default=True, help_text=_("Pages show a group once a moderator has checked it.")
    )

    class Meta:
        verbose_name = _("group of employers")
        verbose_name_plural = _("groups of employers")
        constraints = [models.UniqueConstraint(fields=["slug"], name="employers_group_slug_unique")]

    def __str__(self):
        return f"{self.name} ({self.pk})"


class Employs(models.TextChoices):
    """Whether places of a kind employ people for care coordination or care management."""

    YES = "yes", _("yes")
    LIKELY = "likely", _("likely")
    UNKNOWN = "unknown", _("unknown")


class Employer(TimeStamped):
    """The legal operator that hires.

    Public once approved, or because an official register lists it (then it can be seen, but nobody can publish for it
    until it is approved); never while suspended, closed or merged into another.
    """

    class ListedFrom(models.TextChoices):
        REGISTERED = "registered", _("registered by a person")
        REGISTER = "register", _("an official register")

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=80)
    summary = models.TextField(_("what you do, in a few sentences"), blank=True, max_length=1200)
    website = models.URLField(_("website"), blank=True)
    inbox_email = models.EmailField(_("inbox address of the organization"), blank=True)
    inbox_confirmed_at = models.DateTimeField(
        _("inbox address confirmed"), null=True, blank=True, help_text=_("Until then nothing is sent to it.")
    )
    inbox_wanted = models.EmailField(_("inbox address that waits for its confirmation"), blank=True, db_default="")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    care_setting = models.ForeignKey(
        "careers.CareSetting", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approval_evidence = models.CharField(_("evidence for the approval"), max_length=300, blank=True)
    trusted_at = models.DateTimeField(
        _("first opening accepted"), null=True, blank=True, help_text=_("From then on openings need no look before.")
    )
    active_at = models.DateTimeField(_("a member was last here"), null=True, blank=True)
    idle_warned_at = models.DateTimeField(
        _("told that nobody was here for long"), null=True, blank=True, help_text=_("Emptied when somebody comes back.")
    )
    held_at = models.DateTimeField(
        _("held since"), null=True, blank=True, help_text=_("Hidden after reports until a moderator has looked.")
    )
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_reason = models.CharField(_("reason for the suspension"), max_length=300, blank=True)
    group = models.ForeignKey(
        EmployerGroup,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="employers",
        verbose_name=_("group"),
    )
    listed_from = models.CharField(
        _("listed from"),
        max_length=12,
        choices=ListedFrom.choices,
        default=ListedFrom.REGISTERED,
        db_default=ListedFrom.REGISTERED.value,
    )
    employs = models.CharField(
        _("employs care coordinators or managers"), max_length=8, choices=Employs.choices, blank=True, default="",
        db_default="",
        help_text=_("The best answer of the register kinds of its places; empty when no register lists it."),
    )  # fmt: skip
    closed_at = models.DateTimeField(_("gone from the registers since"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged_from",
        verbose_name=_("merged into"),
    )  # fmt: skip

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="employers_employer_slug_unique"),
            models.CheckConstraint(
                name="employers_employer_slug_not_reserved",
                condition=~Q(slug__in=RESERVED_SLUGS),
                violation_error_message=_("This word is part of an address of the portal. Choose another."),
            ),
            models.CheckConstraint(
                name="employers_employer_suspension_has_reason",
                condition=Q(suspended_at=None) | ~Q(suspended_reason=""),
                violation_error_message=_("A suspension needs a reason."),
            ),
            models.CheckConstraint(
                name="employers_employer_listed_from_known", condition=Q(listed_from__in=["registered", "register"])
            ),
            models.CheckConstraint(
                name="employers_employer_employs_known", condition=Q(employs__in=["", "yes", "likely", "unknown"])
            ),
            models.CheckConstraint(
                name="employers_employer_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.pk})"

    def get_absolute_url(self):
        return reverse("employer", kwargs={"slug": self.slug})

    @property
    def is_approved(self):
        return self.approved_at is not None

    @property
    def is_suspended(self):
        return self.suspended_at is not None

    @property
    def is_claim_waiting(self):
        """Shown as a register says it, because nobody has proved yet that they act for it."""
        return self.listed_from == self.ListedFrom.REGISTER and not self.is_approved

    @property
    def inbox(self):
        """The confirmed address that mail for the organization goes to, or ""."""
        return self.inbox_email if self.inbox_confirmed_at else ""

    @property
    def is_public(self):
        """The same answer as EmployerQuerySet.public()."""
        listed = self.is_approved or self.listed_from == self.ListedFrom.REGISTER
        hidden = self.is_suspended or self.held_at is not None
        return listed and not hidden and self.closed_at is None and self.merged_into_id is None

    @property
    def takes_inquiries(self):
        """The same answer as EmployerQuerySet.taking_inquiries()."""
        return self.is_approved and self.is_public


class Site(TimeStamped):
    """A place of work: an address with a point, and how exact that point is."""

    class Exactness(models.TextChoices):
        OWN = "own", _("own coordinates")
        STREET = "street", _("street")
        ZIP = "zip", _("middle of the ZIP code")
        TOWN = "town", _("middle of the town")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=160, blank=True)
    address1 = models.CharField(_("street address"), max_length=160, blank=True)
    city = models.CharField(_("town"), max_length=80)
    state = models.CharField(_("state"), max_length=2)
    zip = models.CharField(_("ZIP code"), max_length=5)
    county = models.CharField(_("county"), max_length=60, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    exactness = models.CharField(max_length=10, choices=Exactness.choices, default=Exactness.ZIP)
    closed_at = models.DateTimeField(_("gone from the registers since"), null=True, blank=True)
    counties = ArrayField(
        models.CharField(max_length=70), verbose_name=_("counties covered"), default=list, blank=True, db_default=[],
        help_text=_("As state and county: NY:Albany."),
    )  # fmt: skip
    is_proposed = models.BooleanField(
        _("waits for the claim"), default=False, db_default=False,
        help_text=_("Named by somebody whose claim is not verified yet; shown once it is."),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["lat", "lng"], name="employers_site_by_point")]
        constraints = [
            models.CheckConstraint(
                name="employers_site_point_whole_and_on_earth",
                condition=Q(lat=None, lng=None)
                | (Q(lat__isnull=False, lng__isnull=False) & Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180)),
            ),
            models.CheckConstraint(
                name="employers_site_exactness_known", condition=Q(exactness__in=["own", "street", "zip", "town"])
            ),
            models.CheckConstraint(name="employers_site_zip_is_five_digits", condition=Q(zip__regex=r"^[0-9]{5}$")),
            models.CheckConstraint(name="employers_site_state_is_two_letters", condition=Q(state__regex=r"^[A-Z]{2}$")),
            models.UniqueConstraint(
                fields=["employer", "address1", "city", "state", "zip"], name="employers_site_once_per_address"
            ),
        ]

    def __str__(self):
        return f"{self.name or self.city} ({self.pk})"

    @property
    def town(self):
        return f"{self.city}, {self.state}"

    @property
    def counties_text(self):
        """The counties covered in words: "Albany, Kings (NY); Hudson (NJ)"."""
        by_state = {}
        for county in self.counties:
            state, _colon, name = county.partition(":")
            by_state.setdefault(state, []).append(name)
        return "; ".join(f"{', '.join(names)} ({state})" for state, names in by_state.items())


class Membership(TimeStamped):
    """A person acting for an employer, and how far their power goes."""

    class Access(models.TextChoices):
        OWNER = "owner", _("owner")
        RECRUITER = "recruiter", _("recruiter")
        VIEWER = "viewer", _("viewer")

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    access = models.CharField(max_length=10, choices=Access.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "user"], name="employers_membership_once_per_person"),
            models.CheckConstraint(
                name="employers_membership_access_known", condition=Q(access__in=["owner", "recruiter", "viewer"])
            ),
        ]

    def __str__(self):
        return f"{self.access} {self.pk}"

    @property
    def may_edit(self):
        return self.access in (self.Access.OWNER, self.Access.RECRUITER)
