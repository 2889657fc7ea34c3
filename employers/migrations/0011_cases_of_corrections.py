from django.db import migrations


def open_cases(apps, schema_editor):
    """Put every correction that waits into the queue, since the day it was asked for."""
    cases = apps.get_model("employers", "Case")
    waiting = apps.get_model("employers", "CorrectionRequest").objects.filter(handled_at=None)
    for correction in waiting.exclude(cases__decided_at=None, cases__isnull=False).iterator():
        case = cases.objects.create(kind="correction", employer_id=correction.employer_id, correction=correction)
        cases.objects.filter(pk=case.pk).update(created_at=correction.created_at)


def leave(apps, schema_editor):
    """Cases of corrections go with their table; the corrections themselves stay as they are."""


class Migration(migrations.Migration):
    dependencies = [("employers", "0010_canned_reasons")]

    operations = [migrations.RunPython(open_cases, leave)]
