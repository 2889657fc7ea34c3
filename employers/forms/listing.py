"""The form of one opening: its fields and what is checked of them, however many steps it is shown in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careerportal.places.states import STATES, state_code
from careers import vocabulary
from careers.models import CareSetting, Credential, JobTitle, Population
from employers import sites
from employers.adcheck import rules
from employers.forms.choosing import Named, Sites, Title, amount, one_of, some_of, stance
from employers.forms.extension import checked_closing_date
from employers.models import Site
from employers.weblinks import leads_where_it_says
from employers.wordtext import to_markdown

MOST_CARE_SETTINGS = 3
MOST_SITES = 10
ANYWHERE = "US"
WEEK_HOURS = 80
DESCRIPTION_MAX_LENGTH = 20_000
STANCES = {
    "licences": "licence_stance",
    "credentials": "credential_stance",
    "education": "education_stance",
    "experience_months": "experience_stance",
}


class ListingForm(forms.Form):
    """The facts and words of an opening. After `is_valid()`, `content()` is what `drafts` takes; it holds no status.

    `findings` are what the rules on ads say, after it was checked; those that must be mended are errors too.
    """

    headline = forms.CharField(
        label=_("Headline"),
        max_length=120,
        error_messages={"required": _("Write a headline.")},
        help_text=_("What people see first, such as: Care Coordinator, Albany clinic"),
    )
    title = Title(
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
    care_settings = Named(
        label=_("Care settings"),
        queryset=CareSetting.objects.order_by("name", "pk"),
        to_field_name="slug",
        help_text=_("Choose one to three."),
        error_messages={"required": _("Choose at least one care setting.")},
    )
    populations = Named(
        label=_("People served"),
        queryset=Population.objects.order_by("name", "pk"),
        to_field_name="slug",
        required=False,
    )

    sites = Sites(
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
    mode = one_of(vocabulary.WorkMode.choices, _("Where the work happens"))
    visits = one_of(vocabulary.HomeVisits.choices, _("Home visits"))
    visits_percent = forms.IntegerField(
        label=_("Share of home visits, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("About how much of the week: 60 means three days in five."),
    )
    needs_car = forms.TypedChoiceField(
        label=_("Own car"),
        required=False,
        choices=[("", _("Not said")), ("yes", _("Needed")), ("no", _("Not needed"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )

    counties = forms.CharField(
        label=_("Counties the work covers"),
        required=False,
        max_length=2000,
        help_text=_(
            "For work on the road. Put commas between them: Albany, Rensselaer. Add the state if it is another."
        ),
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
    schedules = some_of(vocabulary.Schedule.choices, _("Schedule"))
    on_call = one_of(vocabulary.OnCall.choices, _("On-call time"))

    pay_min_usd = amount(_("Lowest pay, in dollars"))
    pay_max_usd = amount(_("Highest pay, in dollars"), help_text=_("One fixed amount? Type it in both boxes."))
    pay_period = one_of(vocabulary.PayPeriod.choices, _("These amounts are for"), empty=_("Choose one"))
    benefit_kinds = some_of(vocabulary.Benefit.choices, _("What comes with the pay"))
    benefits = forms.CharField(
        label=_("Other benefits, in your words"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )

    licences = some_of(vocabulary.License.choices, _("License"))
    licence_stance = stance(_("How firm is the license?"))
    credentials = Named(
        label=_("Certificates"),
        queryset=Credential.objects.filter(is_public=True).order_by("name", "pk"),
        to_field_name="slug",
        required=False,
    )
    credential_stance = stance(_("How firm are the certificates?"))
    education = one_of(vocabulary.Education.choices, _("Schooling"))
    education_stance = stance(_("How firm is the schooling?"))
    experience_months = forms.IntegerField(
        label=_("Experience, in months"),
        required=False,
        min_value=0,
        max_value=600,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Two years are 24 months. Write 0 when none is needed."),
    )
    experience_stance = stance(_("How firm is the experience?"))
    languages = some_of(vocabulary.Language.choices, _("Languages used with clients"))

    description = forms.CharField(
        label=_("About the work"),
        error_messages={"required": _("Say what people do in this work.")},
        max_length=DESCRIPTION_MAX_LENGTH,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "Write it, or paste it from a word processor. An empty line starts a paragraph, a dash starts a list item."
        ),
    )
    caseload = forms.CharField(
        label=_("Caseload"),
        required=False,
        max_length=120,
        help_text=_("For example: 45 to 55 members, 12 new a month"),
    )
    acuity = one_of(vocabulary.Acuity.choices, _("How much help people need"))
    supervision = forms.CharField(
        label=_("Supervision and support"),
        required=False,
        max_length=200,
        help_text=_("For example: weekly with an LCSW, and a nurse to call at any time"),
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

    def __init__(self, *args, employer, today, **kwargs):
        """`today` is a date in the portal's time zone. Values are shown with `initial=as_shown(...)`."""
        super().__init__(*args, **kwargs)
        self.employer, self.today, self.findings = employer, today, []
        self.fields["sites"].queryset = employer.sites.order_by("name", "city", "address1", "pk")

    @classmethod
    def as_shown(cls, values):
        """Return values as typed (lists of texts by name) as the `initial` of a form that is shown, not checked."""
        shown = {}
        for name, field in cls.base_fields.items():
            texts = values.get(name) or []
            if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
                shown[name] = texts
            elif isinstance(field, forms.BooleanField):
                shown[name] = bool(texts)
            else:
                shown[name] = texts[0] if texts else ""
        return shown

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

    def clean_description(self):
        words = to_markdown(self.cleaned_data["description"])
        if not words:
            raise ValidationError(self.fields["description"].error_messages["required"], code="required")
        if len(words) > DESCRIPTION_MAX_LENGTH:  # signs that Markdown needs came in
            raise ValidationError(_("This is too long. Keep it under %(most)s characters.") % {"most": "20,000"})
        return words

    def clean(self):
        cleaned = super().clean()
        self._check_place(cleaned)
        self._check_counties(cleaned)
        self._check_pay(cleaned)
        if cleaned.get("closes_on") and cleaned.get("is_always_hiring"):
            self.add_error("closes_on", _("Give a closing date or say that you are always hiring, not both."))
        if cleaned.get("visits") == "none" and cleaned.get("visits_percent"):
            self.add_error("visits_percent", _("You say that there are no home visits. Clear one of the two."))
        if cleaned.get("roles") is None and cleaned.get("title"):
            cleaned["roles"] = cleaned["title"].roles
        for fact, how_firm in STANCES.items():
            is_asked = bool(cleaned.get(fact)) or (fact == "experience_months" and cleaned.get(fact) is not None)
            cleaned[how_firm] = (cleaned.get(how_firm) or vocabulary.Stance.REQUIRED.value) if is_asked else ""
        self._check_rules(cleaned)
        return cleaned

    def content(self):
        """Return the checked facts and words, for `drafts.create` and `revisions.change`; of a wrong form what is right."""
        return dict(self.cleaned_data)

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

    def _check_counties(self, cleaned):
        if "counties" not in cleaned:
            return
        here = [site.state for site in cleaned.get("sites") or ()] + (cleaned.get("remote_states") or [])
        here += self.employer.sites.order_by("pk").values_list("state", flat=True)[:1] if not here else []
        state = next((state for state in here if state in STATES), "NY")
        try:
            cleaned["counties"] = sites.counties_of(cleaned["counties"], state=state)
        except sites.SiteRefused as refusal:
            self.add_error("counties", str(refusal))

    def _check_rules(self, cleaned):
        """What must be mended is an error at its field, unless the field has one already."""
        self.findings = rules.of(cleaned, on=self.today, employer=self.employer)
        for finding in self.findings:
            if finding.is_must and not self.errors.keys() & {finding.field, *_TOGETHER.get(finding.field, ())}:
                self.add_error(finding.field if finding.field in self.fields else None, finding.text)

    def _check_pay(self, cleaned):
        if {"pay_min_usd", "pay_max_usd", "pay_period"} & self.errors.keys():
            return
        lowest, highest, period = cleaned["pay_min_usd"], cleaned["pay_max_usd"], cleaned["pay_period"]
        if lowest is None and highest is None:
            cleaned["pay_period"] = ""
        elif lowest is None:
            self.add_error("pay_min_usd", _("Give the lowest pay too. One fixed amount goes in both boxes."))
        elif highest is None:
            self.add_error("pay_max_usd", _("Give the highest pay too. One fixed amount goes in both boxes."))
        elif lowest <= 0:
            self.add_error("pay_min_usd", _("Give an amount above zero."))
        elif not period:
            self.add_error("pay_period", _("Say whether the pay is by hour or by year."))
        elif lowest > highest:
            self.add_error("pay_max_usd", _("The highest pay is lower than the lowest. Check both."))


_PAY = ("pay_min_usd", "pay_max_usd", "pay_period")
_TOGETHER = dict.fromkeys(_PAY, _PAY)  # one mistake in them is told once
