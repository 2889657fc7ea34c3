"""What a moderator needs to decide one case, on one screen; and the rows of the queue."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery
from django.utils.html import escape
from django.utils.safestring import mark_safe

from employers import domains, evidence, facts, moderation, prose, queue, revisions, risk, verification, waits, wording
from employers.cards import role_code
from employers.directory_cards import register_text
from employers.models import (
    BlockedDomain,
    CannedReason,
    Case,
    CaseMessage,
    Listing,
    Membership,
    RegisterEntry,
    Verification,
)
from employers.risk.listing import same_elsewhere

_TAG = re.compile(r"(<[^>]+>)")
SHOWN = 10


def risk_words(codes):
    """Codes of risks as sentences; a code that is not known any more as it is."""
    return [str(risk.RISK_WORDS.get(code, code)) for code in codes]


def marked(html, phrases):
    """Safe HTML with every phrase inside a <mark>, where it stands within one piece of text."""
    said = sorted({escape(phrase) for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    if not said:
        return mark_safe(html)
    look = re.compile("|".join(map(re.escape, said)), re.IGNORECASE)
    parts = _TAG.split(html)
    parts[::2] = [look.sub(lambda found: f"<mark>{found.group()}</mark>", text) for text in parts[::2]]
    return mark_safe("".join(parts))


@dataclass(frozen=True)
class Row:
    """One case of the queue in words."""

    case: Case
    about: str
    age: str
    promise: str
    is_overdue: bool
    risks: list
    is_own: bool
    was_answered: bool


class QueuePage:
    """The queue as a moderator sees it at the aware `now`, narrowed to a `kind`; `rows` makes the rows of one page."""

    def __init__(self, user, *, kind, now):
        self.user, self.now = user, now
        self.kind = kind if kind in Case.Kind.values else ""
        self.all = queue.waiting(user)

    @cached_property
    def _brief(self):
        return list(self.all.values_list("kind", "is_urgent", "created_at", named=True))

    @property
    def kinds(self):
        """(code, label, how many) of every kind, also of those nothing waits of."""
        counts = Counter(one.kind for one in self._brief)
        return [(code, label, counts[code]) for code, label in Case.Kind.choices]

    @property
    def count(self):
        return len(self._brief)

    @property
    def urgent(self):
        return sum(one.is_urgent for one in self._brief)

    @property
    def overdue(self):
        return sum(self.now > waits.due_at(one) for one in self._brief)

    @property
    def oldest_text(self):
        return waits.age_text(min(one.created_at for one in self._brief), now=self.now) if self._brief else ""

    @property
    def minutes(self):
        return waits.minutes(Counter(one.kind for one in self._brief))

    def cases(self):
        """The cases of the chosen kind, for a pager."""
        last = CaseMessage.objects.filter(case=OuterRef("pk"), is_internal=False).order_by("-pk")
        found = self.all.filter(kind=self.kind) if self.kind else self.all
        return found.select_related("employer", "listing", "verification", "correction").annotate(
            last_from_staff=Subquery(last.values("from_staff")[:1])
        )

    def rows(self, cases):
        """The Rows of some cases; two queries however many there are."""
        own = set(Membership.objects.filter(user=self.user).values_list("employer_id", flat=True))
        return [self._row(case, own) for case in cases]

    def _row(self, case, own):
        asked = case.verification is not None and case.verification.user_id == self.user.pk
        return Row(
            case=case,
            about=about_text(case),
            age=waits.age_text(case.created_at, now=self.now),
            promise=waits.promise_text(case, now=self.now),
            is_overdue=waits.is_overdue(case, now=self.now),
            risks=risk_words(case.risks),
            is_own=asked or case.employer_id in own,
            was_answered=case.last_from_staff is False,
        )


def about_text(case):
    """What a case is about, in a few words."""
    if case.listing is not None:
        return case.listing.headline
    if case.kind == Case.Kind.GROUP:
        return case.note
    return case.employer.name


class CasePage:
    """One case for `user` at the aware `now`."""

    def __init__(self, case, user, *, now):
        self.case, self.user, self.now = case, user, now
        self.employer, self.listing = case.employer, case.listing

    @property
    def about(self):
        return about_text(self.case)

    @property
    def age(self):
        return waits.age_text(self.case.created_at, now=self.now)

    @property
    def promise(self):
        return waits.promise_text(self.case, now=self.now)

    @property
    def is_overdue(self):
        return waits.is_overdue(self.case, now=self.now)

    @property
    def risks(self):
        return risk_words(self.case.risks)

    @cached_property
    def choices(self):
        return [] if self.case.decided_at else moderation.choices(self.case)

    @property
    def takes_words(self):
        return any(choice.words for choice in self.choices)

    @property
    def outcome(self):
        return moderation.outcome_text(self.case)

    @cached_property
    def reasons(self):
        """Canned reasons for this kind of case."""
        return list(CannedReason.objects.filter(kinds__contains=[self.case.kind]).order_by("position", "pk"))

    @cached_property
    def messages(self):
        return list(self.case.messages.select_related("author").order_by("created_at", "pk"))

    @cached_property
    def next_case(self):
        return queue.waiting(self.user).exclude(pk=self.case.pk).first()

    # --- The organization ---
    @cached_property
    def entries(self):
        found = RegisterEntry.objects.filter(employer=self.employer, closed_at=None).order_by("-register_date", "pk")
        return [{"entry": entry, "register": register_text(entry)} for entry in found.select_related("site")[:SHOWN]]

    @cached_property
    def phones(self):
        return evidence.phones_of(self.employer)

    @cached_property
    def members(self):
        return list(self.employer.memberships.select_related("user").order_by("created_at", "pk"))

    @cached_property
    def evidence(self):
        asked = self.case.verification
        return list(asked.evidence.select_related("vouched_by").order_by("pk")) if asked else []

    @cached_property
    def rivals(self):
        """Others who ask for the same organization."""
        found = self.employer.verifications.filter(status=Verification.Status.OPEN).select_related("user")
        return list(found.exclude(pk=self.case.verification_id).order_by("created_at", "pk"))

    @cached_property
    def person(self):
        asked = self.case.verification
        return asked.user if asked else None

    @cached_property
    def addresses(self):
        """The person's confirmed addresses, each with what is known about its domain."""
        found = []
        for address in verification.confirmed_addresses(self.person) if self.person else []:
            domain = address.rpartition("@")[2]
            found.append(
                {"address": address, "is_free": domains.is_free_mail(domain), "is_blocked": domains.is_blocked(domain)}
            )
        return found

    @cached_property
    def history(self):
        """What this person asked for other organizations, newest first."""
        if self.person is None:
            return []
        found = Verification.objects.filter(user=self.person).exclude(employer=self.employer)
        return list(found.select_related("employer").order_by("-created_at", "-pk")[:SHOWN])

    @cached_property
    def earlier(self):
        """Earlier cases of the same organization, newest first."""
        found = self.employer.cases.exclude(Q(pk=self.case.pk) | Q(outcome="joined")).filter(decided_at__isnull=False)
        return [
            {"case": case, "about": about_text(case), "outcome": moderation.outcome_text(case)}
            for case in found.select_related("listing").order_by("-decided_at", "-pk")[:SHOWN]
        ]

    @cached_property
    def domain(self):
        """The domain one would block: of the person's address, else of the website; "" when neither can be."""
        named = [one["address"].rpartition("@")[2] for one in self.addresses if not one["is_free"]]
        found = [domains.registrable(name) for name in [*named, self.employer.website, self._apply_url] if name]
        found = [name for name in found if name and not domains.is_free_mail(name)]
        return found[0] if found else ""

    @property
    def _apply_url(self):
        return self.listing.apply_url if self.listing else ""

    @cached_property
    def is_domain_blocked(self):
        return BlockedDomain.objects.filter(domain=self.domain).exists()

    # --- The opening ---
    @cached_property
    def findings(self):
        if self.listing is None:
            return []
        own = [self.employer.inbox_email] if self.employer.inbox_email else []
        text = "\n".join(
            [self.listing.headline, self.listing.description, self.listing.benefits, self.listing.caseload]
        )
        return list(risk.in_text(text, own_addresses=own))

    @property
    def phrases(self):
        """(risk in words, phrase) of everything found in the opening's text."""
        return [(str(risk.RISK_WORDS.get(one.code, one.code)), one.phrase) for one in self.findings]

    @property
    def description_html(self):
        return marked(prose.to_html(self.listing.description), [one.phrase for one in self.findings])

    @property
    def headline_html(self):
        return marked(escape(self.listing.headline), [one.phrase for one in self.findings])

    @property
    def facts(self):
        return facts.facts(self.listing)

    @property
    def role_code(self):
        return role_code(self.listing)

    @property
    def place_text(self):
        return wording.place_text(self.listing)

    @cached_property
    def alike(self):
        """Openings of other employers with the same text."""
        return same_elsewhere(self.listing)[:SHOWN] if self.listing else []

    @cached_property
    def differences(self):
        """(label, before, after) of what a waiting change would change."""
        waiting = revisions.waiting_for(self.listing) if self.listing else None
        return revisions.differences(waiting) if waiting else []

    @cached_property
    def held_for(self):
        waiting = revisions.waiting_for(self.listing) if self.listing else None
        return [str(revisions.HELD_WORDS.get(name, name)) for name in waiting.held_for] if waiting else []

    @property
    def can_be_mended(self):
        waits_or_shown = (Listing.Status.IN_REVIEW, Listing.Status.PUBLISHED)
        return self.listing is not None and not self.case.decided_at and self.listing.status in waits_or_shown

    @property
    def can_be_held(self):
        if self.listing is not None:
            return self.listing.status == Listing.Status.PUBLISHED and self.listing.held_at is None
        return self.employer.is_public

    # --- Reports ---
    @cached_property
    def reports(self):
        """What readers said about the same thing; never who."""
        about = {"listing": self.listing} if self.listing else {"employer": self.employer, "listing": None}
        model = self.case.reports.model
        return list(model.objects.filter(**about).order_by("-created_at", "-pk").defer("user", "reporter_key")[:SHOWN])
