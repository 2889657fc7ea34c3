"""One organization in several registers: merged on two of {name, street + ZIP, phone}, never on a name alone.

Every merge keeps its evidence, its confidence and what an undo needs. What looks alike but is not sure enough becomes
a doubtful pair for a moderator.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from employers.models import DoubtfulPair, Employer, Merge, RegisterEntry, Site
from employers.registers.deriving import RANK, claimed_ids, derive
from employers.registers.normal import name_key, phone_key, street_key
from employers.registers.writing import write

NAME, STREET, PHONE = "name", "street and ZIP", "phone"
#: How sure two of three make us; our judgement, shown to moderators, not a measurement.
CONFIDENCE = {
    frozenset({NAME, STREET, PHONE}): 0.99,
    frozenset({NAME, STREET}): 0.95,
    frozenset({NAME, PHONE}): 0.9,
    frozenset({STREET, PHONE}): 0.85,
}
ALIKE = 0.5  # share of words two names have in common before one shared fact is worth a moderator's look
BATCH = 1000
CROWD = 60  # a phone or street shared by more entries than this tells nothing


class MergeRefused(Exception):
    """The two cannot be merged, or the merge not be undone; str(error) is fit to show."""


@dataclass(frozen=True)
class Side:
    """What of one entry is compared."""

    pk: int
    source: str
    employer: int
    site: int | None
    state: str
    zip: str
    city: str
    name: str
    operator: str
    street: str
    phones: frozenset

    @property
    def names(self):
        return {self.name, self.operator} - {""}


@dataclass(frozen=True)
class Likeness:
    """Two entries of different registers, and in what they agree."""

    one: Side
    other: Side
    facts: frozenset
    on_operator: bool

    @property
    def evidence(self):
        values = {NAME: " = ".join(sorted(self.one.names & self.other.names)), STREET: self.one.street}
        values[PHONE] = ", ".join(sorted(self.one.phones & self.other.phones))
        return [{"fact": fact, "value": values[fact]} for fact in sorted(self.facts)]


def sides(entries):
    """The open entries of a queryset as Sides."""
    columns = (
        "pk", "source", "employer_id", "site_id", "state", "zip", "city", "name_key", "operator", "street_key", "phone_key",
        "agency_phone",
    )  # fmt: skip
    return [
        Side(*row[:8], name_key(row[8]), row[9], frozenset({row[10], phone_key(row[11])} - {""}))
        for row in entries.filter(closed_at=None, employer__is_sample=False).order_by("pk").values_list(*columns)
    ]


def likenesses(touched, others):
    """Yield a Likeness for each pair of a touched Side and another register's that share a fact; the best first."""
    by_street, by_phone, by_name = defaultdict(list), defaultdict(list), defaultdict(list)
    for side in others:
        by_street[side.street].append(side)
        for phone in side.phones:
            by_phone[phone].append(side)
        for name in side.names:
            by_name[side.state, name].append(side)
    by_street.pop("", None)
    found = []
    for side in touched:
        shared = defaultdict(set)
        for fact, candidates in (
            (STREET, by_street.get(side.street, ())),
            *((PHONE, by_phone.get(phone, ())) for phone in side.phones),
            *((NAME, by_name.get((side.state, name), ())) for name in side.names),
        ):
            for other in candidates if len(candidates) <= CROWD else ():
                if other.source != side.source and other.employer != side.employer:
                    shared[other].add(fact)
        for other, facts in shared.items():
            if STREET not in facts and side.street and side.street == other.street:
                facts.add(STREET)  # a crowded street counts beside another fact
            if PHONE not in facts and side.phones & other.phones:
                facts.add(PHONE)
            on_operator = bool(
                (side.operator and side.operator in other.names) or (other.operator and other.operator in side.names)
            )
            found.append(Likeness(side, other, frozenset(facts), NAME in facts and on_operator))
    return sorted(
        found, key=lambda like: (-len(like.facts), -CONFIDENCE.get(like.facts, 0), like.one.pk, like.other.pk)
    )


def people_sides():
    """Approved employers that people registered, as Sides without an entry: a moderator decides about them."""
    registered = Employer.objects.approved().filter(
        listed_from=Employer.ListedFrom.REGISTERED, is_sample=False, register_entries=None
    )
    return [
        Side(
            0, "", site.employer_id, site.pk, site.state, site.zip, site.city, name_key(site.employer.name), "",
            street_key(site.address1, site.zip), frozenset({phone_key(site.employer.phone)} - {""}),
        )
        for site in Site.objects.filter(employer__in=registered).select_related("employer").order_by("pk")
    ]  # fmt: skip


