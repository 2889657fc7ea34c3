"""How content is read for pages."""

from django.db import models

from careerportal.core import stamps


class ContentQuerySet(models.QuerySet):
    def in_order(self):
        """In the order of the content files, or as an editor moved things."""
        return self.order_by("position", "pk")

    def update(self, **values):
        """Change many rows in one statement; pages that show them are made anew."""
        stamps.bump(stamps.CONTENT)
        return super().update(**values)

    def by_key(self):
        """Return slug -> row, with underscores for hyphens so that templates can name it."""
        return {row.slug.replace("-", "_"): row for row in self}


class NewsQuerySet(ContentQuerySet):
    def out(self, *, at):
        """News that readers may see at the aware datetime `at`: no drafts, nothing of the future."""
        return self.filter(published_at__lte=at)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")
