"""Keep the answers of the route finder or of the self-assessment in the account, or forget them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import keeping
from accounts.models import KeptAnswers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_keep(request, kind):
    """Say what is kept, and keep it when the button is pressed. The answers stand in the address, as on their own page."""
    if kind not in KeptAnswers.Kind.values:
        raise Http404
    query = request.META.get("QUERY_STRING", "")[:4000]
    if request.POST.get("do") == "forget":
        keeping.forget(user=request.user, kind=kind)
        messages.success(request, _("Forgotten."))
        return redirect("me")
    try:
        if request.method == "POST":
            keeping.keep(user=request.user, kind=kind, query=query, now=timezone.now())
            messages.success(request, _("Kept on your page. Only you see it."))
            return redirect("me")
        query = keeping.checked(kind, query)
    except keeping.NotKept as refusal:
        messages.error(request, str(refusal))
        return redirect(keeping.PAGES[keeping.Kind(kind)])
    held = KeptAnswers.objects.filter(user=request.user, kind=kind).first()
    context = {"tab": "me", "kind": kind, "query": query, "held": held}
    return render(request, "accounts/keep.html", context)
