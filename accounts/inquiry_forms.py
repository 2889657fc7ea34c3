"""Forms of threads: asking, answering, closing, resumes, templates for answers."""

import re
import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import resumes
from accounts.models import Inquiry, ReplyTemplate, Resume
from accounts.models.inquiry import CALLED_MAX_LENGTH, TEXT_MAX_LENGTH
from accounts.resumefiles import MOST_BYTES

_TOKEN = re.compile(r"[0-9a-f]{32}")
NO_FILE, NEW_FILE = "none", "new"

PRIVATE_HELP = _(
    "Leave out what they don't need: your home address, date of birth, Social Security number, anything about your health, "
    "and anything about people you care for."
)


class TokenForm(forms.Form):
    """A form that knows itself again: sent twice, it does its work once."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = self.fields["token"].initial or secrets.token_hex(16)

    def clean_token(self):
        """Ours as it came; a new one for anything else."""
        given = self.cleaned_data["token"]
        return given if _TOKEN.fullmatch(given) else secrets.token_hex(16)


SAY_SOMETHING = _("Write something first.")


def _text(label, *, help_text="", required=SAY_SOMETHING, rows=7):
    return forms.CharField(
        label=label,
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": required, "max_length": _("This is too long: up to 4,000 characters fit.")},
    )


class FileChoice:
    """The part of a form that chooses a resume: none, one that is kept, or a new file."""

    def set_choices(self, user, *, may_be_none):
        """Offer what lies on the shelf of `user`."""
        self.shelf = {str(one.pk): one for one in Resume.objects.kept_by(user).order_by("-created_at", "-pk")}
        choices = [(NO_FILE, _("No resume"))] if may_be_none else []
        choices += [(pk, one.name) for pk, one in self.shelf.items()]
        self.fields["resume"].choices = [*choices, (NEW_FILE, _("A new file"))]
        self.fields["resume"].initial = choices[0][0] if choices else NEW_FILE

    def clean(self):
        """Check the chosen file; `file` holds it as a resumes.Checked, None without one."""
        cleaned = super().clean()
        self.file, self.is_new_file = None, False
        chosen, upload = cleaned.get("resume"), cleaned.get("upload")
        if chosen in (NEW_FILE, NO_FILE) and upload:  # who chose a file means it
            self._check_upload(upload)
        elif chosen == NEW_FILE and "upload" not in self.errors:
            self.add_error("upload", _("Choose a file, or choose to send none."))
        elif chosen in getattr(self, "shelf", {}):
            try:
                self.file = resumes.of_shelf(self.shelf[chosen])
            except FileNotFoundError:
                self.add_error("resume", _("We have lost this file. Choose another, or send it anew."))
        return cleaned

    def _check_upload(self, upload):
        if upload.size > MOST_BYTES:
            self.add_error("upload", _("The file is larger than 5 MB. Save it with smaller pictures, or without any."))
            return
        try:
            self.file = resumes.checked(content=upload.read(), name=upload.name)
            self.is_new_file = True
        except resumes.FileRefused as refusal:
            self.add_error("upload", str(refusal))


def _resume_choice():
    return forms.ChoiceField(label=_("Resume"), widget=forms.RadioSelect, required=False)


def _upload(required=False):
    return forms.FileField(
        label=_("New file"),
        help_text=_("PDF or Word (DOCX), at most 5 MB."),
        required=required,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
        error_messages={"required": _("Choose a file.")},
    )


class AskForm(FileChoice, TokenForm):
    """What a seeker writes first. An application of someone signed in may carry a resume."""

    text = _text(_("Your message"), help_text=PRIVATE_HELP)
    called = forms.CharField(
        label=_("How should they call you?"),
        max_length=CALLED_MAX_LENGTH,
        required=False,
        help_text=_("A first name is enough. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    resume = _resume_choice()
    upload = _upload()

    def __init__(self, *args, user, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == Inquiry.Kind.APPLICATION:
            self.fields["text"].label = _("Why this work, and why you")
        else:
            self.fields["text"].label = _("Your question")
        if kind == Inquiry.Kind.APPLICATION and user.is_authenticated:
            self.set_choices(user, may_be_none=True)
        else:
            del self.fields["resume"], self.fields["upload"]

    @property
    def typed(self):
        """What is kept of it while its writer signs in."""
        return {name: self.cleaned_data.get(name, "") for name in ("text", "called", "token")}


class MessageForm(TokenForm):
    """A message in a thread."""

    text = _text(_("Your message"), help_text=PRIVATE_HELP)


class AnswerForm(TokenForm):
    """An employer's answer."""

    text = _text(_("Your answer"), help_text=_("The seeker reads it here, and gets a mail that only says so."))


class CloseForm(TokenForm):
    """An employer's last words."""

    text = _text(_("Last words to the seeker"), rows=5, required=_("Say a kind word, so that they know."))

    def __init__(self, *args, may_be_empty, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not may_be_empty


class AttachForm(FileChoice, forms.Form):
    """A resume for a thread."""

    resume = _resume_choice()
    upload = _upload()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_choices(user, may_be_none=False)


class ShelfForm(forms.Form):
    """A new resume for later. After `is_valid()`, `file` holds it as a resumes.Checked."""

    upload = _upload(required=True)
    file = None

    def clean_upload(self):
        """Check what is in the file."""
        upload = self.cleaned_data["upload"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. Save it with smaller pictures, or without any.")
            )
        try:
            self.file = resumes.checked(content=upload.read(), name=upload.name)
        except resumes.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


class ReplyTemplateForm(forms.ModelForm):
    """An answer that is often given. Set `instance.employer` first: a name is used once in an organization."""

    class Meta:
        model = ReplyTemplate
        fields = ["name", "text"]
        labels = {"name": _("Name of the template"), "text": _("Text")}
        help_texts = {"name": _("Such as “Yes, we train”. Only your team sees it.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        error_messages = {
            "name": {"required": _("Give it a name, so that your team finds it.")},
            "text": {"required": _("Write the answer.")},
        }

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"employer"}  # so that the constraint on its name is checked
