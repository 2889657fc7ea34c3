"""Where facts come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.models.base import Content


class Source(Content):
    """A publication that a fact was read in."""

    name = models.CharField(max_length=250)
    url = models.URLField(max_length=500, blank=True)
    published = models.CharField(_("date"), max_length=120, blank=True, help_text=_("As the source states it."))
    supports = models.TextField(blank=True, help_text=_("What it was used for."))

    class Meta(Content.Meta):
        pass

    def __str__(self):
        return f"{self.name} ({self.pk})"

    @property
    def dated(self):
        """The date in words for readers: a copy without one says so, and keeps what its note tells in brackets."""
        if not self.published.startswith(("undated", "supplied text, undated")):
            return self.published
        note = self.published.partition("(")[2].rstrip(")")
        return _("no date given (%(note)s)") % {"note": note} if note else _("no date given")
