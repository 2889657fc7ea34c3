"""Loading a table of wages: a dry run first, every fault with its line, then all of it or nothing."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers import wages
from careers.models import WageTable


class TableForm(forms.Form):
    """The file, and whether to load it or only to look."""

    table = forms.FileField(label=gettext_lazy("CSV file"))
    really = forms.BooleanField(
        label=gettext_lazy("Load it"),
        required=False,
        help_text=gettext_lazy("Without the tick nothing changes: you see what would happen."),
    )


@admin.register(WageTable)
class WageTableAdmin(admin.ModelAdmin):
    """Tables as they were loaded; a new one comes in as a file."""

    list_display = ("file_name", "loaded_at", "loaded_by", "created", "updated", "unchanged")
    ordering = ("-loaded_at", "-pk")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        own = [path("template.csv", self.admin_site.admin_view(self.template), name="careers_wagetable_template")]
        return [*own, *super().get_urls()]

    def template(self, request):
        """An empty table with one example line."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        answer = HttpResponse(wages.template_csv(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="wages.csv"'
        return answer

    def add_view(self, request, form_url="", extra_context=None):
        """The form; a file without the tick is only looked at, with it loaded."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TableForm(request.POST or None, request.FILES or None)
        page = {
            **self.admin_site.each_context(request),
            "title": _("Load a table of wages"),
            "opts": self.model._meta,
            "form": form,
            "columns": wages.COLUMNS,
        }
        if request.method == "POST" and form.is_valid():
            file, data = form.cleaned_data["table"], form.cleaned_data["table"].read(wages.MOST_BYTES + 1)
            try:
                if form.cleaned_data["really"]:
                    table = wages.load(data, file_name=file.name, by=request.user, now=timezone.now())
                    messages.success(request, _counts(table.created, table.updated, table.unchanged))
                    return redirect("admin:careers_wagetable_changelist")
                page["plan"] = wages.plan(data, today=localdate())
            except wages.TableRefused as refused:
                page |= {"refused": refused, "faults": refused.faults}
        return TemplateResponse(request, "admin/careers/load_wages.html", page)


def _counts(created, updated, unchanged):
    return _("%(created)d new, %(updated)d changed, %(unchanged)d as before.") % {
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
    }
