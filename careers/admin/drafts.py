"""Drafts: what differs from the public text, where it would show, and the steps from here. And the editors' week."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from careers import differences, drafts, plain, previewing, week
from careers.addresses import address_of, kinds
from careers.models import Draft, RepositoryNote


class ScheduleForm(forms.Form):
    """When a draft becomes public."""

    at = forms.SplitDateTimeField(label=gettext_lazy("Publish on"), widget=AdminSplitDateTime)


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):
    """Edits that are under way. They are written in the forms of content and only looked at and decided here."""

    list_display = ("label", "stage", "author", "updated_at", "publish_at")
    list_filter = ("stage", "kind")
    search_fields = ("label", "comment")
    ordering = ("-updated_at", "-pk")
    list_select_related = ("author",)

    class Media:
        css = {"all": ["css/curation.css"]}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # discarding keeps the record

    def get_urls(self):
        page = self.admin_site.admin_view
        return [
            path("this-week/", page(require_safe(self.this_week)), name="careers_this_week"),
            path("this-week/still-true/", page(require_POST(self.still_true)), name="careers_still_true"),
            path("this-week/notes/<int:pk>/", page(require_POST(self.note)), name="careers_repository_note"),
            path("<int:pk>/step/<slug:step>/", page(require_POST(self.step)), name="careers_draft_step"),
            *super().get_urls(),
        ]

    # --- One draft ------------------------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None, schedule=None):
        """What the draft changes, beside what is public; where it shows; what can be done with it."""
        draft = get_object_or_404(Draft.objects.select_related("author", "reviewer"), pk=_number(object_id))
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        return TemplateResponse(request, "admin/careers/draft.html", self._context(request, draft, schedule))

    def _context(self, request, draft, schedule):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": draft.label,
            "draft": draft,
            "media": self.media,
            "may_change": self.has_change_permission(request, draft),
            "schedule": schedule or ScheduleForm(),
        }
        try:
            kind, row = drafts.kind_of(draft), drafts.row_of(draft)
        except drafts.DraftRefused as refusal:
            return {**context, "refusal": str(refusal)}
        at = f"admin:careers_{kind._meta.model_name}"
        form = reverse(f"{at}_change", args=[row.pk]) if row else f"{reverse(f'{at}_add')}?draft={draft.pk}"
        before = draft.base if not draft.is_open or row is None else plain.values_of(row)
        context |= {
            "kind": kind._meta.verbose_name,
            "row": row,
            "form_url": form,
            "changes": differences.between(kind, before, draft.values),
        }
        if draft.is_open:
            context |= {
                "clashes": [_clash(kind, clash) for clash in drafts.clashes(draft, row)],
                "pages": [
                    {"address": address, "title": title, "preview": previewing.link(draft, address)}
                    for address, title in _pages(draft)
                ],
            }
        elif row is not None:
            context["public_url"] = address_of(row)
        return context

    def step(self, request, pk, step):
        """Take one step with a draft."""
        draft = get_object_or_404(Draft, pk=pk)
        if not self.has_change_permission(request, draft):
            raise PermissionDenied
        now, user = timezone.now(), request.user
        try:
            if step == "publish":
                drafts.publish(draft=draft, user=user, now=now)
                said = _("Published. Pages show it from now on.")
            elif step == "review":
                drafts.submit(draft=draft, user=user, now=now)
                said = _("Handed in for review.")
            elif step == "back":
                drafts.give_back(draft=draft, comment=request.POST.get("comment", "")[:500], user=user, now=now)
                said = _("Given back to its author.")
            elif step == "discard":
                drafts.discard(draft=draft, user=user, now=now)
                said = _("Discarded. Pages stay as they are.")
            elif step == "schedule":
                form = ScheduleForm(request.POST)
                if not form.is_valid():
                    return self.change_view(request, str(pk), schedule=form)
                drafts.schedule(draft=draft, at=form.cleaned_data["at"], user=user, now=now)
                said = _("It will be published by itself.")
            elif step in ("keep", "take"):
                drafts.settle(draft=draft, name=request.POST.get("field", ""), keep_mine=step == "keep", now=now)
                said = _("Kept your text.") if step == "keep" else _("Took the public text.")
            else:
                raise Http404
        except drafts.DraftRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:careers_draft_change", pk)

    # --- The week -------------------------------------------------------------------------------
    def this_week(self, request):
        """Two hours of work, in order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("This week"),
            "media": self.media,
            "week": week.this_week(now=timezone.now()),
            "most_minutes": week.MINUTES_A_WEEK,
        }
        return TemplateResponse(request, "admin/careers/this_week.html", context)

    def still_true(self, request):
        """Note that a person looked at a fact and it is still so."""
        kind = kinds().get(request.POST.get("kind", ""))
        if kind is None or not self.admin_site.get_model_admin(kind).has_change_permission(request):
            raise PermissionDenied
        row = get_object_or_404(kind, pk=_number(request.POST.get("pk", "")))
        note = request.POST.get("note", "").strip()
        row = drafts.still_true(row=row, user=request.user, now=timezone.now(), note=note)
        said = _("Noted: still true. Look again by %(day)s.") % {
            "day": f"{row.review_due:%B} {row.review_due.day}, {row.review_due.year}"
        }
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:careers_this_week")

    def note(self, request, pk):
        """Take the repository's newer text as a draft, or keep the editor's and forget the note."""
        note = get_object_or_404(RepositoryNote, pk=pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        kind = kinds().get(note.kind)
        row = get_object_or_404(kind, slug=note.key) if kind else None
        if row is None:
            raise Http404
        if "take" not in request.POST:
            drafts.keep_against_files(note=note)
            self.message_user(request, _("Kept. The files may say otherwise until they change again."))
            return redirect("admin:careers_this_week")
        try:
            draft = drafts.take_from_files(note=note, row=row, user=request.user, now=timezone.now())
        except drafts.DraftRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect("admin:careers_this_week")
        return redirect("admin:careers_draft_change", draft.pk) if draft else redirect("admin:careers_this_week")


def _number(text):
    if not str(text).isdecimal():
        raise Http404
    return int(text)


def _clash(kind, clash):
    label = str(kind._meta.get_field(clash.name).verbose_name)
    return {
        "name": clash.name,
        "label": label[:1].upper() + label[1:],
        "before": differences.text_of(clash.before),
        "live": differences.marked_up(clash.before, clash.live),
        "mine": differences.marked_up(clash.before, clash.mine),
    }


def _pages(draft):
    try:
        return previewing.pages(draft)
    except drafts.DraftRefused:
        return []
