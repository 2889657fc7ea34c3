"""Management commands without a running portal: they start the servers, share them, and leave nothing."""

import signal

from devstack.state import wait_until
from tests.devstack.conftest import PATIENCE_S


def test_a_command_alone_has_servers_for_its_own_duration(checkout):
    command = checkout.manage("addresses")
    said = command.communicate(timeout=PATIENCE_S)[0]

    assert said.startswith("postgresql://portal@%2F")
    assert command.returncode == 0
    assert checkout.is_quiet()


def test_commands_at_the_same_time_share_servers_and_the_last_one_ends_them(checkout):
    commands = [checkout.manage("hold", seconds) for seconds in ("0.2", "1.0", "0.2")]
    said = [command.communicate(timeout=PATIENCE_S)[0] for command in commands]

    assert said == ["held\n"] * 3
    assert checkout.is_quiet()


def test_a_killed_command_ends_its_servers_and_spares_those_of_others(checkout):
    spared, killed = checkout.manage("hold", "1.5"), checkout.manage("hold", "60")
    assert wait_until((checkout.data / "pids" / "valkey").exists, patience_s=PATIENCE_S)
    killed.send_signal(signal.SIGKILL)

    assert spared.communicate(timeout=PATIENCE_S)[0] == "held\n"
    assert checkout.is_quiet()


def test_production_starts_nothing(checkout):
    command = checkout.manage("migrate", PORTAL_ENV="production")

    assert command.communicate(timeout=PATIENCE_S)[0] == "did migrate\n"
    assert not (checkout.data).exists()


def test_a_checkout_closed_to_others_works(checkout):
    checkout.folder.chmod(0o700)
    for _ in range(2):  # the second finds what the first made
        assert checkout.manage("addresses").communicate(timeout=PATIENCE_S)[0].startswith("postgresql://")

    assert checkout.folder.stat().st_mode & 0o777 == 0o700
    assert checkout.is_quiet()


def test_a_path_too_long_for_sockets_works_through_a_short_folder(checkout):
    checkout.data = checkout.folder / ("deep" * 20)
    first, again = (checkout.manage("addresses").communicate(timeout=PATIENCE_S)[0] for _ in range(2))

    assert "careerportal-sock-" in first
    assert again == first
    assert checkout.is_quiet()
