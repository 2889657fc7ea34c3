from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"

    def ready(self):
        from careerportal.outbox import streams
        from employers import (  # models are ready only now
            case_mail,
            confirming,
            confirming_mail,
            emails,
            idle,  # noqa: F401 - registers its timers
            queue_mail,  # noqa: F401 - registers its timers
            team_emails,
            timetable,
            timetable_mail,
            verification_mail,
            writing,  # noqa: F401 - registers its timer
        )
        from employers.importing import retention  # noqa: F401 - registers its timer

        streams.register(emails.APPROVED, emails.ApprovedHandler())
        streams.register(case_mail.KIND, case_mail.CaseHandler())
        streams.register(confirming.KIND, confirming_mail.KeepHandler())
        streams.register(timetable.NOT_PUBLISHED, timetable_mail.NotPublishedHandler())
        streams.register(timetable.ENDED, timetable_mail.EndedHandler())
        streams.register(verification_mail.DECIDED, verification_mail.DecidedHandler())
        for kind in (verification_mail.IDLE_SOON, verification_mail.IDLE):
            streams.register(kind, verification_mail.IdleHandler(kind))
        streams.register(team_emails.INVITED, team_emails.InvitationHandler())
        streams.register(team_emails.INBOX, team_emails.InboxHandler())
