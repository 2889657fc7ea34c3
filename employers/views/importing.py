"""Bringing openings in from other systems: send a file or name a feed, look at the fields, check, import, read the report."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.forms.importing import FeedForm, FieldsForm, FileForm
from employers.importing import running
from employers.importing import template as own_template
from employers.importing.retention import KEPT_DAYS
from employers.models import ImportRow, ImportRun, ImportSource
from employers.tasks import go_on_with_import
from employers.views.membership import employer_of

SHOWN_ROWS = 100
SHOWN_RUNS = 20
Phase = ImportRun.Phase
Outcome = ImportRow.Outcome
OUTCOMES = ("created", "updated", "reopened", "unchanged", "merged", "closed", "refused")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request, slug):
    """Send a file or name a feed; the feeds that are kept; the latest imports."""
    employer, membership = employer_of(request, slug, to_change=True)
    file_form, feed_form = FileForm(employer=employer), FeedForm()
    if request.method == "POST":
        begun = None
        if request.POST.get("kind") == "feed":
            feed_form = FeedForm(request.POST)
            begun = feed_form.is_valid() and _begin_feed(request, employer, feed_form)
        else:
            file_form = FileForm(request.POST, request.FILES, employer=employer)
            begun = file_form.is_valid() and _begin_file(request, employer, file_form)
        if begun:
            return redirect("hiring_import_run", slug=employer.slug, pk=begun.pk)
    runs = ImportRun.objects.filter(source__employer=employer).select_related("source").order_by("-pk")[:SHOWN_RUNS]
    context = {
        **_shared(employer, membership),
        "file_form": file_form,
        "feed_form": feed_form,
        "feeds": employer.import_sources.exclude(url="").order_by("-is_daily", "name", "pk"),
        "runs": [{"run": run, "said": _said(run)} for run in runs],
        "kept_days": KEPT_DAYS,
    }
    return render(request, "employers/hiring/import/home.html", context)


def _begin_file(request, employer, form):
    if not _may_ask(request, form):
        return None
    name = form.keep()
    if not name:
        return None
    given = form.cleaned_data["file"]
    file_name = " ".join(given.name.replace("\0", "").split())[:160] or _("file")
    try:
        with transaction.atomic():
            source = form.cleaned_data["source"] or ImportSource.objects.create(
                employer=employer, name=file_name[:80], created_by=request.user
            )
            return _started(request, source, file=name, file_name=file_name)
    except running.ImportRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _begin_feed(request, employer, form):
    if not _may_ask(request, form):
        return None
    url = form.cleaned_data["url"]
    try:
        with transaction.atomic():
            source = ImportSource.objects.create(
                employer=employer, name=url.partition("://")[2][:80], url=url, created_by=request.user
            )
            running.set_daily(
                source=source, is_daily=form.cleaned_data["is_daily"], by=request.user, now=timezone.now()
            )
            return _started(request, source)
    except IntegrityError:
        form.add_error("url", _("You import this feed already. Read it again below."))
    except running.ImportRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def _may_ask(request, form):
    if consume(request, action="portal_import"):
        return True
    form.add_error(None, _("That is a lot of imports in an hour. Please try again later."))
    return False


def _started(request, source, **given):
    run = running.start(source=source, by=request.user, now=timezone.now(), **given)
    go_on_with_import(run.pk)
    return run


@never_cache
@require_safe
def template(request, slug):
    """Our CSV template."""
    employer_of(request, slug, to_change=True)
    return _csv(own_template.template_csv(), "openings-template.csv")


@never_cache
@require_safe
def columns(request, slug):
    """What each column of the template takes."""
    employer, membership = employer_of(request, slug, to_change=True)
    return render(
        request,
        "employers/hiring/import/columns.html",
        {**_shared(employer, membership), "columns": own_template.FIELDS},
    )


@require_POST
def daily(request, slug, pk):
    """Read a feed every day, or no more."""
    employer, _membership = employer_of(request, slug, to_change=True)
    source = get_object_or_404(employer.import_sources.exclude(url=""), pk=pk)
    is_daily = request.POST.get("daily") == "on"
    running.set_daily(source=source, is_daily=is_daily, by=request.user, now=timezone.now())
    words = _("We read this feed every day now.") if is_daily else _("We don't read this feed by ourselves any more.")
    messages.success(request, words)
    return redirect("hiring_import", slug=employer.slug)


@require_POST
def read_again(request, slug, pk):
    """Read a feed now."""
    employer, _membership = employer_of(request, slug, to_change=True)
    source = get_object_or_404(employer.import_sources.exclude(url=""), pk=pk)
    if not consume(request, action="portal_import"):
        messages.error(request, _("That is a lot of imports in an hour. Please try again later."))
        return redirect("hiring_import", slug=employer.slug)
    try:
        with transaction.atomic():
            run = _started(request, source)
    except running.ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("hiring_import", slug=employer.slug)
    return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)


@never_cache
@require_safe
def show(request, slug, pk):
    """Where an import stands: its progress, what a check found, or its report; `?show=` keeps one outcome."""
    employer, membership, run = _found(request, slug, pk)
    if run.phase == Phase.FIELDS:
        return redirect("hiring_import_fields", slug=employer.slug, pk=run.pk)
    rows = run.results.select_related("listing").order_by("number")
    chosen = request.GET.get("show", "")
    if chosen in OUTCOMES:
        rows = rows.filter(outcome=chosen)
    elif chosen == "notes":
        rows = rows.exclude(notes=[])
    else:
        chosen = ""
    total = sum(run.counts.get(name, 0) for name in OUTCOMES)
    context = {
        **_shared(employer, membership),
        "run": run,
        "source": run.source,
        "done": max(run.next_row - 1, 0),
        "is_check": run.phase in (Phase.CHECKING, Phase.CHECKED),
        "figures": [
            {"code": name, "label": Outcome(name).label, "count": run.counts[name]}
            for name in OUTCOMES
            if run.counts.get(name)
        ],
        "rows": rows[:SHOWN_ROWS] if not run.is_at_work else [],
        "shown_rows": SHOWN_ROWS,
        "chosen": chosen,
        "total": total,
        "may_go": run.phase in (Phase.CHECKED, Phase.STOPPED) and bool(run.file) and bool(run.columns),
        "may_change_fields": run.phase == Phase.CHECKED,
    }
    return render(request, "employers/hiring/import/run.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fields(request, slug, pk):
    """Which field of the file fills which of ours; sending it begins the check."""
    employer, membership, run = _found(request, slug, pk)
    if run.phase not in (Phase.FIELDS, Phase.CHECKED):
        return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)
    form = FieldsForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            running.set_fields(run=run, by=request.user, now=timezone.now(), **form.chosen())
        except running.ImportRefused as refusal:
            messages.error(request, str(refusal))
        else:
            go_on_with_import(run.pk)
        return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)
    context = {**_shared(employer, membership), "run": run, "source": run.source, "form": form}
    return render(request, "employers/hiring/import/fields.html", context)


@require_POST
def go(request, slug, pk):
    """Import what was checked."""
    employer, _membership, run = _found(request, slug, pk)
    try:
        running.go_ahead(
            run=run, by=request.user, now=timezone.now(), is_closing_confirmed=request.POST.get("close") == "on"
        )
    except running.ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        go_on_with_import(run.pk)
    return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)


@require_POST
def stop(request, slug, pk):
    """Stop an import."""
    employer, _membership, run = _found(request, slug, pk)
    running.stop(run=run, by=request.user, now=timezone.now())
    return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)


@require_POST
def close_missing(request, slug, pk):
    """Close the openings that a much shorter file did not have."""
    employer, _membership, run = _found(request, slug, pk)
    try:
        running.close_missing(run=run, by=request.user, now=timezone.now())
    except running.ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        go_on_with_import(run.pk)
    return redirect("hiring_import_run", slug=employer.slug, pk=run.pk)


@never_cache
@require_safe
def progress(request, slug, pk):
    """How far an import is, for the script on its page."""
    _employer, _membership, run = _found(request, slug, pk)
    return JsonResponse(
        {"phase": run.phase, "is_at_work": run.is_at_work, "done": max(run.next_row - 1, 0), "rows": run.rows}
    )


@never_cache
@require_safe
def rows_csv(request, slug, pk):
    """What happened to every row, as a table for spreadsheets."""
    _employer, _membership, run = _found(request, slug, pk)
    header = [_("Row"), _("Reference"), _("Title"), _("Result"), _("State here"), _("Notes")]
    rows = (
        [row.number, row.reference, row.headline, row.get_outcome_display(), row.status, " | ".join(row.notes)]
        for row in run.results.order_by("number").iterator(chunk_size=1000)
    )
    return _csv(own_template.table(header, rows), f"import-{run.pk}.csv")


def _found(request, slug, pk):
    employer, membership = employer_of(request, slug, to_change=True)
    run = get_object_or_404(ImportRun.objects.select_related("source__employer"), pk=pk, source__employer=employer)
    return employer, membership, run


def _shared(employer, membership):
    return {"employer": employer, "membership": membership, "tab": "openings"}


def _csv(text, name):
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _said(run):
    """One line about an import for the list."""
    if run.phase == Phase.FAILED:
        return run.failure
    if run.phase not in (Phase.DONE, Phase.STOPPED):
        return ""
    parts = [f"{run.counts[name]} {Outcome(name).label}" for name in OUTCOMES if run.counts.get(name)]
    return ", ".join(parts) or ngettext("%(count)s row", "%(count)s rows", run.rows) % {"count": run.rows}
