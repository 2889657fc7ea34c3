"""The questions of the route finder: query string -> careers.route.Answers. A bad value is named, never guessed at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerportal.places.place import PlaceUnknown, resolve
from careers import route
from careers.vocabulary import Language

JOB_CHOICES = [
    ("medical-assistant", _("Medical assistant")),
    ("home-health-aide", _("Home health aide")),
    ("nurse-aide", _("Nurse aide (CNA)")),
    ("lpn", _("Licensed practical nurse (LPN)")),
    ("chw", _("Community health worker")),
    ("peer", _("Peer specialist or recovery coach")),
]
# What a job says of a person: credentials that come with it, and demands it meets (ruletree.Leaf.key).
JOB_MEANS = {
    "medical-assistant": ({"medical-assistant"}, set()),
    "home-health-aide": ({"home-health-aide"}, set()),
    "nurse-aide": ({"nurse-aide"}, set()),
    "lpn": ({"lpn"}, set()),
    "chw": (set(), {"other-work-as-a-community-health-worker"}),
    "peer": (set(), {"other-work-as-a-peer-specialist"}),
}
LICENSES = ("rn", "lpn", "lmsw", "lcsw")
NOT_ASKED = ("language-skills",)  # languages have a question of their own
WORK = "work_"
MILES_CHOICES = (5, 10, 25, 50, 100)
MILES_FIRST = 25
NO_ANSWER = ("", _("No answer"))


class RouteForm(forms.Form):
    """What someone has. Every question may stay open; what is open counts as not known, not as no."""

    job = forms.MultipleChoiceField(
        label=_("What do you work as now?"), choices=JOB_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    schooling = forms.ChoiceField(
        label=_("Your highest schooling"), choices=[NO_ANSWER, *route.SCHOOLING_CHOICES], required=False
    )
    field = forms.MultipleChoiceField(
        label=_("In which field? Tick all that fit"),
        choices=route.FIELD_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licence = forms.MultipleChoiceField(
        label=_("Licenses you hold"), required=False, widget=forms.CheckboxSelectMultiple
    )
    have = forms.MultipleChoiceField(
        label=_("Certificates and training you have"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.MultipleChoiceField(
        label=_("Languages you speak with clients"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.TypedChoiceField(
        label=_("Your age"),
        choices=[NO_ANSWER, (21, _("21 or older")), (18, _("18 to 20")), (17, _("17")), (16, _("Under 17"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("Where you want to work"),
        choices=[("NY", _("New York")), ("US", _("Another state"))],
        required=False,
    )
    zip = forms.CharField(label=_("ZIP code"), max_length=10, required=False)
    miles = forms.TypedChoiceField(
        label=_("Within"),
        choices=[(miles, _("%(miles)d miles") % {"miles": miles}) for miles in MILES_CHOICES],
        coerce=int,
        empty_value=MILES_FIRST,
        required=False,
    )
    done = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, data=None, *, credentials, askable):
        """`credentials`: the public Credential rows. `askable`: keys that `done` may hold (route.askable)."""
        super().__init__(data or None, initial={"miles": MILES_FIRST})
        if data and not data.get("miles"):
            self.data = data.copy()
            self.data["miles"] = MILES_FIRST
        self.unknown = sorted(set(data or ()) - set(self._names()))
        rows = {row.slug: row for row in credentials}
        self.fields["licence"].choices = [(slug, rows[slug].name) for slug in LICENSES if slug in rows]
        self.fields["have"].choices = [
            (slug, row.name) for slug, row in rows.items() if slug not in (*LICENSES, *NOT_ASKED)
        ]
        self.fields["done"].choices = [(key, key) for key in sorted(askable)]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _("We do not know “%(value)s”. Choose one of the answers here.")
        for kind, label in route.EXPERIENCE_CHOICES:
            self.fields[WORK + kind] = forms.TypedChoiceField(
                label=label,
                choices=[NO_ANSWER, *((months, _amount(months)) for months in route.MONTHS_CHOICES)],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": _("We do not know this amount. Choose one of the answers here.")},
            )

    @staticmethod
    def _names():
        return [*RouteForm.base_fields, *(WORK + kind for kind, _label in route.EXPERIENCE_CHOICES)]

    def clean(self):
        cleaned = super().clean()
        for name, given in getattr(self.data, "lists", dict)():
            field = self.fields.get(name)
            if field and len(given) > 1 and not isinstance(field, forms.MultipleChoiceField):
                self.add_error(name, _("Give one answer here, not several."))
        if "zip" not in self.errors:
            try:
                resolve(zip=cleaned.get("zip") or "")
            except PlaceUnknown as unknown:
                self.add_error("zip", str(unknown))
        return cleaned

    @property
    def tells_kinds_of_work(self):
        """True when an answer about one kind of work was given, so that these questions stand open."""
        return any(bound.value() for bound in self.work_fields[1:])

    @property
    def work_fields(self):
        """The questions about kinds of work, any work first."""
        return [self[WORK + kind] for kind, _label in route.EXPERIENCE_CHOICES]

    @property
    def answers(self):
        """The checked Answers. Ask `is_valid()` first."""
        asked = self.cleaned_data
        credentials, done = set(asked["licence"]) | set(asked["have"]), set(asked["done"])
        for job in asked["job"]:
            brings, meets = JOB_MEANS[job]
            credentials |= brings
            done |= meets
        work = {kind: asked[WORK + kind] for kind, _label in route.EXPERIENCE_CHOICES}
        return route.Answers(
            schooling=asked["schooling"],
            fields=frozenset(asked["field"]),
            credentials=frozenset(credentials),
            experience={kind: months for kind, months in work.items() if months is not None},
            age=asked["age"],
            done=frozenset(done),
        )


def _amount(months):
    if not months:
        return _("None yet")
    if months == max(route.MONTHS_CHOICES):
        return _("%(time)s or more") % {"time": route.in_time(months)}
    return route.in_time(months)
