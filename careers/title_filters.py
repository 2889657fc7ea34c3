"""Query string of the A to Z -> TitleCriteria. An unknown or bad value finds nothing and is named, it never widens."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careers.titlesearch import TitleCriteria
from careers.vocabulary import ROLE_SEARCH_CHOICES, Frequency

ANY = ("", _("Any"))


class TitleForm(forms.Form):
    """The parameters of /careers/titles/. `criteria` holds what they mean after is_valid()."""

    q = forms.CharField(label=_("Title or letters, such as RNCM"), max_length=100, required=False)
    setting = forms.ChoiceField(label=_("Setting"), choices=[ANY], required=False)
    role = forms.ChoiceField(label=_("Kind of work"), choices=[ANY, *ROLE_SEARCH_CHOICES], required=False)
    licence = forms.ChoiceField(label=_("License usually asked"), choices=[ANY, *Frequency.choices], required=False)

    def __init__(self, data, *, settings):
        """`data`: a QueryDict; of a parameter given twice the last counts. `settings`: rows of CareSetting."""
        super().__init__({name: data.get(name, "").replace("\x00", "\ufffd").strip() for name in self.base_fields})
        self.fields["setting"].choices = [ANY, *((setting.slug, setting.name) for setting in settings)]
        for name in ("role", "setting", "licence"):
            label = self.fields[name].label
            self.fields[name].error_messages["invalid_choice"] = _("%(label)s: we don't know “%%(value)s”.") % {
                "label": label
            }

    def clean_q(self):
        words = self.cleaned_data["q"]
        if words and not re.search(r"\w", words):
            raise ValidationError(_("Type a word to look for."))
        return words

    @property
    def criteria(self):
        """The checked TitleCriteria. Raises ValueError when a value is bad: ask is_valid() first."""
        if not self.is_valid():
            raise ValueError("The search holds a value that is not known.")
        asked = self.cleaned_data
        return TitleCriteria(words=asked["q"], role=asked["role"], setting=asked["setting"], licence=asked["licence"])
