# SPDX-License-Identifier: LGPL-2.1-or-later

"""examples/manager: devices move, and whatever does not work is told, with the device running."""

import errno
import os
import resource
import signal

import pytest

from manager_fleet import LIST, FleetFolder

from manager import Failure, ask, choose, migrate
from manager.journal import Journal
from manager.process import Process

AS_BEFORE = "web runs on alpha, as before\n"


@pytest.fixture
def folder(tmp_path):
    made = FleetFolder(tmp_path, {"alpha": 5_000_000, "beta": 5_000_000, "gamma": 100})
    yield made
    made.end()


@pytest.fixture
def running(folder):
    """web runs on alpha, and has counted to 7."""
    done = folder.manager("run", "web", "--host", "alpha", "--params", LIST)
    assert (done.status, done.out) == (0, "web runs on alpha\n"), done
    folder.send("receive", frames=7)
    return folder


def process_of(folder, name="web"):
    ledger, _ = folder.fleet.look(name)
    return ledger.process(ledger.home)


def refused(folder, *words, host="beta", deadline=20, start_deadline=60):
    """Migrates with faults at a host; what the manager says when the source keeps the device."""
    before = process_of(folder)
    folder.fault(host, *words)
    folder.deadline, folder.start_deadline = deadline, start_deadline
    done = folder.manager("migrate", "web")
    folder.deadline, folder.start_deadline = 20, 60
    folder.fault(host)
    assert done.status == 1, done
    assert process_of(folder) == before or host == "alpha"
    unharmed(folder)
    return done


def unharmed(folder, on="alpha", counter=7):
    assert folder.look() == (on, "running")
    assert folder.counter() == counter
    assert folder.doubled == ""
    assert len(folder.processes) == 1
    assert list((folder.folder / "vms").glob("*.state*")) == []


# --- what works


def test_migrate(running):
    source = process_of(running)
    done = running.manager("migrate", "web")

    assert (done.status, done.err) == (0, "")
    pid = process_of(running).pid
    size = len('{"counter": 7, "blob": "' + 1000 * "x" + '"}')
    assert done.out == f"""\
web runs on alpha: {LIST}
beta: yes, with counter
gamma: no, with counter
  param-value-not-allowed: size=1000 is not allowed; the destination accepts 0-100
    restart the source with size <= 100
beta: counter waits for the state, process {pid}
alpha: stopped, {size} bytes of state saved
beta: has read and checked the state, and shows the same
committed: from here on the device is the destination's
web runs on beta
"""
    unharmed(running, "beta")
    assert not source.is_alive()
    assert not list((running.folder / "hosts" / "alpha" / "run").iterdir())


def test_there_and_back(running):
    for host in ("beta", "alpha", "beta"):
        assert running.manager("migrate", "web").status == 0
        assert running.look() == (host, "running")
    running.send("receive", frames=1)
    unharmed(running, "beta", 8)


@pytest.mark.parametrize("style", ["argv-m", "argv-param", "argv-version"])
def test_styles_of_arguments(running, style):
    with running.fleet.vm("web") as vm:
        answers = ask(running.fleet.hosts, LIST)
        place = vm.new_place(choose(answers, host="beta"), style)

    assert place.settings == {
        "argv-m": ("--m-size=1000", "--m-fast=on"),
        "argv-param": ("--param", "size=1000", "--param", "fast=on"),
        "argv-version": ("--migration-model", "example.org/counter", "--migration-version", "1",
                         "--m-size=1000", "--m-fast=on")}[style]


def test_status(running):
    assert running.manager("status").out == (
        f"web: running on alpha, process {process_of(running).pid}\n")
    assert running.manager("status", "nobody").out == "nobody: there is no such VM\n"


def test_the_program(running):
    done = running.manager_program("migrate", "web", "--host", "beta")

    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("web runs on beta\n")
    assert running.manager_program("status", "nobody").out == "nobody: there is no such VM\n"


def test_stop_and_run(running):
    assert running.manager("stop", "web").out == "web is off\n"
    assert running.processes == []
    assert running.manager("status").out == "web: off on alpha\n"
    assert running.manager("recover").out == "web is off\n"
    assert running.manager("run", "web").out == "web runs on alpha\n"
    unharmed(running)


