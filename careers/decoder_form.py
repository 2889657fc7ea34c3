"""What is asked of the title decoder."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.decoder import LONGEST_READ

# A title of this many characters fits into an address one can share; a longer text is sent as a form.
LONGEST_SHARED = 200


class DecoderForm(forms.Form):
    """A title or an ad."""

    text = forms.CharField(
        label=_("A job title, or a whole ad"),
        max_length=LONGEST_READ,
        strip=True,
        help_text=_(
            "For example: RN Care Coordinator. Or paste the ad, with its duties: the more it says, the better."
        ),
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        error_messages={
            "required": _("Write a title or paste an ad."),
            "max_length": _("Paste at most %(limit_value)d characters: the title and the duties are enough."),
        },
    )

    @property
    def is_shareable(self):
        """True after `is_valid()` when the text is one short line."""
        text = self.cleaned_data["text"]
        return len(text) <= LONGEST_SHARED and len(text.splitlines()) == 1
