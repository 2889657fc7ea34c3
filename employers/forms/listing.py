"""The first form: one opening on one page."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerportal.places.states import STATES, state_code
from careers import vocabulary
from careers.models import CareSetting, JobTitle, Population
from employers import pay
from employers.forms.extension import checked_closing_date
from employers.models import Listing, Site
from employers.weblinks import leads_where_it_says

MOST_CARE_SETTINGS = 3
MOST_SITES = 10
ANYWHERE = "US"
WEEK_HOURS = 80
DESCRIPTION_MAX_LENGTH = 20_000
STANCES = {
    "licences": "licence_stance",
    "education": "education_stance",
    "experience_months": "experience_stance",
}


class _Named(forms.ModelMultipleChoiceField):
    """Check boxes for the rows of a list, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return row.name


class _Sites(forms.ModelMultipleChoiceField):
    """Check boxes for the sites of one employer, by name and address."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, site):
        return ", ".join(part for part in (site.name, site.address1, f"{site.town} {site.zip}") if part)


class _Title(forms.ModelChoiceField):
    def label_from_instance(self, title):
        return title.name


_NOT_SAID = _("Not said")


def _one_of(choices, label, *, empty=_NOT_SAID, **kwargs):
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *choices], **kwargs)


def _some_of(choices, label, **kwargs):
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


def _stance(label):
    return _one_of(vocabulary.Stance.choices, label, empty=_("Required"))


def _amount(label, **kwargs):
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        **kwargs,
    )


class ListingForm(forms.Form):
    """The facts and words of an opening. After `is_valid()`, `content()` is what `drafts` takes; it holds no status."""

    field_order = [
        "headline", "title", "roles", "description", "sites", "remote_states", "mode", "visits", "needs_car", "pay_min_usd",
        "pay_max_usd", "pay_period", "benefits", "employment", "weekly_hours", "schedules", "care_settings", "caseload",
        "populations", "languages", "licences",
    ]  # fmt: skip

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)  # makes a form sent twice one opening

    headline = forms.CharField(
        label=_("Headline"),
        max_length=120,
        error_messages={"required": _("Write a headline.")},
        help_text=_("What people see first, such as: Care Coordinator, Albany clinic"),
    )
    title = _Title(
        label=_("Job title"),
        queryset=JobTitle.objects.order_by("name", "pk"),
        to_field_name="slug",
        empty_label=_("Choose the nearest title"),
        error_messages={"required": _("Choose the nearest title.")},
        help_text=_("People search by these titles. Your own words go in the headline."),
    )
    roles = forms.TypedChoiceField(
        label=_("Kind of work"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("As the job title says")), *vocabulary.RoleMask.choices],
    )
    care_settings = _Named(
        label=_("Care settings"),
        queryset=CareSetting.objects.order_by("name", "pk"),
        to_field_name="slug",
        help_text=_("Choose one to three."),
        error_messages={"required": _("Choose at least one care setting.")},
    )
    populations = _Named(
        label=_("People served"),
        queryset=Population.objects.order_by("name", "pk"),
        to_field_name="slug",
        required=False,
    )

    sites = _Sites(
        label=_("Sites"),
        queryset=Site.objects.none(),
        required=False,
        help_text=_("Choose one to ten, or give states for remote work below."),
    )
    remote_states = forms.CharField(
        label=_("Remote: states where people may live"),
        required=False,
        max_length=400,
        help_text=_("For example: NY, NJ, Connecticut. Write US for anywhere in the United States."),
    )
    mode = _one_of(vocabulary.WorkMode.choices, _("Where the work happens"))
    visits = _one_of(vocabulary.HomeVisits.choices, _("Home visits"))
    needs_car = forms.TypedChoiceField(
        label=_("Own car"),
        required=False,
        choices=[("", _("Not said")), ("yes", _("Needed")), ("no", _("Not needed"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )

    employment = forms.ChoiceField(
        label=_("Hours"),
        choices=[("", _("Choose one")), *vocabulary.EmploymentType.choices],
        error_messages={"required": _("Choose full time, part time or another.")},
    )
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        required=False,
        min_value=1,
        max_value=WEEK_HOURS,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    schedules = _some_of(vocabulary.Schedule.choices, _("Schedule"))

    pay_min_usd = _amount(_("Lowest pay, in dollars"))
    pay_max_usd = _amount(_("Highest pay, in dollars"), help_text=_("One fixed amount? Type it in both boxes."))
    pay_period = _one_of(vocabulary.PayPeriod.choices, _("These amounts are for"), empty=_("Choose one"))
    benefits = forms.CharField(label=_("Benefits"), required=False, max_length=300)

    licences = _some_of(vocabulary.License.choices, _("License"))
    licence_stance = _stance(_("How firm is the license?"))
    education = _one_of(vocabulary.Education.choices, _("Schooling"))
    education_stance = _stance(_("How firm is the schooling?"))
    experience_months = forms.IntegerField(
        label=_("Experience, in months"),
        required=False,
        min_value=0,
        max_value=600,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Two years are 24 months. Write 0 when none is needed."),
    )
    experience_stance = _stance(_("How firm is the experience?"))
    languages = _some_of(vocabulary.Language.choices, _("Languages used with clients"))
    caseload = forms.CharField(
        label=_("Caseload"),
        required=False,
        max_length=120,
        help_text=_("For example: 45 to 55 members, 12 new a month"),
    )

    description = forms.CharField(
        label=_("About the work"),
        error_messages={"required": _("Say what people do in this work.")},
        max_length=DESCRIPTION_MAX_LENGTH,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Plain text. An empty line starts a paragraph, a line that begins with a dash makes a list."),
    )
    apply_url = forms.URLField(
        label=_("Link to apply"),
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text=_("Begins with https://. Leave it empty if people should write to you here."),
    )
    positions = forms.IntegerField(
        label=_("Number of positions"),
        error_messages={"required": _("Say how many people you look for.")},
        initial=1,
        min_value=1,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    closes_on = forms.DateField(
        label=_("Closing date"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day to apply. Without one, the opening stays until you close it."),
        error_messages={"invalid": _("Write the date as year-month-day, such as 2027-01-31.")},
    )
    is_always_hiring = forms.BooleanField(label=_("We are always hiring for this work"), required=False)

    def __init__(self, *args, employer, today, listing=None, **kwargs):
        """`today` is a date in the portal's time zone; `listing` the opening to change, if there is one."""
        kwargs["initial"] = {**_starting_values(employer, listing), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["sites"].queryset = employer.sites.order_by("name", "city", "address1", "pk")

    def clean_form_token(self):
        try:
            return str(uuid.UUID(self.cleaned_data["form_token"]))
        except ValueError:
            return str(uuid.uuid4())

    def clean_care_settings(self):
        return self._at_most(
            self.cleaned_data["care_settings"], MOST_CARE_SETTINGS, _("Choose at most %(most)s care settings.")
        )

    def clean_sites(self):
        return self._at_most(self.cleaned_data["sites"], MOST_SITES, _("Choose at most %(most)s sites."))

    def clean_remote_states(self):
        words = [word.strip() for word in self.cleaned_data["remote_states"].replace(";", ",").split(",")]
        found = {word: ANYWHERE if word.upper() in ("US", "USA") else state_code(word) for word in words if word}
        if unknown := [word for word, code in found.items() if code != ANYWHERE and code not in STATES]:
            raise ValidationError(
                _("We don't know the state “%(word)s”. Put commas between states."), params={"word": unknown[0][:40]}
            )
        return [ANYWHERE] if ANYWHERE in found.values() else sorted(set(found.values()))

    def clean_licences(self):
        licences = self.cleaned_data["licences"]
        if "none" in licences and len(licences) > 1:
            raise ValidationError(_("Choose either “No license” or the licenses you ask for."))
        return licences

    def clean_apply_url(self):
        url = self.cleaned_data["apply_url"]
        if url and not url.lower().startswith("https://"):
            raise ValidationError(_("The link must begin with https://, so that what people send is safe on the way."))
        if not leads_where_it_says(url):
            raise ValidationError(
                _("Give the plain address. This one hides where it leads: leave out “@” and backslashes.")
            )
        return url

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        return checked_closing_date(day, today=self.today) if day else None

    def clean(self):
        cleaned = super().clean()
        self._check_place(cleaned)
        self._check_pay(cleaned)
        if cleaned.get("closes_on") and cleaned.get("is_always_hiring"):
            self.add_error("closes_on", _("Give a closing date or say that you are always hiring, not both."))
        if cleaned.get("roles") is None and cleaned.get("title"):
            cleaned["roles"] = cleaned["title"].roles
        for fact, stance in STANCES.items():
            is_asked = cleaned.get(fact) not in (None, "", [])
            cleaned[stance] = (cleaned.get(stance) or vocabulary.Stance.REQUIRED.value) if is_asked else ""
        return cleaned

    def content(self):
        """Return the checked facts and words, for `drafts.create` and `drafts.revise`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}

    def _at_most(self, chosen, most, message):
        if len(chosen) > most:
            raise ValidationError(message, params={"most": most})
        return chosen

    def _check_place(self, cleaned):
        if {"sites", "remote_states", "mode"} & self.errors.keys():
            return
        is_remote, has_site = bool(cleaned["remote_states"]), bool(cleaned["sites"])
        if not is_remote and not has_site:
            if cleaned["mode"] == "remote":
                self.add_error("remote_states", _("Say in which states people may live. Write US for anywhere."))
            else:
                self.add_error("sites", _("Choose where the work is. For remote work, give the states instead."))
        elif is_remote and cleaned["mode"] in ("on-site", "field"):
            self.add_error(
                "remote_states", _("You say that the work is not remote. Clear this, or choose remote or hybrid.")
            )

    def _check_pay(self, cleaned):
        if {"pay_min_usd", "pay_max_usd", "pay_period"} & self.errors.keys():
            return
        lowest, highest, period = cleaned["pay_min_usd"], cleaned["pay_max_usd"], cleaned["pay_period"]
        if lowest is None and highest is None:
            cleaned["pay_period"] = ""
            states = {site.state for site in cleaned.get("sites") or ()} | set(cleaned.get("remote_states") or ())
            if pay.range_required(states, on=self.today):
                self.add_error("pay_min_usd", pay.range_required_words(states, on=self.today))
        elif lowest is None:
            self.add_error("pay_min_usd", _("Give the lowest pay too. One fixed amount goes in both boxes."))
        elif highest is None:
            self.add_error("pay_max_usd", _("Give the highest pay too. One fixed amount goes in both boxes."))
        elif not period:
            self.add_error("pay_period", _("Say whether the pay is by hour or by year."))
        elif lowest > highest:
            self.add_error("pay_max_usd", _("The highest pay is lower than the lowest. Check both."))
        else:
            self._check_believed(lowest, highest, period)

    def _check_believed(self, lowest, highest, period):
        for field, amount in (("pay_min_usd", lowest), ("pay_max_usd", highest)):
            if not pay.is_believed(amount, period):
                self.add_error(field, _ask_again(amount, period))


def _ask_again(amount, period):
    """A question about an amount that hardly fits its period."""
    least, most = pay.BELIEVED_USD[period]
    return gettext(
        "Is %(amount)s dollars %(period)s right? We expect %(least)s to %(most)s. Check the amount and its period."
    ) % {
        "amount": f"{amount:,.2f}".removesuffix(".00"),
        "period": vocabulary.PayPeriod(period).label,
        "least": f"{least:,}",
        "most": f"{most:,}",
    }


def _starting_values(employer, listing):
    """What an empty form shows: the only site and the employer's setting, or the opening to change."""
    if listing is None:
        only = list(employer.sites.values_list("pk", flat=True)[:2])
        setting = employer.care_setting
        return {
            "form_token": str(uuid.uuid4()),
            "sites": only if len(only) == 1 else [],
            "care_settings": [setting.slug] if setting else [],
        }
    plain = {name: getattr(listing, name) for name in _PLAIN}
    return plain | {
        "title": listing.title.slug,
        "care_settings": [setting.slug for setting in listing.care_settings.all()],
        "populations": [population.slug for population in listing.populations.all()],
        "sites": [site.pk for site in listing.sites.all()],
        "remote_states": ", ".join(listing.remote_states),
        "needs_car": {True: "yes", False: "no"}.get(listing.needs_car, ""),
    }


_PLAIN = sorted(
    {field.name for field in Listing._meta.concrete_fields} & ListingForm.base_fields.keys()
    - {"title", "remote_states", "needs_car"}
)  # fmt: skip
