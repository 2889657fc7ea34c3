"""manage.py sample_accounts: the table of sample accounts that a start prints."""

from django.core.management.base import BaseCommand, CommandError

from accounts import samples


class Command(BaseCommand):
    help = "Print the sample accounts, their password and the secret of their second factor. Demo only."

    def handle(self, *args, **options):
        try:
            samples.refuse_outside_demo()
        except samples.SamplesRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        accounts = samples.present()
        if not accounts:
            self.stdout.write("There are no sample accounts. Make them: manage.py load_samples")
            return
        self._table([("Sample account", "Who", "Lands on"), *((row.email, row.who, row.lands) for row in accounts)])
        self.stdout.write("")
        with_factor = ", ".join(row.email.partition("@")[0] for row in accounts if row.is_staff)
        self._table(
            [
                ("Password of all", samples.PASSWORD),
                ("TOTP secret", f"{samples.TOTP_SECRET} (second factor of {with_factor})"),
            ]
        )

    def _table(self, rows):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {'   '.join(cells).rstrip()}")
