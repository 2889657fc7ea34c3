"""Ways in and up, and training."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from careers.pages import pathways as pages


class TrainingForm(forms.Form):
    """What to show of the training page. A region no program knows is refused with a sentence."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    free = forms.BooleanField(label=_("Only what is free"), required=False)

    def __init__(self, data, *, regions):
        super().__init__(data)
        self.fields["region"].choices = [("", _("Any region")), *((name, name) for name in sorted(regions))]
        self.fields["region"].error_messages["invalid_choice"] = _(
            "We do not know this region. Choose one of the list."
        )


@require_safe
@login_not_required
def pathways(request):
    """How people get in and move up."""
    return render(request, "careers/pathways.html", pages.pathways())


@require_safe
@login_not_required
def training(request):
    """Training that costs little or nothing."""
    today = localdate()
    form = TrainingForm(request.GET, regions=pages.regions())
    asked = form.cleaned_data if form.is_valid() else {}
    page = pages.training(today=today, region=asked.get("region", ""), free=asked.get("free", False))
    return render(request, "careers/training.html", {**page, "form": form, "today": today})
