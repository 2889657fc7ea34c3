"""Inviting somebody onto a team, and what members may do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import Membership

ACCESS = [
    (Membership.Access.RECRUITER, _("Recruiter: writes and publishes openings, keeps sites and the profile")),
    (Membership.Access.VIEWER, _("Viewer: sees everything, changes nothing")),
    (Membership.Access.OWNER, _("Owner: all of that, and decides who is on the team")),
]


class InviteForm(forms.Form):
    """An address and what the person may do."""

    email = forms.EmailField(
        label=_("Their email address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Only somebody who signs in with this address can accept."),
    )
    access = forms.ChoiceField(
        label=_("What they may do"), choices=ACCESS, widget=forms.RadioSelect, initial=Membership.Access.RECRUITER
    )


class InboxForm(forms.Form):
    """The inbox address of the organization."""

    email = forms.EmailField(
        label=_("Inbox address"),
        max_length=254,
        required=False,
        help_text=_("A shared mailbox, for example jobs@. Nobody needs an account for it."),
    )
