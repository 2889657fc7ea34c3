"""From the content of rows to openings: once each, a member's own changes kept, nothing risky shown unseen."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DataError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.models import CareSetting
from employers import drafts, lifecycle, revisions
from employers import sites as places_of_work
from employers.importing import content as reading
from employers.importing import titles
from employers.importing.places import PlaceFinder
from employers.importing.refusing import ClosingOver, RowRefused
from employers.models import ImportedOpening, ImportRow, Listing, Site

Outcome = ImportRow.Outcome
Status = Listing.Status
CONFIRM_AFTER = timedelta(days=7)  # an opening the feed still carries is confirmed this often, well within 90 days
MOST_IN_REVIEW = 25  # of one employer: a feed fills no moderator's queue, the others wait as drafts
TAKEN_DOWN = gettext_lazy("taken down by the portal: it does not come back")


@dataclass
class Result:
    """What happened to one row: `status` is that of its opening afterwards, `reason` the short reason of a refusal.

    `waits_because` says why an opening is not shown although it could be; `remark` is about its title.
    """

    number: int
    reference: str = ""
    headline: str = ""
    outcome: str = ""
    status: str = ""
    notes: list = field(default_factory=list)
    listing: Listing | None = None
    reason: str = ""
    was_published: bool = False
    waits_because: str = ""
    remark: str = ""


class Importer:
    """Brings rows of one source into the openings of `employer`. Works inside the caller's transaction.

    `source` is what Listing.source says of them, `kind` the format, `defaults` what stands for what rows do not say.
    """

    def __init__(self, *, employer, source, kind, defaults, now, by=None, run=None):
        self.employer, self.source, self.kind, self.defaults = employer, source, kind, defaults
        self.now, self.by, self.run = now, by, run
        self.titles, self.other_title, self.finder = titles.TitleMatcher(), titles.other(), PlaceFinder()
        self.settings = {}
        for setting in CareSetting.objects.order_by("pk"):
            self.settings[setting.slug] = setting
            self.settings.setdefault(setting.name.lower(), setting)
        self.in_review = employer.listings.filter(status=Status.IN_REVIEW).count()
        self._known = {}

    def reference_of(self, values):
        """The key of a row, "" when it has none."""
        try:
            return reading.reference(values, self.kind)
        except RowRefused:
            return ""

    def look_up(self, references):
        """Load the openings that these references name; call it before `take` for rows that come together."""
        found = self.employer.listings.filter(source=self.source, source_id__in=references)
        found = found.select_related("title", "imported", "employer").prefetch_related(*drafts.LISTS)
        self._known = {listing.source_id: listing for listing in found}

    def take(self, number, rows, *, repeats=None):
        """Bring in one job and return its Result; `rows` are its Values, `repeats` the row it merely repeats."""
        values = rows[0]
        result = Result(number, headline=values["title"][:120], reference=values["reference"][:120])
        try:
            with transaction.atomic():
                result.reference = reading.reference(values, self.kind)
                if repeats:
                    raise RowRefused(
                        f"{values.name('reference')}: row {repeats} has the same",
                        _("Row %(row)s has the same reference.") % {"row": repeats},
                    )
                self._bring_in(result, rows)
        except ClosingOver as refusal:
            self._refused(result, refusal)
            self._close_over(result)
        except RowRefused as refusal:
            self._refused(result, refusal)
        except DataError:
            self._refused(
                result, RowRefused("cannot be stored", _("A value of this row cannot be stored. Shorten it."))
            )
        return result

    def _refused(self, result, refusal):
        result.outcome, result.reason, result.notes = Outcome.REFUSED, str(refusal), [str(refusal.words)]
        result.listing = self._known.get(result.reference)
        result.status = result.listing.status if result.listing else ""

    def _close_over(self, result):
        """An opening whose closing date the feed moved into the past ends."""
        if result.listing is not None and result.listing.status == Status.PUBLISHED:
            lifecycle.close(listing=result.listing, now=self.now, by=self.by, because="import")
            result.outcome, result.status = Outcome.CLOSED, Status.CLOSED

    def _bring_in(self, result, rows):
        found = reading.content(
            rows, kind=self.kind, titles=self.titles, other_title=self.other_title, finder=self.finder,
            defaults=self.defaults, settings_by_name=self.settings, now=self.now,
        )  # fmt: skip
        result.headline, result.notes = found.content["headline"], list(found.remarks)
        result.remark = self.titles.match(found.content["headline"]).remark
        said = _said(found)
        known = self._known.get(result.reference)
        if known is None:
            listing = self._create(result, found, said)
        elif known.status == Status.TAKEN_DOWN:
            raise RowRefused(str(TAKEN_DOWN))
        else:
            listing = self._update(result, known, found, said)
        self._show(result, listing)

    def _create(self, result, found, said):
        content = {**found.content, "sites": self._sites(found.places)}
        listing, is_new = drafts.create(
            employer=self.employer, content=content, by=self.by, source=self.source, source_id=result.reference
        )
        if not is_new:
            raise RowRefused(
                "just changed by somebody else", _("Somebody changed this opening just now. Import again.")
            )
        ImportedOpening.objects.create(listing=listing, said=said, run=self.run)
        result.outcome = Outcome.CREATED
        return listing

    def _update(self, result, known, found, said):
        imported = getattr(known, "imported", None)
        content = {**found.content, "sites": found.places}
        if imported is None:
            sites = self._sites(found.places)
            changed = {name: value for name, value in found.content.items() if not _same(getattr(known, name), value)}
            if found.content["closes_on"] is None:
                changed.pop("closes_on", None)  # it may have been set here
            if not _same(known.sites, sites):
                changed["sites"] = sites
        else:
            changed = {name: content[name] for name in content if imported.said.get(name, "") != said[name]}
            if "sites" in changed:
                changed["sites"] = self._sites(found.places)
            changed = {name: value for name, value in changed.items() if not _same(getattr(known, name), value)}
        result.outcome = Outcome.UNCHANGED
        was_over = (
            known.status == Status.CLOSED and known.closes_on and known.closed_at >= lifecycle.ends_at(known.closes_on)
        )
        listing = known
        if changed:
            result.outcome = Outcome.UPDATED
            listing = self._change(result, known, changed)
        self._remember(imported, known, said)
        return self._reopened(result, listing, imported, was_over=was_over)

    def _change(self, result, known, changed):
        waiting = revisions.waiting_for(known)
        if waiting is not None:  # a change that waits is replaced, so it goes along
            changed = {**revisions.content_of(waiting), **changed}
        try:
            listing, held = revisions.change(listing=known, content=changed, by=self.by, now=self.now)
        except lifecycle.TransitionRefused as refusal:
            raise RowRefused(str(refusal), _("The opening stays as it was. %(why)s") % {"why": refusal}) from None
        if held is not None:
            words = ", ".join(str(revisions.HELD_WORDS[code]) for code in held.held_for)
            result.notes.append(_("The change waits for a moderator: %(what)s.") % {"what": words})
        return listing

    def _remember(self, imported, known, said):
        if imported is None:
            ImportedOpening.objects.create(listing=known, said=said, run=self.run)
        elif imported.said != {**imported.said, **said}:
            imported.said, imported.run = {**imported.said, **said}, self.run
            imported.save(update_fields=["said", "run"])

    def _reopened(self, result, listing, imported, *, was_over):
        """Open again what the source did not have for a while, or what a later closing date revives.

        What a person closed stays closed.
        """
        is_back = imported is not None and imported.gone_at is not None
        if not is_back and not (was_over and (listing.closes_on is None or listing.closes_on >= localdate(self.now))):
            if listing.status == Status.CLOSED and not was_over:
                result.notes.append(_("Your team closed it, so it stays closed. Reopen it in the workspace."))
            return listing
        if listing.status == Status.CLOSED:
            try:
                with transaction.atomic():
                    listing = lifecycle.publish(listing=listing, now=self.now, by=self.by)
                result.outcome = Outcome.REOPENED
            except lifecycle.TransitionRefused as refusal:
                result.notes.append(str(refusal))
                return listing  # still gone, so that it opens as soon as nothing is in its way
        if is_back:
            imported.gone_at = None
            imported.save(update_fields=["gone_at"])
        return listing

    def _sites(self, places):
        return list(dict.fromkeys(self._site(place) for place in places))

    def _site(self, place):
        """The employer's site at this place: the same street and ZIP, else the first one in the town, else a new one."""
        if isinstance(place, Site):
            return place
        there = self.employer.sites.filter(city__iexact=place["city"], state=place["state"])
        if place.get("address1"):
            there = there.filter(address1__iexact=place["address1"], zip=place["zip"])
        found = there.order_by("pk").first()
        return found or places_of_work.save(employer=self.employer, **place)

    def _show(self, result, listing):
        """Publish a draft, or confirm what is published; an opening that a person closed stays closed."""
        result.listing = listing
        if listing.status == Status.DRAFT:
            try:
                with transaction.atomic():
                    self._refuse_early(listing)
                    listing = lifecycle.publish(listing=listing, now=self.now, by=self.by)
            except lifecycle.TransitionRefused as refusal:
                result.waits_because = str(refusal)
            else:
                result.was_published = listing.status == Status.PUBLISHED
                if not result.was_published:
                    self.in_review += 1
                    result.waits_because = _("in review by a moderator")
        elif listing.status == Status.PUBLISHED and listing.confirmed_at < self.now - CONFIRM_AFTER:
            try:
                listing = lifecycle.confirm(listing=listing, now=self.now, by=self.by, because="import")
            except lifecycle.TransitionRefused:  # its closing date is over, and the feed gives no new one
                pass
        elif listing.status == Status.REJECTED:
            result.notes.append(_("A moderator sent it back. Mend it here or in your own system."))
        if result.waits_because:
            result.notes.append(result.waits_because)
        result.listing, result.status = listing, listing.status

    def _refuse_early(self, listing):
        if not self.employer.is_approved:  # a feed fills no queue with openings nobody could show yet
            raise lifecycle.TransitionRefused(_("The organization is still waiting for approval."))
        if self.in_review >= MOST_IN_REVIEW:
            raise lifecycle.TransitionRefused(
                _("Moderators read %(count)s of your openings already. Import again when they are through.")
                % {"count": self.in_review}
            )

    def missing(self, references):
        """The openings of this source that none of `references` names and that are not known to be gone, by number."""
        found = self.employer.listings.filter(source=self.source).exclude(imported__gone_at__isnull=False)
        gone = [pk for pk, reference in found.values_list("pk", "source_id") if reference not in references]
        return found.filter(pk__in=gone).order_by("pk")

    def close(self, listing):
        """Note that the source has this opening no more: close it, or take it back from review; return a Result or None."""
        ImportedOpening.objects.update_or_create(listing=listing, defaults={"gone_at": self.now, "run": self.run})
        result = Result(0, listing.source_id, listing.headline, Outcome.CLOSED, listing=listing)
        if listing.status == Status.PUBLISHED:
            result.status = lifecycle.close(listing=listing, now=self.now, by=self.by, because="import").status
        elif listing.status == Status.IN_REVIEW:
            result.status = lifecycle.withdraw(listing=listing, now=self.now, by=self.by).status
        else:
            return None
        result.notes = [_("It is not in the file any more.")]
        return result


def _said(found):
    """What a row says, as plain values; places as addresses, so that a site that is renamed here changes nothing."""
    said = revisions.plain(found.content)
    said["care_settings"] = sorted(said["care_settings"])
    said["sites"] = sorted(
        f"site {place.pk}"
        if isinstance(place, Site)
        else "|".join(place.get(name, "") for name in ("address1", "city", "state", "zip"))
        for place in found.places
    )
    return said


def _same(kept, given):
    """True when a stored value and a feed's value are one; a to-many field is compared as a set."""
    if hasattr(kept, "all"):
        return {row.pk for row in kept.all()} == {row.pk for row in given}
    return kept == given
