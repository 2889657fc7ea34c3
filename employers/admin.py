"""Moderating employers and openings. What decides who is seen changes by the actions, each with its reason."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import models, transaction
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careerportal.outbox import tasks as outbox
from employers import emails, lifecycle, moderation, organizations, searchrow, team, verification
from employers.adcheck import rules
from employers.corrections_admin import CorrectionRequestAdmin
from employers.models import CorrectionRequest, Employer, Listing, Membership, Site
from employers.moderation_admin import PAGES as MODERATION_PAGES
from employers.register_admin import PAGES as REGISTER_PAGES
from employers.verification_admin import PAGES as VERIFICATION_PAGES

_HTTPS = {models.URLField: {"assume_scheme": "https"}}


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(max_length=300, widget=forms.Textarea({"rows": 3}))


def _employer_and_opening(one):
    """What a row is about, as arguments of moderation.require_no_part."""
    return (one.employer, one) if isinstance(one, Listing) else (one, None)


def _one_by_one(modeladmin, request, queryset, act, *refused):
    """Take a step with each object on its own and say how many it was; `refused` is what the step may raise.

    Nobody takes one with their own organization, or outside the states they are a guest for.
    """
    done = 0
    for each in queryset.order_by("pk"):
        try:
            with transaction.atomic():
                moderation.require_no_part(request.user, *_employer_and_opening(each))
                act(each)
        except (moderation.SomeoneElse, *refused) as refusal:
            modeladmin.message_user(request, f"{each}: {refusal}", messages.ERROR)
        else:
            done += 1
    if done:
        said = ngettext("%(done)s is done.", "%(done)s are done.", done) % {"done": done}
        modeladmin.message_user(request, said, messages.SUCCESS)


def _with_reason(*, title, label, button):
    """Make an action of `act(each, request, reason)` that first asks for the reason on a page of its own."""

    def decorate(act):
        @admin.action(description=title, permissions=["change"])
        def action(modeladmin, request, queryset):
            form = ReasonForm(request.POST if "reason" in request.POST else None)
            form.fields["reason"].label = label
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                refused = (
                    lifecycle.TransitionRefused, organizations.OrganizationRefused, verification.VerificationRefused,
                )  # fmt: skip
                _one_by_one(modeladmin, request, queryset, lambda each: act(each, request, reason), *refused)
                return None
            context = {
                **modeladmin.admin_site.each_context(request),
                "title": title,
                "form": form,
                "button": button,
                "chosen": queryset.order_by("pk"),
                "opts": modeladmin.model._meta,
                "action_name": action.__name__,
                "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/employers/reason.html", context)

        action.__name__ = act.__name__
        return action

    return decorate


@_with_reason(
    title=_("Approve, with evidence"),
    label=_("Evidence: what shows that this organization is who it says?"),
    button=_("Approve"),
)
def approve(employer, request, reason):
    verification.approve_employer(employer=employer, by=request.user, evidence=reason, now=timezone.now())
    outbox.wake(emails.STREAM)


@_with_reason(title=_("Suspend, with a reason"), label=_("Reason, shown to its members"), button=_("Suspend"))
def suspend(employer, request, reason):
    organizations.suspend(employer=employer, reason=reason, by=request.user, now=timezone.now())


@admin.action(description=_("Release from suspension"), permissions=["change"])
def release(modeladmin, request, queryset):
    now, by = timezone.now(), request.user
    refused = organizations.OrganizationRefused
    _one_by_one(
        modeladmin, request, queryset, lambda each: organizations.release(employer=each, by=by, now=now), refused
    )


@_with_reason(
    title=_("Take down for good, with a reason"), label=_("Reason, shown to the employer"), button=_("Take down")
)
def take_down(listing, request, reason):
    lifecycle.take_down(listing=listing, reason=reason, by=request.user, now=timezone.now())


@admin.action(description=_("Close"), permissions=["change"])
def close(modeladmin, request, queryset):
    now = timezone.now()
    refused = lifecycle.TransitionRefused
    _one_by_one(
        modeladmin, request, queryset, lambda each: lifecycle.close(listing=each, by=request.user, now=now), refused
    )


class _NotOnesOwn:
    """Who has a part in the organization, or is a guest for other states, only looks: employers have their own pages."""

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        try:
            moderation.require_no_part(request.user, *_employer_and_opening(obj))
        except moderation.SomeoneElse:
            return False
        return True


class StandingFilter(admin.SimpleListFilter):
    """Waiting (someone acts for it), approved, suspended, or known from a register alone."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("waiting")),
            ("approved", _("approved")),
            ("suspended", _("suspended")),
            ("register", _("only from a register")),
            ("orphaned", _("nobody owns it any more")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            unclaimed = Q(listed_from=Employer.ListedFrom.REGISTER, memberships=None)
            return queryset.filter(approved_at=None, suspended_at=None).exclude(unclaimed)
        if self.value() == "register":
            return queryset.filter(listed_from=Employer.ListedFrom.REGISTER, approved_at=None, suspended_at=None)
        if self.value() == "orphaned":
            return queryset.filter(pk__in=team.orphaned().values("pk"))
        if self.value() == "approved":
            return queryset.approved()
        return queryset.filter(suspended_at__isnull=False) if self.value() == "suspended" else queryset


class _InlineOfEmployer:
    """Lines of an employer's page can be changed by who may change the employer."""

    def _may(self, request, employer):
        return employer is None or self.admin_site._registry[Employer].has_change_permission(request, employer)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)


