"""What every app stands on: the person who signs in, time stamps, and translations."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TimeStamped(models.Model):
    """When a row was made and last saved, both aware and in UTC."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class UserManager(BaseUserManager):
    """Makes users by email address."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """Create a user; without a password they sign in by mailed code. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an email address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create a user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by email address. May be a seeker and a member of employers at once."""

    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="core_user_email_unique_without_case",
                violation_error_message=_("Someone already signs in with this address."),
            )
        ]

    def __str__(self):
        return f"user {self.pk}"

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name.partition(" ")[0] or self.email


class Translation(TimeStamped):
    """One field of one object in another language: machine made, checked by a person, or stale since the original changed."""

    class State(models.TextChoices):
        MACHINE = "machine", _("machine")
        CHECKED = "checked", _("checked")
        STALE = "stale", _("stale")

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    object_id = models.CharField(max_length=64)
    field = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.MACHINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"],
                name="core_translation_one_per_field_and_language",
            ),
            models.CheckConstraint(
                name="core_translation_state_known", condition=models.Q(state__in=["machine", "checked", "stale"])
            ),
        ]

    def __str__(self):
        return f"{self.language} {self.field} {self.pk}"


class AuditEvent(models.Model):
    """Who did what, when: written once by core.audit.record, and the database refuses to change or delete it.

    People and objects are numbers without foreign keys, so that a line outlives what it tells about. `detail` holds
    ids, codes and words that staff wrote; never an address or a name of a person.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)  # null: the portal itself, by its clock
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    employer_id = models.BigIntegerField(null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("audit event")
        constraints = [
            models.CheckConstraint(name="core_auditevent_says_what", condition=~models.Q(verb="") & ~models.Q(kind=""))
        ]
        indexes = [
            models.Index(fields=["employer_id", "-at"], name="core_audit_of_employer"),
            models.Index(fields=["kind", "object_id"], name="core_audit_of_object"),
            models.Index(fields=["-at"], name="core_audit_newest"),
        ]

    def __str__(self):
        return f"{self.verb} {self.pk}"
