"""Forms of imports: a file, a feed address, and which field of the file fills which of ours."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.models import CareSetting
from careers.vocabulary import EmploymentType
from employers.importing import files, mapping
from employers.importing.template import BY_NAME, FIELDS
from employers.models import ImportSource
from employers.weblinks import leads_where_it_says

GROUPS = (
    (gettext_lazy("What every opening needs"), ("reference", "title", "description", "more", "apply_url")),
    (
        gettext_lazy("Where the work is"),
        ("location", "street", "city", "state", "zip", "country", "work_mode", "remote_states"),
    ),
    (gettext_lazy("Pay"), ("pay", "pay_min", "pay_max", "pay_period", "pay_currency")),
    (gettext_lazy("Hours"), ("employment", "schedule", "weekly_hours", "closes_on", "positions")),
    (
        gettext_lazy("What it asks"),
        (
            "license", "license_stance", "education", "education_stance", "experience_months", "experience_stance",
            "languages", "car",
        ),
    ),
    (gettext_lazy("The work itself"), ("care_setting", "home_visits", "caseload", "benefits")),
)  # fmt: skip
NEEDED = ("title", "description")
_OPTION_LENGTH = 60


class FileForm(forms.Form):
    """A file to import: a new source, or the newest state of one."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Is this the newer state of a file you sent before?"), queryset=ImportSource.objects.none(),
        required=False, empty_label=gettext_lazy("No, it is a new one"),
        help_text=gettext_lazy("Then openings in it are updated instead of made again."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XML, JSON or a saved page, also packed with gzip; up to 20 MB."),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args, employer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = employer.import_sources.filter(url="").order_by("-pk")
        self.fields["source"].label_from_instance = lambda source: source.name

    def keep(self):
        """Store the file; return its name there, or "" after adding the error."""
        given = self.cleaned_data["file"]
        try:
            if given.size > files.MOST_BYTES:
                raise files.FileRefused(_("The file is larger than 20 MB. Pack it with gzip, or split it in two."))
            return files.keep(given.chunks())
        except files.FileRefused as refusal:
            self.add_error("file", str(refusal))
            return ""


class FeedForm(forms.Form):
    """The address of a feed."""

    url = forms.URLField(
        label=gettext_lazy("Feed address"), max_length=500, assume_scheme="https",
        help_text=gettext_lazy("The address your applicant system gives, or a page with JobPosting data."),
        error_messages={"required": gettext_lazy("Type the address of the feed.")},
    )  # fmt: skip
    is_daily = forms.BooleanField(
        label=gettext_lazy("Read it every day, so that openings here stay as they are there"),
        required=False,
        initial=True,
    )

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not url.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("The address must begin with https:// or http://."))
        if not leads_where_it_says(url):
            raise forms.ValidationError(_("This address hides where it leads. Copy it once more."))
        return url


class FieldsForm(forms.Form):
    """Which field of the file fills which of ours, and what stands for what the file does not say."""

    care_setting = forms.ModelChoiceField(
        label=gettext_lazy("Setting"), queryset=CareSetting.objects.order_by("name", "pk"),
        help_text=gettext_lazy("For every opening whose row names none."),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label=gettext_lazy("None: refuse such rows"),
        help_text=gettext_lazy("For rows that say no place at all."),
    )  # fmt: skip
    employment = forms.ChoiceField(
        label=gettext_lazy("Employment"), choices=EmploymentType.choices,
        help_text=gettext_lazy("For rows that don't say it."),
    )  # fmt: skip
    is_complete = forms.BooleanField(
        label=gettext_lazy("This is the complete list: close openings from this source that are not in it any more"),
        required=False,
    )

    def __init__(self, *args, run, **kwargs):
        source = run.source
        super().__init__(*args, **kwargs)
        self._run = run
        self.fields["site"].queryset = source.employer.sites.filter(closed_at=None).order_by("name", "city", "pk")
        self.fields["site"].label_from_instance = lambda site: " ".join(
            part for part in (site.name, site.address1, site.town, site.zip) if part
        )
        self.fields["care_setting"].label_from_instance = lambda setting: setting.name
        self.initial.setdefault("care_setting", source.care_setting_id or source.employer.care_setting_id)
        self.initial.setdefault("site", source.site_id)
        self.initial.setdefault("employment", source.employment)
        self.initial.setdefault("is_complete", source.is_complete)
        columns = [("", _("– not in this file –")), *((column["name"], _option(column)) for column in run.columns)]
        samples = {column["name"]: column["samples"] for column in run.columns}
        guessed = mapping.checked(source.mapping or mapping.guess(source.format, list(samples)), list(samples))
        for field in FIELDS:
            chosen = guessed.get(field.name, "")
            said = [f"“{text}”" for text in samples.get(chosen, []) if text]
            self.fields[f"field-{field.name}"] = forms.ChoiceField(
                label=field.label, choices=columns, required=field.name in NEEDED, initial=chosen,
                error_messages={"required": _("Choose the field of your file. Without it no row can come in.")},
                help_text=_("In your file: %(said)s") % {"said": ", ".join(said)} if said else field.hint,
            )  # fmt: skip

    def chosen(self):
        """What `running.set_fields` takes."""
        data = self.cleaned_data
        found = {name: data[f"field-{name}"] for name in BY_NAME if data.get(f"field-{name}")}
        return {"fields": found, **{name: data[name] for name in ("care_setting", "site", "employment", "is_complete")}}

    def groups(self):
        """The fields of the file in groups: heading, bound fields, whether one of them is filled or wrong."""
        for heading, names in GROUPS:
            bound = [self[f"field-{name}"] for name in names]
            yield {
                "heading": heading, "fields": bound, "is_first": names[0] == "reference",
                "filled": sum(bool(one.value()) for one in bound), "count": len(bound),
                "is_open": any(one.errors for one in bound),
            }  # fmt: skip


def _option(column):
    sample = next((text for text in column["samples"] if text), "")
    text = f"{column['name']}: {sample}" if sample else column["name"]
    return text if len(text) <= _OPTION_LENGTH else text[: _OPTION_LENGTH - 1] + "…"
