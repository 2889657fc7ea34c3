import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0011_cases_of_corrections")]
    operations = [
        migrations.AddField(
            model_name="listing",
            name="sketch",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                editable=False,
                help_text="Of the description; see employers.risk.sameness.",
                size=None,
            ),
        )
    ]
