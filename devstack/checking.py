"""`make check`: run every check, even when an earlier one fails, and say at the end which did."""

import os
import secrets
import sys

from devstack import lockfiles
from devstack.binaries import LauncherError
from devstack.packages import VENV
from devstack.servers import forget_libpq_variables
from devstack.state import CHECKOUT
from devstack.steps import run_step, say

TOOLS = VENV / "bin"
MANAGE = [sys.executable, CHECKOUT / "manage.py"]
THROWAWAY = [sys.executable, "-m", "devstack", "exec"]
# Nothing is listening there: Django's checks of a production machine need addresses, not servers.
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "POSTAL_ADDRESS": "100 Sample Street, Albany, NY 12207",
    "SUPPORT_EMAIL": "support@portal.example",
    "MAIL_DOMAIN": "portal.example",
    "EMAIL_URL": "smtp+tls://sender:throwaway@mail.portal.example:587",
    "TRUSTED_PROXY_COUNT": "1",
    "DATABASE_URL": "postgresql://portal:throwaway@database.portal.example/portal",
    "REDIS_URL": "redis://cache.portal.example:6379",
}
DEPLOY = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
OUR_APPS = ["core", "places", "outbox", "careers", "employers", "accounts"]  # packages keep their own migrations
CHECKS = [
    ("Formatting", [TOOLS / "ruff", "format", "--check", "."]),
    ("Lint", [TOOLS / "ruff", "check", "."]),
    ("Templates", [TOOLS / "djlint", "--lint", "--quiet", "."]),
    ("Import directions", [TOOLS / "lint-imports"]),
    ("Migrations", [*THROWAWAY, *MANAGE, "makemigrations", "--check", "--dry-run", *OUR_APPS]),
    ("Django's checks", [*THROWAWAY, *MANAGE, "check", "--fail-level", "WARNING", "--database", "default"]),
]


def check():
    """Run all checks; return 0 when all pass, else 1."""
    environment = dict(os.environ)
    forget_libpq_variables(environment)
    production = environment | PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(60)}
    failed = []
    for name, command, used in [
        *((name, command, environment) for name, command in CHECKS),
        ("Production checks", DEPLOY, production),
    ]:
        try:
            run_step(name, command, environment=used, quiet=True, cwd=CHECKOUT)
        except LauncherError as error:
            say(str(error))
            failed.append(name)
    if problems := lockfiles.problems():
        say("\n".join(problems))
        failed.append("Lock files")
    say(f"Failed: {', '.join(failed)}." if failed else "All checks pass.")
    return 1 if failed else 0
