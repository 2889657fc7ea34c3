"""What goes with a piece of evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers import letters


class CallForm(forms.Form):
    """Which of the register's phones to call, and when."""

    phone = forms.ChoiceField(
        label=_("Which number?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a number.")}
    )
    when = forms.CharField(
        label=_("Best time, and whom to ask for"),
        max_length=200,
        error_messages={"required": _("Say when you can be reached there.")},
        help_text=_("For example: weekdays 9 to 11, ask for Dana."),
    )

    def __init__(self, *args, phones, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].choices = [
            (phone.key, _("Ends in %(digits)s: %(place)s") % {"digits": phone.last_digits, "place": phone.place})
            for phone in phones
        ]
        if len(phones) == 1:
            self.fields["phone"].initial = phones[0].key


class LetterForm(forms.Form):
    """A letter on letterhead. After `is_valid()`, `content` holds its bytes."""

    letter = forms.FileField(
        label=_("Letter (PDF, JPG or PNG, at most 5 MB)"),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another.")},
    )

    content = b""

    def clean_letter(self):
        given = self.cleaned_data["letter"]
        if given.size > letters.MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. Send one page, or scan it with fewer dots per inch.")
            )
        self.content = given.read()
        return given


class VouchForm(forms.Form):
    """Whether one knows an organization and the person, and how."""

    is_yes = forms.TypedChoiceField(
        label=_("Do you know this organization, and that this person acts for it?"),
        choices=[("yes", _("Yes, I vouch for them")), ("no", _("No, or I am not sure"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer yes or no.")},
    )
    note = forms.CharField(
        label=_("How do you know them?"),
        max_length=500,
        required=False,
        help_text=_("For example: they are in our network since 2019."),
    )