@pytest.mark.parametrize("arguments, said", [
    (["migrate", "nobody"], "nobody: there is no such VM"),
    (["migrate", "../web"], "'../web' can't be the name of a VM: letters, digits, '.', '_' and "
                            "'-', at most 64"),
    (["migrate", "web", "--host", "alpha"], "it is on alpha already"),
    (["migrate", "web", "--host", "omega"], "omega: there is no such host"),
    (["migrate", "web", "--host", "gamma"],
     f"gamma can't take {LIST}; it runs on alpha, as before"),
    (["run", "web", "--params", LIST], "web is there already, on alpha"),
    (["run", "new", "--params", "example.org/nobody?"],
     "no host can take example.org/nobody?\n"
     + "".join(f"{host}: no, with counter\n  model-not-supported: the destination has no model "
               '"example.org/nobody"; the nearest that it has: "example.org/counter"\n'
               for host in ("alpha", "beta", "gamma")).rstrip()),
    (["run", "new", "--params", "?"], None),
])
def test_mistakes(running, arguments, said):
    done = running.manager(*arguments)

    assert done.status == 1
    assert done.err == f"manager: {said}\n" if said else done.err.startswith("manager: ?: "), done
    unharmed(running)


def test_one_manager_at_a_time(running):
    with running.fleet.vm("web"):
        done = running.manager("migrate", "web")

    assert done.err == (f"manager: {running.folder}/vms/web.journal: another manager is at work\n")


# --- what the destination says before anything is started


PROGRAM = "hosts/beta/backends/counter --print-migration-info-json"


@pytest.mark.parametrize("fault, said", [
    ("print-garbage",
     '1:1: expected a model, as in "vendor.com/model:", found "\\x1b[31mnot { json"'),
    ("print-nothing", "1:1: the document has no model"),
    ("print-much", " printed more than 16777216 bytes (limit program-output)"),
    ("print-dies", " ended by signal 9"),
    ("print-hang", " did not end within 3000 ms (limit program-time)"),
])
def test_destination_that_cannot_be_asked(running, fault, said):
    done = refused(running, fault, start_deadline=3 if fault == "print-hang" else 60)

    assert f"beta: can't be asked: exec:{running.folder}/{PROGRAM}:{said}" in done.out, done
    assert done.err == f"manager: no host can take {LIST}; it runs on alpha, as before\n"


def test_destination_with_another_model(running):
    done = refused(running, "print-other")

    assert ('beta: no, with counter\n  model-not-supported: the destination has no model '
            '"example.org/counter"; the nearest that it has: "example.org/other"\n'
            '    did you mean "example.org/other"?\n') in done.out
    assert done.err == f"manager: no host can take {LIST}; it runs on alpha, as before\n"


# --- what the destination does once it is started


@pytest.mark.parametrize("fault, said", [
    ("start-dies", "beta: the backend has ended"),
    ("start-other-model", "beta: counter is a example.org/other, not a example.org/counter"),
    ("start-other-params", "beta: counter was started with size=1000 and says size=1"),
    ("query-garbage", "beta: its answer to query is none: \ufffd\ufffd garbage"),
    ("query-long", "beta: its answer to query is longer than 65536 bytes"),
    ("query-dies", "beta: has ended before it answered to query"),
    ("load-dies", "beta: has ended before it answered to load"),
    ("load-refuses", "beta: no load today"),
    ("load-garbage", "beta: its answer to load is none: \ufffd\ufffd garbage"),
    ("load-other", f"beta: shows blob='?' after loading; alpha had '{1000 * 'x'}'"),
    ("get-refuses", "beta: no get today"),
])
def test_destination_that_fails(running, fault, said):
    done = refused(running, fault)

    assert done.err == f"manager: {said}\n{AS_BEFORE}"
    assert running.manager("status").out.endswith(f"; the last migration was undone: {said}\n")


@pytest.mark.parametrize("fault", ["start-deaf", "start-hangs"])
def test_destination_that_does_not_listen(running, fault):
    done = refused(running, fault, start_deadline=8)

    assert done.err == f"manager: beta: the backend does not listen within 8 s\n{AS_BEFORE}"


@pytest.mark.parametrize("fault, said", [
    ("query-hangs", "beta: does not answer to query within 3 s"),
    ("load-hangs", "beta: takes no state within 3 s"),
    ("get-hangs", "beta: does not answer to get within 3 s"),
])
def test_destination_that_hangs(running, fault, said):
    done = refused(running, fault, deadline=3)

    assert done.err == f"manager: {said}\n{AS_BEFORE}"


