"""What staff see of the seekers' side: numbers, no people."""

from django.contrib import admin
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from accounts.models import WishedEmployer


@admin.register(WishedEmployer)
class WishedEmployerAdmin(admin.ModelAdmin):
    """Employers that readers would like to see here, the most wished for first. To look at only."""

    list_display = ["name", "wishes_count", "last_wished_on", "is_listed"]
    search_fields = ["name"]
    fields = ["name", "website", "phone"]

    def get_queryset(self, request):
        wished = super().get_queryset(request).filter(wishes__isnull=False)
        return wished.annotate(_wishes=Count("wishes"), _last=Max("wishes__wished_on")).order_by(
            "-_wishes", "name", "pk"
        )

    @admin.display(description=_("wishes, one a visitor and day"), ordering="_wishes")
    def wishes_count(self, employer):
        return employer._wishes

    @admin.display(description=_("last on"), ordering="_last")
    def last_wished_on(self, employer):
        return employer._last

    @admin.display(description=_("lists here"), boolean=True)
    def is_listed(self, employer):
        return employer.is_approved

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
