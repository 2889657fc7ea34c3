"""Fields of the form of an opening: choices by name, and what may be left open."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers import vocabulary


class Named(forms.ModelMultipleChoiceField):
    """Check boxes for the rows of a list, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return row.name


class Sites(forms.ModelMultipleChoiceField):
    """Check boxes for the sites of one employer, by name and address."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, site):
        return ", ".join(part for part in (site.name, site.address1, f"{site.town} {site.zip}") if part)


class Title(forms.ModelChoiceField):
    """One title of the list, by name."""

    def label_from_instance(self, title):
        return title.name


NOT_SAID = _("Not said")


def one_of(choices, label, *, empty=NOT_SAID, **kwargs):
    """A choice that may be left open; `empty` says what that means."""
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *choices], **kwargs)


def some_of(choices, label, **kwargs):
    """Check boxes, none of which is needed."""
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


def stance(label):
    """How firmly something is asked."""
    return one_of(vocabulary.Stance.choices, label, empty=_("Required"))


def amount(label, **kwargs):
    """Dollars, with cents."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        **kwargs,
    )
