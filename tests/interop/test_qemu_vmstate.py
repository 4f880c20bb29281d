# SPDX-License-Identifier: LGPL-2.1-or-later

"""What QEMU's dbus-vmstate really does: each fact is why a rule of ours is there."""

import contextlib
import os
import signal
import subprocess
import time

import pytest
from vmstate_helper import Helper, Migdesc, Naive

from qemu_descriptors.qmp import Failure, Refused
from qemu_descriptors.vm import wait_for_migration
from qemu_migration.bus import PrivateBus
from qemu_migration.pair import Side, set_return_path


class Pair:
    """Two stopped VMs, each with a bus and helpers of its own: {Id: options of Helper}."""

    def __init__(self, stack, folder, helpers, ids, destination_helpers=None,
                 destination_ids=None):
        self.uri = f"unix:{folder}/migration"
        self.folder = folder
        incoming = destination_helpers if destination_helpers is not None else dict.fromkeys(
            helpers, {})
        self.source_bus = stack.enter_context(PrivateBus())
        self.destination_bus = stack.enter_context(PrivateBus())
        self.sources = {id: Helper(self.source_bus.address, id, **options)
                        for id, options in helpers.items()}
        self.destinations = {id: Helper(self.destination_bus.address, id, **options)
                             for id, options in incoming.items()}
        self.source = stack.enter_context(Side(self.source_bus.address, ids))
        self.destination = stack.enter_context(
            Side(self.destination_bus.address,
                 ids if destination_ids is None else destination_ids, self.uri))

    def migrate(self, return_path=True):
        """How it ended, by the source."""
        set_return_path(self.source.qmp, return_path)
        self.source.qmp.execute("cont")
        self.source.qmp.execute("migrate", uri=self.uri)
        return wait_for_migration(self.source.qmp)


@pytest.fixture
def pair(tmp_path):
    with contextlib.ExitStack() as stack:
        yield lambda *arguments, **options: Pair(stack, tmp_path, *arguments, **options)


def ended(side):
    """The exit status of a QEMU that ends by itself, and what it said."""
    until = time.monotonic() + 30
    while side.poll() is None:
        assert time.monotonic() < until, "QEMU goes on"
        time.sleep(0.02)
    return side.poll(), side.said()


def test_a_state_arrives(pair):
    vms = pair({"nic0": {"level": 7}, "nic1": {"level": 8}}, ["nic0", "nic1"])
    assert vms.migrate() == "completed"
    assert all(helper.prepared and helper.level == 0 for helper in vms.destinations.values())
    for helper in vms.destinations.values():
        helper.commit()
    assert [helper.level for helper in vms.destinations.values()] == [7, 8]


def make_faulty(pair, fault):
    options = {"memory": bytes(1 << 20)} if fault == "size" else {}
    vms = pair({"nic0": options}, ["nic0"])
    if fault == "load":
        vms.destinations["nic0"].refuses = "no room"
    elif fault == "save":
        vms.sources["nic0"].on_capture = lambda: 1 / 0
    return vms


@pytest.mark.parametrize("return_path", [True, False])
@pytest.mark.parametrize("fault", ["load", "save", "size"])
def test_without_a_return_path_failures_look_completed(pair, fault, return_path):
    vms = make_faulty(pair, fault)
    outcome = vms.migrate(return_path)
    # Once in a while the destination has ended before QEMU has written all, and it sees that.
    for _ in range(4):
        if not return_path and outcome == "failed":
            vms = make_faulty(pair, fault)
            outcome = vms.migrate(return_path)
    assert outcome == ("failed" if return_path else "completed")
    status = vms.source.qmp.execute("query-status")["status"]
    assert status == ("running" if return_path else "postmigrate")
    assert "error-desc" not in vms.source.qmp.execute("query-migrate")
    code, said = ended(vms.destination)
    assert code == 1
    texts = {"load": (said, "no room"), "save": (vms.source.said(), "cannot be captured"),
             "size": (vms.source.said(), "which needs 2 parts of up to 1048512; there are 1")}
    text, expected = texts[fault]
    assert expected in text
    if not return_path:
        vms.source.qmp.execute("cont")
        assert vms.source.qmp.execute("query-status")["running"] is True
    assert not vms.destinations["nic0"].prepared


@pytest.mark.parametrize("helpers", [{}, {"other": {}}])
def test_without_id_list_a_state_that_is_not_there_is_not_missed(pair, helpers):
    vms = pair(helpers, None)
    assert vms.migrate() == "completed"


