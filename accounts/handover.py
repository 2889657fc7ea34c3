"""The handover page: what somebody who takes over must know, written from the settings that run.

It names where secrets live and never what they are; people are counted and not named, except the addresses of roles.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group

from accounts import health, staff
from careerportal.outbox.streams import STREAMS

SECRETS = (
    ("SECRET_KEY", "signs sessions, links and codes", "made by deploy/install.sh; anew as README.md, Settings, shows"),
    ("SECRET_KEY_FALLBACKS", "older ones: links in mail already sent depend on them", "the SECRET_KEY of before"),
    ("DATABASE_URL", "may hold the password of the database", "none on a server set up by deploy/install.sh"),
    ("REDIS_URL", "may hold the password of Redis", "none on a server set up by deploy/install.sh"),
    ("EMAIL_URL", "user and password at the mail relay", "the relay's pages"),
    ("HEARTBEAT_URL", "the dead-man address: who knows it can fake life", "the dead-man service's pages"),
)


def page(*, now):
    """The page as Markdown, for the aware datetime `now`. Reads counts of staff from the database."""
    parts = [
        _head(now),
        _domains(),
        _dns(),
        _relay(),
        _keys(),
        _people(),
        _backups(),
        _watch(),
        _certificate(),
        _words(),
    ]
    return "\n\n".join(parts) + "\n"


def _head(now):
    return (
        f"# Handover of {settings.PORTAL_NAME}\n\n"
        f"Written by `manage.py handover` on {now:%Y-%m-%d} from the settings that run ({settings.PORTAL_ENV}). "
        "Write it anew after a change. No secret stands here; lines in *italics* are for you to fill in."
    )


def _domains():
    host = urlsplit(settings.PORTAL_URL).hostname
    return _section(
        "Domains",
        _table(
            ("What", "Value", "Where it lives"),
            ("The portal", settings.PORTAL_URL, "PORTAL_URL"),
            ("Host names it answers to", ", ".join(settings.ALLOWED_HOSTS), "ALLOWED_HOSTS"),
            ("Domain of its mail", settings.MAIL_DOMAIN, "MAIL_DOMAIN"),
            (
                "Registrar of the domain",
                f"*who holds {_registered(host)}, whose account, paid until when*",
                "*registrar*",
            ),
            ("DNS is edited at", "*name of the service*", "*whose account*"),
            ("Server", "*provider, name, address*", "*whose account*"),
        ),
    )


def _dns():
    host, mail = urlsplit(settings.PORTAL_URL).hostname, settings.MAIL_DOMAIN
    relay = urlsplit(settings.EMAIL_URL).hostname or "the relay"
    return _section(
        "DNS records",
        _table(
            ("Name", "Type", "Value"),
            (host, "A, AAAA", "*addresses of the server*"),
            (host, "CAA", '`0 issue "letsencrypt.org"` (or who makes your certificates)'),
            (mail, "MX", "*where bounces and answers to bounce+…@ go; the relay says*"),
            (mail, "TXT (SPF)", f"`v=spf1 include:` *the name {relay} gives you* ` -all`"),
            (f"*selector*._domainkey.{mail}", "TXT or CNAME (DKIM)", f"*the key {relay} shows you*"),
            (f"_dmarc.{mail}", "TXT (DMARC)", f"`v=DMARC1; p=none; rua=mailto:{settings.STAFF_EMAIL}`, later `p=quarantine`"),
        ),
        "`manage.py doctor --only mail-dns` looks SPF and DMARC up.",
    )  # fmt: skip


def _relay():
    parts = urlsplit(settings.EMAIL_URL)
    server = f"{parts.hostname}:{parts.port or 'usual port'}" if parts.hostname else "the mailbox of this machine"
    how = {"smtp+tls": "STARTTLS", "smtp+ssl": "TLS", "smtp": "not encrypted"}.get(parts.scheme, "nothing leaves")
    return _section(
        "Mail relay",
        _table(
            ("What", "Value", "Where it lives"),
            ("Server", f"{server} ({how})", "EMAIL_URL"),
            ("Account there", "*whose, paid by whom, daily limit*", "*the relay's pages*"),
            ("At most", f"{settings.PACE_PER_S:g} messages a second, a tenth of it to one domain", "PACE_PER_S"),
            ("People answer to", settings.SUPPORT_EMAIL, "SUPPORT_EMAIL"),
            ("Postal address in alert mail", settings.POSTAL_ADDRESS, "POSTAL_ADDRESS"),
        ),
        "Senders: " + ", ".join(f"`{stream.address}`" for stream in STREAMS.values()) + ".",
    )


def _keys():
    rows = []
    for name, what, source in SECRETS:
        rows.append((f"`{name}`", what, "set" if getattr(settings, name, None) else "not set", source))
    return _section(
        "Keys and passwords",
        _table(("Name", "What it is for", "Now", "Where a new one comes from"), *rows),
        "All stand in the environment of the processes: `/etc/careerportal/env` (root alone may read it) on a server set up "
        "by deploy/install.sh, `.env` beside docker-compose.yml with containers. Off-site copies of backups: the private "
        "key for them is *where, and who else has it*.",
    )


def _people():
    rows = [
        (name, str(Group.objects.get(name=name).user_set.filter(is_active=True).count()) if _exists(name) else "0")
        for name in (staff.MODERATORS, staff.EDITORS)
    ]
    rows.append(("all staff", str(health.active_staff().count())))
    rows.append(("of them administrators", str(health.active_staff().filter(is_superuser=True).count())))
    return _section(
        "People",
        _table(("Group", "How many"), *rows),
        f"Who they are is listed in the admin, {settings.PORTAL_URL}/admin/core/user/, filter \"groups\". Moderators approve "
        "employers, editors keep the content. Reports and alarms go to "
        f"{settings.STAFF_EMAIL} (STAFF_EMAIL). *Who stands in when nobody answers there.*",
    )  # fmt: skip


def _backups():
    return _section(
        "Backups",
        _table(
            ("What", "Value", "Where it lives"),
            ("Made every night into", settings.BACKUP_DIR or "**not set**", "BACKUP_DIR"),
            ("Copies elsewhere", "*where, whose account*", "BACKUP_TARGET in /etc/careerportal/backup.conf"),
            ("Sent journal", str(settings.SENT_JOURNAL), "SENT_JOURNAL"),
            ("Last time a restore was tried", "*date, by whom, how long it took*", "*here*"),
        ),
        "How to restore: docs/operating.md. After a restore no mail leaves until `manage.py outbox release`.",
    )


def _watch():
    return _section(
        "Who notices when it stops",
        _table(
            ("What", "Value", "Where it lives"),
            ("Dead-man address", "set" if settings.HEARTBEAT_URL else "**not set**", "HEARTBEAT_URL"),
            ("It calls", "*whom, by mail or telephone*", "*the dead-man service's pages*"),
            ("Weekly report", f"Mondays, to {settings.STAFF_EMAIL}", "STAFF_EMAIL"),
            ("Asked by hand", "`manage.py doctor`", "any time"),
        ),
    )


def _certificate():
    return _section(
        "Certificate",
        f"For {urlsplit(settings.PORTAL_URL).hostname}. On a server set up by deploy/install.sh it stands in "
        "`/etc/careerportal/tls/` and certbot renews it; with containers Caddy gets and renews it. "
        "`manage.py doctor --only certificate` says how long it is good.",
    )


def _words():
    return _section(
        "First week",
        "1. Sign in, add a second factor, be made staff by somebody who is.\n"
        "2. `manage.py doctor`: nothing wrong, and you know what each line means.\n"
        "3. Restore last night's backup on another machine (docs/operating.md).\n"
        "4. Take the accounts above over, and put the names in italics into this page.",
    )


def _section(title, *paragraphs):
    return "\n\n".join([f"## {title}", *paragraphs])


def _table(head, *rows):
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _registered(host):
    return ".".join((host or "").split(".")[-2:])


def _exists(name):
    return Group.objects.filter(name=name).exists()
