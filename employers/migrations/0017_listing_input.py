"""What members typed so far of an opening."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0016_importing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingInput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("values", models.JSONField(default=dict)),
                (
                    "base",
                    models.JSONField(
                        default=dict,
                        help_text="The values of the opening when this change was begun, to see what others changed since.",
                    ),
                ),
                (
                    "origins",
                    models.JSONField(
                        default=dict, help_text="Of guessed fields: the phrase of the ad that each came from."
                    ),
                ),
                ("advert", models.TextField(blank=True, help_text="The ad it was begun with.", max_length=60000)),
                ("step", models.CharField(blank=True, max_length=20)),
                (
                    "visited",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("touched_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listing_inputs",
                        to="employers.employer",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inputs",
                        to="employers.listing",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["touched_at"], name="employers_listinginput_touched")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("listing", "by"), name="employers_listinginput_one_change_per_member"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base", {}), ("listing", None)),
                            models.Q(("listing__isnull", False), models.Q(("base", {}), _negated=True)),
                            _connector="OR",
                        ),
                        name="employers_listinginput_base_of_a_change",
                    ),
                ],
            },
        ),
    ]
