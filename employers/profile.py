"""What an organization says about itself, changed by its members."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import verification
from employers.models import Employer, Membership


class ProfileRefused(Exception):
    """The profile cannot change like this; str(error) is fit to show."""


DETAILS = ("summary", "phone", "care_setting")


def refusal(employer):
    """Why members may not change the public profile now, in words; "" when they may."""
    if employer.is_claim_waiting:
        return _(
            "This page shows what an official register says. Once your claim is verified, you can change it here. "
            "Openings, sites and the inbox address you can prepare now."
        )
    if employer.is_suspended:
        return _("Your organization is suspended, so its profile stays as it is.")
    return ""


@transaction.atomic
def change(*, employer: Employer, name: str, website: str, details: dict, by, now: datetime):
    """Save `details` (of DETAILS) at once and ask for a new name or website; return the Verification that waits, or None.

    Raises ProfileRefused when the profile may not change or `by` may not change it, and what verification.change raises.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)  # first, as verification.change does
    found = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    may_edit = (Membership.Access.OWNER, Membership.Access.RECRUITER)
    if not found.memberships.filter(user=by, access__in=may_edit).exists():
        raise ProfileRefused(_("You may look at this employer's pages, but not change anything."))
    if reason := refusal(found):
        raise ProfileRefused(reason)
    changed = [field for field in DETAILS if getattr(found, field) != details[field]]
    for field in changed:
        setattr(found, field, details[field])
    if changed:
        found.save(update_fields=[*changed, "updated_at"])
        audit.record("profile.changed", about=found, actor=by, employer=found, now=now, fields=changed)
    if (name, website) == (found.name, found.website):
        return None
    return verification.change(employer=found, user=by, name=name, website=website, now=now)
