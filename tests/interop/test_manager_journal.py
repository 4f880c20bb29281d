# SPDX-License-Identifier: LGPL-2.1-or-later

"""The manager's journal: what was promised is there, what was not is dropped, damage is seen."""

import errno
import os
import pathlib
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples"))

from manager import Failure, Unfinished, journal, ledger  # noqa: E402
from manager.ledger import Place  # noqa: E402
from manager.process import Gate, Process  # noqa: E402

PLACES = [Place(number, host, "/bin/backend", f"/run/{number}", ("--m-size=1",))
          for number, host in ((1, "alpha"), (2, "beta"))]
SPOOL = {"bytes": 3, "sha256": "abc"}
MIGRATION = [
    {"kind": "created", "place": PLACES[0].to_dict()},
    {"kind": "spawned", "place": 1, "process": {"pid": 7, "start": 8, "boot": "b"}},
    {"kind": "begin", "source": 1, "destination": PLACES[1].to_dict()},
    {"kind": "spawned", "place": 2, "process": {"pid": 9, "start": 9, "boot": "b"}},
    {"kind": "stopped"},
    {"kind": "transferred", "spool": SPOOL},
    {"kind": "prepared"},
    {"kind": "source-ended"},
    {"kind": "committed"},
    {"kind": "started"},
    {"kind": "done"},
]


def append_all(path, records):
    with journal.Journal(path) as held:
        for record in records:
            held.append(record["kind"],
                        **{name: value for name, value in record.items() if name != "kind"})


@pytest.fixture
def written(tmp_path):
    """(path, its bytes, where each record ends)"""
    path = tmp_path / "vm.journal"
    ends = [0]
    for record in MIGRATION:
        append_all(path, [record])
        ends.append(path.stat().st_size)
    return path, path.read_bytes(), ends


def reopened(path, data):
    path.write_bytes(data)
    with journal.Journal(path) as held:
        return held.records


def test_records_come_back(written):
    path, data, _ = written

    assert journal.read(path) == MIGRATION
    assert reopened(path, data) == MIGRATION
    assert path.stat().st_mode & 0o777 == 0o600


def test_cut_at_every_byte(written):
    """The record that was not finished is dropped, and the next one takes its place."""
    path, data, ends = written

    for cut in range(len(data)):
        whole = sum(end <= cut for end in ends[1:])
        # Only the newline is missing: the record is all there.
        whole += cut + 1 in ends[1:]
        assert journal.parse(data[:cut], "")[0] == MIGRATION[:whole], cut
        if cut >= ends[-3]:
            assert reopened(path, data[:cut]) == MIGRATION[:whole], cut
            append_all(path, [{"kind": "off"}])
            assert journal.read(path) == [*MIGRATION[:whole], {"kind": "off"}], cut


def test_every_changed_byte_is_seen(written):
    path, data, ends = written

    for position in range(len(data)):
        record = sum(end <= position for end in ends[1:]) + 1
        for change in (data[position] ^ 1, data[position] ^ 0x80, 0, ord("\n"), ord("0"), ord(" ")):
            # A newline at the very end may be missing, and zeros there are room.
            if change == data[position] or (change == 0 and position == len(data) - 1):
                continue
            damaged = data[:position] + bytes([change]) + data[position + 1:]
            with pytest.raises(Failure) as failure:
                journal.parse(damaged, "vm")
            assert str(failure.value) == (
                f"vm: record {record}, at byte {ends[record - 1]}, is damaged; nothing is "
                "started or ended")
    with pytest.raises(Failure, match="is damaged"):
        reopened(path, damaged)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("missing", range(len(MIGRATION) - 1))
def test_a_record_that_is_missing_is_seen(written, missing):
    path, data, ends = written

    with pytest.raises(Failure, match=f"record {missing + 1}, at byte {ends[missing]}, is damaged"):
        reopened(path, data[:ends[missing]] + data[ends[missing + 1]:])


def test_one_manager_at_a_time(tmp_path):
    path = tmp_path / "vm.journal"

    with journal.Journal(path), pytest.raises(Failure, match="another manager is at work"):
        journal.Journal(path).__enter__()
    append_all(path, MIGRATION)


def test_room_is_no_record(written):
    """Neither while it is held nor after its manager was killed."""
    path, data, _ = written
    with journal.Journal(path) as held:
        held.reserve()
        assert path.stat().st_size == len(data) + journal.RESERVED
        assert journal.read(path) == MIGRATION
        held.append("off")
        killed = path.read_bytes()
    assert path.stat().st_size == len(killed.rstrip(b"\0"))

    assert reopened(path, killed) == [*MIGRATION, {"kind": "off"}]
    for cut in range(1, 40):
        torn = killed.rstrip(b"\0")[:-cut] + 64 * b"\0"
        expected = [*MIGRATION, {"kind": "off"}] if cut == 1 else MIGRATION
        assert reopened(path, torn) == expected
        assert reopened(path, path.read_bytes()) == expected


