"""The title decoder: a text, what it means, and where to go from there."""

from django.utils.translation import gettext_lazy as _

from careers.decoder import decode
from careers.models import JobTitle
from careers.vocabulary import RoleMask

CLEAR, LIKELY = 0.85, 0.65

# verdict: (role mask of its badge, heading, what it means)
VERDICTS = {
    "coordination": (
        RoleMask.CC,
        _("This is care coordination"),
        _("The work is mostly to arrange and connect: visits, referrals, services, and the people around a patient."),
    ),
    "management": (
        RoleMask.CM,
        _("This is care management"),
        _("The work is mostly to assess, plan and follow a caseload. Case management is another word for it."),
    ),
    "mixed": (
        RoleMask.BOTH,
        _("This is a mix of both"),
        _("The text points to care coordination and to care management. Ask how the week is split."),
    ),
    "related": (
        None,
        _("This is a close relative"),
        _("It stands beside care coordination and care management. Many people move between them."),
    ),
    "not_this_field": (
        None,
        _("This is not this field"),
        _("The words point to other work, even where some of them sound alike."),
    ),
    "not_enough": (
        None,
        _("Not enough to tell"),
        _("That happens with short titles. The same words mean different work at different employers."),
    ),
}
_SEARCHED = {"coordination": "cc", "management": "cm", "related": "related"}


def decoder(form):
    """What the page shows: the form and, when it holds a text that can be read, the answer."""
    if not form.is_bound or not form.is_valid():
        return {"form": form}
    found = decode(form.cleaned_data["text"])
    mask, heading, meaning = VERDICTS[found.verdict]
    title = found.title_slug and JobTitle.objects.filter(slug=found.title_slug).select_related("role").first()
    return {
        "form": form,
        "found": found,
        "mask": mask,
        "heading": heading,
        "meaning": meaning,
        "confidence": _in_words(found.confidence),
        "pieces": list(_pieces(found)),
        "title": title,
        "role_searched": _SEARCHED.get(found.verdict, ""),
    }


def _in_words(confidence):
    if confidence >= CLEAR:
        return _("The text is clear about it.")
    return _("Likely, not certain.") if confidence >= LIKELY else _("A leaning: ask before you rely on it.")


def _pieces(found):
    """The text in pieces, in order: (piece, number of the phrase it is or 0)."""
    reached = 0
    for number, phrase in enumerate(found.evidence, start=1):
        if phrase.start > reached:
            yield found.text[reached : phrase.start], 0
        yield phrase.phrase, number
        reached = phrase.end
    if reached < len(found.text):
        yield found.text[reached:], 0
