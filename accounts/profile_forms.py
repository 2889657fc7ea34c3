"""The form of a profile: what one looks for, can do and wishes, and the lines of a resume."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import profile as profiles
from accounts.models import ProfileCredential, ResumeLine, SeekerProfile
from careerportal.places.kinds import Place, PlaceKind
from careerportal.places.place import PlaceUnknown, resolve
from careerportal.places.states import STATES
from careers import vocabulary
from careers.models import CareSetting, Credential, JobTitle, Population
from employers.filters import DEFAULT_MILES, MILES_CHOICES

_MANY = forms.CheckboxSelectMultiple


def _day(label, **more):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


def _several(label, choices):
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=_MANY)


class _Rows(forms.ModelMultipleChoiceField):
    """Rows of a vocabulary by slug and name."""

    def __init__(self, model, label):
        super().__init__(model.objects.none(), label=label, required=False, widget=_MANY, to_field_name="slug")
        self.model = model

    def label_from_instance(self, obj):
        return obj.name


class ProfileForm(forms.ModelForm):
    """Everything about a person but their places, licenses and resume lines, which are small forms of their own."""

    roles = _several(_("Kind of work"), vocabulary.ROLE_SEARCH_CHOICES)
    titles = _Rows(JobTitle, _("Job titles"))
    care_settings = _Rows(CareSetting, _("Settings"))
    populations = _Rows(Population, _("People you want to work with"))
    languages = _several(_("Languages you work in"), vocabulary.Language.choices)
    employment = _several(_("Full time or part time"), vocabulary.EmploymentType.choices)
    schedules = _several(_("When you can work"), vocabulary.Schedule.choices)
    modes = _several(_("Where you want to work"), vocabulary.WorkMode.choices)
    pay_min_usd = forms.DecimalField(
        label=_("Pay from, in dollars"), required=False, min_value=1, max_value=999_999, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    caseload_max = forms.IntegerField(
        label=_("Most people in your care at a time"), required=False, min_value=1, max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    availability = forms.ChoiceField(
        label=_("When could you start?"),
        choices=[("", _("I don't say")), *SeekerProfile.Availability.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    available_on = _day(_("From this day"))
    reminds_of_expiry = forms.BooleanField(
        label=_("Remind me by email 60 days before a license lapses"), required=False
    )

    LISTS = ("titles", "care_settings", "populations")

    class Meta:
        model = SeekerProfile
        fields = (
            "roles", "languages", "employment", "schedules", "modes", "pay_min_usd", "pay_period", "caseload_max",
            "availability", "available_on", "reminds_of_expiry", "full_name", "phone", "town", "summary",
        )  # fmt: skip
        labels = {
            "pay_period": _("For"),
            "full_name": _("Your name as it should stand there"),
            "phone": _("Phone"),
            "town": _("Town and state"),
            "summary": _("About you, in two or three sentences"),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.LISTS:
            self.fields[name].queryset = self.fields[name].model.objects.order_by("name", "pk")
            if self.instance.pk:
                self.initial[name] = list(getattr(self.instance, name).all())

    def clean(self):
        cleaned = super().clean()
        later = SeekerProfile.Availability.LATER
        if (
            cleaned.get("availability") == later
            and not cleaned.get("available_on")
            and "available_on" not in self.errors
        ):
            self.add_error("available_on", _("Name the day from which you can work."))
        if cleaned.get("availability") != later:
            cleaned["available_on"] = None
        return cleaned

    @property
    def values(self):
        """Cleaned fields of the profile row."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def lists(self):
        """Cleaned rows of the vocabularies."""
        return {name: list(self.cleaned_data[name]) for name in self.LISTS}


class PlaceForm(forms.Form):
    """One place to work in: a ZIP code, town, county or state, and for the first two how far around."""

    place = forms.CharField(label=_("ZIP code, town or county"), max_length=100, required=False)
    miles = forms.TypedChoiceField(
        label=_("Within"), required=False, coerce=int, initial=DEFAULT_MILES, empty_value=DEFAULT_MILES,
        choices=[(miles, _("%(miles)s miles") % {"miles": miles}) for miles in MILES_CHOICES],
    )  # fmt: skip
    found: Place | None = None

    def clean(self):
        cleaned = super().clean()
        try:
            self.found = resolve(place=cleaned.get("place") or "", miles=cleaned.get("miles"))
        except PlaceUnknown as unknown:
            self.add_error("place", str(unknown))
        return cleaned


