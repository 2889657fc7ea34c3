"""Signing in: an address is enough; a password is for those who have one."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's form with a password that may stay empty; then a code is mailed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Type your email address.")
        self.fields["password"] = PasswordField(label=_("Password"), required=False, autocomplete="current-password")

    def clean_login(self):
        """One spelling of the address, so that limits count it as one. Raises ValidationError where mail cannot reach."""
        return get_adapter().clean_email(super().clean_login())
