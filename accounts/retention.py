"""How long things are kept: the one place that says so.

The timers below clear by these numbers, and /privacy/ prints them (accounts.templatetags.privacy). Change a number here
and both follow. `None` in `rules` means: for as long as the portal exists.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import news, resumes
from accounts.models import Inquiry, JobAlert, NewsSubscription, Resume, SupportGrant
from accounts.models.support_grant import GRANT_DAYS_AT_MOST
from accounts.saved import DEVICE_DAYS
from careerportal.core.clock import timer
from careerportal.outbox import stops
from careerportal.outbox.models import Attempt, Delivery, DeliveryEvent, Recipient, StreamStop
from employers.importing.retention import KEPT_DAYS as IMPORT_DAYS
from employers.models import CorrectionRequest, Invitation
from employers.writing import KEPT as INPUT_KEPT

EXPORT_HOURS = 24
UNCONFIRMED_DAYS = 30
STOPPED_DAYS = 365
UNUSED_ADDRESS_DAYS = 90
MAIL_DETAIL_DAYS = 365
INQUIRY_DAYS = 365
SENT_RESUME_DAYS = 90
SUPPORT_DAYS = 365
INVITATION_DAYS = 90
CORRECTION_DAYS = 180
BACKUP_DAYS = 14  # BACKUP_KEEP_DAYS of deploy/backup.sh; a test compares them
BATCH = 1000


@dataclass(frozen=True)
class Rule:
    """One line of the table on /privacy/: what it is and how long it stays, in words."""

    what: str
    how_long: str


def rules() -> list[Rule]:
    """Every kind of thing that is kept, and for how long, in the order in which people meet them."""
    session_days = settings.SESSION_COOKIE_AGE // 86_400
    return [
        Rule(_("What you save before you sign in"), _after(DEVICE_DAYS, _("you last saved something"))),
        Rule(
            _("What you write to an employer before you sign in"),
            ngettext(
                "Until you send it or sign out, at most %(days)s day",
                "Until you send it or sign out, at most %(days)s days",
                session_days,
            )
            % {"days": session_days},
        ),
        Rule(_("Being signed in on a device"), _after(session_days, _("you signed in there"))),
        Rule(_("An alert, the career news or an account that nobody confirmed"), _after(UNCONFIRMED_DAYS, _("it began"))),
        Rule(_("An alert or the career news that you stopped"), _after(STOPPED_DAYS, _("you stopped it"))),
        Rule(
            _("An address without an account that gets nothing from us any more"),
            _after(UNUSED_ADDRESS_DAYS, _("our last mail to it")),
        ),
        Rule(
            _("To which address a mail went, and what the mail server answered"),
            _after(MAIL_DETAIL_DAYS, _("it was sent")),
        ),
        Rule(
            _("Which opening or news a mail told you about"),
            _("For as long as we know your address, so that you hear of each once"),
        ),
        Rule(_("Profile, saved things, applications you track, resumes you keep here"), _("Until you delete them")),
        Rule(_("A conversation with an employer"), _after(INQUIRY_DAYS, _("it was closed, or its last message"))),
        Rule(
            _("A resume you sent, as the employer sees it"),
            _after(SENT_RESUME_DAYS, _("the conversation was closed or its last message, or when you take it back")),
        ),
        Rule(_("A copy of your data that you asked for"), _hours(EXPORT_HOURS)),
        Rule(
            _("Leave for support to look at your page"),
            ngettext("%(days)s day at most", "%(days)s days at most", GRANT_DAYS_AT_MOST) % {"days": GRANT_DAYS_AT_MOST},
        ),
        Rule(_("That you gave such leave, and why"), _after(SUPPORT_DAYS, _("it ended"))),
        Rule(
            _("An invitation to act for an organization"),
            _after(INVITATION_DAYS, _("it was accepted, withdrawn or too old")),
        ),
        Rule(
            _("Your address in a correction you sent us"),
            _after(CORRECTION_DAYS, _("we dealt with it")),
        ),
        Rule(_("A file of openings that an organization sent us"), _after(IMPORT_DAYS, _("it came"))),
        Rule(_("An opening that a member began to write and left"), _after(INPUT_KEPT.days, _("the last change to it"))),
        Rule(
            _("Who decided or changed what: numbers of people, no names"),
            _("For as long as the portal exists"),
        ),
        Rule(
            _("After you delete your account: a scrambled form of your address"),
            _("For as long as the portal exists. It serves to not write to you, and to forget you again after a repair"),
        ),
        Rule(_("Backups of everything above"), _after(BACKUP_DAYS, _("they were made"))),
    ]  # fmt: skip


def _after(days, event):
    said = ngettext("%(days)s day after %(event)s", "%(days)s days after %(event)s", days)
    return said % {"days": days, "event": event}


def _hours(hours):
    said = ngettext(
        "Until you download it, at most %(hours)s hour", "Until you download it, at most %(hours)s hours", hours
    )
    return said % {"hours": hours}


# --- The timers ---------------------------------------------------------------------------------
@timer("accounts.clear_sessions")
def clear_sessions(now: datetime) -> int:
    """Delete sessions that are over."""
    over = Session.objects.filter(expire_date__lt=now)
    keys = list(over.values_list("session_key", flat=True)[:BATCH])
    UserSession.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]


@timer("accounts.clear_unconfirmed")
def clear_unconfirmed(now: datetime) -> int:
    """Delete alerts, subscriptions and accounts that nobody confirmed."""
    before = now - timedelta(days=UNCONFIRMED_DAYS)
    unconfirmed = {"state": "unconfirmed", "confirmed_at": None, "updated_at__lt": before}
    done = _delete(JobAlert.objects.filter(**unconfirmed)) + _delete(NewsSubscription.objects.filter(**unconfirmed))
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    claimed = EmailAddress.objects.filter(user=OuterRef("pk"))
    strangers = get_user_model().objects.filter(
        Exists(claimed), ~Exists(confirmed), last_login=None, is_staff=False, date_joined__lt=before, memberships=None
    )
    return done + _delete(strangers)


@timer("accounts.clear_stopped")
def clear_stopped(now: datetime) -> int:
    """Delete alerts and subscriptions that were stopped long ago: one by one, or with all mail of their kind."""
    before = now - timedelta(days=STOPPED_DAYS)
    done = 0
    for table, stream in ((JobAlert, "alerts"), (NewsSubscription, news.STREAM)):
        all_stopped = StreamStop.objects.filter(recipient=OuterRef("recipient"), stream=stream, at__lt=before)
        one_stopped = Q(state="stopped", updated_at__lt=before)
        done += _delete(table.objects.filter(one_stopped | Q(Exists(all_stopped), updated_at__lt=before)))
    return done


@timer("accounts.clear_addresses")
def clear_addresses(now: datetime) -> int:
    """Forget addresses nobody uses: no account, no alert, no news, no mail for long. Suppression survives.

    A stop has done its work by then: whoever comes back is asked to confirm, and that yes ends it.
    """
    before = now - timedelta(days=UNUSED_ADDRESS_DAYS)
    mailed = Delivery.objects.filter(recipient=OuterRef("pk")).filter(
        Q(created_at__gte=before) | Q(state__in=["queued", "leased", "sending"])
    )
    owned = EmailAddress.objects.filter(email=OuterRef("address"))
    unused = Recipient.objects.filter(
        ~Exists(mailed), ~Exists(owned), address__isnull=False, user=None, alerts=None, news=None, created_at__lt=before
    )
    found = list(unused.order_by("pk")[:BATCH])
    for recipient in found:
        stops.erase(recipient, now=now)
    return len(found)


@timer("accounts.clear_mail_details")
def clear_mail_details(now: datetime) -> int:
    """Take addresses and answers of mail servers out of old deliveries, and out of those of erased people."""
    before = now - timedelta(days=MAIL_DETAIL_DAYS)
    old = Delivery.objects.filter(state__in=Delivery.FINAL, created_at__lt=before)
    detailed = old.exclude(address=None, reply="")
    ids = list(detailed.values_list("pk", flat=True)[:BATCH])
    Attempt.objects.filter(delivery__in=ids).update(reply="")
    DeliveryEvent.objects.filter(delivery__in=ids).update(raw={})
    return Delivery.objects.filter(pk__in=ids).update(address=None, reply="") + stops.forget_addresses()


@timer("accounts.clear_inquiries")
def clear_inquiries(now: datetime) -> int:
    """Delete conversations closed or silent for long, and before that the resumes sent with them."""

    def over(days, prefix=""):
        before = now - timedelta(days=days)
        silent = Q(**{f"{prefix}closed_at": None, f"{prefix}last_at__lt": before})
        return Q(**{f"{prefix}closed_at__lt": before}) | silent

    found = list(Resume.objects.sent().filter(over(SENT_RESUME_DAYS, "inquiry__")).order_by("pk")[:BATCH])
    for resume in found:
        resumes.delete(resume)
    return len(found) + _delete(Inquiry.objects.filter(over(INQUIRY_DAYS)))


@timer("accounts.clear_support")
def clear_support(now: datetime) -> int:
    """Delete grants that ended long ago."""
    before = now - timedelta(days=SUPPORT_DAYS)
    over = Q(ended_at__lt=before) | Q(until__lt=before) | Q(granted_at=None, created_at__lt=before)
    return _delete(SupportGrant.objects.filter(over))


@timer("accounts.clear_invitations")
def clear_invitations(now: datetime) -> int:
    """Delete invitations that were answered, withdrawn or too old."""
    before = now - timedelta(days=INVITATION_DAYS)
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    return _delete(Invitation.objects.filter(over))


@timer("accounts.clear_corrections")
def clear_corrections(now: datetime) -> int:
    """Take the address out of corrections that were dealt with."""
    old = CorrectionRequest.objects.filter(handled_at__lt=now - timedelta(days=CORRECTION_DAYS)).exclude(email="")
    return old.update(email="")


def _delete(found):
    """Delete a batch of rows; return how many, without those that went with them."""
    ids = list(found.order_by("pk").values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        found.model.objects.filter(pk__in=ids).delete()
    return len(ids)
