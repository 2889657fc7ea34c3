"""A reader says that an employer's entry is wrong, or should go. Only moderators see it."""

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employers import corrections
from employers.forms.correction import CorrectionForm
from employers.models import Employer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, slug):
    """The form for a correction or a removal; what is sent waits for a moderator."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if consume(request, action="portal_correction"):
            corrections.ask(employer=employer, now=timezone.now(), **form.cleaned_data)
            return redirect("employer_correct_thanks", slug=employer.slug)
        form.add_error(None, _("That is a lot of requests from one place. Please try again in an hour."))
    return render(request, "employers/correct.html", {"employer": employer, "form": form})


@login_not_required
@never_cache
@require_safe
def thanks(request, slug):
    """Says that the request is here and what happens next."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    return render(request, "employers/correct_thanks.html", {"employer": employer})
