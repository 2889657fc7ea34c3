"""What someone says about themselves who claims an employer's entry."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    """Who the person is at the organization, and that they may act for it."""

    statement = forms.CharField(
        label=_("What do you do there?"),
        max_length=300,
        help_text=_("For example: I am the recruiter. Ask for Dana at the front desk."),
        error_messages={"required": _("Say in a few words what you do there.")},
    )
    may_act = forms.BooleanField(
        label=_("I may act for this organization."),
        error_messages={"required": _("Only someone who may act for the organization can claim it.")},
    )
