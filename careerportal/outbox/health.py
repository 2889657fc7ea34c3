"""Does mail leave: heartbeat, oldest due, pauses, the mail server, and what DNS must say."""

import shutil
import subprocess

from django.conf import settings
from django.utils import timezone

from careerportal.core.doctor import check, fail, note, ok, warn
from careerportal.outbox import control, transport

HEARTBEAT_MAX_S = 90
DUE_MAX_S = 900
DIG_S = 5
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@check("heartbeat", vital=True)
def heartbeat():
    age = control.status(timezone.now())["heartbeat_s"].get("worker")
    remedy = (
        "systemctl restart careerportal-worker careerportal-beat, then their logs (journalctl -u careerportal-worker)."
    )
    if age is None:
        return fail("Worker and timetable never showed life.", remedy)
    if age > HEARTBEAT_MAX_S:
        return fail(f"Worker and timetable have been silent for {age:.0f} s.", remedy)
    return ok(f"Worker and timetable showed life {age:.0f} s ago.")


@check("sending", vital=True)
def sending():
    paused = {switch.stream or "all": switch.why for switch in control.paused()}
    if "all" in paused:
        return fail(
            f"All mail is held: {paused['all']}.",
            "After a restore: manage.py outbox release. Otherwise: manage.py outbox resume.",
        )
    if paused:
        said = "; ".join(f"{stream}: {why}" for stream, why in paused.items())
        return warn(f"Held: {said}.", f"When the reason is gone: manage.py outbox resume {next(iter(paused))}.")
    return ok("Nothing is held.")


@check("due-mail", vital=True)
def due_mail():
    found = control.status(timezone.now())
    age = found["oldest_due_s"]
    if age is not None and age > DUE_MAX_S and not found["paused"]:
        return fail(
            f"{found['due']} messages are due, the oldest for {age / 60:.0f} minutes.",
            "manage.py outbox status; then the worker's log, and the check of the mail server below.",
        )
    return ok("Nothing waits." if age is None else f"{found['due']} due, the oldest for {age:.0f} s.")


@check("mail-server")
def mail_server():
    if settings.EMAIL_URL.startswith("mailbox:"):
        return note("Mail stays in the mailbox of this machine.")
    server = transport.open_transport()
    try:
        host, is_encrypted = server.greet()
    except (transport.Refused, transport.Away) as trouble:
        return fail(
            f"It does not take us: {trouble}.",
            "Check host, port, user and password in EMAIL_URL; ask the provider whether this machine may connect.",
        )
    if not is_encrypted and host not in LOOPBACK:
        return fail(
            f"{host} is spoken to without encryption: password and mail can be read on the way.",
            "Write smtp+tls:// (port 587) or smtp+ssl:// (port 465) in EMAIL_URL.",
        )
    return ok(f"{host} takes us" + (", encrypted." if is_encrypted else ", on this machine."))


@check("mail-dns", production=True)
def mail_dns():
    domain = settings.MAIL_DOMAIN
    wanted = {domain: "v=spf1", f"_dmarc.{domain}": "v=DMARC1"}
    if shutil.which("dig") is None:
        return note(
            "Not looked up (dig is not installed).",
            f"Check by hand: TXT of {domain} starts with v=spf1 and names your relay; TXT of _dmarc.{domain} starts with "
            "v=DMARC1; DKIM as your relay says (manage.py handover lists all).",
        )
    missing = [name for name, start in wanted.items() if start not in _texts(name)]
    if missing:
        return warn(
            f"No SPF or DMARC record at {', '.join(missing)}.",
            "manage.py handover lists the records; put them into the DNS of the domain. Without them mail lands in spam.",
        )
    return ok(f"{domain} has SPF and DMARC. DKIM is signed by the relay: send yourself a mail and look at its headers.")


def _texts(name):
    """TXT records of a name, as text; "" when there is none or nobody answers."""
    try:
        command = ["dig", "+short", "+time=2", "+tries=1", "TXT", name]
        return subprocess.run(command, capture_output=True, text=True, timeout=DIG_S, check=False).stdout
    except subprocess.TimeoutExpired:
        return ""
