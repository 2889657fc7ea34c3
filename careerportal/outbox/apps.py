from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The mail ledger."""

    name = "careerportal.outbox"
    label = "outbox"

    def ready(self):
        from . import raw, streams  # handlers need Django's mail, which needs settings

        streams.register(streams.RAW, raw.RawHandler())
