"""Translations follow the English: when a text changes, what was made of it is stale until someone has looked."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from careerportal.core.models import Translation


def mark_stale(row, names):
    """Mark the translations of these fields of a row as stale; return how many. Parts of a list ("skills.2") count."""
    if not names:
        return 0
    of_fields = Q()
    for name in names:
        of_fields |= Q(field=name) | Q(field__startswith=f"{name}.")
    kind = ContentType.objects.get_for_model(row)
    theirs = Translation.objects.filter(of_fields, content_type=kind, object_id=str(row.pk))
    return theirs.exclude(state=Translation.State.STALE).update(state=Translation.State.STALE)
