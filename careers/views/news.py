"""Career news: the list, one item, and the feed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careers.pages import news as pages

A_PAGE = 10


@require_safe
@login_not_required
def news(request):
    """News, newest first. A page that does not exist is not found; one that is no number is the first."""
    paginator = Paginator(pages.news(at=timezone.now()), A_PAGE)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    if number not in paginator.page_range:
        raise Http404("There is no such page of news.")
    return render(request, "careers/news.html", {"page_obj": paginator.page(number)})


@require_safe
@login_not_required
def news_item(request, slug):
    """One piece of news. Drafts and news of the future are not found."""
    page = pages.item(slug, at=timezone.now())
    if page is None:
        raise Http404("There is no news with this name.")
    return render(request, "careers/news_item.html", page)


class NewsFeed(Feed):
    """The newest career news as Atom."""

    feed_type = Atom1Feed

    def title(self):
        return _("Career news of %(portal)s") % {"portal": settings.PORTAL_NAME}

    def link(self):
        return settings.PORTAL_URL + reverse("careers:news")

    def feed_url(self):
        return settings.PORTAL_URL + reverse("careers:news_feed")

    def feed_guid(self):
        return self.link()

    def subtitle(self):
        return _("What is new about careers in care coordination and care management.")

    def items(self):
        return list(pages.news(at=timezone.now())[: pages.IN_FEED])

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return settings.PORTAL_URL + item.get_absolute_url()

    def item_guid(self, item):
        return self.item_link(item)

    def item_pubdate(self, item):
        return item.published_at

    item_updateddate = item_pubdate


feed = require_safe(login_not_required(NewsFeed()))