def test_no_room_to_reserve(written, monkeypatch):
    path, data, _ = written

    def posix_fallocate(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", posix_fallocate)
    with journal.Journal(path) as held, pytest.raises(Failure, match="No space left on device"):
        held.reserve()
    assert path.read_bytes() == data


def test_half_a_record_on_a_full_disk_is_taken_back(written, monkeypatch):
    path, data, _ = written
    real = os.pwrite

    def pwrite(file, line, offset):
        if offset > len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(file, line[:10], offset)

    with journal.Journal(path) as held:
        monkeypatch.setattr(os, "pwrite", pwrite)
        with pytest.raises(Failure, match="vm.journal: No space left on device") as failure:
            held.append("off")
        assert not isinstance(failure.value, Unfinished)
        assert path.read_bytes() == data
        monkeypatch.undo()
        held.append("off")
    assert journal.read(path) == [*MIGRATION, {"kind": "off"}]


def test_nobody_knows_after_a_failed_fsync(written, monkeypatch):
    path, _, _ = written

    def fsync(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with journal.Journal(path) as held:
        monkeypatch.setattr(os, "fsync", fsync)
        with pytest.raises(Unfinished, match="Input/output error; what is decided can be seen"):
            held.append("off")


# --- the rule


def test_who_may_run_at_every_point():
    may = [place and place.host for place in (ledger.may_run(MIGRATION[:length])
                                              for length in range(len(MIGRATION) + 1))]

    assert may == [None, *["alpha"] * 8, *["beta"] * 3]


def test_until_committed_it_can_be_undone():
    undone = {"kind": "aborted", "reason": "why"}

    for length in range(3, len(MIGRATION) + 1):
        if length <= 8:
            assert ledger.may_run([*MIGRATION[:length], undone]).host == "alpha"
        else:
            with pytest.raises(Failure, match=f"record {length + 1}, aborted, does not follow"):
                ledger.may_run([*MIGRATION[:length], undone])


def test_no_other_order():
    """Of all pairs of neighbours only those of the protocol are taken."""
    taken = set()
    for length in range(1, len(MIGRATION) + 1):
        for record in MIGRATION:
            try:
                ledger.fold([*MIGRATION[:length], record])
            except Failure:
                continue
            taken.add((MIGRATION[length - 1]["kind"], record["kind"]))
    kinds = [record["kind"] for record in MIGRATION if record["kind"] != "spawned"]
    expected = set(zip(kinds, kinds[1:])) | {("spawned", "begin"), ("spawned", "stopped")}
    # A process may be started at any time.
    expected |= {(kind, "spawned") for kind in [*kinds, "spawned"]}
    # begin again: the destination of this one is not at home where it began
    expected |= {("created", "begin")}

    assert taken == expected


def test_off_is_off():
    records = [*MIGRATION, {"kind": "off"}]

    assert ledger.may_run(records) is None
    assert ledger.may_run([*records, {"kind": "on"}]).host == "beta"


# --- processes


def test_a_process_is_known_again():
    child = subprocess.Popen(["sleep", "60"])
    process = Process.from_pid(child.pid)

    assert process.is_alive() and Process.from_dict(process.to_dict()) == process
    assert not Process(process.pid, process.start + 1, process.boot).is_alive()
    assert not Process(process.pid, process.start, "another boot").is_alive()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not process.is_alive()  # a zombie
    child.wait()
    assert not process.is_alive()


def test_another_process_of_that_number_is_let_live():
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as child:
        process = Process.from_pid(child.pid)
        Process(process.pid, process.start - 1, process.boot).kill(1)

        assert process.is_alive()
        process.kill(5)
        assert child.wait() == -9


def test_gate_runs_nothing_until_released(tmp_path):
    gate = Gate(["touch", "released"], tmp_path, "log")
    assert gate.process.is_alive()
    gate.cancel()
    assert not (tmp_path / "released").exists()

    gate = Gate(["touch", "released"], tmp_path, "log")
    process = gate.process
    gate.release()
    gate._child.wait(10)
    assert Process.from_pid(process.pid) is None and (tmp_path / "released").exists()


def test_gate_of_a_dead_manager_runs_nothing(tmp_path):
    manager = subprocess.Popen([sys.executable, "-c", f"""
import sys, time
sys.path[:0] = {sys.path!r}
from manager.process import Gate
gate = Gate(["touch", "released"], {str(tmp_path)!r}, "log")
print(gate.process.pid, flush=True)
time.sleep(60)
"""], stdout=subprocess.PIPE, text=True)
    process = Process.from_pid(int(manager.stdout.readline()))
    assert process.is_alive()
    manager.kill()
    manager.communicate()
    deadline = 1000
    while process.is_alive() and deadline:
        deadline -= 1
        subprocess.run(["sleep", "0.01"])

    assert not process.is_alive() and not (tmp_path / "released").exists()
