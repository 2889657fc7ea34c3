"""Registers in the admin: what was imported and merged, pairs to decide, groups of employers."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.models import DoubtfulPair, EmployerGroup, Merge, RegisterEntry, RegisterKind, RegisterRun
from employers.registers import merging


def _each(modeladmin, request, queryset, act):
    """Take a step with each object on its own; say how many it was and what was refused."""
    done = 0
    for each in queryset.order_by("pk"):
        try:
            with transaction.atomic():
                act(each)
        except merging.MergeRefused as refusal:
            modeladmin.message_user(request, f"{each}: {refusal}", messages.ERROR)
        else:
            done += 1
    if done:
        said = ngettext("%(done)s is done.", "%(done)s are done.", done) % {"done": done}
        modeladmin.message_user(request, said, messages.SUCCESS)


def _evidence(evidence):
    return "; ".join(f"{each['fact']}: {each['value']}" for each in evidence)


class _LookOnly(admin.ModelAdmin):
    """Written by imports and by actions, never by hand."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.model._meta.fields if field.name not in ("report", "snapshot")]


class EmployerGroupAdmin(admin.ModelAdmin):
    """Health systems; an employer joins one on its own page."""

    list_display = ["name", "slug", "curated", "size"]
    list_filter = ["curated"]
    search_fields = ["name"]
    ordering = ["name", "pk"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(_size=Count("employers"))

    @admin.display(description=_("employers"), ordering="_size")
    def size(self, group):
        return group._size


class RegisterKindAdmin(_LookOnly):
    """The table employers/registers/kinds.csv as it was last loaded."""

    list_display = ["name", "source", "setting_slug", "employs"]
    list_filter = ["source", "employs", "setting_slug"]
    search_fields = ["name"]
    ordering = ["source", "name", "pk"]


class RegisterRunAdmin(_LookOnly):
    """Imports, the newest first."""

    list_display = [
        "source", "register_date", "started_at", "rows", "created", "updated", "closed", "unchanged", "merged", "refused",
    ]  # fmt: skip
    list_filter = ["source", "complete"]
    ordering = ["-started_at", "-pk"]
    exclude = ["report"]
    readonly_fields = ["reasons"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "reasons"]

    @admin.display(description=_("reasons by line"))
    def reasons(self, run):
        rows = [*run.report.get("refusals", ()), *run.report.get("notes", ())]
        return "\n".join(f"{row['line']}: {row['key']}: {row['reason']}" for row in rows)


class RegisterEntryAdmin(_LookOnly):
    """What each register says of each key."""

    list_display = ["name", "source", "source_id", "kind_name", "city", "state", "register_date", "closed_at"]
    list_filter = ["source", "state", "closed_at"]
    list_select_related = ["kind"]
    search_fields = ["name", "operator", "source_id", "zip"]
    ordering = ["source", "name", "pk"]
    show_full_result_count = False

    @admin.display(description=_("kind"), ordering="kind__name")
    def kind_name(self, entry):
        return entry.kind.name


@admin.action(description=_("Undo the merge"), permissions=["change"])
def undo(modeladmin, request, queryset):
    now = timezone.now()
    _each(modeladmin, request, queryset, lambda each: merging.undo(merge=each, by=request.user, now=now))


class MergeAdmin(_LookOnly):
    """Merges, the least sure first; undo puts back what moved."""

    list_display = ["kept_name", "lost_name", "evidence_words", "confidence", "by", "created_at", "undone_at"]
    list_filter = ["confidence", "undone_at"]
    list_select_related = ["kept", "lost", "by"]
    search_fields = ["kept__name", "lost__name"]
    ordering = ["confidence", "-pk"]
    exclude = ["snapshot"]
    actions = [undo]

    @admin.display(description=_("kept"), ordering="kept__name")
    def kept_name(self, merge):
        return merge.kept.name

    @admin.display(description=_("merged away"), ordering="lost__name")
    def lost_name(self, merge):
        return merge.lost.name

    @admin.display(description=_("evidence"))
    def evidence_words(self, merge):
        return _evidence(merge.evidence)


@admin.action(description=_("They are one: merge"), permissions=["change"])
def merge_them(modeladmin, request, queryset):
    now = timezone.now()
    _each(modeladmin, request, queryset, lambda each: merging.merge_pair(pair=each, by=request.user, now=now))


@admin.action(description=_("They are two: do not ask again"), permissions=["change"])
def keep_apart(modeladmin, request, queryset):
    now = timezone.now()
    _each(modeladmin, request, queryset, lambda each: merging.dismiss(pair=each, by=request.user, now=now))


class DoubtfulPairAdmin(_LookOnly):
    """Employers that may be one; those to decide stand first."""

    list_display = ["first_name", "second_name", "evidence_words", "reason", "state", "decided_by"]
    list_filter = ["state", "reason"]
    list_select_related = ["first", "second", "decided_by"]
    search_fields = ["first__name", "second__name"]
    ordering = ["-state", "pk"]
    actions = [merge_them, keep_apart]

    @admin.display(description=_("first"), ordering="first__name")
    def first_name(self, pair):
        return pair.first.name

    @admin.display(description=_("second"), ordering="second__name")
    def second_name(self, pair):
        return pair.second.name

    @admin.display(description=_("evidence"))
    def evidence_words(self, pair):
        return _evidence(pair.evidence)


PAGES = {
    EmployerGroup: EmployerGroupAdmin,
    RegisterKind: RegisterKindAdmin,
    RegisterRun: RegisterRunAdmin,
    RegisterEntry: RegisterEntryAdmin,
    Merge: MergeAdmin,
    DoubtfulPair: DoubtfulPairAdmin,
}
