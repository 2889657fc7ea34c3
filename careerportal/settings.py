"""All settings, and the only reader of the environment.

Machines differ by environment variables alone. PORTAL_ENV chooses the mode:
demo (what `make run` starts), production, or test. README.md lists every variable.
"""

from pathlib import Path
from urllib.parse import unquote

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
_environment = environ.Env()
_UNSET = object()


def env(name, default=_UNSET, cast=str):
    """Return the environment variable `name`, cast; without a default a missing one stops the start by name."""
    found = _environment(name, default=None)
    if found not in (None, ""):
        return _environment(name, cast=cast)
    if default is _UNSET:
        raise ImproperlyConfigured(
            f"{name} is not set. README.md, section Settings, says what it is and where to get it."
        )
    return default


# --- Mode ---------------------------------------------------------------------------------------
PORTAL_ENV = env("PORTAL_ENV", "demo")
if PORTAL_ENV not in ("demo", "production", "test"):
    raise ImproperlyConfigured(f"PORTAL_ENV is {PORTAL_ENV!r}; it must be demo, production or test.")
PRODUCTION = PORTAL_ENV == "production"
DEBUG = env("DEBUG", False, bool) and not PRODUCTION
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / ".data")))

DEVELOPMENT_SECRET = "development-only-not-a-secret-0000000000000000000000000"  # noqa: S105 - refused in production
SECRET_KEY = env("SECRET_KEY") if PRODUCTION else env("SECRET_KEY", DEVELOPMENT_SECRET)
if PRODUCTION and (SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 40):
    raise ImproperlyConfigured(
        "SECRET_KEY is the development one or shorter than 40 characters. README.md, section Settings, "
        "shows the command that makes a good one."
    )
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS", [], list)

HOST = env("HOST", "127.0.0.1")
PORT = env("PORT", 8000, int)
PORTAL_URL = (env("PORTAL_URL") if PRODUCTION else env("PORTAL_URL", f"http://{HOST}:{PORT}")).rstrip("/")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", cast=list) if PRODUCTION else env("ALLOWED_HOSTS", ["*"], list)
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

# --- Who we are (words on pages and in mail) ----------------------------------------------------
PORTAL_NAME = env("PORTAL_NAME", "Health Workforce Collaborative")
PORTAL_SHORT_NAME = env("PORTAL_SHORT_NAME", "HWcollab")
POSTAL_ADDRESS = (
    env("POSTAL_ADDRESS")
    if PRODUCTION
    else env("POSTAL_ADDRESS", "Health Workforce Collaborative, 100 Sample Street, Albany, NY 12207")
)
SUPPORT_EMAIL = env("SUPPORT_EMAIL") if PRODUCTION else env("SUPPORT_EMAIL", "support@hwcollab.example")
STAFF_EMAIL = env("STAFF_EMAIL", SUPPORT_EMAIL)  # who gets the weekly report and alarms
ADMINS = [(PORTAL_SHORT_NAME, STAFF_EMAIL)]
MAIL_DOMAIN = env("MAIL_DOMAIN") if PRODUCTION else env("MAIL_DOMAIN", "hwcollab.example")

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "careerportal.core",
    "careerportal.places",
    "careerportal.outbox",
    "careers",
    "employers",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "simple_history",
    "django_mail_viewer",
    "django_mail_viewer.backends.database",
]
AUTH_USER_MODEL = "core.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # emails are unique by a constraint without case, which the check cannot see
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "careerportal.core.requests.RequestIdMiddleware",
    # The first three are on every answer, also on files, redirects to https and refused hosts.
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages on a slow line; static files are compressed beforehand
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.goneaccount.GoneAccount",  # and allauth's UserSessionsMiddleware in it
    "accounts.staffgate.StaffSecondStep",
    "simple_history.middleware.HistoryRequestMiddleware",
    "careerportal.core.requests.NoNulMiddleware",
]
ROOT_URLCONF = "careerportal.urls"
WSGI_APPLICATION = "careerportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["careerportal.core.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerportal.core.context.portal",
            ],
        },
    }
]

# --- PostgreSQL, Redis, Celery ------------------------------------------------------------------
DATABASE_URL = env("DATABASE_URL")
REDIS_URL = env("REDIS_URL")


