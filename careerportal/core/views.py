"""Pages that need no app: health and errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render


@login_not_required
def healthz(request):
    """Answer "ok" while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request, reason=""):
    """Answer a form whose secret is missing or old, in plain words."""
    return render(request, "errors/csrf.html", status=403)
