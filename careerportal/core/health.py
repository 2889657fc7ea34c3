"""Is the machine fit: settings, servers, disk, clock, static files."""

import os
import shutil
import socket
import ssl
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careerportal.core.doctor import check, fail, note, ok, warn
from careerportal.core.requests import SEEN_KEY

OLDEST_POSTGRESQL = 140_000  # 14, as PostgreSQL numbers itself; 15 and 18 are tested
CLOCK_MAX_S = 5  # a second factor changes every 30 seconds
DISK_LOW_BYTES, DISK_LOW_SHARE = 2 * 1024**3, 0.10
MEMORY_HIGH_SHARE = 0.8
BACKUP_MAX_S = 26 * 3600  # they are made every night
CERTIFICATE_LOW_DAYS, CERTIFICATE_OVER_DAYS = 21, 7
NETWORK_S = 5
SAMPLE_WORDS = ("sample street", "100 main street", "example")
SECRET_MIN_LENGTH = 50
ENV = "in the settings (/etc/careerportal/env or .env)"


# --- Settings -----------------------------------------------------------------------------------
@check("secret", production=True)
def secret():
    if len(settings.SECRET_KEY) < SECRET_MIN_LENGTH or len(set(settings.SECRET_KEY)) < 10:
        return fail("SECRET_KEY can be guessed.", f"Make a new one as README.md, Settings, shows, and put it {ENV}.")
    return ok("SECRET_KEY is long.")