def _database(url):
    """Django's settings for a postgresql:// address; the host may be a percent-encoded socket folder."""
    found = environ.Env.db_url_config(url)
    options = {"connect_timeout": 10, **found.pop("OPTIONS", {})}
    return {
        **found,
        "HOST": unquote(found["HOST"]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _redis(url, *, database, for_celery=False):
    """Address of one numbered database on the Redis server at `url`, in Django's or in Celery's spelling."""
    base = url.partition("?")[0]
    if base.startswith(("unix://", "redis+socket://")):
        path = base.partition("://")[2]
        return f"redis+socket://{path}?virtual_host={database}" if for_celery else f"unix://{path}?db={database}"
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{database}"


DATABASES = {"default": _database(DATABASE_URL)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis(REDIS_URL, database=1),
        "KEY_PREFIX": env("CACHE_PREFIX", "portal"),
    }
}
# Not in the cache: a session may hold the address somebody signs in with, or a question they have not sent yet.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = _redis(REDIS_URL, database=0, for_celery=True)
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TASK_DEFAULT_QUEUE = "bulk"
CELERY_TASK_ROUTES = {"outbox.drain_account": {"queue": "account"}}
# Every message expires before the next of its kind: a stopped worker comes back to one, not to hundreds.
CELERY_BEAT_SCHEDULE = {
    "outbox-sweep": {"task": "outbox.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "outbox-heartbeat": {"task": "outbox.heartbeat", "schedule": 30.0, "options": {"expires": 30}},
    "mend-search-rows": {
        "task": "employers.mend_search_rows",
        "schedule": crontab(minute="7,37"),
        "options": {"expires": 1500},
    },
    "resume-imports": {"task": "employers.resume_imports", "schedule": 30.0, "options": {"expires": 30}},
    "read-feeds": {"task": "employers.read_feeds", "schedule": crontab(minute="11,41"), "options": {"expires": 1500}},
    "tick": {"task": "core.tick", "schedule": crontab(minute="23"), "options": {"expires": 3000}},
    "publish-due-drafts": {"task": "careers.publish_due", "schedule": 60.0, "options": {"expires": 60}},
    "publish-scheduled-openings": {"task": "employers.publish_scheduled", "schedule": 60.0, "options": {"expires": 60}},
    "trace-pages": {"task": "careers.trace_pages", "schedule": crontab(minute="*/10"), "options": {"expires": 500}},
    "check-source-links": {
        "task": "careers.check_source_links",
        "schedule": crontab(hour="9", minute="40"),  # night in New York; each source about once a week
        "options": {"expires": 3600},
    },
    "report-alive": {"task": "core.report_alive", "schedule": crontab(minute="*/5"), "options": {"expires": 240}},
    "weekly-report": {
        "task": "accounts.weekly_report",
        "schedule": crontab(day_of_week="mon", hour="13", minute="10"),  # morning in New York
        "options": {"expires": 3600},
    },
    "plan-news": {  # due on the first Tuesday of a month, at each recipient's hour
        "task": "accounts.plan_news",
        "schedule": crontab(minute="20"),
        "options": {"expires": 3000},
    },
    "make-copies": {"task": "accounts.make_copies", "schedule": 30.0, "options": {"expires": 30}},
    "plan-due-alerts": {
        "task": "accounts.plan_due_alerts",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
}

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"  # everything goes through the ledger
# smtp://user:password@host:port, smtp+tls:// (STARTTLS), smtp+ssl://; "mailbox:" keeps mail on this machine.
EMAIL_URL = env("EMAIL_URL") if PRODUCTION else env("EMAIL_URL", "mailbox:")
# Outside production only these domains get mail ("*" for all); the local mailbox takes every address.
EMAIL_ALLOWED_DOMAINS = env("EMAIL_ALLOWED_DOMAINS", ["*"] if PRODUCTION else [], list)
DEFAULT_FROM_EMAIL = f"{PORTAL_NAME} <account@{MAIL_DOMAIN}>"
SERVER_EMAIL = f"staff@{MAIL_DOMAIN}"
OUTBOX_LEASE_S = env("OUTBOX_LEASE_S", 120, int)
PACE_PER_S = env("PACE_PER_S", 10.0, float)  # messages a second in all; 0 means no pace
SENT_JOURNAL = Path(env("SENT_JOURNAL", str(DATA_DIR / "sent-journal.log")))

# --- What people may take along, and what a restored backup must forget again --------------------
EXPORTS_DIR = Path(env("EXPORTS_DIR", str(DATA_DIR / "exports")))  # copies of people's data; nothing serves this folder
ERASE_JOURNAL = Path(env("ERASE_JOURNAL", str(DATA_DIR / "erase-journal.log")))

# --- Signing in ---------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "accounts.signin.SignInForm",
    "request_login_code": "accounts.mailforms.CodeRequestForm",
    "reset_password": "accounts.mailforms.PasswordResetForm",
    "signup": "accounts.mailforms.SignUpForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# allauth's own limits stay; these are ours, counted the same way (accounts/limits.py).
ACCOUNT_RATE_LIMITS = {
    "portal_alert_new": "30/h/ip",
    "portal_alert_code": "30/h/ip",
    "portal_news_subscribe": "30/h/ip",
    "portal_sign_up": "5/h/key",
    # Nobody's inbox is filled by strangers: the key is the address. A minute's limits are allauth's own.
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "reset_password": "20/m/ip,5/m/key,10/h/key",
    "portal_correction": "10/h/ip",
    "portal_registration": "20/h/user",
    "portal_evidence": "60/h/user",
    "portal_import": "60/h/user",
    "portal_report": "10/h/ip",
    "portal_report_person": "20/d/user",
    "portal_employer_wish": "30/h/ip",
    "portal_confirm_send": "3/10m/user",
    "portal_resume": "30/h/user",
    "portal_data_copy": "10/d/user",
    "portal_mail_code": "3/10m/user,20/d/user",
    "portal_mail_code_to": "3/10m/key,10/d/key",
    "portal_support": "60/h/user",
    "portal_save": "300/h/ip",
    "portal_keep_typed": "30/h/ip",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # for what matters: address, second step, deleting the account
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PORTAL_URL.startswith("https") else "http"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {"add_webauthn": "accounts.signin.AddKeyForm", "edit_webauthn": "accounts.signin.RenameKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = PORTAL_SHORT_NAME
USERSESSIONS_TRACK_ACTIVITY = True
STAFF_PATHS = ("/admin/", "/moderation/", "/support/")  # only after a second step (accounts/staffgate.py)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Safe transport, safe pages -----------------------------------------------------------------
TRUSTED_PROXY_COUNT = env("TRUSTED_PROXY_COUNT", cast=int) if PRODUCTION else env("TRUSTED_PROXY_COUNT", 0, int)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "careerportal.core.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the QR code of a second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
if PRODUCTION:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer", "camera", "display-capture", "fullscreen", "gyroscope", "magnetometer", "microphone",
        "midi", "payment", "usb",
    )
}  # fmt: skip

# --- Words and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]  # a page must not call itself Spanish before its words are
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/New_York"  # calendar dates; instants are stored in UTC

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static" if not PRODUCTION else Path(env("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PORTAL_ENV == "test" or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PORTAL_ENV == "test" or DEBUG

SAMPLES = PORTAL_ENV == "demo"

# --- Verification of employers ------------------------------------------------------------------
VERIFICATION_WAIT_DAYS = env("VERIFICATION_WAIT_DAYS", 2, int)  # working days, as promised on pages
IMPORTS_DIR = Path(env("IMPORTS_DIR", str(DATA_DIR / "imports")))  # files of openings, for 30 days; nothing serves it
LETTERS_DIR = Path(env("LETTERS_DIR", str(DATA_DIR / "letters")))  # letters on letterhead; nothing serves this folder

# --- Resumes of seekers -------------------------------------------------------------------------
RESUMES_DIR = Path(env("RESUMES_DIR", str(DATA_DIR / "resumes")))  # nothing serves this folder
CLAMD = env("CLAMD", None)  # a virus scanner: "host:port" or the path of its socket; without one we alone check files

# --- Watching over it ---------------------------------------------------------------------------
HEARTBEAT_URL = env("HEARTBEAT_URL", None)  # pinged every five minutes while all is well
if HEARTBEAT_URL and not HEARTBEAT_URL.startswith("https://"):
    raise ImproperlyConfigured("HEARTBEAT_URL must start with https://.")
CHECK_SOURCE_LINKS = env("CHECK_SOURCE_LINKS", PRODUCTION, bool)  # ask other sites whether our sources still answer
BACKUP_DIR = env("BACKUP_DIR", None)  # where deploy/backup.sh puts backups; the doctor looks how old they are

# --- Logs: ids, never people --------------------------------------------------------------------
LOG_FORMAT = env("LOG_FORMAT", "plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it must be plain or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "careerportal.core.logs.RequestIdFilter"}},
    "formatters": {
        "plain": {"()": "careerportal.core.logs.PlainFormatter"},
        "json": {"()": "careerportal.core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_id"]},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING" if PORTAL_ENV == "test" else "INFO")},
    "loggers": {
        # Django's own handlers would mail whole requests to ADMINS and write lines that nobody cleaned.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners; the line of the request says 400
        "celery.app.trace": {"level": "WARNING"},
    },
}