class SiteInline(_InlineOfEmployer, admin.StackedInline):
    model = Site
    extra = 0
    fields = ["name", ("address1", "city", "state", "zip", "county"), ("lat", "lng", "exactness")]


class MembershipInline(_InlineOfEmployer, admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["user"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


@admin.register(Employer)
class EmployerAdmin(_NotOnesOwn, admin.ModelAdmin):
    """Organizations, those that wait longest first."""

    list_display = ["name", "standing", "town", "care_setting", "openings", "is_sample", "created_at"]
    list_filter = [StandingFilter, "is_sample", "care_setting"]
    list_select_related = ["care_setting"]
    search_fields = ["name", "slug", "inbox_email", "website", "sites__city", "sites__zip"]
    ordering = ["approved_at", "created_at", "pk"]
    actions = [approve, suspend, release]
    inlines = [SiteInline, MembershipInline]
    formfield_overrides = _HTTPS
    readonly_fields = [
        "approved_at", "approved_by", "approval_evidence", "trusted_at", "active_at", "idle_warned_at", "held_at",
        "suspended_at", "suspended_reason", "inbox_email", "inbox_confirmed_at", "inbox_wanted", "listed_from", "employs",
        "closed_at", "merged_into", "created_at", "updated_at",
    ]  # fmt: skip

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(_openings=Count("listings", distinct=True), _members=Count("memberships", distinct=True))
            .prefetch_related("sites")
        )

    @admin.display(description=_("standing"))
    def standing(self, employer):
        if employer.is_suspended:
            return _("suspended")
        if employer.is_approved:
            return _("approved")
        unclaimed = employer.listed_from == Employer.ListedFrom.REGISTER and not employer._members
        return _("only from a register") if unclaimed else _("waiting")

    @admin.display(description=_("town"))
    def town(self, employer):
        return next((site.town for site in employer.sites.all()), "")

    @admin.display(description=_("openings"), ordering="_openings")
    def openings(self, employer):
        return employer._openings

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        searchrow.rewrite(employer_id=form.instance.pk)


class ListingAdminForm(forms.ModelForm):
    """The form of an opening in the admin: what is published keeps the pay range that a state's rule asks for."""

    def clean(self):
        cleaned, listing = super().clean(), self.instance
        if listing.status == Listing.Status.PUBLISHED and cleaned.get("pay_max_usd") is None:
            kept = {"remote_states": listing.remote_states, "sites": list(listing.sites.all())}
            if rule := rules.range_missing({**kept, **cleaned}, on=localdate(), employer=listing.employer):
                self.add_error("pay_min_usd", rule)
        return cleaned


@admin.register(Listing)
class ListingAdmin(_NotOnesOwn, admin.ModelAdmin):
    """Openings, newest first. A new one is written in the workspace, so that its form checks it."""

    list_display = ["headline", "employer_name", "status", "title_name", "published_at", "closes_on"]
    list_filter = ["status", "roles", "employer__is_sample", "source"]
    list_select_related = ["employer", "title"]
    search_fields = ["headline", "employer__name", "source_id"]
    ordering = ["-created_at", "-pk"]
    date_hierarchy = "created_at"
    actions = [close, take_down]
    form = ListingAdminForm
    filter_horizontal = ["care_settings", "populations"]
    formfield_overrides = _HTTPS
    readonly_fields = [
        "employer", "status", "submitted_at", "published_at", "publish_at", "confirmed_at", "closed_at", "outcome",
        "outcome_asked_at", "held_at", "rejected_reason", "taken_down_reason", "created_by", "source", "source_id",
        "sketch", "created_at", "updated_at",
    ]  # fmt: skip

    @admin.display(description=_("employer"), ordering="employer__name")
    def employer_name(self, listing):
        return listing.employer.name

    @admin.display(description=_("title"), ordering="title__name")
    def title_name(self, listing):
        return listing.title.name

    def has_add_permission(self, request):
        return False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "sites":
            opening = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Site.objects.filter(employer__listings__pk=opening).order_by("city", "pk")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        searchrow.rewrite([form.instance.pk])


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who acts for whom."""

    list_display = ["user", "employer_name", "access", "created_at"]
    list_filter = ["access"]
    list_select_related = ["user", "employer"]
    search_fields = ["user__email", "employer__name"]
    autocomplete_fields = ["employer"]
    raw_id_fields = ["user"]
    ordering = ["-created_at", "-pk"]

    @admin.display(description=_("employer"), ordering="employer__name")
    def employer_name(self, membership):
        return membership.employer.name


admin.site.register(CorrectionRequest, CorrectionRequestAdmin)

for _model, _page in (*REGISTER_PAGES.items(), *MODERATION_PAGES.items(), *VERIFICATION_PAGES.items()):
    admin.site.register(_model, _page)
