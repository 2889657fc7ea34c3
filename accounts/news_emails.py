"""Messages about career news, built when they are sent and returned unsent; registered for their kinds in apps.py."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import news
from accounts.models import NewsConfirmation, NewsSubscription
from accounts.tokens import NEWS_CONFIRM, NEWS_MANAGE, token_for
from careerportal.core.mail import SUBJECT_MAX_LENGTH, build_message
from careerportal.outbox.streams import NothingLeft
from careerportal.outbox.tokens import unsubscribe_token
from careers.models import NewsItem


def _url(name, *args):
    return settings.PORTAL_URL + reverse(name, args=args)


class NewsConfirmHandler:
    """Asks to confirm; tells who asks again while it is on that it is."""

    def still_wanted(self, delivery, items, *, now):
        """False when it was confirmed meanwhile by an earlier mail, or its week is over."""
        confirmation = NewsConfirmation.objects.filter(pk=delivery.payload["confirmation"]).first()
        return confirmation is not None and confirmation.used_at is None and confirmation.expires_at > now

    def build(self, delivery, items, *, now):
        found = NewsConfirmation.objects.select_related("subscription").get(pk=delivery.payload["confirmation"])
        with translation.override(delivery.language):
            already_on = news.is_on(found.subscription)
            context = {
                "already_on": already_on,
                "confirm_url": _url("news_confirm", token_for(NEWS_CONFIRM, found.pk)),
                "manage_url": _url("news_manage", token_for(NEWS_MANAGE, found.subscription_id)),
            }
            subject = _("You already get career news") if already_on else _("Please confirm: career news once a month")
            return build_message(
                "news_confirm", to=delivery.address, subject=subject, context=context, language=delivery.language
            )


class NewsHandler:
    """This month's news for one person. Drops what was taken back since."""

    def still_wanted(self, delivery, items, *, now):
        return NewsSubscription.objects.filter(
            recipient=delivery.recipient_id, state=NewsSubscription.State.ACTIVE
        ).exists()

    def build(self, delivery, items, *, now):
        ids = [int(item.object_id) for item in items if item.kind == news.ITEM_KIND]
        found = list(NewsItem.objects.out(at=now).filter(pk__in=ids).select_related("source").newest_first())
        if not found:
            raise NothingLeft("no news of this mail is out any more")
        subscription = NewsSubscription.objects.get(recipient=delivery.recipient_id)
        with translation.override(delivery.language):
            context = {
                "items": [{"item": one, "url": settings.PORTAL_URL + one.get_absolute_url()} for one in found],
                "news_url": _url("careers:news"),
                "links": [
                    {
                        "label": _("Stop career news"),
                        "url": _url("alert_unsubscribe", unsubscribe_token(delivery.recipient_id, delivery.stream)),
                    },
                    {
                        "label": _("See my subscription"),
                        "url": _url("news_manage", token_for(NEWS_MANAGE, subscription.pk)),
                    },
                ],
            }
            return build_message(
                "news_monthly",
                to=delivery.address,
                subject=_subject(found),
                context=context,
                language=delivery.language,
            )


def _subject(found):
    """Name the newest item and how many more there are; at most SUBJECT_MAX_LENGTH characters."""
    more = len(found) - 1
    said = _("Career news: %(title)s")
    if more:
        said = ngettext(
            "%(title)s, and %(more)s more piece of news", "%(title)s, and %(more)s more pieces of news", more
        )
    room = SUBJECT_MAX_LENGTH - len(said % {"title": "", "more": more})
    return said % {"title": Truncator(found[0].title).chars(room), "more": more}