def test_destination_that_runs_under_another_process(running):
    done = refused(running, "start-other-process")

    assert "which was started; a wrapper has to exec the backend\n" in done.err


def changed_since_the_check(folder, change):
    """Between the check and the start."""
    fleet = folder.fleet
    with fleet.vm("web") as vm:
        chosen = choose(ask(fleet.hosts, LIST), besides=["alpha"])
        change()
        with pytest.raises(Failure) as failure:
            migrate(vm, chosen)
    unharmed(folder)
    return str(failure.value) + "\n"


def test_descriptor_changed_since_the_check(running):
    program = running.folder / "hosts" / "beta" / "backends" / "counter"
    said = changed_since_the_check(running, lambda: program.write_text(
        program.read_text().replace("--max-size 5000000", "--max-size 999")))

    assert said == ("beta: what counter says of itself has changed since it was checked\n"
                    + AS_BEFORE)


def test_refuses_to_start_although_the_check_passed(running):
    """As when what it says of itself and what it takes differ."""
    program = running.folder / "hosts" / "beta" / "backends" / "counter"
    said = changed_since_the_check(running, lambda: program.write_text(
        program.read_text().replace('"$@"', '"$@" $([ $# = 1 ] || echo --max-size 999)')))

    assert said == "beta: the backend has ended: size=1000 is too large; at most 999\n" + AS_BEFORE


def test_program_gone_since_the_check(running):
    program = running.folder / "hosts" / "beta" / "backends" / "counter"
    said = changed_since_the_check(running, program.unlink)

    assert said == (f"beta: can't be asked: exec:{program} --print-migration-info-json: cannot be "
                    f"run: there is no such program\n{AS_BEFORE}")


# --- what the source does


@pytest.mark.parametrize("fault, said", [
    ("stop-refuses", "alpha: no stop today"),
    ("save-refuses", "alpha: no save today"),
    ("save-dies", "alpha: has ended before it answered to save"),
    ("save-garbage", "alpha: its answer to save is none: \ufffd\ufffd garbage"),
    ("save-short", "alpha: says that it saved 1026 bytes with digest "),
    ("save-lies", "alpha: says that it saved 1027 bytes with digest "),
    ("stop-dies", "alpha: has ended before it answered to stop"),
])
def test_source_that_fails(running, fault, said):
    done = refused(running, fault, host="alpha")

    assert done.err.startswith(f"manager: {said}") and done.err.endswith(AS_BEFORE), done


@pytest.mark.parametrize("fault, said", [
    ("save-hangs", "alpha: does not answer to save within 3 s"),
    ("save-hangs-midway", "alpha: does not send its state within 3 s"),
    ("stop-hangs", "alpha: does not answer to stop within 3 s"),
])
def test_source_that_hangs(running, fault, said):
    """It is made again from what it wrote last, where it was."""
    before = process_of(running)
    done = refused(running, fault, host="alpha", deadline=3)

    assert done.err == f"manager: {said}\n{AS_BEFORE}"
    assert not before.is_alive() and process_of(running) != before


def test_state_larger_than_the_limit(running):
    done = running.manager("--state-limit", "1025", "migrate", "web")

    assert done.status == 1
    assert done.err == f"manager: alpha: its state is larger than 1025 bytes\n{AS_BEFORE}"
    unharmed(running)
    assert running.manager("--state-limit", "1026", "migrate", "web").status == 0


def test_state_without_end(running):
    running.fault("alpha", "save-endless")
    done = running.manager("--state-limit", "100000000", "migrate", "web")
    running.fault("alpha")

    assert done.err == f"manager: alpha: its state is larger than 100000000 bytes\n{AS_BEFORE}"
    unharmed(running)


# --- the disk is full


