"""Messages to seekers, built when they are sent and returned unsent; each is registered for its kind in apps.py."""

import re
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import closing
from accounts.models import AlertConfirmation, JobAlert
from accounts.planner import ITEM_KIND
from accounts.search_address import search_path
from accounts.tokens import CONFIRM, MANAGE, confirmation_code, token_for
from careerportal.core.mail import SUBJECT_MAX_LENGTH, build_message
from careerportal.outbox import stops
from careerportal.outbox.streams import NothingLeft
from careerportal.outbox.tokens import unsubscribe_token
from employers import wording
from employers.cards import opening_card
from employers.criteria_wording import criteria_text
from employers.models import Listing

RELATED = ("place_class", "words_class", "facets_class", "recipient")


def _url(name, *args):
    return settings.PORTAL_URL + reverse(name, args=args)


def _unlinked(words):
    """Search words as letters, digits and hyphens: a stranger may have typed them, and no mail program shall make a link."""
    return " ".join(re.sub(r"[^\w\s-]", " ", words).split())


class ConfirmHandler:
    """Asks to confirm an alert: a link, a code, and what was asked. Tells who asks again for a live one that it is on."""

    def still_wanted(self, delivery, items, *, now):
        """False when it was confirmed meanwhile by an earlier mail, or its week is over."""
        confirmation = AlertConfirmation.objects.filter(pk=delivery.payload["confirmation"]).first()
        return confirmation is not None and confirmation.used_at is None and confirmation.expires_at > now

    def build(self, delivery, items, *, now):
        confirmation = AlertConfirmation.objects.select_related("alert").get(pk=delivery.payload["confirmation"])
        alert = JobAlert.objects.select_related(*RELATED).get(pk=confirmation.alert_id)
        with translation.override(delivery.language):
            already_on = alert.is_on(at=now) and not stops.is_stopped(alert.recipient_id, "alerts")
            context = {
                "summary": criteria_text(replace(alert.criteria, words=_unlinked(alert.criteria.words))),
                "alert": alert,
                "already_on": already_on,
                "code": confirmation_code(confirmation.pk),
                "confirm_url": _url("alert_confirm", token_for(CONFIRM, confirmation.pk)),
                "manage_url": _url("alert_manage", token_for(MANAGE, alert.pk)),
            }
            subject = _("Your alert is already on") if already_on else _("Please confirm your alert for new openings")
            return build_message(
                "alert_confirm", to=delivery.address, subject=subject, context=context, language=delivery.language
            )


class DigestHandler:
    """New openings for one person, from all their alerts together. Drops what is closed or no longer asked for."""

    def still_wanted(self, delivery, items, *, now):
        """False once no alert of any opening is on, and nothing closes or lapses that they want to be reminded of.

        A digest of dead openings ends in build, which keeps their items.
        """
        openings, dead = self._openings(items, now)
        return bool(openings or dead or any(self._reminders(delivery, items, now)))

    def _reminders(self, delivery, items, now):
        """Saved openings that still close soon, and licenses that still lapse."""
        ids = [int(item.object_id) for item in items if item.kind == closing.CLOSING]
        keys = {item.object_id for item in items if item.kind == closing.LAPSE}
        saved = closing.still_closing(ids, delivery.recipient, now=now) if ids else []
        return saved, closing.still_lapsing(keys, delivery.recipient, now=now) if keys else []

    def _openings(self, items, now):
        """The openings still worth telling, each with the alerts that found it, and the dead ones' item keys."""
        asked = {alert for item in items for alert in item.reason.get("alerts", ())}
        alerts = {
            alert.pk: alert
            for alert in JobAlert.objects.filter(pk__in=asked).select_related(*RELATED)
            if alert.is_on(at=now)
        }
        ids = [int(item.object_id) for item in items if item.kind == ITEM_KIND]
        live = Listing.objects.live(at=now).filter(pk__in=ids).with_card_details().in_bulk()
        found = []
        for item in items:
            listing = live.get(int(item.object_id)) if item.kind == ITEM_KIND else None
            reasons = [alerts[pk] for pk in item.reason.get("alerts", ()) if pk in alerts]
            if listing is not None and reasons:
                found.append((listing, reasons))
        return found, [f"{ITEM_KIND}:{pk}" for pk in ids if pk not in live]

    def build(self, delivery, items, *, now):
        openings, dead = self._openings(items, now)
        saved, licences = self._reminders(delivery, items, now)
        if not (openings or saved or licences):
            raise NothingLeft("no opening is live and asked for any more", keep=dead)
        with translation.override(delivery.language):
            return self._message(delivery, openings, saved, licences, now)

    def _message(self, delivery, openings, saved, licences, now):
        alerts = {alert.pk: alert for _listing, reasons in openings for alert in reasons}
        summaries = {pk: criteria_text(alert.criteria) for pk, alert in alerts.items()}
        told = sum(item.kind == ITEM_KIND for item in delivery.items.all())
        left_over = max(0, delivery.payload.get("total", 0) - told)
        unsubscribe_url = _url("alert_unsubscribe", unsubscribe_token(delivery.recipient_id, delivery.stream))
        context = {
            "left_over": left_over,
            "today": wording.day(localdate(now)),
            "openings": [
                {"card": _card(listing, now), "reason": "; ".join(summaries[alert.pk] for alert in reasons)}
                for listing, reasons in openings
            ],
            "alerts": [
                {
                    "summary": summaries[pk],
                    "frequency": alert.get_frequency_display(),
                    "manage_url": _url("alert_manage", token_for(MANAGE, pk)),
                    "search_url": settings.PORTAL_URL + search_path(alert.criteria),
                    "open_now": Listing.objects.live(at=now).matching(alert.criteria, at=now).count(),
                }
                for pk, alert in alerts.items()
            ],
            "closing": [
                {"card": _card(listing, now), "closes_text": wording.closes_text(listing, today=localdate(now))}
                for listing in saved
            ],
            "licences": [{"name": one.credential.name, "day": wording.day(one.expires_on)} for one in licences],
            "saved_url": _url("saved"),
            "profile_url": _url("me_profile"),
            "links": [{"label": _("Unsubscribe from all alerts"), "url": unsubscribe_url}],
        }
        return build_message(
            "alert_digest",
            to=delivery.address,
            subject=_subject([listing for listing, _reasons in openings], saved, licences, now),
            context=context,
            language=delivery.language,
        )


def _card(listing, now):
    return {**opening_card(listing, at=now), "url": settings.PORTAL_URL + listing.get_absolute_url()}


def _subject(listings, saved, licences, now):
    """New openings are named first; a mail that only reminds says of what."""
    if listings:
        return _digest_subject(listings)
    if saved:
        closes = wording.closes_text(saved[0], today=localdate(now))
        return Truncator(f"{closes}: {saved[0].headline}").chars(SUBJECT_MAX_LENGTH)
    return _("A license in your profile lapses on %(day)s") % {"day": wording.day(licences[0].expires_on)}


def _digest_subject(listings):
    """Name the first opening, its place if that fits, and how many more there are; at most SUBJECT_MAX_LENGTH characters."""
    first, more = listings[0], len(listings) - 1
    said = _("New opening: %(opening)s")
    if more:
        said = ngettext("%(opening)s and %(more)s more opening", "%(opening)s and %(more)s more openings", more)
    place = wording.place_text(first)
    room = SUBJECT_MAX_LENGTH - len(said % {"opening": "", "more": more})
    opening = f"{first.headline}, {place}" if place else first.headline
    if len(opening) > room:
        opening = Truncator(first.headline).chars(room)
    return said % {"opening": opening, "more": more}
