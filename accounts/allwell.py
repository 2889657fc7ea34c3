"""The weekly report: one mail to staff with what the doctor found. A mail that does not come is a message too."""

from django.conf import settings
from django.utils.translation import gettext as _

from careerportal.core import doctor
from careerportal.outbox import ledger
from careerportal.outbox.models import Recipient
from careerportal.outbox.streams import RAW

STREAM = "staff"


def send(findings, *, now):
    """Queue the report for STAFF_EMAIL, once for each calendar week (ISO 8601, UTC); return it, or None: sent already."""
    year, week, _day = now.isocalendar()
    lines = [
        _("This is the weekly report of %(portal)s at %(url)s.")
        % {"portal": settings.PORTAL_NAME, "url": settings.PORTAL_URL},
        "",
        *doctor.as_lines(findings),
        "",
        _("It comes every Monday. When it does not come, look."),
    ]
    return ledger.enqueue(
        idem_key=f"{STREAM}:weekly:{year}-{week:02}",
        recipient=Recipient.objects.for_address(settings.STAFF_EMAIL),
        stream=STREAM,
        kind=RAW,
        payload={"subject": subject(findings), "text": "\n".join(lines) + "\n"},
        now=now,
    )


def subject(findings):
    """All well, or how much is not."""
    wrong = sum(one.state == doctor.FAIL for one in findings)
    words = {"portal": settings.PORTAL_SHORT_NAME, "wrong": wrong}
    if wrong:
        return _("%(portal)s: %(wrong)s things are wrong") % words
    return _("%(portal)s: all well") % words
