"""Curation: every piece of content with its history, what is due for review, and who changed what."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import URLField
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from careers import models

DUE_SOON_DAYS = 60
KNOWN = ("slug", "tier", "review_due")


class LinesField(forms.CharField):
    """A list of sentences as one text, a line each; empty lines are left out."""

    widget = forms.Textarea

    def __init__(self, *, base_field, max_length=None, **kwargs):
        self.longest = base_field.max_length
        super().__init__(**{**kwargs, "help_text": _("One per line.")})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value):
        super().validate(value)
        if self.longest and any(len(line) > self.longest for line in value):
            raise forms.ValidationError(_("A line may have at most %(letters)d letters.") % {"letters": self.longest})

    def run_validators(self, value):
        """Lines carry no validators of their own."""

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class DueFilter(admin.SimpleListFilter):
    """Facts due: review date past, soon, or never set."""

    title = _("facts due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("now", _("Due now")),
            ("soon", _("Due within %(days)d days") % {"days": DUE_SOON_DAYS}),
            ("none", _("No date")),
        ]

    def queryset(self, request, queryset):
        today = localdate()
        if self.value() == "now":
            return queryset.filter(review_due__lte=today)
        if self.value() == "soon":
            return queryset.filter(review_due__lte=today + timedelta(days=DUE_SOON_DAYS))
        if self.value() == "none":
            return queryset.filter(review_due__isnull=True)
        return queryset


class ContentAdmin(SimpleHistoryAdmin):
    """What every piece of content shares in the admin."""

    list_filter = (DueFilter, "tier")
    list_per_page = 50
    ordering = ("position", "pk")
    list_display = ("name", *KNOWN)
    search_fields = ("name", "slug")
    formfield_overrides = {ArrayField: {"form_class": LinesField}, URLField: {"assume_scheme": "https"}}

    def get_list_filter(self, request):
        own = [
            name for name in ("family", "role", "setting", "state") if name in {field.name for field in self.model._meta.fields}
        ]
        return (*self.list_filter, *own)

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()  # the lasting key: addresses and the content files rely on it

    def get_autocomplete_fields(self, request):
        relations = [*self.model._meta.many_to_many, *(field for field in self.model._meta.fields if field.many_to_one)]
        return [field.name for field in relations]


class StepInline(admin.TabularInline):
    model = models.RoleStep
    fk_name = "role"
    extra = 0
    autocomplete_fields = ("to",)


class PayInline(admin.TabularInline):
    model = models.PayFigure
    extra = 0
    fields = ("slug", "occupation", "amount_usd", "unit", "area", "period", "fit", "source", "tier", "review_due")
    autocomplete_fields = ("source",)


class EvidenceInline(admin.TabularInline):
    model = models.Evidence
    extra = 0
    fields = ("slug", "claim", "source", "tier", "review_due")
    autocomplete_fields = ("source",)


class FactInline(admin.TabularInline):
    model = models.SettingFact
    extra = 0
    autocomplete_fields = ("source",)


@admin.register(models.CareRole)
class CareRoleAdmin(ContentAdmin):
    inlines = (StepInline, PayInline, EvidenceInline)


@admin.register(models.CareSetting)
class CareSettingAdmin(ContentAdmin):
    inlines = (FactInline,)


@admin.register(
    models.Source,
    models.Population,
    models.Credential,
    models.JobTitle,
    models.TitleVariation,
    models.Function,
    models.HubSpoke,
)
class NamedAdmin(ContentAdmin):
    pass


@admin.register(models.PayFigure)
class PayFigureAdmin(ContentAdmin):
    list_display = ("occupation", *KNOWN)
    search_fields = ("occupation", "slug")


@admin.register(models.Evidence)
class EvidenceAdmin(ContentAdmin):
    list_display = ("claim", *KNOWN)
    search_fields = ("claim", "slug")


@admin.register(models.SettingFact, models.Passage, models.Similarity)
class TextAdmin(ContentAdmin):
    list_display = ("text", *KNOWN)
    search_fields = ("text", "slug")


@admin.register(models.RoleStep)
class RoleStepAdmin(ContentAdmin):
    list_display = ("needs", *KNOWN)
    search_fields = ("needs", "slug")


@admin.register(models.OverviewSection)
class OverviewSectionAdmin(ContentAdmin):
    list_display = ("heading", *KNOWN)
    search_fields = ("heading", "slug")


@admin.register(models.Definition)
class DefinitionAdmin(ContentAdmin):
    list_display = ("term", *KNOWN)
    search_fields = ("term", "slug")


@admin.register(models.Difference)
class DifferenceAdmin(ContentAdmin):
    list_display = ("aspect", *KNOWN)
    search_fields = ("aspect", "slug")
