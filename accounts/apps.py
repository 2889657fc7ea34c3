from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import (
            datacopy,
            inquiry_mail,
            inquiry_personal,
            inquiry_timers,  # noqa: F401 - registers its timers
            personal_account,
            personal_mail,
            personal_seekers,
            privacy_mail,
            retention,  # noqa: F401 - registers its timers
            timers,  # noqa: F401 - registers its timers
        )
        from accounts.emails import ConfirmHandler, DigestHandler  # models are ready only now
        from accounts.news_emails import NewsConfirmHandler, NewsHandler
        from careerportal.outbox import streams

        streams.register("alert_confirm", ConfirmHandler())
        streams.register("alert_digest", DigestHandler())
        streams.register("news_confirm", NewsConfirmHandler())
        streams.register("news_monthly", NewsHandler())
        streams.register(inquiry_mail.TO_SEEKER, inquiry_mail.SeekerHandler())
        streams.register(inquiry_mail.TO_EMPLOYER, inquiry_mail.EmployerHandler())
        streams.register(inquiry_mail.REMINDER, inquiry_mail.ReminderHandler())
        for kind in (datacopy, personal_account, personal_mail, personal_seekers, privacy_mail):
            kind.register()
        inquiry_personal.register()
