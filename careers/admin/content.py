"""How every piece of content is edited: drafts, review, publishing, history, rolling back, and where it is shown."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db.models import URLField
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from careers import addresses, differences, drafts, plain, uses
from careers.admin.fields import DueFilter, LinesField
from careers.admin.forms import ContentForm
from careers.models import Draft
from careers.models.base import Content

KNOWN = ("slug", "tier", "review_due")
KEEPING = ("slug", "tier", "reviewed_on", "review_due", "position", "note_for_editors")
MOST_PARTS = 40


class ContentAdmin(SimpleHistoryAdmin):
    """What every piece of content shares in the admin. Saving makes a draft; only "Publish now" changes pages."""

    form = ContentForm
    change_form_template = add_form_template = "admin/careers/content_form.html"
    object_history_list_template = "admin/careers/history_list.html"
    list_filter = (DueFilter, "tier")
    list_per_page = 50
    ordering = ("position", "pk")
    list_display = ("name", *KNOWN)
    search_fields = ("name", "slug")
    formfield_overrides = {ArrayField: {"form_class": LinesField}, URLField: {"assume_scheme": "https"}}

    class Media:
        css = {"all": ["css/curation.css"]}

    # --- Lists and forms ------------------------------------------------------------------------
    def get_list_filter(self, request):
        own = [
            name for name in ("family", "role", "setting") if name in {field.name for field in self.model._meta.fields}
        ]
        return (*self.list_filter, *own)

    def get_readonly_fields(self, request, obj=None):
        """The key of what has a page may change, and its old address then leads on; others are named in templates."""
        return ("slug",) if obj and not addresses.has_page(self.model) else ()

    def get_autocomplete_fields(self, request):
        relations = [*self.model._meta.many_to_many, *(field for field in self.model._meta.fields if field.many_to_one)]
        return [field.name for field in relations if field.editable and issubclass(field.related_model, Content)]

    def get_fieldsets(self, request, obj=None):
        names = self.get_fields(request, obj)
        own = [name for name in names if name not in (*KEEPING, "change_note", "began")]
        return [
            (None, {"fields": own}),
            (
                _("How well it is known, and when to look again"),
                {"fields": [name for name in KEEPING if name in names]},
            ),
            (_("For your colleagues"), {"fields": ["change_note", "began"]}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"row": obj, "draft": self.draft_of(request, obj)})

    def draft_of(self, request, obj):
        """The open draft of this object, or for a new one the draft that the address names."""
        if obj is not None:
            return drafts.open_draft(obj)
        asked = request.GET.get("draft", "")
        return (
            Draft.objects.filter(
                pk=asked, kind=self.model.__name__, object_id__isnull=True, stage__in=Draft.OPEN
            ).first()
            if asked.isdecimal()
            else None
        )

    def get_changeform_initial_data(self, request):
        return {name: value for name, value in super().get_changeform_initial_data(request).items() if name != "draft"}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        draft = self.draft_of(request, obj)
        context |= {
            "draft": draft,
            "draft_url": reverse("admin:careers_draft_change", args=[draft.pk]) if draft else "",
            "pages": uses.pages_of(obj) if obj is not None else None,
            "parts": list(self._parts(obj)) if obj is not None else [],
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _parts(self, obj):
        """(label, [(name, form's address)]) of rows that belong to this object and are edited on their own."""
        for relation in self.model._meta.related_objects:
            kind = relation.related_model
            if relation.one_to_many and relation.on_delete.__name__ == "CASCADE" and issubclass(kind, Content):
                rows = kind.objects.filter(**{relation.field.name: obj}).in_order()[:MOST_PARTS]
                at = f"admin:careers_{kind._meta.model_name}"
                add = f"{reverse(f'{at}_add')}?{relation.field.name}={obj.pk}"
                yield (
                    kind._meta.verbose_name_plural,
                    [(row, reverse(f"{at}_change", args=[row.pk])) for row in rows],
                    add,
                )

    # --- Saving: a draft, and perhaps more ------------------------------------------------------
    def save_model(self, request, obj, form, change):
        """Keep what was typed as a draft, then hand it in or publish it if that button was pressed."""
        now, request.published, request.refused = timezone.now(), None, ""
        try:
            draft = drafts.save(
                kind=self.model, row=form.row, draft=form.draft, values=form.plain_values(), user=request.user, now=now,
                live=form.live_at_start(), comment=form.cleaned_data["change_note"],
            )  # fmt: skip
            request.draft = draft
            if draft and "_review" in request.POST:
                drafts.submit(draft=draft, user=request.user, now=now)
            if draft and ("_save" in request.POST or IS_POPUP_VAR in request.POST):
                request.published = drafts.publish(draft=draft, user=request.user, now=now)
                obj.pk = request.published.pk
        except drafts.DraftRefused as refusal:
            request.refused = str(refusal)

    def save_related(self, request, form, formsets, change):
        """Lists of objects are part of the draft."""

    def log_addition(self, request, obj, message):
        """The history and the drafts say who did what."""

    log_change = log_addition

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST and request.published:
            return super().response_add(request, request.published, post_url_continue)
        return self._answer(request)

    def response_change(self, request, obj):
        if IS_POPUP_VAR in request.POST and request.published:
            return super().response_change(request, request.published)
        return self._answer(request)

    def _answer(self, request):
        at, draft = f"admin:careers_{self.model._meta.model_name}", getattr(request, "draft", None)
        if request.refused:
            self.message_user(request, request.refused, messages.ERROR)
        if request.published:
            self.message_user(request, _("Published. Pages show it from now on."), messages.SUCCESS)
            return redirect(f"{at}_change", request.published.pk)
        if draft is None:
            if not request.refused:
                self.message_user(request, _("Nothing differs from what is public, so there is no draft."))
            return redirect(f"{at}_changelist")
        if not request.refused:
            words = (
                _("Handed in for review.")
                if "_review" in request.POST
                else _("Saved as a draft. Pages still show the old text.")
            )
            self.message_user(request, words, messages.SUCCESS)
        return redirect("admin:careers_draft_change", draft.pk)

    def delete_model(self, request, obj):
        obj._history_user = request.user
        super().delete_model(request, obj)

    # --- History --------------------------------------------------------------------------------
    def get_urls(self):
        name = f"careers_{self.model._meta.model_name}_roll_back"
        view = self.admin_site.admin_view(require_POST(self.roll_back))
        return [path("<int:pk>/history/<int:history_id>/roll-back/", view, name=name), *super().get_urls()]

    def revert_disabled(self, request, obj=None):
        """Old versions are looked at here and brought back with a button of their own."""
        return True

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return super().history_form_view(request, object_id, version_id, extra_context)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Give each record the differences to the one before it, also to the one on the next page."""
        records = list(historical_records)
        for record, older in zip(records, [*records[1:], None], strict=True):
            older = older or record.prev_record
            record.is_first = older is None
            record.differences = [] if older is None else self._between(older.instance, record.instance)

    def _between(self, before, after):
        values = [
            {
                name: plain.value_of(row, name)
                for name, spec in plain.fields(self.model).items()
                if not spec.many_to_many
            }
            for row in (before, after)
        ]
        return differences.between(self.model, *values)

    def history_view(self, request, object_id, extra_context=None):
        closed = Draft.objects.filter(kind=self.model.__name__, object_id=object_id, stage=Draft.Stage.PUBLISHED)
        more = {
            "roll_back_name": f"admin:careers_{self.model._meta.model_name}_roll_back",
            "may_roll_back": self.has_change_permission(request),
            "revisions": closed.select_related("author", "reviewer").order_by("-closed_at")[:20]
            if object_id.isdecimal()
            else (),
        }
        return super().history_view(request, object_id, {**more, **(extra_context or {})})

    def roll_back(self, request, pk, history_id):
        """Bring this object back to what it was then."""
        row = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        record = self.model.history.filter(id=pk, history_id=history_id).first()
        if record is None:
            raise Http404
        try:
            drafts.roll_back(row=row, record=record, user=request.user, now=timezone.now())
        except drafts.DraftRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, _("Rolled back. This is a revision too: you can undo it the same way."))
        return redirect(f"admin:careers_{self.model._meta.model_name}_history", pk)


def admin_for(kind):
    """A ContentAdmin class for a model that needs nothing special: listed by the field that reads best."""
    names = {field.name for field in kind._meta.fields if not field.is_relation}
    first = next(
        (name for name in ("name", "title", "question", "heading", "occupation", "text") if name in names), "slug"
    )
    known = [name for name in KNOWN if name != first]
    search = tuple(dict.fromkeys((first, "slug")))
    return type(f"{kind.__name__}Admin", (ContentAdmin,), {"list_display": (first, *known), "search_fields": search})
