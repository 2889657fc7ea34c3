"""Career news: the list, one item, the feed."""

from careers.models import NewsItem
from careers.rendering import safe

IN_FEED = 30


def news(*, at):
    """News that is out, newest first."""
    return NewsItem.objects.out(at=at).newest_first()


def item(slug, *, at):
    """One item that is out, with its body as HTML, and the ones before and after it; None when there is none."""
    found = NewsItem.objects.out(at=at).select_related("source").filter(slug=slug).first()
    if found is None:
        return None
    others = list(news(at=at).exclude(pk=found.pk)[:3])
    return {"item": found, "body": safe(found.body_html), "others": others}