def limit_file_size(size):
    """As on a full disk, write() fails in the manager; signals of Python's are ignored there."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_no_room_for_the_state(folder):
    folder.manager("run", "web", "--host", "alpha", "--params",
                   "example.org/counter?size=2000000,fast=on")
    folder.send("receive", frames=7)
    done = folder.manager_program("migrate", "web", preexec_fn=lambda: limit_file_size(1_000_000))

    assert done.status == 1
    assert done.err == (f"manager: {folder.folder}/vms/web.2.state: File too large\n{AS_BEFORE}")
    unharmed(folder)


@pytest.mark.parametrize("more, status", [(0, 1), (8000, 1), (20000, 0)])
def test_no_room_for_records(running, more, status):
    """It is seen before anything is stopped: the room is reserved."""
    journal = running.folder / "vms" / "web.journal"
    size = journal.stat().st_size + more
    before = process_of(running)
    done = running.manager_program("migrate", "web", preexec_fn=lambda: limit_file_size(size))

    assert done.status == status, done
    if status:
        assert done.err == f"manager: {journal}: File too large\n"
        assert process_of(running) == before
    unharmed(running, "alpha" if status else "beta")


@pytest.mark.parametrize("kind", ["begin", "spawned", "stopped", "transferred", "prepared",
                                  "source-ended", "committed", "started", "done"])
def test_record_that_cannot_be_written(running, kind, monkeypatch):
    """Until it is committed the source runs on; then it takes recover."""
    real = Journal._write

    def write(self, line):
        if f'"kind":"{kind}"'.encode() in line:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(self, line)

    monkeypatch.setattr(Journal, "_write", write)
    done = running.manager("migrate", "web")
    monkeypatch.undo()

    said = f"manager: {running.folder}/vms/web.journal: Input/output error\n"
    if kind in ("started", "done"):
        assert (done.status, done.err) == (
            5, said + "web is committed to beta; `manager recover` finishes it\n")
        assert running.manager("recover").status == 0
        unharmed(running, "beta")
    else:
        assert (done.status, done.err) == (1, said if kind == "begin" else said + AS_BEFORE)
        unharmed(running)


# --- the journal


def test_damaged_journal_touches_nothing(running):
    journal = running.folder / "vms" / "web.journal"
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b"alpha", b"omega"))
    said = (f"manager: {journal}: record 1, at byte 0, is damaged; nothing is started or "
            "ended\n")

    assert running.manager("migrate", "web").err == said
    assert running.manager("status").err == said
    done = running.manager("recover")
    assert (done.status, done.err) == (5, said)
    journal.write_bytes(data)
    unharmed(running)


# --- recover


def test_recover_leaves_alone_what_runs(running):
    before = process_of(running)

    assert running.manager("recover").out == "web runs on alpha\n"
    assert process_of(running) == before


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGSTOP])
def test_recover_makes_it_run_again(running, kill):
    """Dead or hung; a socket that is left is no sign of life."""
    os.kill(process_of(running).pid, kill)
    running.deadline = 3
    done = running.manager("recover")
    running.deadline = 20

    assert (done.status, done.out) == (0, "web runs on alpha\n"), done
    unharmed(running)


def test_recover_is_not_misled_by_another_process(running):
    """The number of the dead backend is another's now."""
    process = process_of(running)
    process.kill(5)
    assert not Process(os.getpid(), process.start, process.boot).is_alive()
    running.manager("recover")
    unharmed(running)


def test_recover_tells_when_it_cannot(running):
    process_of(running).kill(5)
    program = running.folder / "hosts" / "alpha" / "backends" / "counter"
    text = program.read_text()
    program.write_text("#!/bin/sh\necho no licence >&2; exit 3\n")
    done = running.manager("recover")

    assert (done.status, done.err) == (5, "manager: alpha: the backend has ended: no licence\n")
    program.write_text(text)
    assert running.manager("recover").status == 0
    unharmed(running)


def test_destination_that_dies_when_committed(running):
    """From the file of the state it is made again."""
    running.fault("beta", "go-dies")
    done = running.manager("migrate", "web")
    running.fault("beta")

    assert done.status == 5
    assert done.err == ("manager: beta: has ended before it answered to start\nweb is committed to "
                        "beta; `manager recover` finishes it\n")
    assert running.manager("status").out == (
        "web: on its way from alpha to beta, which was cut short after 'committed', if no manager "
        "is at work\n")
    done = running.manager("recover")
    assert (done.status, done.out) == (
        0, "web: the migration to beta is committed\nweb runs on beta\n")
    unharmed(running, "beta")


def test_destination_that_dies_when_it_has_started(running):
    """It has written its state, which is newer than the file."""
    running.fault("beta", "went-dies")
    done = running.manager("migrate", "web")
    running.fault("beta")

    assert (done.status, done.err) == (0, "")
    unharmed(running, "beta")
