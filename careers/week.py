"""An editor's week, cut to two hours: what waits longest, what is due, what broke, what is newer elsewhere."""

from dataclasses import dataclass
from heapq import nsmallest

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.timezone import localdate

from careerportal.core.models import Translation
from careers.addresses import kinds
from careers.models import Draft, RepositoryNote, SourceCheck

MINUTES_A_WEEK = 120
FACTS = 5
#: Minutes one of each takes, as editors found, and how many a week at most.
MINUTES = {"drafts": 12, "facts": 6, "links": 8, "notes": 5, "translations": 4}
MOST = {"drafts": 3, "facts": FACTS, "links": 3, "notes": 3, "translations": 3}


@dataclass(frozen=True)
class Job:
    """One thing to do: what, since or by when, where, and how long it takes in minutes."""

    what: str
    row: object
    when: object
    url: str
    minutes: int
    is_due: bool = True

    @property
    def kind(self):
        """The name of the row's model, as forms send it."""
        return type(self.row).__name__


def this_week(*, now):
    """{"parts": {name: [Job]}, "minutes": sum, "waiting": {name: how many in all}}; never more than two hours."""
    found = {
        "drafts": _drafts(),
        "facts": _facts(localdate(now)),
        "links": _links(),
        "notes": _notes(),
        "translations": _translations(),
    }
    parts, left = {}, MINUTES_A_WEEK
    for name, (jobs, _count) in found.items():
        fitting = jobs[: min(MOST[name], left // MINUTES[name])]
        parts[name] = fitting
        left -= MINUTES[name] * len(fitting)
    return {
        "parts": parts,
        "minutes": MINUTES_A_WEEK - left,
        "waiting": {name: count for name, (_jobs, count) in found.items()},
    }


def _drafts():
    """Oldest first, what was handed in before what is still being written."""
    waiting = Draft.objects.filter(stage__in=[Draft.Stage.IN_REVIEW, Draft.Stage.DRAFT]).select_related("author")
    oldest = waiting.order_by("-stage", "created_at", "pk")[: MOST["drafts"]]
    jobs = [
        Job(one.label, one, one.created_at, reverse("admin:careers_draft_change", args=[one.pk]), MINUTES["drafts"])
        for one in oldest
    ]
    return jobs, waiting.count()


def _facts(today):
    """The facts whose date to look again comes first, over all kinds."""
    first, due = [], 0
    for kind in kinds().values():
        dated = kind.objects.filter(review_due__isnull=False)
        first += dated.order_by("review_due", "pk")[:FACTS]
        due += dated.filter(review_due__lte=today).count()
    first = nsmallest(FACTS, first, key=lambda row: (row.review_due, type(row).__name__, row.pk))
    jobs = [
        Job(name_of(row), row, row.review_due, _form(row), MINUTES["facts"], row.review_due <= today) for row in first
    ]
    return jobs, due


def _links():
    dead = SourceCheck.objects.filter(status=SourceCheck.Status.DEAD).select_related("source")
    jobs = [
        Job(str(one.source.name), one, one.last_checked_at, _form(one.source), MINUTES["links"])
        for one in dead.order_by("last_checked_at", "pk")[: MOST["links"]]
    ]
    return jobs, dead.count()


def _notes():
    models, jobs = kinds(), []
    for note in RepositoryNote.objects.order_by("noted_at", "pk"):
        kind = models.get(note.kind)
        row = kind.objects.filter(slug=note.key).first() if kind else None
        if row is not None:
            jobs.append(Job(name_of(row), note, note.noted_at, _form(row), MINUTES["notes"]))
        if len(jobs) == MOST["notes"]:
            break
    return jobs, RepositoryNote.objects.count()


def _translations():
    ours = ContentType.objects.filter(app_label="careers")
    stale = Translation.objects.filter(state=Translation.State.STALE, content_type__in=ours)
    jobs = [
        Job(
            f"{one.content_type.name}: {one.field} ({one.language})",
            one,
            None,
            reverse("admin:core_translation_change", args=[one.pk]),
            MINUTES["translations"],
        )
        for one in stale.select_related("content_type").order_by("pk")[: MOST["translations"]]
    ]
    return jobs, stale.count()


def name_of(row):
    """A row in words: its kind and its name without the number."""
    words = str(row).removesuffix(f" {row.pk}").removesuffix(f" ({row.pk})")
    return f"{row._meta.verbose_name}: {words}"


def _form(row):
    return reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk])
