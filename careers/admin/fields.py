"""Fields and filters of the content forms."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

DUE_SOON_DAYS = 60


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
