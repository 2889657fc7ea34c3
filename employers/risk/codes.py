"""The codes of risks. They are stored with cases and verifications, so a code never changes; its words may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Risk(models.TextChoices):
    """One reason to look before people rely on it. Labels are what moderators read."""

    FREE_MAIL = "free-mail", _("Asks people to write to a free mail address")
    DISPOSABLE_MAIL = "disposable-mail", _("Uses a throw-away mail address")
    LOOK_ALIKE = "look-alike", _("Its domain looks like another organization's")
    BLOCKED_DOMAIN = "blocked-domain", _("Uses a domain that moderators block")
    FEE_ASKED = "fee-asked", _("Asks the person for money")
    CHECK_MAILED = "check-mailed", _("Sends money ahead and wants it passed on")
    MESSENGER_CONTACT = "messenger-contact", _("Moves the contact to a private messenger or chat")
    PERSONAL_DATA_ASKED = "personal-data-asked", _("Asks for bank or identity data before a job is offered")
    TOO_GOOD_PAY = "too-good-pay", _("The pay is far above what this work pays")
    SAME_TEXT_ELSEWHERE = "same-text-elsewhere", _("Another organization has the same text")
    OFF_SITE_PAYMENT = "off-site-payment", _("Handles money, gift cards or parcels for others")
    HIDDEN_LINK = "hidden-link", _("A link hides where it leads")
    APPLY_ELSEWHERE = "apply-elsewhere", _("People apply at a host that is neither the employer's nor a known system's")
    NO_INTERVIEW = "no-interview", _("Hires unseen: no interview, or only by text")
    NOT_THIS_FIELD = "not-this-field", _("It does not look like care coordination or care management")
    SECOND_CLAIM = "second-claim", _("Somebody else asks for the same entry")
    SAME_NAME = "same-name", _("Another organization has nearly the same name; the person says it is another one")
    NAME_DIFFERS = "name-differs", _("Its name is not what the register says")
    REPORTED = "reported", _("Readers reported it")


RISK_WORDS = {risk.value: risk.label for risk in Risk}

# These hurt people at once, so their cases come first in the queue.
URGENT = frozenset(
    {
        Risk.FEE_ASKED.value,
        Risk.CHECK_MAILED.value,
        Risk.PERSONAL_DATA_ASKED.value,
        Risk.OFF_SITE_PAYMENT.value,
        Risk.LOOK_ALIKE.value,
        Risk.BLOCKED_DOMAIN.value,
    }
)

# Honest ads show these too. One alone stands in the case for a moderator to see, but keeps nothing back.
WEAK = frozenset({Risk.APPLY_ELSEWHERE.value, Risk.NOT_THIS_FIELD.value})


def holds(codes):
    """True when these risks are reason enough to look before people see it: a strong one, or two weak ones."""
    return len(codes) > 1 or any(code not in WEAK for code in codes)
