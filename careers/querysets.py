"""How content is read for pages."""

from django.db import models


class ContentQuerySet(models.QuerySet):
    def in_order(self):
        """In the order of the content files, or as an editor moved things."""
        return self.order_by("position", "pk")

    def by_key(self):
        """Return slug -> row, with underscores for hyphens so that templates can name it."""
        return {row.slug.replace("-", "_"): row for row in self}
