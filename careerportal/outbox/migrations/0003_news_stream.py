from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Career news may be sent and stopped. The wider checks are validated in 0004, so that no writer waits for it."""

    dependencies = [("outbox", "0002_final_states_stay")]

    operations = [
        migrations.RemoveConstraint("delivery", "outbox_delivery_stream_known"),
        AddConstraintNotValid(
            "delivery",
            models.CheckConstraint(
                name="outbox_delivery_stream_known",
                condition=models.Q(stream__in=["account", "alerts", "opportunities", "news", "employer", "staff"]),
            ),
        ),
        migrations.RemoveConstraint("streamstop", "outbox_streamstop_stream_stoppable"),
        AddConstraintNotValid(
            "streamstop",
            models.CheckConstraint(
                name="outbox_streamstop_stream_stoppable",
                condition=models.Q(stream__in=["alerts", "opportunities", "news", "employer", "staff"]),
                violation_error_message="Account mail cannot be stopped.",
            ),
        ),
    ]
