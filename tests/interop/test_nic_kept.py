# SPDX-License-Identifier: LGPL-2.1-or-later

"""What the card in examples/nic-backend has acknowledged is on the disk, whenever it is killed."""

import random
import subprocess
import threading

import pytest
from nic_process import BUILD, SOURCE, Card, Refused, move, run

KILLS = 25
MIGDESC = BUILD / "tools" / "migdesc"


def test_kept_after_any_kill(tmp_path):
    """Traffic from a thread, kill -9 at random moments: what was answered is there, and at most one
    frame more, which was on its way."""
    chance = random.Random(4711)
    state, wire = tmp_path / "state", tmp_path / "wire"
    card = Card(tmp_path, "card", 4, "--state", str(state), "--wire", str(wire))
    answered = 0
    for _ in range(KILLS):
        timer = threading.Timer(chance.uniform(0.001, 0.15), card.process.kill)
        timer.start()
        try:
            while True:
                answered = card.ask("receive", queue=0, frames=1, bytes=60)["frames"]
        except (OSError, ValueError):
            pass
        timer.join()
        card.kill()
        # Never half: an operator reads it, whatever else lies there.
        shown = subprocess.run([MIGDESC, "state", "get", state, "nic0", "queues[0].frames"],
                               capture_output=True, text=True, check=True)
        assert int(shown.stdout) in (answered, answered + 1)
        assert state.stat().st_mode & 0o777 == 0o600
        card.begin()
        frames = card.state()["queues"][0]["frames"]
        assert frames in (answered, answered + 1)
        assert card.state()["queues"][0]["bytes"] == 60 * frames
        answered = frames
    assert answered > KILLS
    assert card.quit() == 0
    assert not (tmp_path / "wire.violations").exists()


CHANGES = [
    ("receive", {"queue": 1, "frames": 3, "bytes": 180}),
    ("write", {"register": "mtu", "value": 9000}),
    ("write-queue", {"queue": 2, "size": 100000}),
    ("write-eeprom", {"offset": 1, "data": "ff"}),
    ("write-rss-key", {"key": "ab" * 16}),
    ("add-filter", {"mac": "52:54:00:00:00:01", "drop": True}),
    ("remove-filter", {"mac": "52:54:00:00:00:01"}),
    ("stop", {}),
]


def test_each_change_is_kept_before_its_answer(tmp_path):
    card = Card(tmp_path, "card", 4, "--state", str(tmp_path / "state"), "--paused")
    card.ask("cont")
    for command, arguments in CHANGES:
        card.ask(command, **arguments)
        card.connection.send("get")
        before = card.connection.receive()["state"]
        card.kill()
        card.begin()
        after = card.state()
        assert card.status() == "paused"
        if command == "stop":
            assert after == before
        else:
            # Time goes on, and what is due by it.
            for name in ("clock", "interrupt_due", "interrupts", "interrupt_cause"):
                before.pop(name), after.pop(name)
            assert after == before, command
            card.ask("cont")
    assert card.quit() == 0


def test_a_card_that_came_is_kept_from_its_start_on(tmp_path):
    source = Card(tmp_path, "source", 3, "--migration-version=3")
    arguments = ("--migration-version=3", "--state", str(tmp_path / "state"))
    destination = Card(tmp_path, "destination", 4, *arguments, "--incoming")
    source.ask("receive", queue=0, frames=5, bytes=300)
    source.ask("stop")
    move(source, destination, tmp_path / "move.sock")
    assert not (tmp_path / "state").exists()
    destination.ask("start")
    destination.kill()
    again = Card(tmp_path, "again", 4, *arguments)
    assert again.status() == "running"
    assert again.state()["queues"] == source.state()["queues"]
    assert (source.quit(), again.quit()) == (0, 0)


def test_never_two_on_one_wire(tmp_path):
    wire = ("--wire", str(tmp_path / "wire"))
    first = Card(tmp_path, "first", 4, *wire)
    second = Card(tmp_path, "second", 4, *wire, "--paused")
    with pytest.raises(Refused) as refused:
        second.ask("cont")
    assert (refused.value.code, refused.value.message) == (
        "doubled", f"{tmp_path}/wire: another card is plugged in")
    assert second.status() == "paused"
    assert (tmp_path / "wire.violations").read_text() == f"DOUBLED {second.process.pid}\n"
    first.kill()
    assert second.ask("cont") == {"status": "running"}
    assert run(4, "--socket", str(tmp_path / "x.sock"), *wire)[::2] == (
        1, f"nic-backend: {tmp_path}/wire: another card is plugged in\n")
    assert second.quit() == 0


