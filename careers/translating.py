"""Texts of content in another language, where a person has checked them."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from careerportal.core.models import Translation

ORIGINAL = "en"


class Texts:
    """The checked translations of some fields, read in one query. Machine made and stale ones do not count."""

    def __init__(self, fields: Iterable, *, language: str):
        """`fields`: (object, field name) of everything that will be asked for; empty fields need no translation."""
        self.language = language
        self._wanted = {_key(item, field) for item, field in fields if getattr(item, field)}
        self._found = {}
        if language != ORIGINAL and self._wanted:
            rows = Translation.objects.filter(
                language=language,
                state=Translation.State.CHECKED,
                content_type__in={kind for kind, _pk, _field in self._wanted},
            )
            for row in rows:
                if row.text:
                    self._found[row.content_type_id, row.object_id, row.field] = row.text

    @property
    def is_complete(self):
        """Whether every text can be said in this language."""
        return bool(self._wanted) and (self.language == ORIGINAL or self._wanted <= set(self._found))

    def said(self, item, field):
        """The text of a field in this language, or as it was written when there is no checked translation."""
        return self._found.get(_key(item, field)) or getattr(item, field)


def translated(item, field, language):
    """One field of one object in `language`, or as it was written when there is no checked translation."""
    return Texts([(item, field)], language=language).said(item, field)


def _key(item, field):
    return ContentType.objects.get_for_model(type(item)).pk, str(item.pk), field
