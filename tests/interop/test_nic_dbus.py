# SPDX-License-Identifier: LGPL-2.1-or-later

"""The card of examples/nic-backend on a VM's bus, called as QEMU calls it."""

import pytest
from nic_process import Card, Refused, run
from vmstate_helper import Caller, GLib

from qemu_migration.bus import PrivateBus


@pytest.fixture
def bus():
    with PrivateBus() as bus:
        yield bus


@pytest.fixture
def caller(bus):
    caller = Caller(bus.address)
    yield caller
    caller.close()


@pytest.mark.parametrize("programs", [(4, 4), (2, 4), (4, 2)], ids=("same", "forwards", "back"))
def test_qemu_carries_the_state(bus, caller, tmp_path, programs):
    version = f"--migration-version={min(programs)}"
    source = Card(tmp_path, "source", programs[0], version, "--dbus", bus.address, "--id", "nic0")
    destination = Card(tmp_path, "destination", programs[1], version, "--dbus", bus.address,
                       "--id", "nic1", "--incoming", "--state", str(tmp_path / "state"))
    source.ask("receive", queue=1, frames=7, bytes=700)
    source.ask("add-filter", mac="52:54:00:00:00:01")
    source.ask("stop")
    caller.load("nic1", caller.save("nic0"))
    assert destination.status() == "prepared" and source.status() == "paused"
    for name in ("queues", "filters", "clock"):
        assert destination.state()[name] == source.state()[name]
    # Whoever manages the migration says how it ended.
    assert destination.ask("discard") == {"status": "incoming"}
    caller.load("nic1", caller.save("nic0"))
    assert destination.ask("start") == {"status": "running"}
    assert destination.ask("receive", queue=1, frames=1, bytes=60)["frames"] == 8
    with pytest.raises(GLib.Error, match="nic0: refuses the state: the card has a state already"):
        caller.load("nic1", caller.save("nic0"))
    assert (source.quit(), destination.quit()) == (0, 0)


def test_what_does_not_fit_is_told_to_qemu(bus, caller, tmp_path):
    card = Card(tmp_path, "card", 4, "--migration-version=3", "--dbus", bus.address, "--id", "nic0")
    card.ask("write-queue", queue=0, size=65536)
    card.ask("stop")
    before = card.state()
    with pytest.raises(GLib.Error, match="65536 cannot be that exactly"):
        caller.save("nic0")
    assert card.state() == before and card.ask("cont") == {"status": "running"}
    assert card.quit() == 0


def test_what_cannot_be_on_a_bus_says_so(bus, tmp_path):
    options = ("--socket", str(tmp_path / "x.sock"), "--dbus", bus.address, "--id", "nic0")
    assert run(4, "--migration-version=direct", *options) == (
        1, "", "nic-backend: the card cannot be migrated: the guest has the card's memory itself\n")
    assert run(4, *options[:4]) == (1, "", "nic-backend: --dbus and --id go together\n")
    status, output, errors = run(4, *options[:2], "--dbus", "unix:path=/nowhere", "--id", "nic0")
    assert (status, output) == (1, "") and errors.startswith("nic-backend: ")


def test_a_bus_that_goes_leaves_the_card(bus, tmp_path):
    card = Card(tmp_path, "card", 4, "--dbus", bus.address, "--id", "nic0")
    bus._process.kill()
    assert card.ask("receive", queue=0, frames=1, bytes=60)["frames"] == 1
    with pytest.raises(Refused):
        card.ask("start")
    assert card.quit() == 0
