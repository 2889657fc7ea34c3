"""Mails about one's own data: two accounts became one, support asks for leave to look."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import merging, supporting
from accounts.models import SupportGrant
from careerportal.core.mail import build_message
from careerportal.outbox import streams


def register() -> None:
    """Register the handlers of these mails."""
    streams.register(merging.MERGED_MAIL, MergedHandler())
    streams.register(supporting.ASKED_MAIL, SupportHandler())


class MergedHandler:
    """To the address that is no longer mailed; it does not name the other one."""

    def still_wanted(self, delivery, items, *, now):
        return True

    def build(self, delivery, items, *, now):
        with translation.override(delivery.language):
            subject, context = _("Your two accounts are one now"), {}
        return build_message(
            merging.MERGED_MAIL, to=delivery.address, subject=subject, context=context, language=delivery.language
        )


class SupportHandler:
    """Support asks for leave; the answer is given on the page, after signing in."""

    def still_wanted(self, delivery, items, *, now):
        return SupportGrant.objects.asked().filter(pk=delivery.payload["grant"]).exists()

    def build(self, delivery, items, *, now):
        grant = SupportGrant.objects.get(pk=delivery.payload["grant"])
        with translation.override(delivery.language):
            subject = _("Support asks to look at your page")
        context = {"reason": grant.reason, "days": grant.days, "url": settings.PORTAL_URL + reverse("me_support")}
        return build_message(
            supporting.ASKED_MAIL, to=delivery.address, subject=subject, context=context, language=delivery.language
        )
