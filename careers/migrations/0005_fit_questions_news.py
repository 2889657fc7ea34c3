import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0004_pathways_training_and_pay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FitDimension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                (
                    "kind",
                    models.CharField(choices=[("fit", "fits the work"), ("lean", "which kind of work")], max_length=4),
                ),
                ("name", models.CharField(max_length=80)),
                ("when_high", models.CharField(blank=True, max_length=250)),
                ("when_low", models.CharField(blank=True, max_length=250)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_fitdimension_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["fit", "lean"])), name="careers_fitdimension_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FitQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("text", models.CharField(max_length=250)),
                ("is_scored", models.BooleanField(default=True)),
                ("takes_many", models.BooleanField(default=False, verbose_name="more than one answer")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_fitquestion_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_scored", False), ("takes_many", False), _connector="OR"),
                        name="careers_fitquestion_one_answer_when_scored",
                        violation_error_message="A scored question takes one answer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFitAnswer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("key", models.SlugField(max_length=4)),
                ("text", models.CharField(max_length=200)),
                ("purpose", models.PositiveSmallIntegerField(default=0)),
                ("people", models.PositiveSmallIntegerField(default=0)),
                ("communication", models.PositiveSmallIntegerField(default=0)),
                ("problem_solving", models.PositiveSmallIntegerField(default=0)),
                ("coordination", models.PositiveSmallIntegerField(default=0)),
                ("management", models.PositiveSmallIntegerField(default=0)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="careers.fitquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fit answer",
                "verbose_name_plural": "historical fit answers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFitDimension",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                (
                    "kind",
                    models.CharField(choices=[("fit", "fits the work"), ("lean", "which kind of work")], max_length=4),
                ),
                ("name", models.CharField(max_length=80)),
                ("when_high", models.CharField(blank=True, max_length=250)),
                ("when_low", models.CharField(blank=True, max_length=250)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fit dimension",
                "verbose_name_plural": "historical fit dimensions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFitQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("text", models.CharField(max_length=250)),
                ("is_scored", models.BooleanField(default=True)),
                ("takes_many", models.BooleanField(default=False, verbose_name="more than one answer")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fit question",
                "verbose_name_plural": "historical fit questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFitResult",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                (
                    "next_pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fit result",
                "verbose_name_plural": "historical fit results",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNewsItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("title", models.CharField(max_length=120)),
                (
                    "summary",
                    models.CharField(
                        help_text="One or two sentences. The list and the monthly email show them.", max_length=400
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="Markdown: links, emphasis, lists and headings.")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: a draft. In the future: out from then on.",
                        null=True,
                        verbose_name="out from",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="careers.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical news item",
                "verbose_name_plural": "historical news items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "For everyone"),
                            ("seeker", "For people looking for work"),
                            ("employer", "For employers"),
                        ],
                        default="everyone",
                        max_length=10,
                    ),
                ),
                ("question", models.CharField(max_length=250)),
                ("answer", models.TextField(help_text="Markdown: links, emphasis and lists.")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FitAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("key", models.SlugField(max_length=4)),
                ("text", models.CharField(max_length=200)),
                ("purpose", models.PositiveSmallIntegerField(default=0)),
                ("people", models.PositiveSmallIntegerField(default=0)),
                ("communication", models.PositiveSmallIntegerField(default=0)),
                ("problem_solving", models.PositiveSmallIntegerField(default=0)),
                ("coordination", models.PositiveSmallIntegerField(default=0)),
                ("management", models.PositiveSmallIntegerField(default=0)),
                ("settings", models.ManyToManyField(blank=True, related_name="fit_answers", to="careers.caresetting")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="careers.fitquestion"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_fitanswer_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    ),
                    models.UniqueConstraint(
                        fields=("question", "key"),
                        name="careers_fitanswer_one_per_key",
                        violation_error_message="Another answer of this question has this key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("communication__lte", 9),
                            ("coordination__lte", 9),
                            ("management__lte", 9),
                            ("people__lte", 9),
                            ("problem_solving__lte", 9),
                            ("purpose__lte", 9),
                        ),
                        name="careers_fitanswer_points_in_range",
                        violation_error_message="An answer gives at most 9 points to one thing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FitResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                (
                    "next_pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("roles", models.ManyToManyField(blank=True, related_name="+", to="careers.carerole")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_fitresult_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NewsItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                ("title", models.CharField(max_length=120)),
                (
                    "summary",
                    models.CharField(
                        help_text="One or two sentences. The list and the monthly email show them.", max_length=400
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="Markdown: links, emphasis, lists and headings.")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: a draft. In the future: out from then on.",
                        null=True,
                        verbose_name="out from",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="careers.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "abstract": False,
                "indexes": [models.Index(fields=["-published_at", "-id"], name="careers_newsitem_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_newsitem_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ("feed",)), _negated=True),
                        name="careers_newsitem_slug_not_reserved",
                        violation_error_message="This address is the feed. Choose another slug.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("sourced", "Read in the primary source"),
                            ("reported", "Read in a second-hand source"),
                            ("practice", "Field knowledge"),
                        ],
                        default="practice",
                        max_length=10,
                        verbose_name="how well known",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("review_due", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")),
                ("note_for_editors", models.TextField(blank=True, help_text="Never shown to visitors.")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "For everyone"),
                            ("seeker", "For people looking for work"),
                            ("employer", "For employers"),
                        ],
                        default="everyone",
                        max_length=10,
                    ),
                ),
                ("question", models.CharField(max_length=250)),
                ("answer", models.TextField(help_text="Markdown: links, emphasis and lists.")),
                ("sources", models.ManyToManyField(blank=True, related_name="questions", to="careers.source")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", ["sourced", "reported", "practice"])),
                        name="careers_question_tier_known",
                        violation_error_message="Say how well this is known: sourced, reported or practice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["everyone", "seeker", "employer"])),
                        name="careers_question_audience_known",
                        violation_error_message="Say who asks: everyone, seeker or employer.",
                    ),
                ],
            },
        ),
    ]