class Merger:
    """Merges employers in memory and writes it all at the end."""

    def __init__(self, employer_ids, *, now, by=None, run=None):
        self.now, self.by, self.run = now, by, run
        self.merges, self.doubts = [], {}
        self._owner, self._site_of = {}, {}
        self._load(employer_ids)

    def _load(self, employer_ids):
        self.employers = Employer.objects.in_bulk(employer_ids)
        self.claimed = claimed_ids(employer_ids)
        self.entries, self.sites = defaultdict(dict), defaultdict(dict)
        for entry in RegisterEntry.objects.filter(employer__in=employer_ids).order_by("pk"):
            self.entries[entry.employer_id][entry.pk] = entry
        for site in Site.objects.filter(employer__in=employer_ids).order_by("pk"):
            self.sites[site.employer_id][site.pk] = site
        self._changed_entries, self._changed_sites, self.touched = {}, {}, set()
        either = Q(kept__in=employer_ids) | Q(lost__in=employer_ids)
        undone = Merge.objects.filter(either, undone_at__isnull=False).values_list("kept_id", "lost_id")
        told = DoubtfulPair.objects.filter(Q(first__in=employer_ids) | Q(second__in=employer_ids))
        self._apart = {frozenset(pair) for pair in undone}
        self._apart |= {
            frozenset(pair)
            for pair in told.filter(state=DoubtfulPair.State.DISMISSED).values_list("first_id", "second_id")
        }
        self._told = {frozenset(pair) for pair in told.values_list("first_id", "second_id")}

    def root(self, employer):
        while employer in self._owner:
            employer = self._owner[employer]
        return employer

    def consider(self, like):
        """Merge on a Likeness, or note it as doubtful, or pass it over."""
        one, other = self.root(like.one.employer), self.root(like.other.employer)
        if one == other:
            if len(like.facts) > 1:
                self._join_sites(one, like)
            return
        if frozenset({one, other}) in self._apart or frozenset({like.one.employer, like.other.employer}) in self._apart:
            return
        if len(like.facts) < 2:
            if self._worth_a_look(like):
                self._doubt(one, other, like, _("They agree in one thing only."))
        elif reason := self._obstacle(one, other, like):
            self._doubt(one, other, like, reason)
        else:
            self.merge(one, other, like.evidence, CONFIDENCE[like.facts], like)

    def _worth_a_look(self, like):
        if NAME in like.facts:
            return like.one.zip == like.other.zip != "" or like.one.city.upper() == like.other.city.upper() != ""
        words = [set(" ".join(side.names).split()) for side in (like.one, like.other)]
        alike = len(words[0] & words[1]) / max(1, min(map(len, words)))
        return alike >= ALIKE and like.one.zip == like.other.zip

    def _obstacle(self, one, other, like):
        """Why this pair is not merged without a person; "" if nothing stands against it."""
        if {one, other} <= self.claimed:
            return _("Both are claimed.")
        stated = [
            {(entry.source, entry.operator_key) for entry in self.entries[side].values() if entry.operator}
            for side in (one, other)
        ]
        if {source for source, _key in stated[0]} & {source for source, _key in stated[1]}:
            return _("One register names them as two operators.")
        if not (like.one.pk and like.other.pk):
            return _("A person registered one of them.")
        lost = other if self._kept_first(one, other) else one
        places = {entry.site_id or f"#{entry.pk}" for entry in self.entries[lost].values()}
        if len(places) > 1 and not like.on_operator:
            return _("The operators' names differ, and one of them has several places.")
        return ""

    def _kept_first(self, one, other):
        """True if `one` is kept: the claimed one, the one whose operator is stated, then by register, then the older."""

        def standing(side):
            entries = self.entries[side].values()
            return (
                side not in self.claimed,
                not any(entry.operator for entry in entries),
                min((RANK[entry.source] for entry in entries), default=len(RANK)),
                side,
            )

        return standing(one) < standing(other)

    def merge(self, one, other, evidence, confidence, like=None):
        """Merge two employers; what belongs to the lost one moves to the kept one."""
        kept, lost = (one, other) if self._kept_first(one, other) else (other, one)
        snapshot = {"entries": [], "sites": []}
        places = {street_key(site.address1, site.zip) or pk: pk for pk, site in self.sites[kept].items()}
        moved = {}
        for pk, site in list(self.sites[lost].items()):
            same = places.get(street_key(site.address1, site.zip) or pk)
            if like and pk in (like.one.site, like.other.site):
                evident = like.other.site if pk == like.one.site else like.one.site
                same = same or (evident if evident in self.sites[kept] else None)
            moved[pk] = same
            if same is None:
                site.employer_id = kept
                self.sites[kept][pk] = self.sites[lost].pop(pk)
                self._changed_sites[pk] = site
                snapshot["sites"].append(pk)
        for pk, entry in self.entries.pop(lost, {}).items():
            snapshot["entries"].append([pk, entry.site_id])
            entry.employer_id, entry.site_id = kept, moved.get(entry.site_id) or entry.site_id
            self.entries[kept][pk] = entry
            self._changed_entries[pk] = entry
        self._owner[lost] = kept
        self.employers[lost].merged_into_id = kept
        self.touched |= {kept, lost}
        self.merges.append(
            Merge(
                kept_id=kept, lost_id=lost, evidence=evidence, confidence=confidence, snapshot=snapshot, by=self.by,
                run=self.run, entry_id=like and like.one.pk, other_entry_id=like and like.other.pk,
            )
        )  # fmt: skip

    def _join_sites(self, employer, like):
        """Two entries of one employer that are one place by their evidence share a site, that of the earlier entry."""
        one, other = (self.entries[employer].get(side.pk) for side in (like.one, like.other))
        if not (one and other and one.site_id and other.site_id) or one.site_id == other.site_id:
            return
        kept, lost = sorted((one, other), key=lambda entry: (RANK[entry.source], entry.pk))
        if lost.pk not in self._changed_entries:  # only what this run moved has its old site noted for an undo
            return
        lost.site_id = kept.site_id
        self._changed_entries[lost.pk] = lost

    def _doubt(self, one, other, like, reason):
        pair = frozenset({one, other})
        if pair not in self._told:
            self.doubts.setdefault(pair, (like, reason))

    def flush(self):
        """Write what changed and return how many doubtful pairs are new. The `touched` employers are to be derived."""
        fresh = [pair for pair in self.doubts if len({self.root(employer) for employer in pair}) == 2]
        write([self.employers[merge.lost_id] for merge in self.merges], ["merged_into"])
        write(self._changed_sites.values(), ["employer"])
        write(self._changed_entries.values(), ["employer", "site"])
        Merge.objects.bulk_create(self.merges, batch_size=BATCH)
        DoubtfulPair.objects.bulk_create(
            [
                DoubtfulPair(
                    first_id=min(pair), second_id=max(pair), entry_id=self.doubts[pair][0].one.pk,
                    other_entry_id=self.doubts[pair][0].other.pk or None, evidence=self.doubts[pair][0].evidence,
                    reason=self.doubts[pair][1],
                )
                for pair in fresh
            ],
            batch_size=BATCH, ignore_conflicts=True,
        )  # fmt: skip
        lost = [merge.lost_id for merge in self.merges]
        DoubtfulPair.objects.filter(Q(first__in=lost) | Q(second__in=lost), state=DoubtfulPair.State.OPEN).update(
            state=DoubtfulPair.State.MERGED, decided_at=self.now, decided_by=self.by
        )
        return len(fresh)


