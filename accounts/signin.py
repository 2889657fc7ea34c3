"""Signing in: an address is enough; a password is for those who have one, keys for those who want to be safer."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_MAX_LENGTH = 60


class SignInForm(LoginForm):
    """allauth's form with a password that may stay empty; then a code is mailed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = _("Type your email address.")
        self.fields["password"] = PasswordField(label=_("Password"), required=False, autocomplete="current-password")

    def clean_login(self):
        """One spelling of the address, so that limits count it as one. Raises ValidationError where mail cannot reach."""
        return get_adapter().clean_email(super().clean_login())


class AddKeyForm(AddWebAuthnForm):
    """A key or passkey, with words that say what the choice means."""

    name = forms.CharField(
        label=_("Name of the key"),
        max_length=NAME_MAX_LENGTH,
        required=False,
        help_text=_("So that you know it again, such as \u201cmy phone\u201d."),
    )
    passwordless = forms.BooleanField(
        label=_("Let me sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_(
            "Then it is a passkey: no code and no password. Your phone or computer asks for your finger, face or PIN."
        ),
    )


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    name = forms.CharField(label=_("Name of the key"), max_length=NAME_MAX_LENGTH)
