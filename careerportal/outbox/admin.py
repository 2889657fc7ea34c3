"""The ledger, to look at: who was sent what, and why not. Addresses are masked; search takes a whole address."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .addresses import BadAddress, address_hashes, mask, normalize_address
from .models import Attempt, Delivery, DeliveryEvent, Item, OutboxSwitch, Recipient, StreamStop, Suppression


class ReadOnly:
    """Nobody changes the ledger by hand."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ByAddress:
    """Search by one whole address: its present rows, and by hash those of an address that was erased."""

    address_path = ""
    search_help_text = _("A whole email address.")
    search_fields = ("pk",)

    def get_search_results(self, request, queryset, search_term):
        try:
            address = normalize_address(search_term)
        except BadAddress:
            return (queryset.none() if search_term else queryset), False
        by_address = queryset.filter(**{f"{self.address_path}address": address})
        by_hash = queryset.filter(**{f"{self.address_path}address_hash__in": address_hashes(address)})
        return by_address | by_hash, False

    @admin.display(description=_("address"))
    def masked(self, row):
        return mask(row.address)


class AttemptInline(ReadOnly, admin.TabularInline):
    model = Attempt
    fields = ("epoch", "started_at", "data_at", "ended_at", "outcome", "reply")
    ordering = ("epoch",)


class ItemInline(ReadOnly, admin.TabularInline):
    model = Item
    fields = ("kind", "object_id", "reason")
    ordering = ("pk",)


class EventInline(ReadOnly, admin.TabularInline):
    model = DeliveryEvent
    fields = ("provider", "kind", "happened_at")
    ordering = ("pk",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, ByAddress, admin.ModelAdmin):
    address_path = "recipient__"
    list_display = ("masked", "stream", "kind", "state", "due_at", "attempts", "reply")
    list_filter = ("stream", "state")
    ordering = ("-created_at", "pk")
    show_full_result_count = False
    inlines = (AttemptInline, ItemInline, EventInline)
    fields = (
        "id", "idem_key", "masked", "stream", "kind", "language", "state", "reply", "attempts", "epoch", "created_at",
        "due_at", "not_after", "lease_until", "sent_at", "message_id",
    )  # fmt: skip


@admin.register(Recipient)
class RecipientAdmin(ReadOnly, ByAddress, admin.ModelAdmin):
    list_display = ("masked", "zone", "local_hour", "language", "created_at", "erased_at")
    ordering = ("-pk",)
    show_full_result_count = False
    fields = ("masked", "zone", "local_hour", "language", "created_at", "erased_at")


@admin.register(Suppression)
class SuppressionAdmin(ByAddress, admin.ModelAdmin):
    """Staff may lift one by deleting it; they are made by `stops.suppress`."""

    list_display = ("masked", "reason", "scope", "created_at")
    list_filter = ("reason", "scope")
    ordering = ("-pk",)
    fields = ("masked", "reason", "scope", "created_at")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(StreamStop)
class StreamStopAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("recipient", "stream", "at", "source")
    list_filter = ("stream",)
    ordering = ("-at", "pk")
    fields = ("recipient", "stream", "at", "source")


@admin.register(OutboxSwitch)
class OutboxSwitchAdmin(ReadOnly, admin.ModelAdmin):
    """`manage.py outbox pause` and `resume` change these."""

    list_display = ("stream", "paused", "why", "until", "changed_at")
    ordering = ("stream",)
