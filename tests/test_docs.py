"""The documents say what is so: every name, address, default, command and link in them is held against the code."""

import ast
import importlib
import re
import runpy
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.urls import resolve

from accounts import samples
from tests.clock import NOW

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "docs/architecture.md", "docs/operating.md")),
    *DECISIONS,
]
OUR_APPS = ("careerportal", "careers", "employers", "accounts")
TOOLS = ("devstack", "bench", "tests")
LARGEST_PICTURE_BYTES = 200_000
SETTINGS_FILE = ROOT / "careerportal/settings.py"
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgresql://portal@database.example/portal",
    "REDIS_URL": "redis://cache.example:6379",
    "PORTAL_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "TRUSTED_PROXY_COUNT": "1",
    "POSTAL_ADDRESS": "100 Sample Street, Albany, NY 12207",
    "SUPPORT_EMAIL": "support@portal.example",
    "MAIL_DOMAIN": "portal.example",
    "EMAIL_URL": "smtp://mail.portal.example",
}


def section(title):
    """The text of the README's section `title`, up to the next of its level."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text):
    """Cells of each table row whose first cell is code, by that code. No cell may hold a bar."""
    found = [re.split(r"\s*\|\s*", line)[1:-1] for line in text.splitlines() if line[:3] == "| `"]
    return {cells[0].strip("` "): cells for cells in found}


def code_in(text):
    """Everything in code type outside of blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def calls_of_env():
    """(name, default or None) for each env("NAME", ...) in settings.py, where the default is written out."""
    for node in ast.walk(ast.parse(SETTINGS_FILE.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "env":
            default = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
            yield node.args[0].value, default


def read_by_tools():
    """Names that the launcher, the tests' set-up and the benchmarks read from the environment, and those of compose."""
    files = [*(ROOT / "devstack").glob("*.py"), *(ROOT / "bench").glob("*.py"), ROOT / "tests/conftest.py"]
    pattern = r"""environ(?:\.get\(|\[)["']([A-Z_]+)["']"""
    names = {name for path in files for name in re.findall(pattern, path.read_text())}
    names |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    return {name for name in names if not name.startswith(("PYTEST_", "DJANGO_"))}


def is_there(dotted):
    """Whether a dotted name of ours names a module, or something in one."""
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:size]))
        except ModuleNotFoundError:
            continue
        for part in parts[size:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def test_the_readme_lists_every_variable_that_is_read_and_no_other():
    read = {name for name, _default in calls_of_env()} | read_by_tools()

    assert set(rows(section("Settings"))) == read


def test_the_defaults_in_the_readme_are_those_of_the_settings():
    documented = rows(section("Settings"))
    for name, default in calls_of_env():
        if default is not None and not isinstance(default, bool) and len(str(default)) < 40:
            said = f"{default:g}" if isinstance(default, float) else str(default)
            assert (f"`{said}`" if said else "none") in documented[name][2], name


def test_the_readme_marks_exactly_what_production_demands(monkeypatch):
    demanded = {name for name, cells in rows(section("Settings")).items() if cells[1] == "production"}
    for name, _default in calls_of_env():
        monkeypatch.delenv(name, raising=False)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)

    assert runpy.run_path(str(SETTINGS_FILE))["PRODUCTION"] is True
    assert demanded == set(PRODUCTION) - {"PORTAL_ENV"}
    for name in sorted(demanded):
        with monkeypatch.context() as without:
            without.delenv(name)
            with pytest.raises(ImproperlyConfigured, match=f"{name} is not set. README.md, section Settings"):
                runpy.run_path(str(SETTINGS_FILE))


def test_production_refuses_the_development_secret(monkeypatch):
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SECRET_KEY", "development-only-not-a-secret-0000000000000000000000000")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        runpy.run_path(str(SETTINGS_FILE))


def test_the_command_for_a_secret_makes_one_that_production_takes(monkeypatch, capsys):
    command = re.search(r'python3 -c "(import secrets[^"]+)"', README)[1]
    exec(command)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SECRET_KEY", capsys.readouterr().out.strip())

    assert runpy.run_path(str(SETTINGS_FILE))["PRODUCTION"] is True


