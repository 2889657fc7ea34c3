"""The form of a piece of content: it shows the draft where there is one, and remembers what it started from."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from careers import plain

SALT = "careers.began"


class ContentForm(forms.ModelForm):
    """`row` is the public object (None for a new one), `draft` the open edit of it; both are set by the admin."""

    row = draft = None

    change_note = forms.CharField(
        label=_("What changed and why"),
        required=False,
        max_length=100,
        help_text=_("One line for colleagues and for the history. Never shown to visitors."),
    )
    began = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        held = {"began": self._snapshot(), "change_note": self.draft.comment[:100] if self.draft else ""}
        if self.draft:
            specs = plain.fields(self._meta.model)
            for name, value in self.draft.values.items():
                if name in specs:
                    held[name] = _initial(specs[name], value)
        super().__init__(*args, **{**kwargs, "initial": {**held, **(kwargs.get("initial") or {})}})

    def clean(self):
        cleaned = super().clean()
        began = self._began()
        if began.get("draft") != self._draft_version():
            raise forms.ValidationError(
                _(
                    "Someone saved this draft while you were writing. Copy your text, open the page again, and put it in."
                )
            )
        return cleaned

    def plain_values(self):
        """What was typed, as plain values by field."""
        names = set(plain.fields(self._meta.model)) & set(self.cleaned_data)
        return {name: plain.plain(self.cleaned_data[name]) for name in names}

    def live_at_start(self):
        """What was public when the form was opened, {} for a new object."""
        return self._began().get("live") or {}

    def _began(self):
        try:
            return signing.loads(self.data.get(self.add_prefix("began"), ""), salt=SALT)
        except signing.BadSignature:  # posted without the form: it starts from now
            return signing.loads(self._snapshot(), salt=SALT)

    def _snapshot(self):
        live = plain.values_of(self.row) if self.row else {}
        return signing.dumps({"live": live, "draft": self._draft_version()}, salt=SALT, compress=True)

    def _draft_version(self):
        return self.draft.updated_at.isoformat() if self.draft else None


def _initial(spec, value):
    """A plain value as the form's widgets expect it."""
    found = plain.python(spec, value)
    if spec.many_to_many:
        return [one.pk for one in found]
    if spec.is_relation:
        return found.pk if found else None
    return found
