"""Advice for the person who writes an opening: never an error, they know the work."""

from django.utils.translation import gettext as _

from careers.decoder import OF_THE_FIELD, decode
from careers.vocabulary import RoleMask

ROLES = {"coordination": RoleMask.CC, "management": RoleMask.CM, "mixed": RoleMask.BOTH}
SURE = 0.75  # below this the headline says too little to disagree with a choice


def on_title(*, headline, description, title, roles):
    """Return a sentence of advice when headline and duties read as other work than the chosen title or kind, else "".

    `roles` is the chosen role mask. A mix disagrees with nothing, and what is unclear brings no advice.
    """
    found = decode(headline)
    if found.verdict not in OF_THE_FIELD | {"not_this_field"} or found.confidence < SURE:
        found = decode(f"{headline}\n{description}")
    if found.confidence < SURE:
        return ""
    words = ", ".join(f"\u201c{phrase.phrase[:40]}\u201d" for phrase in found.evidence[:2])
    if found.verdict == "not_this_field":
        return _("This reads as work outside care coordination and care management, because of %(words)s.") % {
            "words": words
        }
    told = ROLES.get(found.verdict)
    if told is None or not roles or told & roles or told == RoleMask.BOTH:
        return ""
    return _(
        "Your words read as %(read)s, because of %(words)s. You chose \u201c%(title)s\u201d, which people find as %(chosen)s."
    ) % {
        "read": told.label.lower(),
        "words": words,
        "title": title.name,
        "chosen": RoleMask(roles).label.lower(),
    }
