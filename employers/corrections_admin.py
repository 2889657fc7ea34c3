"""Correction and removal requests in the admin: the oldest that wait first."""

from django.contrib import admin, messages
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers import corrections


class WaitingFilter(admin.SimpleListFilter):
    """Waiting, or dealt with."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("waiting", _("waiting")), ("done", _("dealt with"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.filter(handled_at=None)
        return queryset.filter(handled_at__isnull=False) if self.value() == "done" else queryset


class CorrectionRequestAdmin(admin.ModelAdmin):
    """What readers say is wrong. Saying what was done, and saving, deals with a request."""

    list_display = ["employer_name", "kind", "created_at", "handled_at", "handled_by"]
    list_filter = [WaitingFilter, "kind"]
    list_select_related = ["employer", "handled_by"]
    search_fields = ["employer__name", "text"]
    fields = ["employer", "kind", "text", "email", "created_at", "outcome", "handled_at", "handled_by"]
    readonly_fields = ["employer", "kind", "text", "email", "created_at", "handled_at", "handled_by"]

    @admin.display(description=_("employer"), ordering="employer__name")
    def employer_name(self, request):
        return request.employer.name

    def get_ordering(self, request):
        return [F("handled_at").desc(nulls_first=True), "created_at", "pk"]

    def get_readonly_fields(self, request, obj=None):
        dealt_with = obj is not None and obj.handled_at is not None
        return [*self.readonly_fields, "outcome"] if dealt_with else self.readonly_fields

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        try:
            done = corrections.deal_with(request=obj, by=request.user, outcome=obj.outcome, now=timezone.now())
        except corrections.CorrectionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            obj.handled_at, obj.handled_by = done.handled_at, done.handled_by
