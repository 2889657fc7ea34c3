"""The one seam to allauth: where a person lands after signing in, and how long a mailed code is worth sending."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext

from careerportal.outbox.addresses import BadAddress, normalize_address


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in, our way."""

    def get_login_redirect_url(self, request):
        """Members land in their workspace, everyone else on their own page."""
        return reverse("hiring") if request.user.memberships.exists() else reverse("me")

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def clean_email(self, email):
        """The one spelling we keep of a typed address. Raises ValidationError for one that mail cannot reach."""
        try:
            return normalize_address(email)
        except BadAddress as bad:
            raise ValidationError(gettext("We can't send mail to this address. Check it for typing errors.")) from bad

    def render_mail(self, template_prefix, email, context, headers=None):
        """Mark mails that hold a code: they are worthless after 15 minutes, and rather lost than doubled."""
        message = super().render_mail(template_prefix, email, context, headers)
        if "code" in context:
            message.extra_headers["X-Portal-Kind"] = "code"
        return message
