"""People who sign in, for administrators. Passwords and addresses are changed by their owners, not here."""

from django.contrib import admin

from careerportal.core.models import Translation, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who may sign in and what they may do."""

    list_display = ("pk", "email", "name", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("email", "name")
    ordering = ("-date_joined", "-pk")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "date_joined", "last_login")
    readonly_fields = ("email", "date_joined", "last_login")
    filter_horizontal = ("groups",)

    def has_add_permission(self, request):
        """People make their own accounts, because only they can prove their address."""
        return False


@admin.register(Translation)
class TranslationAdmin(admin.ModelAdmin):
    """Texts in other languages, by the state they are in."""

    list_display = ("pk", "language", "content_type", "object_id", "field", "state")
    list_filter = ("language", "state", "content_type")
    search_fields = ("text", "object_id")
    ordering = ("language", "content_type", "object_id", "field", "pk")
