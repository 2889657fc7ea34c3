from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Check what is stored against the constraints of 0003."""

    dependencies = [("outbox", "0003_news_stream")]

    operations = [
        ValidateConstraint("delivery", "outbox_delivery_stream_known"),
        ValidateConstraint("streamstop", "outbox_streamstop_stream_stoppable"),
    ]
