"""Reports from readers: "this is not right". Stored for moderators; enough of them hide what they are about.

Nobody but an administrator ever learns who reported, least of all the employer.
"""

import ipaddress
import re
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from careerportal.core import audit
from employers import lifecycle, organizations, queue, risk, searchrow
from employers.models import Case, Employer, Listing, Report
from employers.risk import Risk

INDEPENDENT_REPORTS_HOLD = 2
SCAM = risk.URGENT | {Risk.MESSENGER_CONTACT.value}
FOUND_FINE = ("kept",)  # outcomes of cases that found nothing wrong
_NETWORK_BITS = 64  # one household or office has all addresses of such an IPv6 network

# The rules for risks read what an ad says to "you"; who reports tells what was said to "me".
_TOLD_BY_READER = (
    (re.compile(r"\b(?:me|us|i)\b", re.IGNORECASE), "you"),
    (re.compile(r"\b(?:my|our)\b", re.IGNORECASE), "your"),
)


def _key(what, who):
    return salted_hmac(f"employers.reports.{what}", who, algorithm="sha256").hexdigest()


def address_key(address: str) -> str:
    """Return what tells network addresses apart: a keyed hash; all addresses of one IPv6 network of 64 bits are one.

    An IPv4 address in the clothes of IPv6 (::ffff:192.0.2.1) is the IPv4 address.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return _key("address", "unknown")
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.version == 6:
        parsed = ipaddress.ip_network((parsed, _NETWORK_BITS), strict=False)
    return _key("address", str(parsed))


def reporter_key(*, user, address: str) -> str:
    """Return what tells reporters apart: a keyed hash of the signed-in person, else of the network address."""
    return _key("user", str(user.pk)) if user is not None else address_key(address)


def scam_codes(text: str) -> list[str]:
    """Codes of what sounds like a scam in a reader's words, each once."""
    for pattern, word in _TOLD_BY_READER:
        text = pattern.sub(word, text)
    return list(dict.fromkeys(finding.code for finding in risk.in_text(text) if finding.code in SCAM))


@transaction.atomic
def report(
    *, employer: Employer, reason: str, now: datetime, address: str, text: str = "", listing: Listing = None, user=None
) -> bool:
    """Store that a reader says an employer, or its opening `listing`, is not right; False when they said so already.

    `reason` is one of Report.Reason; `user` is who is signed in, `address` the network address. Two independent reports,
    or one with a scam phrase in its words or in the opening, hide what they are about until a moderator has looked. A
    reader whose earlier report on the same was found to be wrong hides nothing any more, under another account neither.
    """
    searchrow.hold(employer_id=employer.pk)  # the same report sent twice at once waits here
    key, place = reporter_key(user=user, address=address), address_key(address)
    said = scam_codes(text)
    shown = [code for code in risk.of_listing(listing) if code in SCAM] if listing is not None else []
    codes = list(dict.fromkeys([*said, *shown]))
    case = queue.open_case(
        kind=Case.Kind.REPORT,
        employer=employer,
        listing=listing,
        now=now,
        risks=[Risk.REPORTED.value, *codes],
        is_urgent=bool(codes) or reason == Report.Reason.SCAM,
    )
    if case.reports.filter(reporter_key=key).exists():
        return False
    fields = {"employer": employer, "listing": listing, "reason": reason, "text": text.strip(), "user": user}
    made = Report.objects.create(case=case, reporter_key=key, address_key=place, **fields)
    # No employer and no actor: the employer's own log must not show that anybody reported, nor who.
    audit.record("report.made", about=made, now=now, reason=reason, case=case.pk)
    counted = _counted(case)
    if len({one.address_key for one in counted}) >= INDEPENDENT_REPORTS_HOLD or (codes and made in counted):
        _hide(case, risks=[Risk.REPORTED.value, *codes], now=now)
    return True


def _counted(case):
    """The reports of a case by people who were not wrong about the same thing before, nor anybody at their address."""
    before = Report.objects.filter(employer=case.employer_id, listing=case.listing_id, case__outcome__in=FOUND_FINE)
    places = before.exclude(address_key="").values("address_key")
    found = case.reports.exclude(reporter_key__in=before.values("reporter_key")).exclude(address_key__in=places)
    return list(found)


def _hide(case, *, risks, now):
    """Hold what a case is about, urgently; what is hidden or over already stays as it is."""
    if case.listing is None:
        if case.employer.held_at is None and not case.employer.is_suspended:
            organizations.hold(employer=case.employer, now=now, risks=risks)
        return
    listing = Listing.objects.get(pk=case.listing_id)
    if listing.status != Listing.Status.PUBLISHED or listing.held_at is not None:
        return
    waits_already = queue.waiting().filter(kind=Case.Kind.OPENING, listing=listing).exists()
    lifecycle.hold(listing=listing, now=now, risks=risks)
    queue.open_case(kind=Case.Kind.REPORT, employer=case.employer, listing=listing, now=now, is_urgent=True)
    if not waits_already:  # the case with the reports is enough: one thing, one decision
        queue.settle(kind=Case.Kind.OPENING, listing=listing, outcome="joined", now=now)
