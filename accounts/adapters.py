"""The one seam to allauth: where people land, how we ask once more who they are, and plain words for the second step."""

from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import confirming, ownership, saved
from careerportal.outbox.addresses import BadAddress, normalize_address


def _at_the_portal(url):
    """The same page at PORTAL_URL."""
    parts = urlsplit(url)
    return settings.PORTAL_URL + urlunsplit(("", "", parts.path, parts.query, parts.fragment))


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in, our way."""

    def get_login_redirect_url(self, request):
        """Members land in their workspace, everyone else on their own page."""
        return reverse("hiring") if request.user.memberships.exists() else reverse("me")

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def login(self, request, user):
        """Sign someone in, however they proved who they are, and give them what they saved before."""
        super().login(request, user)
        ownership.settle(user, now=timezone.now())
        saved.pick_up(request, now=timezone.now())

    def confirm_email(self, request, email_address):
        """A confirmed address is the person's: what was mailed to an earlier one moves with them."""
        with transaction.atomic():
            is_confirmed = super().confirm_email(request, email_address)
            if is_confirmed:
                ownership.settle(email_address.user, now=timezone.now())
        return is_confirmed

    def clean_email(self, email):
        """The one spelling we keep of a typed address. Raises ValidationError for one that mail cannot reach."""
        try:
            return normalize_address(email)
        except BadAddress as bad:
            raise ValidationError(gettext("We can't send mail to this address. Check it for typing errors.")) from bad

    def render_mail(self, template_prefix, email, context, headers=None):
        """Mark mails that hold a code: they are worthless after 15 minutes, and rather lost than doubled.

        Links lead to the portal's own address, not to the host that the request named: anyone can ask for a stranger's
        mail with a Host header of their own.
        """
        links = {name: _at_the_portal(url) for name, url in context.items() if name.endswith("_url")}
        message = super().render_mail(template_prefix, email, context | links, headers)
        if "code" in context:
            message.extra_headers["X-Portal-Kind"] = "code"
        return message

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask everyone, too those with neither password nor second step, whom allauth itself would let pass.

        Raises ReauthenticationRequired for them; allauth's middleware then leads to the first way of the list below.
        """
        if confirming.is_due(self.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """With a second step only that counts; without one the password or a mailed code, as when signing in."""
        methods = super().get_reauthentication_methods(user)
        second_step = [method for method in methods if method["id"].startswith("mfa_")]
        if second_step or not user.is_authenticated:
            return second_step
        return [
            *methods,
            {"id": "code", "description": gettext("Email me a code instead"), "url": reverse("me_confirm")},
        ]

    def get_client_ip(self, request):
        """The address the nearest trusted proxy saw; that proxy's own when fewer proxies passed than are trusted."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]


class MFAAdapter(DefaultMFAAdapter):
    """The second step, in plain words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is wrong or was used before. Type the code that is showing now."),
        "unverified_email": _("Confirm your email address first. Then you can add a second step."),
        "cannot_generate_recovery_codes": _("Add an app or a key first. Recovery codes come with it."),
    }

    def generate_authenticator_name(self, user, type):
        """What a new key is called until its owner names it."""
        count = user.authenticator_set.filter(type=type).count()
        return gettext("My key %(number)s") % {"number": count + 1} if count else gettext("My key")

    def get_public_key_credential_rp_entity(self):
        """Who asks for the key, as the browser shows it: the host name binds the key, the name is for people."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.PORTAL_NAME}
