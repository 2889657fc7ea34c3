"""Requests for verification and their evidence in the admin: to look at. Deciding happens in the queue."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from employers.models import Evidence, Verification


class _LookOnly:
    """Nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class EvidenceInline(_LookOnly, admin.TabularInline):
    model = Evidence
    extra = 0
    fields = ["method", "domain", "phone", "vouched_by", "note", "passed_at", "failed_at", "checked_by"]


class VerificationAdmin(_LookOnly, admin.ModelAdmin):
    """Who asked what, what speaks against it, the evidence, and how it was decided."""

    list_display = ["employer", "reason", "status", "risks", "created_at", "decided_at", "decided_by"]
    list_select_related = ["employer", "decided_by"]
    list_filter = ["status", "reason"]
    search_fields = ["employer__name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    inlines = [EvidenceInline]


class EvidenceAdmin(_LookOnly, admin.ModelAdmin):
    """Every piece of evidence, by kind and by whether it held. Codes are left out: they are keys."""

    list_display = ["employer", "method", "domain", "passed_at", "failed_at", "checked_by"]
    list_select_related = ["verification__employer", "checked_by"]
    list_filter = ["method"]
    search_fields = ["verification__employer__name", "domain"]
    exclude = ["code", "letter"]
    ordering = ["-created_at", "-pk"]

    @admin.display(description=_("employer"))
    def employer(self, evidence):
        return evidence.verification.employer


PAGES = {Verification: VerificationAdmin, Evidence: EvidenceAdmin}
