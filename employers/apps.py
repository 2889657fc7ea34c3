from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"

    def ready(self):
        from careerportal.outbox import streams
        from employers import emails  # models are ready only now

        streams.register(emails.APPROVED, emails.ApprovedHandler())
