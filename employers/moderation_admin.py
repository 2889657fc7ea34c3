"""What moderators keep in the admin: blocked domains, reasons they often give, and guests for some states."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerportal.core import audit
from careerportal.places.states import STATES
from employers.models import BlockedDomain, CannedReason, Case, GuestModerator


class BlockedDomainAdmin(admin.ModelAdmin):
    """Domains nobody may use, with the reason. Blocking is written to the audit log."""

    list_display = ["domain", "reason", "blocked_by", "created_at"]
    list_select_related = ["blocked_by"]
    search_fields = ["domain", "reason"]
    fields = ["domain", "reason"]
    ordering = ["domain"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.blocked_by = request.user
        super().save_model(request, obj, form, change)
        verb = "domain.changed" if change else "domain.blocked"
        audit.record(verb, about=obj, actor=request.user, now=timezone.now(), domain=obj.domain)

    def delete_model(self, request, obj):
        audit.record("domain.freed", about=obj, actor=request.user, now=timezone.now(), domain=obj.domain)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for each in queryset:
            self.delete_model(request, each)


class CannedReasonForm(forms.ModelForm):
    """A reason, and the kinds of cases it is offered for."""

    kinds = forms.MultipleChoiceField(
        label=_("offered for"), choices=Case.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CannedReason
        fields = ["title", "text", "kinds", "position", "code"]


class CannedReasonAdmin(admin.ModelAdmin):
    """Reasons that moderators choose from; a change shows from the next decision on."""

    form = CannedReasonForm
    list_display = ["title", "code", "position"]
    list_editable = ["position"]
    search_fields = ["title", "text"]
    ordering = ["position", "pk"]
    prepopulated_fields = {"code": ["title"]}


class GuestModeratorForm(forms.ModelForm):
    """A moderator, and the states they decide in."""

    states = forms.MultipleChoiceField(
        label=_("states"),
        choices=sorted(STATES.items(), key=lambda pair: pair[1]),
        widget=forms.SelectMultiple({"size": 12}),
    )

    class Meta:
        model = GuestModerator
        fields = ["user", "states"]


class GuestModeratorAdmin(admin.ModelAdmin):
    """Moderators for some states only. They need to be staff in the group of moderators too."""

    form = GuestModeratorForm
    list_display = ["user", "named_states", "created_at"]
    list_select_related = ["user"]
    raw_id_fields = ["user"]
    ordering = ["pk"]

    @admin.display(description=_("states"))
    def named_states(self, guest):
        return ", ".join(guest.states)


PAGES = {BlockedDomain: BlockedDomainAdmin, CannedReason: CannedReasonAdmin, GuestModerator: GuestModeratorAdmin}
