"""The mailbox page: in a demo, what was sent stays on this machine and is read here. Elsewhere it does not exist."""

from functools import wraps

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from . import mailbox as kept_mail

PER_PAGE = 30
# A mail may style itself inline and link out of its frame; it may run, load and embed nothing.
MAIL_CSP = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups"],
}


def demo_only(view):
    """Answer 404 unless this is a demo. The page shows sign-in codes of everybody, which is what a demo needs."""

    @login_not_required
    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.PORTAL_ENV != "demo":
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@demo_only
def mailbox(request):
    """What was sent, newest first; ?to= narrows to an address."""
    address = request.GET.get("to", "").replace("\x00", "")[:254]
    page = Paginator(kept_mail.kept(address), PER_PAGE).get_page(request.GET.get("page"))
    letters = [{"row": row, "subject": kept_mail.subject_of(row)} for row in page]
    context = {"page_obj": page, "letters": letters, "address": address, "query": urlencode({"to": address})}
    return render(request, "outbox/mailbox.html", context)


@demo_only
@csp_update({"frame-src": [SELF]})
def letter(request, pk):
    """One message: its text, its HTML in a frame, its headers."""
    found = kept_mail.letter(get_object_or_404(kept_mail.kept(), pk=pk))
    return render(request, "outbox/letter.html", {"letter": found})


@demo_only
@xframe_options_sameorigin
@csp(MAIL_CSP)
def letter_html(request, pk):
    """The HTML part alone, as a mail program would show it."""
    found = kept_mail.letter(get_object_or_404(kept_mail.kept(), pk=pk))
    if not found.html:
        raise Http404
    return HttpResponse(found.html.replace("<head>", '<head><base target="_top">', 1))