def test_a_source_that_misses_an_id_fails_and_the_destination_waits(pair):
    vms = pair({}, ["nic0"], {"nic0": {}})
    assert vms.migrate() == "failed"
    assert "nic0" in vms.source.said()
    assert vms.source.qmp.execute("query-status")["status"] == "running"
    assert vms.destination.qmp.execute("query-status")["status"] == "inmigrate"


def test_a_destination_is_content_with_helpers_that_got_nothing(pair):
    vms = pair({"nic0": {"level": 3}}, ["nic0"], {"nic0": {}, "nic1": {}},
               destination_ids=["nic0", "nic1"])
    assert vms.migrate() == "completed"
    assert vms.destinations["nic0"].prepared and not vms.destinations["nic1"].prepared
    with pytest.raises(Migdesc.DocumentFailure, match="^nic1: no state has been loaded$"):
        vms.destinations["nic1"].commit()


def test_qemu_aborts_when_an_id_is_there_twice(pair):
    """Which a helper that does not look first can bring about, and ours cannot."""
    vms = pair({"nic0": {"level": 3}}, None)
    with Naive(vms.source_bus.address, "nic0"):
        with contextlib.suppress(Failure):
            vms.migrate()
        # as a trap where criticals are fatal, as in these tests; or it uses what it has freed
        assert -ended(vms.source)[0] in (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV)


def test_with_id_list_qemu_takes_the_first_of_an_id(pair):
    """No abort, and no word about the other one, whose state may be the one that matters."""
    vms = pair({"nic0": {"level": 3}}, ["nic0"])
    with Naive(vms.source_bus.address, "nic0"):
        assert vms.migrate() == "completed"
        assert vms.source.said() == ""
        assert vms.sources["nic0"].log == ["saved"]


def test_ours_do_not_become_the_second_of_an_id(pair):
    vms = pair({"nic0": {"level": 3}}, ["nic0"])
    for bus in (vms.source_bus, vms.destination_bus):
        with pytest.raises(Migdesc.NotFoundFailure, match="QEMU would abort"):
            Helper(bus.address, "nic0")
    assert vms.migrate() == "completed"


def test_twenty_full_parts(pair):
    memory = os.urandom(20 * 1048512 - 20000)
    vms = pair({"nic0": {"level": 1, "memory": memory, "n_parts": 20, "deadline": 20000}},
               ["nic0"] + [f"nic0.{number}" for number in range(2, 21)],
               {"nic0": {"n_parts": 20, "deadline": 20000}})
    assert vms.migrate() == "completed", vms.source.said()
    vms.destinations["nic0"].commit()
    assert vms.destinations["nic0"].state == {"level": 1, "memory": memory}


def test_a_hung_save_is_over_soon(pair):
    """QEMU would wait 25 s for it, with the guest stopped."""
    vms = pair({"nic0": {"deadline": 1000}}, ["nic0"])
    vms.sources["nic0"].on_capture = lambda: time.sleep(4)
    start = time.monotonic()
    assert vms.migrate() == "failed"
    assert time.monotonic() - start < 15
    assert "Save took longer than 1000 ms" in vms.source.said()
    assert vms.source.qmp.execute("query-status")["status"] == "running"


def test_one_refuses_after_another_has_loaded(pair):
    """In whichever order: no device starts, since none has been told to."""
    vms = pair({"nic0": {"level": 1}, "nic1": {"level": 2}}, ["nic0", "nic1"])
    for id in ("nic0", "nic1"):
        vms.destinations[id].refuses = "no room" if id == "nic1" else None
    assert vms.migrate() == "failed"
    assert ended(vms.destination)[0] == 1
    assert not vms.destinations["nic1"].prepared
    vms.destinations["nic0"].discard()
    assert [helper.level for helper in vms.destinations.values()] == [0, 0]


def test_the_bus_is_gone_while_saving(pair):
    vms = pair({"nic0": {"level": 4}}, ["nic0"])
    vms.sources["nic0"].on_capture = vms.source_bus.kill
    with contextlib.suppress(Failure):
        assert vms.migrate() == "failed"
    assert vms.sources["nic0"].level == 4 and not vms.destinations["nic0"].prepared


def test_an_id_of_256_bytes_never_gets_to_qemu(pair):
    long = "x" * 255
    vms = pair({long: {"level": 9}}, [long])
    assert vms.migrate() == "completed"
    assert vms.destinations[long].prepared
    with pytest.raises(Migdesc.DocumentFailure, match="an Id of 256 bytes"):
        Helper(vms.source_bus.address, long + "x")


