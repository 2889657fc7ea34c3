"""The sample accounts: who they are, and how they come and go together with the sample employers."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.db.models import Q

from accounts import sample_inquiries, sample_seeker, staff
from careerportal.core.models import User
from careerportal.outbox.models import Delivery, Item, Recipient, Suppression
from employers import samples, verification
from employers.models import Employer, Membership
from employers.samples import SamplesRefused

# The same for all, printed at each start, and never loaded in production: not secrets.
PASSWORD = "hub-in-the-wheel"  # noqa: S105
TOTP_SECRET = "HWCOLLABSAMPLESECRETFORTHEDEMO22"  # noqa: S105
MODES = ("demo", "test")
SEEKER = "seeker@example.org"
LOCK = 0x73616D70  # "samp": one load or removal at a time


@dataclass(frozen=True)
class Account:
    """One sample account. Members have an `employer` (slug) and `access`, staff a `group` or all rights."""

    email: str
    name: str
    who: str
    employer: str = ""
    access: str = ""
    group: str = ""
    is_superuser: bool = False

    @property
    def is_staff(self):
        return bool(self.group) or self.is_superuser

    @property
    def lands(self):
        """The page after signing in, and for staff the page where they work."""
        return "/hiring/" if self.employer else "/me/, work at /admin/" if self.is_staff else "/me/"


ACCOUNTS = (
    Account(SEEKER, "Sam Seeker", "looks for work"),
    Account("second-seeker@example.org", "Sky Seeker", "looks for work too"),
    Account("owner@harborview.example", "Oona Owner", "owner of Harborview, verified", "harborview", "owner"),
    Account("recruiter@harborview.example", "Rae Recruiter", "recruiter of Harborview", "harborview", "recruiter"),
    Account("viewer@harborview.example", "Vic Viewer", "viewer of Harborview, may only look", "harborview", "viewer"),
    Account("owner@maplebridge.example", "Olu Owner", "owner of Maplebridge, verified", "maplebridge", "owner"),
    Account("pending@newcare.example", "Pat Pending", "owner of Newcare, waits for approval", "newcare", "owner"),
    Account("editor@example.org", "Edie Editor", "keeps the content", group=staff.EDITORS),
    Account("moderator@example.org", "Mo Moderator", "approves employers", group=staff.MODERATORS),
    Account("admin@example.org", "Ada Admin", "may do everything", is_superuser=True),
)
ADDRESSES = [account.email for account in ACCOUNTS]


@dataclass(frozen=True)
class Removed:
    """How many samples of each kind went."""

    employers: int
    openings: int
    accounts: int


@transaction.atomic
def load(*, now: datetime) -> samples.Loaded:
    """Make the samples that are missing, date the openings relative to `now`, and put the accounts back as printed.

    Repeats change nothing but dates. Raises SamplesRefused in production, and as employers.samples.load does.
    """
    refuse_outside_demo()
    _lock()
    loaded = samples.load(now=now)
    groups, hashed = staff.write_groups(), _password_hash()
    for account in ACCOUNTS:
        user = _write_user(account, hashed)
        user.groups.set([groups[account.group]] if account.group else [])
        if account.employer:
            _write_membership(account, user)
            _ask_for_verification(account, user, now=now)
        if account.email == SEEKER:
            sample_seeker.write(user, now=now)
    sample_inquiries.load(seeker=User.objects.get(email=SEEKER), now=now)
    return loaded


@transaction.atomic
def remove() -> Removed:
    """Delete the sample employers, their openings, the sample accounts and their alerts and mail; nothing else goes."""
    _lock()
    gone = samples.remove()
    users = User.objects.filter(email__in=ADDRESSES)
    recipients = list(Recipient.objects.filter(Q(address__in=ADDRESSES) | Q(user__in=users)))
    Item.objects.filter(recipient__in=recipients).delete()  # items and deliveries protect their recipient
    Delivery.objects.filter(recipient__in=recipients).delete()
    Recipient.objects.filter(pk__in=[recipient.pk for recipient in recipients]).delete()
    Suppression.objects.filter(address__in=ADDRESSES).delete()
    accounts = users.count()
    users.delete()
    return Removed(employers=gone.employers, openings=gone.openings, accounts=accounts)


def present():
    """Return the sample accounts that exist now, in the order of ACCOUNTS."""
    held = set(User.objects.filter(email__in=ADDRESSES).values_list("email", flat=True))
    return [account for account in ACCOUNTS if account.email in held]


def refuse_outside_demo():
    """Raise SamplesRefused unless this is a demo or a test: the samples' password is public."""
    if settings.PORTAL_ENV not in MODES:
        raise SamplesRefused(
            f"PORTAL_ENV is {settings.PORTAL_ENV}: samples belong to the demo only, because everyone knows their password."
        )


def _lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _password_hash():
    """Return a hash of PASSWORD, one that is already stored if there is any: hashing is slow on purpose."""
    stored = User.objects.filter(email__in=ADDRESSES).order_by("pk").values_list("password", flat=True)
    usable = (held for held in dict.fromkeys(stored) if check_password(PASSWORD, held))
    return next(usable, None) or make_password(PASSWORD)


def _write_user(account, hashed):
    """Return the account's user with its printed password, a confirmed address and, for staff, its second factor."""
    fields = {"name": account.name, "password": hashed, "is_active": True}
    fields |= {"is_staff": account.is_staff, "is_superuser": account.is_superuser}
    user, _is_new = User.objects.update_or_create(email=account.email, defaults=fields)
    EmailAddress.objects.update_or_create(user=user, email=account.email, defaults={"verified": True, "primary": True})
    if account.is_staff:
        Authenticator.objects.update_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(TOTP_SECRET)}}
        )
    return user


def _ask_for_verification(account, user, *, now):
    """Let the owner of an organization that waits have asked for its verification, so that the queue shows it."""
    employer = Employer.objects.get(slug=account.employer)
    if account.access == Membership.Access.OWNER and not employer.is_approved and not employer.verifications.exists():
        verification.ask_again(employer=employer, user=user, now=now)


def _write_membership(account, user):
    """Let the account's user act for its employer with the access that the table says."""
    held, _is_new = Membership.objects.get_or_create(
        employer=Employer.objects.get(slug=account.employer), user=user, defaults={"access": account.access}
    )
    if held.access != account.access:
        held.access = account.access
        held.save(update_fields=["access", "updated_at"])
