"""The title decoder's page."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from careers.decoder_form import DecoderForm
from careers.pages import decoder as pages


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt  # a post changes nothing and stores nothing: it only carries texts too long for an address, without a cookie
def decoder(request):
    """What a title or an ad means. A short text gets an address of its own; a long one is answered in place."""
    if request.method == "POST":
        form = DecoderForm(request.POST)
        if form.is_valid() and form.is_shareable:
            return redirect(f"{reverse('careers:decoder')}?{urlencode({'text': form.cleaned_data['text']})}")
    else:
        form = DecoderForm(request.GET if "text" in request.GET else None)
    return render(request, "careers/decoder.html", pages.decoder(form))
