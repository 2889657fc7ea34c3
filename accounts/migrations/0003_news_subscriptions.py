import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_employer_wishes"),
        ("outbox", "0004_validate_news_stream"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewsSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("unconfirmed", "not confirmed yet"), ("active", "on"), ("stopped", "stopped")],
                        default="unconfirmed",
                        max_length=12,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("next_run_at", models.DateTimeField(blank=True, null=True)),
                ("consent_text", models.CharField(blank=True, max_length=300)),
                ("consent_source", models.CharField(blank=True, max_length=60)),
                (
                    "recipient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="news", to="outbox.recipient"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NewsConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="accounts.newssubscription",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="newssubscription",
            index=models.Index(
                condition=models.Q(("state", "active")), fields=["next_run_at"], name="accounts_news_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="newssubscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["unconfirmed", "active", "stopped"])),
                name="accounts_newssubscription_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="newssubscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", False), models.Q(("state", "active"), _negated=True), _connector="OR"
                ),
                name="accounts_newssubscription_confirmed_before_active",
                violation_error_message="Nobody gets news before confirming the address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="newssubscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_run_at__isnull", False), ("state", "active")),
                    models.Q(models.Q(("state", "active"), _negated=True), ("next_run_at", None)),
                    _connector="OR",
                ),
                name="accounts_newssubscription_runs_when_active",
            ),
        ),
        migrations.AddIndex(
            model_name="newsconfirmation",
            index=models.Index(fields=["subscription", "-due_at"], name="accounts_newsconfirm_newest"),
        ),
        migrations.AddConstraint(
            model_name="newsconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("asked_at")), ("expires_at__gt", models.F("due_at"))),
                name="accounts_newsconfirmation_times_in_order",
            ),
        ),
    ]
