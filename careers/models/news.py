"""Career news: short pieces with a date."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content
from careers.querysets import NewsQuerySet
from careers.rendering import RenderedField

RESERVED = ("feed",)  # addresses under /careers/news/ that are no item


class NewsItem(Content):
    """One piece of news, out from `published_at` on (an aware datetime); without one it is a draft."""

    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=400, help_text=_("One or two sentences. The list and the monthly email show them.")
    )
    body = models.TextField(blank=True, help_text=_("Markdown: links, emphasis, lists and headings."))
    body_html = RenderedField(source="body")
    published_at = models.DateTimeField(
        _("out from"), null=True, blank=True, help_text=_("Empty: a draft. In the future: out from then on.")
    )
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True, related_name="news")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = NewsQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("news item")
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="careers_newsitem_slug_not_reserved",
                condition=~Q(slug__in=RESERVED),
                violation_error_message=_("This address is the feed. Choose another slug."),
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="careers_newsitem_newest")]

    def __str__(self):
        return f"{self.title} ({self.pk})"

    @property
    def is_public(self):
        """Whether readers may see it now."""
        return self.published_at is not None and self.published_at <= timezone.now()

    def get_absolute_url(self):
        return reverse("careers:news_item", args=[self.slug])
