from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "careerportal.outbox"
    label = "outbox"