def test_the_readme_names_every_make_target_and_no_other():
    made = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert {code.removeprefix("make ") for code in rows(section("Other make targets"))} == made - {"run", "test"}
    for page in PAGES:
        commands = [*code_in(page.read_text()), *re.findall(r"^make .*", page.read_text(), re.MULTILINE)]
        named = {match[1] for code in commands if (match := re.match(r"make ([a-z-]+)", code))}
        assert named <= made, page.name


def test_the_readme_names_every_management_command_of_ours_and_no_other():
    ours = {name for name, app in get_commands().items() if app.partition(".")[0] in OUR_APPS}
    documented = {code.split()[0] for code in rows(section("Management commands"))}

    assert documented == ours
    for page in PAGES:
        named = re.findall(r"manage\.py ([a-z_]+)", page.read_text())
        assert set(named) <= set(get_commands()), page.name


def test_the_readme_names_every_action_and_option_of_the_commands():
    table = section("Management commands")
    for name in sorted({code.split()[0] for code in rows(table)}):
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        own = [action for action in parser._actions if action.container is not parser._optionals or _is_ours(action)]
        said = "\n".join(line for line in table.splitlines() if f"`{name}" in line)
        for action in own:
            for word in [*action.option_strings, *(action.choices or ())]:
                assert word in said, f"{name} {word}"


def _is_ours(action):
    django = {"-h", "--help", "--version", "-v", "--verbosity", "--settings", "--pythonpath", "--traceback"}
    django |= {"--no-color", "--force-color", "--skip-checks"}
    return bool(action.option_strings) and not django & set(action.option_strings)


def test_every_address_in_the_readme_leads_somewhere():
    addresses = [code.partition("?")[0] for code in code_in(README) if re.fullmatch(r"/[a-z0-9/?=&-]*", code)]

    assert len(addresses) > 15
    for address in addresses:
        resolve(address)


def test_the_readme_lists_the_sample_accounts_their_password_and_their_second_factor():
    listed = re.findall(r"^\| `([^`]+@[^`]+)` \|", section("What to look at first"), re.MULTILINE)

    assert listed == samples.ADDRESSES
    assert f"`{samples.PASSWORD}`" in README
    assert README.count(samples.TOTP_SECRET) == 2


def test_the_one_liner_prints_the_code_of_this_half_minute(capsys):
    with time_machine.travel(NOW, tick=False):
        exec(re.search(r'python3 -c "(import base64[^"]+)"', README)[1])
        accepted = [format_hotp_value(hotp_value(samples.TOTP_SECRET, at)) for at in yield_hotp_counters_from_time()]

    assert capsys.readouterr().out.strip() in accepted


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_link_to_a_file_leads_to_one(document):
    for address in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if not address.startswith(("https://", "http://")):
            found = (document.parent / address.partition("#")[0]).resolve()
            assert found.exists(), address
            if found.suffix == ".png":
                assert found.stat().st_size < LARGEST_PICTURE_BYTES


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_name_in_code_type_exists(document):
    constraints = {
        each.name for model in apps.get_models() for each in [*model._meta.constraints, *model._meta.indexes]
    }
    for code in code_in(document.read_text()):
        if re.fullmatch(rf"({'|'.join((*OUR_APPS, *TOOLS))})(\.\w+)+", code) and not code.endswith(".py"):
            assert is_there(code), code
        elif re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", code):
            assert (ROOT / code).exists(), code
        elif re.fullmatch(r"(core|places|outbox|careers|employers|accounts)_[a-z_]+", code):
            assert code in constraints, code


def test_the_architecture_lists_every_decision_and_every_decision_has_its_four_parts():
    numbers = [page.name[:4] for page in DECISIONS]

    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for page in DECISIONS:
        text = page.read_text()
        title = text.splitlines()[0]
        assert title.startswith(f"# {page.name[:4]} ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Cost", "What would reverse it"]
        assert f"(decisions/{page.name})" in ARCHITECTURE


def test_the_architecture_names_every_app():
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] in OUR_APPS:
            assert f"`{app.name.replace('.', '/')}`" in ARCHITECTURE, app.name


def test_the_architecture_names_every_task_of_the_timetable():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert re.search(rf"`[\w.]+\.tasks\.{entry['task'].rpartition('.')[2]}`", ARCHITECTURE), entry["task"]


def test_the_changelog_has_a_place_for_what_is_not_released():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text()
