from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts.emails import ConfirmHandler, DigestHandler  # models are ready only now
        from careerportal.outbox import streams

        streams.register("alert_confirm", ConfirmHandler())
        streams.register("alert_digest", DigestHandler())
