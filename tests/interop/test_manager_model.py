# SPDX-License-Identifier: LGPL-2.1-or-later

"""Every way in which a migration can be cut short, in a world of the mind.

The manager's own migrate and recover run against devices that are numbers. Whatever they do, and
before and after each of it, the manager can be killed, a device can die, refuse, or answer too
late; and at each such moment a guest sends a frame to whatever device runs. Then a new manager
recovers, and: never did two devices run, now exactly one does, and it has counted every frame.
"""

from types import SimpleNamespace

import pytest

from manager_world import Journal, Killed, Layout, Site, World

from manager import Failure, Unfinished, ledger, recover, selection
from manager.migrate import migrate as real_migrate
from manager.process import Process
from manager.vm import Vm

# The moments of the first thing that migrate does.
FIRST_QUERY = 2
# How many moments later an old command is still found in a socket.
LATE = (1, 3, 5, 8, 13, 21, 34)

ANSWER = SimpleNamespace(host="beta", params="", settings=lambda style: (), backend=SimpleNamespace(
    name="backend", program="backend", descriptor=SimpleNamespace(digest="")))


@pytest.fixture(autouse=True)
def no_descriptors(monkeypatch):
    monkeypatch.setattr(selection, "check_again", lambda *_: None)
    monkeypatch.setattr(selection, "check_made", lambda *_: None)


def vm_in(world):
    return Vm("vm", Journal(world), Site(world), Layout(world))


def world_with_a_device(**faults):
    world = World()
    place = ledger.Place(1, "alpha", "backend", "alpha/vm.1", ())
    world.records.append({"kind": "created", "place": place.to_dict()})
    world.boot(place, (), 1)
    world.last_pid = 1
    world.records.append({"kind": "spawned", "place": 1, "process": Process(1, 0, "").to_dict()})
    vars(world).update(faults)
    return world


def attempt(world, what):
    """One manager's life; how it ended."""
    try:
        what(vm_in(world))
    except Killed:
        return "killed"
    except Unfinished:
        return "unfinished"
    except Failure:
        return "failed"
    return "done"


def settle(world):
    """Managers that nothing but old commands disturb. An old stop that is read after the first has
    recovered pauses the device, and it takes one more to notice."""
    world.killed_at = world.fault_at = None
    for _ in range(2 if world.late else 1):
        assert "done" in [attempt(world, recover) for _ in range(2)]
        while world.old_commands:
            world.tick("later")


def problems(world):
    """What is wrong in the end."""
    running = [device for device in world.devices.values() if device.status == "running"]
    home = ledger.may_run(world.records)
    if world.violations:
        yield f"two devices run at {world.violations}"
    if [device.place for device in running] != [home.number]:
        yield f"{len(running)} devices run; {home} may"
    elif running[0].counter != world.acknowledged:
        yield f"{running[0].counter} frames of {world.acknowledged}"
    if len(world.devices) > 1 or world.spools:
        yield "something is left over"


def migrate_to_beta(vm):
    real_migrate(vm, ANSWER)


def moments(what=migrate_to_beta):
    """How many there are when nothing goes wrong."""
    world = world_with_a_device()
    assert attempt(world, what) == "done"
    assert list(problems(world)) == []
    return world.moment


def play(moves=(migrate_to_beta,), **faults):
    world = world_with_a_device(**faults)
    ends = [attempt(world, move) for move in moves]
    settle(world)
    return world, ends


def wrong(worlds):
    """The faults of those that ended badly, few enough to be read."""
    found = []
    count = 0
    for faults, (world, _) in worlds:
        count += 1
        found += [(faults, problem) for problem in problems(world)]
    assert count > 0
    return found[:5]


def test_nothing_goes_wrong():
    world, ends = play()

    assert ends == ["done"]
    assert ledger.may_run(world.records).host == "beta"
    assert world.acknowledged > 20
    assert moments() > 40


def killed_at_each(limit):
    for moment in range(1, limit + 1):
        faults = {"killed_at": moment}
        yield faults, play(**faults)


def test_killed_at_every_moment():
    assert wrong(killed_at_each(moments())) == []


def test_killed_and_killed_again_while_it_recovers():
    def worlds():
        for first in range(1, moments() + 1):
            for second in range(1, 40):
                world = world_with_a_device(killed_at=first)
                attempt(world, migrate_to_beta)
                world.killed_at = world.moment + second
                if attempt(world, recover) != "killed":
                    break
                settle(world)
                yield (first, second), (world, None)

    assert wrong(worlds()) == []


