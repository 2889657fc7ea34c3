"""A person's profile and the one-page resume made of it. There is no address by which anyone else reads either."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import profile as profiles
from accounts.addresses import verified_address
from accounts.models import ResumeLine
from accounts.profile_forms import ProfilePage
from careers.vocabulary import Language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_profile(request):
    """Read and change one's own profile."""
    page = ProfilePage(profiles.of(request.user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.is_valid():
        page.write(user=request.user, now=timezone.now())
        messages.success(request, _("Your profile is saved. Nobody but you sees it."))
        return redirect("me_profile")
    return render(request, "accounts/profile.html", {"tab": "profile", "page": page, "form": page.form})


@never_cache
@require_safe
def me_resume_page(request):
    """The resume on one sheet, for printing or saving as PDF from the browser."""
    profile = profiles.of(request.user)
    lines = list(profile.resume_lines.order_by("position")) if profile.pk else []
    held = profile.credentials.filter(standing="held").select_related("credential") if profile.pk else []
    context = {
        "tab": "profile",
        "profile": profile,
        "address": verified_address(request.user),
        "work": [one for one in lines if one.kind == ResumeLine.Kind.WORK],
        "education": [one for one in lines if one.kind == ResumeLine.Kind.EDUCATION],
        "credentials": [(one.credential.name, one.state) for one in held],
        "languages": [Language(code).label for code in profile.languages],
    }
    return render(request, "accounts/resume_page.html", context)