class CredentialForm(forms.Form):
    """One license or certificate."""

    credential = forms.ModelChoiceField(
        Credential.objects.none(), label=_("License or certificate"), required=False, to_field_name="slug",
        empty_label=_("None"),
    )  # fmt: skip
    standing = forms.ChoiceField(label=_("How it stands"), choices=ProfileCredential.Standing.choices, required=False)
    state = forms.ChoiceField(label=_("State that gave it"), choices=[("", _("Any")), *STATES.items()], required=False)
    expires_on = _day(_("Lapses on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].queryset = Credential.objects.filter(is_public=True).order_by("name", "pk")
        self.fields["credential"].label_from_instance = lambda row: row.name

    @property
    def row(self):
        """Cleaned fields of a ProfileCredential; None when nothing was chosen."""
        asked = self.cleaned_data
        if not asked.get("credential"):
            return None
        return {**asked, "standing": asked["standing"] or ProfileCredential.Standing.HELD}


class LineForm(forms.Form):
    """One job or one schooling of the resume."""

    what = forms.CharField(label=_("What"), max_length=120, required=False)
    where = forms.CharField(label=_("Where"), max_length=120, required=False)
    years = forms.CharField(label=_("When"), max_length=40, required=False, help_text=_("For example 2021 to 2024."))
    text = forms.CharField(
        label=_("What you did"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("what") and any(cleaned.get(name) for name in ("where", "years", "text")):
            self.add_error("what", _("Name it, or leave all of it empty."))
        return cleaned


class WorkForm(LineForm):
    """One job."""

    what = forms.CharField(label=_("Job"), max_length=120, required=False)
    where = forms.CharField(label=_("Employer and town"), max_length=120, required=False)


class EducationForm(LineForm):
    """One schooling."""

    what = forms.CharField(label=_("Degree, course or certificate"), max_length=120, required=False)
    where = forms.CharField(label=_("School"), max_length=120, required=False)
    text = None


class ProfilePage:
    """The forms of the page together: checked as one, written as one."""

    def __init__(self, profile, data=None):
        self.form = ProfileForm(data, instance=profile)
        held = profile if profile.pk else None
        places = [_place_words(one.place) for one in held.places.order_by("pk")] if held else []
        credentials = held.credentials.select_related("credential").order_by("pk") if held else []
        rows = [
            {
                "credential": one.credential.slug,
                "standing": one.standing,
                "state": one.state,
                "expires_on": one.expires_on,
            }
            for one in credentials
        ]
        lines = list(held.resume_lines.order_by("position")) if held else []
        kinds = ResumeLine.Kind
        self.places = _small(PlaceForm, "place", places, profiles.PLACES, data)
        self.credentials = _small(CredentialForm, "licence", rows, profiles.CREDENTIALS, data)
        self.work = _small(WorkForm, "work", _lines(lines, kinds.WORK), profiles.WORK_LINES, data)
        self.education = _small(EducationForm, "school", _lines(lines, kinds.EDUCATION), profiles.EDUCATION_LINES, data)

    @property
    def parts(self):
        return [self.form, *self.places, *self.credentials, *self.work, *self.education]

    has_more_places = property(lambda self: _is_used(self.places[1:], "place"))
    has_more_credentials = property(lambda self: _is_used(self.credentials[2:], "credential"))
    has_more_work = property(lambda self: _is_used(self.work[2:], "what"))
    has_more_education = property(lambda self: _is_used(self.education[1:], "what"))

    def is_valid(self):
        """True when every part is; two rows for one license in one state are a mistake that is named."""
        ok = self.form.is_bound and not self.broken
        seen = set()
        for part in self.credentials:
            row = part.row if part.is_valid() else None
            if row and (row["credential"].pk, row["state"]) in seen:
                part.add_error("credential", _("This one stands here twice."))
                ok = False
            elif row:
                seen.add((row["credential"].pk, row["state"]))
        return ok

    @property
    def broken(self):
        """The parts with mistakes."""
        return [part for part in self.parts if part.is_bound and part.errors]

    def write(self, *, user, now):
        """Keep what was typed; ask is_valid() first."""
        lines = [(ResumeLine.Kind.WORK, part) for part in self.work]
        lines += [(ResumeLine.Kind.EDUCATION, part) for part in self.education]
        return profiles.write(
            user=user,
            values=self.form.values,
            lists=self.form.lists,
            places=[part.found for part in self.places if part.found],
            credentials=[part.row for part in self.credentials if part.row],
            lines=[{"kind": kind, **part.cleaned_data} for kind, part in lines if part.cleaned_data["what"]],
            now=now,
        )


def _small(form, prefix, held, count, data):
    """`count` forms, more when more is held, each with a prefix of its own."""
    return [
        form(data, prefix=f"{prefix}{number}", initial=held[number - 1] if number <= len(held) else {})
        for number in range(1, max(count, len(held)) + 1)
    ]


def _is_used(parts, name):
    """True when one of these forms holds something or has a mistake, so that the fold around them stands open."""
    return any(part[name].value() or (part.is_bound and part.errors) for part in parts)


def _lines(lines, kind):
    return [
        {"what": one.what, "where": one.where, "years": one.years, "text": one.text}
        for one in lines
        if one.kind == kind
    ]


def _place_words(place):
    """A stored place as it would be typed."""
    if place.kind == PlaceKind.RADIUS:
        return {"place": place.zip or f"{place.town}, {place.state}", "miles": place.miles}
    if place.kind == PlaceKind.COUNTY:
        return {"place": f"{place.county} County, {place.state}"}
    return {"place": place.state if place.kind == PlaceKind.STATE else "remote"}
