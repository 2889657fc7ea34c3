"""Templates in, unsent message out."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

SUBJECT_MAX_LENGTH = 78


def subject_about(words, name):
    """Return `words` with `name` in the place of %(name)s, the name cut so that no other word of the subject is."""
    room = SUBJECT_MAX_LENGTH - len(words % {"name": ""})
    return words % {"name": Truncator(" ".join(str(name).split())).chars(room)}


def build_message(template, *, to, subject, context, language="en", headers=None):
    """Build (not send) one message from templates/emails/<template>.txt and .html, in `language`.

    The subject is cut to 78 characters and loses line breaks. Sender and list headers are set when it is sent.
    """
    with translation.override(language):
        words = {
            "portal_name": settings.PORTAL_NAME,
            "portal_short_name": settings.PORTAL_SHORT_NAME,
            "portal_url": settings.PORTAL_URL,
            "postal_address": settings.POSTAL_ADDRESS,
            "support_email": settings.SUPPORT_EMAIL,
            "language": language,
            "subject": subject,
            **context,
        }
        text = render_to_string(f"emails/{template}.txt", words)
        html = render_to_string(f"emails/{template}.html", words)
    subject = " ".join(subject.split())
    if len(subject) > SUBJECT_MAX_LENGTH:
        subject = subject[: SUBJECT_MAX_LENGTH - 1].rstrip() + "…"
    message = EmailMultiAlternatives(subject=subject, body=text, to=[to], headers=headers or {})
    message.attach_alternative(html, "text/html")
    return message
