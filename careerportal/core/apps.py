from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "careerportal.core"
    label = "core"
