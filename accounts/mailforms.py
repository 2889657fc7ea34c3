"""allauth's forms that mail to a typed address: one spelling for each address, and no flood to anybody's inbox."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm, SignupForm
from allauth.core import context
from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.limits import is_over_limit


class _OneSpelling(forms.Form):
    """Looks people up, counts and mails by the one spelling of the address; refuses what mail cannot reach."""

    def clean_email(self):
        if self.cleaned_data["email"]:
            self.cleaned_data["email"] = get_adapter().clean_email(self.cleaned_data["email"])
        return super().clean_email()


class CodeRequestForm(_OneSpelling, RequestLoginCodeForm):
    """Asks for a sign-in code."""


class PasswordResetForm(_OneSpelling, ResetPasswordForm):
    """Asks for a mail that leads to a new password."""


class SignUpForm(_OneSpelling, SignupForm):
    """Asks for an account. One address gets few of these mails whoever asks, and the answer is the same for all."""

    def clean_email(self):
        address = super().clean_email()
        if is_over_limit(context.request, "sign_up", key=address):
            raise forms.ValidationError(_("We have mailed to this address several times. Please try again in an hour."))
        return address

    def try_save(self, request):
        """Of two who sign up with one address at once, the second is answered as if they had come later."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError as error:
            if "core_user_email_unique_without_case" not in str(error):
                raise
            self.account_already_exists = True
            return super().try_save(request)
