"""`python -m devstack exec`: a command with servers of its own, of which nothing stays."""

import signal
import sys
from pathlib import Path

from tests.devstack.conftest import PATIENCE_S

SHOW = (
    "import os, psycopg, redis; from urllib.parse import unquote;"
    "psycopg.connect(os.environ['DATABASE_URL']); redis.Redis.from_url(os.environ['REDIS_URL']).ping();"
    "print(os.environ['PORTAL_ENV'], os.environ['REDIS_URL'], flush=True)"
)


def test_several_at_once_get_servers_of_their_own_and_leave_no_process_and_no_file(checkout):
    started = [checkout.launch("exec", sys.executable, "-c", SHOW) for _ in range(2)]
    said = [process.communicate(timeout=PATIENCE_S)[0].split() for process in started]

    assert [words[0] for words in said] == ["test", "test"]
    assert said[0][1] != said[1][1]
    assert checkout.is_quiet()
    for _, address in said:
        assert not Path(address.removeprefix("unix://")).parent.parent.exists()


def test_the_commands_own_exit_status_comes_back(checkout):
    process = checkout.launch("exec", sys.executable, "-c", "raise SystemExit(7)")
    process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 7


def test_a_missing_command_is_named(checkout):
    process = checkout.launch("exec", "no-such-program")

    assert "no-such-program" in process.communicate(timeout=PATIENCE_S)[0]
    assert process.returncode == 127


def test_term_ends_the_command_and_the_servers(checkout):
    process = checkout.launch("exec", sys.executable, "-c", SHOW + "; import time; time.sleep(60)")
    address = process.stdout.readline().split()[1]
    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE_S) == 128 + signal.SIGINT
    assert checkout.is_quiet(within_s=0)
    assert not Path(address.removeprefix("unix://")).exists()


def test_kill_9_leaves_no_process(checkout):
    process = checkout.launch("exec", sys.executable, "-c", SHOW + "; import time; time.sleep(60)")
    process.stdout.readline()
    process.kill()

    assert checkout.is_quiet()
