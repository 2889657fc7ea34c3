"""What the content files said when they were last loaded."""

from django.db import models


class ContentLoad(models.Model):
    """The values that `load_content` last wrote for one object, so that an editor's change can be told apart.

    `kind` is the model's name, `key` its slug, `values` field -> value as the files had it (foreign keys and lists
    of objects as slugs).
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    values = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="careers_contentload_once_per_object")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.pk}"
