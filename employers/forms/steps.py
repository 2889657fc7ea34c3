"""The form of an opening in steps: which questions stand together, and what is wrong in each."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One page of questions. `name` stands in its address; `fields` are names of ListingForm, in the page's order."""

    name: str
    label: str
    lead: str
    fields: tuple[str, ...]


STEPS = (
    Step(
        "work", _("The work"), _("What it is called, and whom it helps."),
        ("headline", "title", "roles", "care_settings", "populations"),
    ),
    Step(
        "place", _("Place"), _("Where people work, and how much of it is on the road."),
        ("sites", "remote_states", "mode", "visits", "visits_percent", "needs_car", "counties"),
    ),
    Step(
        "pay", _("Hours and pay"), _("People look at pay first. Say what you honestly expect to offer."),
        ("employment", "weekly_hours", "schedules", "on_call", "pay_min_usd", "pay_max_usd", "pay_period",
         "benefit_kinds", "benefits"),
    ),
    Step(
        "asks", _("What you ask for"), _("Ask only for what the work needs: each thing you ask turns people away."),
        ("licences", "licence_stance", "credentials", "credential_stance", "education", "education_stance",
         "experience_months", "experience_stance", "languages"),
    ),
    Step(
        "words", _("In your words"), _("What a week looks like, and who stands behind people who do this work."),
        ("description", "caseload", "acuity", "supervision"),
    ),
    Step(
        "apply", _("How to apply"), _("Where people write to, and until when."),
        ("apply_url", "positions", "closes_on", "is_always_hiring"),
    ),
)  # fmt: skip
CHECK = "check"  # the last step: no questions, all answers
BY_NAME = {step.name: step for step in STEPS}
STEP_OF = {name: step for step in STEPS for name in step.fields}


def after(step):
    """The name of the step that follows `step`."""
    at = STEPS.index(step) + 1
    return STEPS[at].name if at < len(STEPS) else CHECK


class StepForm:
    """The part of a ListingForm that one step asks, with its own errors alone; pages take it for a form."""

    def __init__(self, form, step):
        self.form, self.step = form, step

    def __iter__(self):
        return (self.form[name] for name in self.step.fields)

    def __getitem__(self, name):
        return self.form[name]

    @property
    def errors(self):
        """The errors of this step's fields, by name."""
        return {name: self.form.errors[name] for name in self.step.fields if name in self.form.errors}

    def non_field_errors(self):
        """Errors of the whole form are told on the last step."""
        return []


def wrong_by_step(form):
    """Return (step, its BoundFields with errors) for each step of a checked form in which something is wrong."""
    parts = [(step, [form[name] for name in step.fields if name in form.errors]) for step in STEPS]
    return [(step, fields) for step, fields in parts if fields]
