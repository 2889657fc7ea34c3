"""The one seam to allauth: where a person lands after signing in, and how long a mailed code is worth sending."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in, our way."""

    def get_login_redirect_url(self, request):
        """Members land in their workspace, everyone else on their own page."""
        return reverse("hiring") if request.user.memberships.exists() else reverse("me")

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def render_mail(self, template_prefix, email, context, headers=None):
        """Mark mails that hold a code: they are worthless after 15 minutes, and rather lost than doubled."""
        message = super().render_mail(template_prefix, email, context, headers)
        if "code" in context:
            message.extra_headers["X-Portal-Kind"] = "code"
        return message