def test_qemu_refuses_an_id_of_256_bytes(pair):
    vms = pair({}, None)
    with Naive(vms.source_bus.address, "x" * 256):
        assert vms.migrate() == "failed"
        assert "is invalid" in vms.source.said()


@pytest.mark.parametrize("size, said", [
    (1 << 20, None), ((1 << 20) + 1, "Too large vmstate data to save: 1048577"),
    (0, "Failed to Save: not a byte array")])
def test_how_much_qemu_takes_of_an_id(pair, size, said):
    vms = pair({}, ["nic0"])
    with Naive(vms.source_bus.address, "nic0", memory=bytes(size)):
        vms.migrate()
        # Of a state that arrived only the destination, which has no nic0, complains.
        if said is None:
            assert vms.source.said() == ""
            assert "Required VMState Id are missing: nic0" in ended(vms.destination)[1]
        else:
            assert said in vms.source.said()


def test_an_address_has_a_comma():
    with PrivateBus() as bus:
        assert ",guid=" in bus.address
        run = subprocess.run(["qemu-system-x86_64", "-M", "none", "-display", "none", "-object",
                              f"dbus-vmstate,id=vmstate,addr={bus.address}"], timeout=60,
                             capture_output=True, text=True)
        assert run.returncode == 1 and "guid" in run.stderr


def test_one_dbus_vmstate_a_qemu(pair):
    vms = pair({"nic0": {}}, ["nic0"])
    with pytest.raises(Refused, match="(?i)already"):
        vms.source.qmp.execute("object-add", **{"qom-type": "dbus-vmstate", "id": "second",
                                                "addr": vms.source_bus.address})


def make_disk(qmp, path):
    """A disk for snapshots, which no guest sees; gives its node's name."""
    path.touch()
    qmp.execute("blockdev-add", **{"driver": "file", "node-name": "file", "filename": str(path)})
    qmp.execute("blockdev-create", **{"job-id": "create", "options": {
        "driver": "qcow2", "file": "file", "size": 64 << 20}})
    job_done(qmp, "create")
    qmp.execute("blockdev-add", **{"driver": "qcow2", "node-name": "disk", "file": "file"})
    return "disk"


def job_done(qmp, id):
    """The error of a job that has ended, or None."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job = next(job for job in qmp.execute("query-jobs") if job["id"] == id)
        if job["status"] == "concluded":
            qmp.execute("job-dismiss", id=id)
            return job.get("error")
        time.sleep(0.02)
    raise AssertionError(f"{id} goes on")


def snapshot(qmp, what, tag):
    qmp.execute(f"snapshot-{what}", **{"job-id": what, "tag": tag, "vmstate": "disk",
                                       "devices": ["disk"]})
    return job_done(qmp, what)


def test_snapshots_save_and_load_a_live_helper(pair, tmp_path):
    vms = pair({"nic0": {"level": 7}}, ["nic0"])
    qmp, helper = vms.source.qmp, vms.sources["nic0"]
    make_disk(qmp, tmp_path / "disk")
    assert snapshot(qmp, "save", "good") is None
    helper.state["level"] = 8
    assert snapshot(qmp, "load", "good") is None
    assert helper.prepared and helper.level == 8
    helper.commit()
    assert helper.level == 7
    assert helper.log == ["saved", "prepared", "unprepared"]


def test_a_snapshot_that_failed_is_listed_all_the_same(pair, tmp_path):
    """And even its job has not failed: who saves asks its helpers."""
    vms = pair({"nic0": {"level": 7}}, ["nic0"])
    qmp, helper = vms.source.qmp, vms.sources["nic0"]
    node = make_disk(qmp, tmp_path / "disk")
    helper.on_capture = lambda: 1 / 0
    assert snapshot(qmp, "save", "broken") is None
    assert "Failed to Save: " in vms.source.said() and "cannot be captured" in vms.source.said()
    nodes = {found["node-name"]: found for found in qmp.execute("query-named-block-nodes")}
    assert [found["name"] for found in nodes[node]["image"]["snapshots"]] == ["broken"]
    assert snapshot(qmp, "load", "broken") == "Error -1 while loading VM state"
    assert "Failed to find proxy Id" in vms.source.said()
    assert helper.level == 7 and not helper.prepared
