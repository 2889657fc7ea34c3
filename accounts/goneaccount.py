"""A page that somebody had open while their account was deleted, or became part of another one, in another window."""

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class GoneAccount:
    """Middleware: what fails because its account is gone since the request began leads to signing in again.

    The database keeps the truth: nothing is written for somebody who is gone. Any other failure stays one. Stands in for
    allauth's UserSessionsMiddleware, whose own row of the session may fail in the same way.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.note_session = UserSessionsMiddleware(lambda request: None)

    def __call__(self, request):
        try:
            self.note_session(request)
        except DatabaseError as error:
            ended = self.process_exception(request, error)
            if ended is None:
                raise
            return ended
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Look whether the account is gone, only when a row was missing or the database refused a change."""
        if not isinstance(exception, (DatabaseError, ObjectDoesNotExist)) or not request.user.is_authenticated:
            return None
        if get_user_model().objects.filter(pk=request.user.pk).exists():
            return None
        logout(request)
        messages.error(
            request,
            _("This account was deleted, or joined with another one, a moment ago. Nothing was kept of this page."),
        )
        return redirect("account_login")
