"""People who sign in, and the audit log, for administrators. Passwords and addresses are changed by their owners."""

import csv
import json

from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from careerportal.core.models import AuditEvent, Translation, User

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_DIGITS = 19  # ids are 64 bits


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who may sign in and what they may do."""

    list_display = ("pk", "email", "name", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("email", "name")
    ordering = ("-date_joined", "-pk")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "date_joined", "last_login")
    readonly_fields = ("email", "date_joined", "last_login")
    filter_horizontal = ("groups",)

    def has_add_permission(self, request):
        """People make their own accounts, because only they can prove their address."""
        return False


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    """Texts in other languages, by the state they are in."""

    list_display = ("pk", "language", "content_type", "object_id", "field", "state")
    list_filter = ("language", "state", "content_type")
    search_fields = ("text", "object_id")
    ordering = ("language", "content_type", "object_id", "field", "pk")


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """Who did what, newest first: to look at and to export, by administrators alone. Nobody adds, changes or deletes."""

    list_display = ("at", "verb", "actor", "kind", "object_id", "employer_id", "said")
    list_filter = ("verb", "kind", "at")
    list_display_links = ("at",)
    search_fields = ("verb",)
    search_help_text = _("A verb, or a number: of who did it, of the employer, or of the object.")
    ordering = ("-at", "-pk")
    date_hierarchy = "at"
    actions = ("as_csv",)
    list_per_page = 100
    show_full_result_count = False

    @admin.display(description=_("who"), ordering="actor_id")
    def actor(self, event):
        return _("the portal") if event.actor_id is None else f"user {event.actor_id}"

    @admin.display(description=_("details"))
    def said(self, event):
        return json.dumps(event.detail, ensure_ascii=False) if event.detail else ""

    @admin.action(description=_("Export as CSV"))
    def as_csv(self, request, queryset):
        """What was chosen as a CSV file in which no cell is a formula."""
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
        writer = csv.writer(answer)
        writer.writerow(["at", "verb", "actor_id", "kind", "object_id", "employer_id", "detail"])
        for event in queryset.order_by("at", "pk").iterator():
            row = [event.at.isoformat(), event.verb, event.actor_id, event.kind, event.object_id, event.employer_id]
            writer.writerow([plain_cell(value) for value in [*row, self.said(event)]])
        return answer

    def get_search_results(self, request, queryset, search_term):
        """A number is looked up among the ids, other text among the verbs."""
        number = search_term.strip()
        if number.isascii() and number.isdigit() and len(number) < MOST_DIGITS:
            asked = int(number)
            return queryset.filter(Q(actor_id=asked) | Q(employer_id=asked) | Q(object_id=asked)), False
        return super().get_search_results(request, queryset, search_term)

    def has_module_permission(self, request):
        """Administrators alone, whatever permissions a group is given."""
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def plain_cell(value):
    """A value for a CSV cell that no spreadsheet program takes for a formula (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
