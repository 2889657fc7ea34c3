import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0007_verification_asks_again")]

    operations = [
        migrations.AddField(
            model_name="employer",
            name="inbox_confirmed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then nothing is sent to it.",
                null=True,
                verbose_name="inbox address confirmed",
            ),
        ),
        migrations.AddField(
            model_name="employer",
            name="inbox_wanted",
            field=models.EmailField(
                blank=True,
                db_default="",
                max_length=254,
                verbose_name="inbox address that waits for its confirmation",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="counties",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=70),
                blank=True,
                db_default=[],
                default=list,
                help_text="As state and county: NY:Albany.",
                size=None,
                verbose_name="counties covered",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="is_proposed",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Named by somebody whose claim is not verified yet; shown once it is.",
                verbose_name="waits for the claim",
            ),
        ),
    ]
