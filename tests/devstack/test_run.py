"""`make run`: what starts, what a second start says, and that nothing ever stays behind."""

import os
import signal
import socket
import urllib.request

from tests.devstack.conftest import PATIENCE_S, read_until

PARTS = {"web", "worker", "beat", "postgres", "valkey"}


def test_a_stopped_portal_leaves_no_process_and_its_servers_are_shared_while_it_runs(checkout):
    portal = checkout.run()
    said = read_until(portal, "ready ")

    assert said.splitlines()[-1] == f"ready http://127.0.0.1:{checkout.port}"
    assert said.index("did sample_accounts") < said.index("ready ")
    with urllib.request.urlopen(f"http://127.0.0.1:{checkout.port}/healthz") as response:
        assert response.status == 200
    assert {path.name for path in (checkout.data / "pids").iterdir()} == PARTS
    assert {checkout.pid(name) for name in PARTS} <= set(checkout.processes())

    second = checkout.run()
    assert f"already running at http://127.0.0.1:{checkout.port}" in second.communicate(timeout=PATIENCE_S)[0]
    assert second.returncode == 1

    postgres = checkout.pid("postgres")
    command = checkout.manage("addresses")
    assert "valkey.sock" in command.communicate(timeout=PATIENCE_S)[0]
    assert checkout.pid("postgres") == postgres

    portal.send_signal(signal.SIGTERM)
    assert portal.communicate(timeout=PATIENCE_S)[0].strip() == "stopping ..."
    assert portal.returncode == 0
    assert checkout.is_quiet(within_s=0)
    assert not any((checkout.data / "pids").iterdir())


def test_a_killed_launcher_takes_everything_along_and_the_next_start_works(checkout):
    portal = checkout.run()
    read_until(portal, "ready ")
    portal.kill()

    again = checkout.run()  # at once: it waits until the old parts have ended
    read_until(again, "ready ")
    again.kill()
    again.wait(PATIENCE_S)
    assert checkout.is_quiet()


def test_a_part_that_ends_is_named_and_stops_everything(checkout):
    portal = checkout.run()
    read_until(portal, "ready ")
    os.kill(checkout.pid("beat"), signal.SIGKILL)

    assert "beat was killed by SIGKILL" in portal.communicate(timeout=PATIENCE_S)[0]
    assert portal.returncode == 1
    assert checkout.is_quiet(within_s=0)


def test_a_failing_step_is_named_and_stops_everything(checkout):
    portal = checkout.run(BROKEN_COMMAND="load_content")

    said = portal.communicate(timeout=PATIENCE_S)[0]
    assert "Content" in said
    assert "Unknown command: 'load_content'" in said
    assert portal.returncode == 1
    assert checkout.is_quiet(within_s=0)


def test_a_taken_port_is_refused_by_number_before_anything_starts(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", checkout.port))
        taken.listen()
        portal = checkout.run()
        said = portal.communicate(timeout=PATIENCE_S)[0]

    assert f"Port {checkout.port} on 127.0.0.1 cannot be used: address already in use by" in said
    assert portal.returncode == 1
    assert not (checkout.data / "servers").exists()


def test_given_addresses_start_nothing_embedded(checkout):
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    portal = checkout.run(**given)
    read_until(portal, "ready ")

    assert {path.name for path in (checkout.data / "pids").iterdir()} == {"web", "worker", "beat"}
    assert not (checkout.data / "servers").exists()
    portal.send_signal(signal.SIGINT)
    assert portal.wait(PATIENCE_S) == 0
    assert checkout.is_quiet(within_s=0)


def test_production_is_told_to_name_its_servers_and_starts_none(checkout):
    portal = checkout.run(PORTAL_ENV="production")

    assert "DATABASE_URL and REDIS_URL must be set in production" in portal.communicate(timeout=PATIENCE_S)[0]
    assert portal.returncode != 0
    assert checkout.is_quiet(within_s=0)
