import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0002_title_variations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OldSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("slug", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "slug"), name="careers_oldslug_leads_to_one_object")
                ],
            },
        ),
        migrations.CreateModel(
            name="RepositoryNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=80)),
                ("field", models.CharField(max_length=64)),
                ("value", models.JSONField(null=True)),
                ("noted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key", "field"), name="careers_repositorynote_once_per_field"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField(blank=True, null=True)),
                ("label", models.CharField(max_length=160)),
                ("values", models.JSONField(default=dict)),
                ("base", models.JSONField(default=dict)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "comment",
                    models.TextField(blank=True, help_text="For colleagues: why, and what to look at. Never shown."),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["draft", "in_review", "scheduled", "published", "discarded"])
                        ),
                        name="careers_draft_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publish_at__isnull", False), ("stage", "scheduled")),
                            models.Q(models.Q(("stage", "scheduled"), _negated=True), ("publish_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="careers_draft_time_exactly_when_scheduled",
                        violation_error_message="A scheduled draft has a time, any other has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("stage__in", ["published", "discarded"])),
                            models.Q(("stage__in", ["draft", "in_review", "scheduled"]), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="careers_draft_closed_exactly_when_done",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("object_id__isnull", False), ("stage__in", ["draft", "in_review", "scheduled"])
                        ),
                        fields=("kind", "object_id"),
                        name="careers_draft_one_open_for_an_object",
                        violation_error_message="Someone is already editing this. Continue their draft or discard it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("ok", "Answers"), ("trouble", "Does not answer now"), ("dead", "Gone")], max_length=10
                    ),
                ),
                ("said", models.CharField(blank=True, max_length=200)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("last_checked_at", models.DateTimeField()),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="check_result", to="careers.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ok", "trouble", "dead"])),
                        name="careers_sourcecheck_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failures", 0), ("status", "ok")),
                            models.Q(models.Q(("status", "ok"), _negated=True), ("failures__gte", 1)),
                            _connector="OR",
                        ),
                        name="careers_sourcecheck_failures_only_when_it_fails",
                    ),
                ],
            },
        ),
    ]