@check("hosts", production=True)
def hosts():
    host = urlsplit(settings.PORTAL_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        return fail("The portal answers to every host name.", f"Set ALLOWED_HOSTS={host} {ENV}.")
    if not any(host == name or (name[:1] == "." and host.endswith(name)) for name in settings.ALLOWED_HOSTS):
        return fail(f"ALLOWED_HOSTS does not name {host}, the host of PORTAL_URL.", f"Set ALLOWED_HOSTS={host} {ENV}.")
    return ok(f"It answers to {', '.join(settings.ALLOWED_HOSTS)}.")


@check("https", production=True)
def https():
    if not settings.PORTAL_URL.startswith("https://"):
        return fail(f"PORTAL_URL is {settings.PORTAL_URL}.", f"Set it to https:// and your host name {ENV}.")
    if not (settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.SECURE_HSTS_SECONDS):
        return fail("HTTPS is not enforced.", "Set PORTAL_ENV=production.")
    return ok(f"Enforced; HSTS for {settings.SECURE_HSTS_SECONDS // 86_400} days.")


@check("certificate", production=True)
def certificate():
    parts = urlsplit(settings.PORTAL_URL)
    remedy = "docs/operating.md, Certificate, says how to get one and renew it."
    try:
        days = certificate_days(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        return fail(f"Browsers refuse it: {error.verify_message}.", remedy)
    except OSError as error:
        return warn(
            f"{parts.hostname} could not be reached from here ({type(error).__name__}).",
            "Check the DNS record and the firewall (ports 80 and 443); look from another network.",
        )
    if days < CERTIFICATE_OVER_DAYS:
        return fail(f"It ends in {days} days.", remedy)
    return ok(f"Good for {days} days.") if days >= CERTIFICATE_LOW_DAYS else warn(f"It ends in {days} days.", remedy)


def certificate_days(host, port, *, context=None):
    """Whole days until the certificate at host:port ends. Raises OSError, of which bad certificates are a kind."""
    context = context or ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=NETWORK_S) as sock,
        context.wrap_socket(sock, server_hostname=host) as tls,
    ):
        return int((ssl.cert_time_to_seconds(tls.getpeercert()["notAfter"]) - time.time()) // 86_400)


@check("proxies", production=True)
def proxies():
    trusted = settings.TRUSTED_PROXY_COUNT
    seen = cache.get(SEEN_KEY)
    if seen is None:
        return note(
            "No visitor came in the last day, so there is nothing to compare.", "Open the first page, try again."
        )
    fewest, most = seen
    if fewest < trusted:
        return fail(
            f"TRUSTED_PROXY_COUNT is {trusted}, but requests came past {fewest}.",
            "Every proxy must write X-Forwarded-For; set the count to how many really stand in front.",
        )
    if most > trusted:
        return warn(
            f"TRUSTED_PROXY_COUNT is {trusted}; some requests name {most} addresses.",
            "Either visitors make addresses up, which is harmless, or a proxy is not counted: then all share its limits.",
        )
    return ok(f"{trusted} in front, as TRUSTED_PROXY_COUNT says.")


@check("postal-address", production=True)
def postal_address():
    if any(word in settings.POSTAL_ADDRESS.lower() for word in SAMPLE_WORDS):
        return fail("POSTAL_ADDRESS is that of the samples.", f"Put your own {ENV}; the law asks for it in alert mail.")
    return ok("It is your own.")


@check("dead-man", production=True)
def dead_man():
    if not settings.HEARTBEAT_URL:
        return warn(
            "Nobody outside notices when this machine dies.",
            f"Make a check at a dead-man service (expect a ping every 5 minutes), put its address {ENV} as HEARTBEAT_URL.",
        )
    return ok("An address outside is pinged while all is well.")


# --- Servers ------------------------------------------------------------------------------------
@check("database", vital=True)
def database():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    version = connection.pg_version
    if version < OLDEST_POSTGRESQL:
        return fail(f"PostgreSQL {version // 10_000} is too old.", "Move to 15 or newer: dump, install, restore.")
    if encoding != "UTF8":
        return fail(
            f"The database is in {encoding}.",
            "Dump it, make it anew with TEMPLATE template0 ENCODING 'UTF8', restore. deploy/install.sh makes it so.",
        )
    return ok(f"PostgreSQL {version // 10_000}.{version % 10_000}, UTF-8.")


@check("migrations", vital=True)
def migrations():
    waiting = pending_migrations()
    if waiting:
        return fail(
            f"{len(waiting)} are waiting, first {waiting[0]}.", "Run manage.py migrate with the code that runs."
        )
    return ok("All applied.")


def pending_migrations():
    """Names of migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


@check("redis", vital=True)
def redis_server():
    remedy = "In redis.conf: maxmemory-policy noeviction (deploy/redis.conf is a whole one), then restart it."
    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"], socket_timeout=NETWORK_S) as client:
        memory = client.info("memory")
        policy = memory.get("maxmemory_policy")
    if policy and policy != "noeviction":
        return fail(f"Its maxmemory-policy is {policy}: it may drop sessions and rate limits when full.", remedy)
    limit = memory.get("maxmemory") or 0
    if limit and memory["used_memory"] > limit * MEMORY_HIGH_SHARE:
        return warn(f"{memory['used_memory'] / limit:.0%} of its memory is in use.", "Raise maxmemory in redis.conf.")
    return ok("It answers and drops nothing.")


@check("clock")
def clock():
    before = time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        theirs = float(cursor.fetchone()[0])
    apart = abs(theirs - (before + time.time()) / 2)
    if apart > CLOCK_MAX_S:
        return fail(
            f"This machine and the database are {apart:.0f} s apart.",
            "Turn on time synchronization on both (timedatectl set-ntp true); second factors and due times depend on it.",
        )
    return ok(f"{apart:.1f} s from the database's.")


# --- This machine -------------------------------------------------------------------------------
@check("disk", vital=True)
def disk():
    found = shutil.disk_usage(_existing(Path(settings.DATA_DIR)))
    free = f"{found.free / 1024**3:.1f} GB free ({found.free / found.total:.0%})"
    if found.free < DISK_LOW_BYTES / 4:
        return fail(free + ".", "Make room now: old backups, old logs (journalctl --vacuum-size=200M), old releases.")
    if found.free < DISK_LOW_BYTES or found.free < found.total * DISK_LOW_SHARE:
        return warn(free + ".", "Make room: old backups, old logs (journalctl --vacuum-size=200M), a larger disk.")
    return ok(free + ".")


@check("sent-journal", vital=True)
def sent_journal():
    path = Path(settings.SENT_JOURNAL)
    target = path if path.exists() else _existing(path.parent)
    if not os.access(target, os.W_OK):
        return fail(
            "It cannot be written: after a restore nobody would know what was sent.",
            f"Give {path.parent} to the user the portal runs as, or set SENT_JOURNAL {ENV}.",
        )
    return ok("It can be written.")


@check("static", production=True)
def static():
    remedy = "Run manage.py collectstatic --noinput with the code that runs, then restart web."
    try:
        address = staticfiles_storage.url("css/site.css")
    except ValueError:
        return fail("The list of static files is missing: every page would fail.", remedy)
    name = address.removeprefix(settings.STATIC_URL)
    return ok("All there.") if (Path(settings.STATIC_ROOT) / name).exists() else fail(f"{name} is missing.", remedy)


@check("backup", production=True)
def backup():
    if not settings.BACKUP_DIR:
        return warn("BACKUP_DIR is not set, so nobody knows.", f"Set it {ENV} to the folder your backups are put into.")
    age = _age_s(Path(settings.BACKUP_DIR) / "last")
    if age is None:
        return fail(f"There is none in {settings.BACKUP_DIR}.", "systemctl start careerportal-backup, then its log.")
    if age > BACKUP_MAX_S:
        return fail(f"The newest is {age / 3600:.0f} hours old.", "journalctl -u careerportal-backup says why.")
    away = _age_s(Path(settings.BACKUP_DIR) / "last-away")
    if away is None or away > BACKUP_MAX_S:
        return warn(
            f"The newest is {age / 3600:.0f} hours old, but no copy left this machine in the last day.",
            "Set BACKUP_TARGET in /etc/careerportal/backup.conf (docs/operating.md, Backups).",
        )
    return ok(f"The newest is {age / 3600:.0f} hours old, and a copy of it elsewhere.")


def _existing(path):
    """The path, or its nearest parent that exists."""
    return path if path.exists() or path == path.parent else _existing(path.parent)


def _age_s(path):
    return datetime.now(UTC).timestamp() - path.stat().st_mtime if path.exists() else None
