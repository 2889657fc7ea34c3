"""Curation: every piece of content with drafts, history and where it is shown; the editors' week."""

from django.contrib import admin

from careers import models
from careers.addresses import kinds
from careers.admin.content import KNOWN, ContentAdmin, admin_for
from careers.admin.drafts import DraftAdmin
from careers.admin.records import OldSlugAdmin, SourceCheckAdmin
from careers.wages_admin import WageTableAdmin

__all__ = ["KNOWN", "ContentAdmin", "DraftAdmin", "OldSlugAdmin", "SourceCheckAdmin", "WageTableAdmin"]


@admin.register(models.RoleStep)
class RoleStepAdmin(ContentAdmin):
    list_display = ("needs", *KNOWN)
    search_fields = ("needs", "slug")


@admin.register(models.Evidence)
class EvidenceAdmin(ContentAdmin):
    list_display = ("claim", *KNOWN)
    search_fields = ("claim", "slug")


@admin.register(models.Definition)
class DefinitionAdmin(ContentAdmin):
    list_display = ("term", *KNOWN)
    search_fields = ("term", "slug")


@admin.register(models.Difference)
class DifferenceAdmin(ContentAdmin):
    list_display = ("aspect", *KNOWN)
    search_fields = ("aspect", "slug")


# All other content needs nothing special.
for each in kinds().values():
    if not admin.site.is_registered(each):
        admin.site.register(each, admin_for(each))