def merge_across(touched_ids, *, source, now, run=None):
    """Hold the entries `touched_ids` of `source` against all other registers.

    Returns (merges, new doubtful pairs, ids of employers to derive).
    """
    touched = sides(RegisterEntry.objects.filter(pk__in=touched_ids))
    others = [*sides(RegisterEntry.objects.exclude(source=source)), *people_sides()] if touched else []
    likes = likenesses(touched, others)
    involved = {side.employer for like in likes for side in (like.one, like.other)}
    if not involved:
        return 0, 0, set()
    merger = Merger(involved, now=now, run=run)
    for like in likes:
        merger.consider(like)
    doubts = merger.flush()
    return len(merger.merges), doubts, merger.touched


@transaction.atomic
def merge_pair(*, pair: DoubtfulPair, by, now: datetime) -> Merge:
    """Merge the two of a doubtful pair because a moderator says so. Raises MergeRefused."""
    pair = DoubtfulPair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != DoubtfulPair.State.OPEN:
        raise MergeRefused(_("This pair is already decided."))
    ids = {pair.first_id, pair.second_id}
    locked = list(Employer.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if any(employer.merged_into_id or employer.is_sample for employer in locked):
        raise MergeRefused(_("One of the two is merged already, or a sample."))
    merger = Merger(ids, now=now, by=by)
    if ids <= merger.claimed:
        raise MergeRefused(_("Both are claimed. People act for them or they have openings."))
    merger.merge(*sorted(ids), pair.evidence, 1.0)
    merger.flush()
    derive(merger.touched, now=now)
    return merger.merges[0]


@transaction.atomic
def dismiss(*, pair: DoubtfulPair, by, now: datetime) -> DoubtfulPair:
    """Note that the two of a pair are not one; no import asks again. Raises MergeRefused if it is decided."""
    pair = DoubtfulPair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != DoubtfulPair.State.OPEN:
        raise MergeRefused(_("This pair is already decided."))
    pair.state, pair.decided_at, pair.decided_by = DoubtfulPair.State.DISMISSED, now, by
    pair.save(update_fields=["state", "decided_at", "decided_by", "updated_at"])
    return pair


@transaction.atomic
def undo(*, merge: Merge, by, now: datetime) -> Merge:
    """Take a merge apart: entries and sites go back, and no import merges the two again. Raises MergeRefused."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise MergeRefused(_("This merge is already undone."))
    lost = Employer.objects.select_for_update().get(pk=merge.lost_id)
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by", "updated_at"])
    lost.merged_into = None
    lost.save(update_fields=["merged_into", "updated_at"])
    Site.objects.filter(pk__in=merge.snapshot["sites"]).update(employer=lost)
    where = dict(merge.snapshot["entries"])
    entries = list(RegisterEntry.objects.filter(pk__in=where))
    held = {merge.kept_id, lost.pk, *(entry.employer_id for entry in entries)}
    for entry in entries:
        entry.employer, entry.site_id = lost, where[entry.pk]
    write(entries, ["employer", "site"])
    derive(held, now=now)
    return merge
