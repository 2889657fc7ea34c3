"""Records that are looked at, not written: how sources answer, and old keys."""

from django.contrib import admin

from careers.models import OldSlug, SourceCheck


class LookedAt(admin.ModelAdmin):
    """Nobody adds or changes these by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(SourceCheck)
class SourceCheckAdmin(LookedAt):
    """How the addresses of sources answered when the portal last asked."""

    list_display = ("source", "status", "said", "failures", "last_checked_at")
    list_filter = ("status",)
    search_fields = ("url", "source__name")
    ordering = ("status", "last_checked_at", "pk")
    list_select_related = ("source",)


@admin.register(OldSlug)
class OldSlugAdmin(LookedAt):
    """Old keys, each leading to the object that had it. Deleting one ends the redirect."""

    list_display = ("slug", "kind", "object_id")
    search_fields = ("slug",)
    ordering = ("kind", "slug", "pk")
