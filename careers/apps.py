from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save

from careerportal.core import stamps


class CareersConfig(AppConfig):
    name = "careers"

    def ready(self):
        """Let no change of content go past the pages that remember it, whoever writes: admin, files, shell or test."""
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(_content_changed, dispatch_uid="careers.content_changed")


def _content_changed(sender, **_details):
    if sender._meta.app_label == "careers" and not sender.__name__.startswith("Historical"):
        stamps.bump(stamps.CONTENT)
