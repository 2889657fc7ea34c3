"""Bring a feed's openings into the tables, once each, and say what happened to every row."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from employers import drafts, lifecycle, pay, revisions
from employers import sites as places_of_work
from employers.importing import indeed, reading, titles
from employers.models import Listing

SOURCE = "feed:indeed"
CONFIRM_AFTER = timedelta(days=7)  # an opening the feed still carries is confirmed this often, well within 90 days


@dataclass
class Report:
    """Counts of one run. `refused_rows` and `drafts` name the row, its reference and a reason.

    `other_fields` names rows that came in although their title reads as another field, and the words that say so.
    """

    file: str
    employer: str
    dry_run: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    closed: int = 0
    refused: int = 0
    refused_rows: list = field(default_factory=list)
    drafts: list = field(default_factory=list)
    other_fields: list = field(default_factory=list)

    def as_dict(self):
        return asdict(self)


def import_feed(*, path, employer, care_setting, now, complete=False, dry_run=False, progress=lambda done, total: None):
    """Import the feed at `path` for `employer` and return a Report.

    A row is one opening per referencenumber: new ones are made, changed ones changed, and published when the employer
    may publish. With `complete`, published openings the file no longer holds are closed. With `dry_run` nothing is
    kept. `progress(rows done, rows in all)` is called now and then. Raises FeedUnreadable before anything is written.
    """
    report = Report(file=str(path), employer=employer.slug, dry_run=dry_run, rows=reading.count(path))
    if complete and not report.rows:
        raise reading.FeedUnreadable("The file holds no job, so --complete would close everything. Nothing was done.")
    with transaction.atomic():
        run = _Run(employer=employer, care_setting=care_setting, now=now, report=report)
        for row in reading.rows(path):
            run.take(row)
            progress(row.number, report.rows)
        if complete:
            run.close_missing()
        if dry_run:
            transaction.set_rollback(True)
    return report


class _Run:
    def __init__(self, *, employer, care_setting, now, report):
        self.employer, self.care_setting, self.now, self.report = employer, care_setting, now, report
        self.titles, self.other_title = titles.TitleMatcher(), titles.other()
        known = employer.listings.filter(source=SOURCE).select_related("title")
        self.known = {listing.source_id: listing for listing in known.prefetch_related(*drafts.LISTS)}
        self.seen = {}

    def take(self, row):
        """Bring in one row, or note why not."""
        reference = row["referencenumber"]
        try:
            reference = indeed.reference(row)
            if reference in self.seen:
                raise indeed.RowRefused(f"referencenumber: row {self.seen[reference]} has the same")
            self.seen[reference] = row.number
            content, place = indeed.content(
                row, titles=self.titles, other_title=self.other_title, care_setting=self.care_setting, now=self.now
            )
            listing = self._save(reference, content, place)
        except indeed.RowRefused as refusal:
            self.report.refused += 1
            self.report.refused_rows.append({"row": row.number, "reference": reference[:120], "reason": str(refusal)})
        else:
            self._show(listing, row)
            if remark := self.titles.match(row["title"]).remark:
                self.report.other_fields.append({"row": row.number, "reference": reference, "reason": remark})

    def close_missing(self):
        """Close published openings from this feed that no row named."""
        for reference, listing in self.known.items():
            if reference not in self.seen and listing.status == Listing.Status.PUBLISHED:
                lifecycle.close(listing=listing, now=self.now)
                self.report.closed += 1

    def _save(self, reference, content, place):
        content["sites"] = [self._site(place)] if place else []
        known = self.known.get(reference)
        if known is None:
            self.report.created += 1
            return drafts.create(employer=self.employer, content=content, source=SOURCE, source_id=reference)[0]
        if known.status == Listing.Status.TAKEN_DOWN:
            raise indeed.RowRefused("taken down by the portal: it does not come back")
        if all(_same(getattr(known, name), value) for name, value in content.items()):
            self.report.unchanged += 1
            return known
        self.report.updated += 1
        return revisions.change(listing=known, content=content, now=self.now)[0]

    def _site(self, place):
        """The employer's site at this place: the same street and ZIP, else the first one in the town, else a new one."""
        there = self.employer.sites.filter(city__iexact=place["city"], state=place["state"])
        if place.get("address1"):
            there = there.filter(address1__iexact=place["address1"], zip=place["zip"])
        found = there.order_by("pk").first()
        return found or places_of_work.save(employer=self.employer, **place)

    def _show(self, listing, row):
        """Publish a draft, or confirm what is published; an opening that was closed stays closed."""
        if listing.status == Listing.Status.DRAFT:
            try:
                with transaction.atomic():
                    self._refuse_early(listing)
                    shown = lifecycle.publish(listing=listing, now=self.now)
            except lifecycle.TransitionRefused as refusal:
                note = {"row": row.number, "reference": listing.source_id, "reason": str(refusal)}
                self.report.drafts.append(note)
            else:
                if shown.status == Listing.Status.PUBLISHED:
                    self.report.published += 1
                else:
                    note = {"row": row.number, "reference": listing.source_id, "reason": "in review by a moderator"}
                    self.report.drafts.append(note)
        elif listing.status == Listing.Status.PUBLISHED and listing.confirmed_at < self.now - CONFIRM_AFTER:
            try:
                lifecycle.extend(listing=listing, closes_on=listing.closes_on, now=self.now)
            except lifecycle.TransitionRefused:  # its closing date is over, and the feed gives no new one
                pass

    def _refuse_early(self, listing):
        if not self.employer.is_approved:  # a feed fills no queue with openings nobody could show yet
            raise lifecycle.TransitionRefused(_("The organization is still waiting for approval."))
        states = {*listing.remote_states, *(site.state for site in listing.sites.all())}
        if listing.pay_max_usd is None and pay.range_required(states):
            raise lifecycle.TransitionRefused(pay.range_required_words())


def _same(kept, given):
    """True when a stored value and a feed's value are one; a to-many field is compared as a set."""
    if hasattr(kept, "all"):
        return set(kept.all()) == set(given)
    return kept == given
