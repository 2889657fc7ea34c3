from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0008_inbox_and_counties")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="address_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