FAULTS = ["kill-source", "kill-destination", "kill-both", "refused", "lost"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_every_moment_and_killed_at_every_later_one(fault):
    def worlds():
        for fault_at in range(1, moments() + 1):
            for killed_at in (None, *range(fault_at, moments() + 20)):
                faults = {"fault": fault, "fault_at": fault_at, "killed_at": killed_at}
                yield faults, play(**faults)

    assert wrong(worlds()) == []


def test_fault_while_it_recovers():
    def worlds():
        for killed_at in range(1, moments() + 1):
            for fault in FAULTS:
                for fault_at in range(killed_at + 1, killed_at + 25):
                    faults = {"fault": fault, "fault_at": fault_at, "killed_at": killed_at}
                    world = world_with_a_device(**faults)
                    attempt(world, migrate_to_beta)
                    attempt(world, recover)
                    settle(world)
                    yield faults, (world, None)

    assert wrong(worlds()) == []


@pytest.mark.parametrize("late", LATE)
def test_an_old_command_is_found_late(late):
    """Also by the source of a second migration, after the first was undone."""
    moves = (migrate_to_beta, recover, migrate_to_beta)

    def worlds():
        for fault_at in range(1, moments() + 1):
            faults = {"fault": "late", "fault_at": fault_at, "late": late}
            yield faults, play(moves, **faults)
            for killed_at in range(fault_at, fault_at + 30):
                faults["killed_at"] = killed_at
                yield dict(faults), play(moves, **faults)

    assert wrong(worlds()) == []


def with_old_conts(last):
    """Two managers are killed, the second when it has told the source to go on, and the source
    reads that only while the third one's migration is on its way."""
    for first in range(1, moments() + 1):
        for second in range(1, 8):
            for late in range(10, 70, 5):
                world = world_with_a_device(killed_at=first, late=late)
                attempt(world, migrate_to_beta)
                world.killed_at = world.moment + second
                attempt(world, recover)
                world.killed_at = None
                attempt(world, recover)
                attempt(world, last)
                settle(world)
                yield (first, second, late), (world, None)


def test_an_old_cont_is_found_late():
    assert wrong(with_old_conts(migrate_to_beta)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_says_what_is_so(fault):
    """Failed: the device runs where it was. Done: at the destination, unless killed since."""
    for fault_at in range(1, moments() + 1):
        world = world_with_a_device(fault=fault, fault_at=fault_at)
        end = attempt(world, migrate_to_beta)
        running = [device.place for device in world.devices.values() if device.status == "running"]

        if end != "unfinished" and (running or not fault.startswith("kill-")):
            assert running == [{"done": 2, "failed": 1}[end]], fault_at
        assert world.moment < 2 * moments()


def test_refused_before_committed_fails_and_after_it_is_unfinished():
    ends = {}
    for fault_at in range(FIRST_QUERY + 1, moments() + 1):
        world = world_with_a_device(fault="refused", fault_at=fault_at)
        end = attempt(world, migrate_to_beta)
        committed = any(record["kind"] == "committed" for record in world.records)
        ends.setdefault(committed, set()).add(end)

    # What the destination refuses once, it may do when it is made again.
    assert ends == {False: {"failed"}, True: {"done", "unfinished"}}


# --- Does it see anything? Managers that are broken on purpose.


def start_before_committed(vm):
    real = vm.append

    def append(kind, **members):
        if kind == "committed":
            vm.call("start", vm.ledger.migration.destination)
        real(kind, **members)

    vm.append = append
    real_migrate(vm, ANSWER)


def leave_the_source_alive(vm):
    real = vm.end
    vm.end = lambda place: None if place.number == 1 else real(place)
    real_migrate(vm, ANSWER)


def have_the_source_go_on(vm):
    real = vm.end

    def end(place):
        migration = vm.ledger.migration
        if place.number == 1 and migration and migration.step == "prepared":
            vm.site.device(vm.process(place)).status = "running"
            vm.site.world.tick("the source goes on")
        real(place)

    vm.end = end
    real_migrate(vm, ANSWER)


def lose_what_the_source_did_since(vm):
    vm.site.state_identity = lambda place: None
    have_the_source_go_on(vm)


def test_start_before_committed_is_seen():
    found = [problem for killed_at in range(1, moments() + 10)
             for problem in problems(play((start_before_committed,), killed_at=killed_at)[0])]

    assert "frames of" in " ".join(found)


def test_a_source_that_is_left_alive_is_seen_to_wake_up():
    found = [problem for _, (world, _) in with_old_conts(leave_the_source_alive)
             for problem in problems(world)]

    assert "two devices run" in " ".join(found)


def test_a_source_that_went_on_keeps_the_device():
    world, ends = play((have_the_source_go_on,))

    assert ends == ["failed"]
    assert (list(problems(world)), ledger.may_run(world.records).host) == ([], "alpha")


def test_a_source_that_went_on_unseen_is_seen():
    assert "frames of" in " ".join(problems(play((lose_what_the_source_did_since,))[0]))