def test_a_state_that_cannot_be_read_is_no_start(tmp_path):
    state = tmp_path / "state"
    arguments = ("--socket", str(tmp_path / "x.sock"), "--state", str(state))
    card = Card(tmp_path, "card", 4, "--migration-version=2", "--state", str(state))
    assert card.quit() == 0
    good = state.read_bytes()
    assert run(4, *arguments) == (
        1, "", f"nic-backend: {state}: nic0: the parameter num-queues is 2 in the stream, "
               "and 4 here\n")
    assert run(2, *arguments) == (
        1, "", f"nic-backend: {state}: nic0: state version 4 of nic, the newest known is 2\n")
    state.write_bytes(good[:-1])
    status, output, errors = run(4, *arguments, "--migration-version=2")
    assert (status, output) == (1, "") and errors.startswith(f"nic-backend: {state}: ")
    assert state.read_bytes() == good[:-1]


def test_what_cannot_be_written_down_is_not_acknowledged(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    card = Card(tmp_path, "card", 4, "--state", str(folder / "state"))
    (folder / "state").unlink()
    folder.rmdir()
    with pytest.raises(Refused) as refused:
        card.ask("receive", queue=0, frames=1, bytes=60)
    assert refused.value.code == "cannot-write"
    with pytest.raises(Refused):
        card.ask("stop")
    assert card.status() == "paused"
    with pytest.raises(Refused):
        card.ask("cont")
    assert card.status() == "paused"
    folder.mkdir()
    assert card.ask("cont") == {"status": "running"}
    assert card.quit() == 0


MISTAKES = [
    (("--m-rss=on", "--m-num-queues=1", "--m-colour=red", "--param", "jumbo=maybe"), [
        '--m-colour: the model has no param "colour"',
        '--param: jumbo is a bool (on or off), and "maybe" is not; use jumbo as one of off,on',
        "if rss=on then num-queues=2-8 is violated (rss=on, num-queues=1): one queue has no "
        "others; use num-queues >= 2"]),
    (("--migration-version=direct", "--m-jumbo=on"), [
        "if direct=on then num-queues=1 and rx-filter-size=0 and jumbo=off and rss=off is violated "
        "(direct=on, num-queues=1, rx-filter-size=0, jumbo=on, rss=off): direct access is for the "
        "simplest card; use jumbo=off"]),
]


@pytest.mark.parametrize("arguments,mistakes", MISTAKES, ids=("several", "direct"))
def test_all_mistakes_are_named(tmp_path, arguments, mistakes):
    status, output, errors = run(4, "--socket", str(tmp_path / "x.sock"), *arguments)
    assert (status, output) == (1, "")
    assert errors.splitlines() == [f"nic-backend-4: {mistake}" for mistake in mistakes]
    assert not (tmp_path / "x.sock").exists()


def test_a_direct_card_does_not_move_and_says_so(tmp_path):
    card = Card(tmp_path, "card", 4, "--migration-version=direct")
    card.ask("receive", queue=0, frames=1, bytes=60)
    card.ask("stop")
    before = card.state()
    with pytest.raises(Refused) as refused:
        card.ask("save", file=str(tmp_path / "saved"))
    assert (refused.value.code, refused.value.message) == (
        "refused", "the card cannot be migrated: the guest has the card's memory itself")
    assert not (tmp_path / "saved").exists()
    assert card.state() == before and card.ask("cont") == {"status": "running"}
    params = card.ask("query")["params"]
    assert card.quit() == 0
    (tmp_path / "host.json").write_text(run(4, "--print-migration-info-json")[1])
    done = subprocess.run([MIGDESC, "check", "--json", params, tmp_path / "host.json"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 1 and '"unmigratable"' in done.stdout
    assert "the guest has the card's memory itself" in done.stdout


def test_the_declaration_is_short():
    """Parameters, versions and state together: at most 120 lines of code."""
    code = [line for name in ("nic-state.h", "nic-model.h")
            for line in (SOURCE / name).read_text().splitlines()
            if line.strip() and not line.lstrip().startswith(("/*", "* ", "*/"))]
    assert 60 < len(code) <= 120
