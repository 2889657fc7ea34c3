from django.db import migrations
from django.db.models import F


def trust_approved(apps, schema_editor):
    """Employers approved before first openings were looked at go on publishing at once."""
    employers = apps.get_model("employers", "Employer")
    employers.objects.filter(approved_at__isnull=False, trusted_at=None).update(trusted_at=F("approved_at"))


class Migration(migrations.Migration):
    dependencies = [("employers", "0004_moderation")]
    operations = [migrations.RunPython(trust_approved, migrations.RunPython.noop)]
