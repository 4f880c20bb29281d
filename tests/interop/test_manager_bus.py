# SPDX-License-Identifier: LGPL-2.1-or-later

"""The manager over a bus, which may go away at any time."""

import os
import signal
import sys
import threading
import time

import pytest

from manager_fleet import CardFleet, FleetFolder

from manager import Unfinished

from qemu_migration.bus import PrivateBus


@pytest.fixture
def bus():
    with PrivateBus() as made:
        yield made


@pytest.fixture
def running(tmp_path, bus):
    """web runs on alpha, is on the bus, and has counted to 7."""
    made = FleetFolder(tmp_path, {"alpha": 5_000_000, "beta": 5_000_000})
    done = made.manager("--bus", bus.address, "run", "web", "--params", made.params)
    assert done.status == 0, done
    made.send("receive", frames=7)
    yield made
    made.end()


def unharmed(folder, on="alpha"):
    assert folder.look() == (on, "running")
    assert folder.counter() == 7
    assert folder.doubled == ""


def test_over_the_bus_and_back(running, bus):
    for host in ("beta", "alpha"):
        done = running.manager("--bus", bus.address, "migrate", "web")
        assert (done.status, done.err) == (0, "")
        unharmed(running, host)


def test_who_is_not_on_the_bus_moves_there_over_a_socket(running, bus):
    assert running.manager("migrate", "web").status == 0
    over = ["over the bus" in running.manager("--bus", bus.address, "migrate", "web").out
            for _ in range(2)]

    assert over == [False, True]
    unharmed(running, "beta")


@pytest.mark.parametrize("fault, host, said", [
    ("bus-Save-dies", "alpha", "the bus: Save: Message recipient disconnected from message bus "
                               "without replying"),
    ("bus-Load-dies", "beta", "the bus: Load: Message recipient disconnected from message bus "
                              "without replying"),
    ("bus-Save-hangs", "alpha", "the bus: Save: no answer within 3 s"),
    ("bus-Load-hangs", "beta", "the bus: Load: no answer within 3 s"),
])
def test_helper_that_fails(running, bus, fault, host, said):
    running.fault(host, fault)
    running.deadline = 3
    done = running.manager("--bus", bus.address, "migrate", "web")
    running.deadline = 20

    assert (done.status, done.err) == (1, f"manager: {said}\nweb runs on alpha, as before\n")
    unharmed(running)


def test_bus_gone_in_the_middle(running, bus):
    """Save does not return; the bus is killed meanwhile."""
    running.fault("alpha", "bus-Save-hangs")
    journal = running.folder / "vms" / "web.journal"

    def kill_when_stopped():
        while b"stopped" not in journal.read_bytes():
            time.sleep(0.01)
        time.sleep(0.5)
        bus.kill()

    killer = threading.Thread(target=kill_when_stopped, daemon=True)
    killer.start()
    done = running.manager("--bus", bus.address, "migrate", "web")
    killer.join()

    assert (done.status, done.err) == (1, "manager: the bus: Save: The connection is closed\n"
                                          "web runs on alpha, as before\n")
    unharmed(running)
    # Without a bus it moves all the same.
    running.fault("alpha")
    assert running.manager("migrate", "web").status == 0
    unharmed(running, "beta")


def test_bus_that_hangs(running, bus):
    os.kill(bus._process.pid, signal.SIGSTOP)
    running.start_deadline = 8
    done = running.manager("--bus", bus.address, "migrate", "web")
    os.kill(bus._process.pid, signal.SIGCONT)

    assert done.status == 1
    assert done.err == ("manager: beta: the backend does not listen within 8 s\n"
                        "web runs on alpha, as before\n")
    unharmed(running)


def test_state_larger_than_an_id_has_room_for(tmp_path, bus):
    folder = FleetFolder(tmp_path, {"alpha": 5_000_000, "beta": 5_000_000})
    folder.manager("--bus", bus.address, "run", "web", "--params",
                   "example.org/counter?size=1100000,fast=on")
    done = folder.manager("--bus", bus.address, "migrate", "web")
    looked = folder.look()
    folder.end()

    assert done.err == ("manager: alpha: its state is larger than 1048576 bytes, which is what an "
                        "Id has room for\nweb runs on alpha, as before\n")
    assert looked == ("alpha", "running")


# --- real cards


@pytest.fixture
def cards(tmp_path, bus):
    """web is a card on alpha, is on the bus, and has received 3 frames."""
    made = CardFleet(tmp_path, {"alpha": 4, "beta": 3})
    done = made.manager("--bus", bus.address, "run", "web", "--params", made.params)
    assert done.status == 0, done
    made.send("receive", queue=1, frames=3, bytes=180)
    yield made
    made.end()
    assert made.doubled == ""


def test_cards_over_the_bus_and_back(cards, bus):
    for host in ("beta", "alpha"):
        done = cards.manager("--bus", bus.address, "migrate", "web")

        assert (done.status, done.err) == (0, "")
        assert " bytes of state saved, and over the bus\n" in done.out
        assert (cards.look(), cards.counter()) == ((host, "running"), 3)


def test_card_that_dies_when_committed_is_made_again_without_the_bus(cards, bus, monkeypatch):
    """From the file, which was saved beside what the bus carried."""
    def finish(vm, say):
        vm.end(vm.ledger.migration.destination)
        raise Unfinished("the destination is dead")

    monkeypatch.setattr(sys.modules["manager.recover"], "finish", finish)
    assert cards.manager("--bus", bus.address, "migrate", "web").status == 5
    monkeypatch.undo()
    bus.kill()

    assert cards.manager("recover").status == 0
    assert (cards.look(), cards.counter()) == (("beta", "running"), 3)
