# SPDX-License-Identifier: LGPL-2.1-or-later

"""A backend in Python has the options, values and transfers of one in C."""

import json
import os
import subprocess
import sys

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

SCHEMA = json.dumps({
    "state-schema": 1, "name": "nic", "version": 2, "minimum": 1,
    "fields": [{"name": "link", "type": "u8", "min": 0, "max": 1},
               {"name": "mtu", "type": "u16", "min": 68, "max": 9216, "since": 2,
                "default": 1500}]})


def builder():
    return (Migdesc.DescriptorBuilder()
            .model("vendor-a.com/my-nic", state=SCHEMA)
            .param("num-queues", 4, off_value=1, allowed_values="1-64")
            .param("rss", True, off_value=False)
            .param("mode", "fast", allowed_values=["fast", "slow"])
            .version("1", {"num-queues": 2}, state_version=1)
            .version("2", {"num-queues": 4, "rss": True}, state_version=2)
            .version("debug", {"num-queues": 8}, support="none", blocker="it traces")
            .constraint(if_values={"rss": [True]}, then_values={"num-queues": "2-64"}))


@pytest.fixture
def backend():
    return Migdesc.Backend(builder())


def test_values_are_native(backend):
    assert backend.parse(["--m-num-queues=8", "--verbose", "--param", "mode=slow"]) == ["--verbose"]
    assert backend["num-queues"] == 8
    assert backend.to_dict() == {"num-queues": 8, "rss": True, "mode": "slow"}
    assert list(backend) == ["num-queues", "rss", "mode"]
    assert "rss" in backend and "rs" not in backend and len(backend) == 3
    assert str(backend.params) == "vendor-a.com/my-nic?num-queues=8,rss=on,mode=slow"
    with pytest.raises(KeyError):
        backend["num-qeues"]
    assert repr(backend) == "<Backend vendor-a.com/my-nic>"


def test_a_document_will_do(backend):
    other = Migdesc.Backend(json.loads(backend.descriptor.to_string()))
    assert other.descriptor == backend.descriptor
    assert Migdesc.Backend(backend.descriptor.to_string()).descriptor == backend.descriptor


def test_all_mistakes_are_told(backend):
    with pytest.raises(Migdesc.RefusedFailure) as caught:
        backend.parse(["--m-num-qeues=8", "--param", "x", "--m-mode=fats"])
    assert caught.value.mistakes == backend.mistakes == [
        '--param "x": expected NAME=VALUE',
        '--m-num-qeues: the model has no param "num-qeues"; did you mean "num-queues"?',
        "--m-mode: mode=fats is not allowed; the model accepts fast,slow; "
        "use mode as one of fast,slow"]


def test_configure_by_a_list(backend):
    backend.configure("version=1,mode=slow")
    assert (backend["num-queues"], backend["rss"], backend.version) == (2, False, None)
    assert backend.state_version == 1
    backend.configure()
    assert backend["num-queues"] == 4
    with pytest.raises(Migdesc.RefusedFailure, match="needs|violated"):
        backend.configure("num-queues=1")


def test_limit_makes_the_older_program():
    old = Migdesc.Backend(builder(), limit="1")
    document = json.loads(old.descriptor.to_string())["models"]["vendor-a.com/my-nic"]
    assert [version["name"] for version in document["versions"]] == ["1"]
    assert list(document["params"]) == ["num-queues", "mode"]
    assert document["params"]["num-queues"]["init_value"] == 2
    assert "constraints" not in document
    assert document["state"]["version"] == 1
    assert [field["name"] for field in document["state"]["fields"]] == ["link"]
    with pytest.raises(Migdesc.RefusedFailure, match='no param "rss"'):
        old.parse(["--m-rss=on"])
    with pytest.raises(GLib.Error, match='"9" is no version of vendor-a.com/my-nic'):
        Migdesc.Backend(builder(), limit="9")


def test_limit_may_go_away_again(backend):
    whole = backend.descriptor
    backend.set_version_limit("1")
    assert backend.descriptor != whole
    backend.set_version_limit(None)
    assert backend.descriptor == whole


class Nic:
    def __init__(self, backend, link, mtu):
        self.state_type, self.params = backend.state_type, backend.params
        self.values = {"link": link, "mtu": mtu}
        self.log = []
        self.set = Migdesc.DeviceSet.new()
        backend.add_device(self.set, "nic0", self.capture, self.prepare, self.commit,
                           lambda: self.log.append("abort"))

    def capture(self):
        version = self.state_type.get_version()
        schema = self.state_type.new_effective(version, self.params)
        return Migdesc.State.new_from_variant(
            schema, GLib.Variant("a{sv}", {"link": GLib.Variant("y", self.values["link"]),
                                           "mtu": GLib.Variant("q", self.values["mtu"])}))

    def prepare(self, state):
        self.log.append("prepare")
        if self.values["mtu"] == 0:
            raise ValueError("no room")

    def commit(self, state):
        self.log.append("commit")
        self.values = state.to_dict()


def carry(source, destination):
    out = Migdesc.Transfer.new_save(source.set, None, False)
    into = Migdesc.Transfer.new_load(destination.set, None)
    while out.get_pending() > 0:
        into.write(out.read(7).get_data())
    assert out.check()
    return into


def test_device_goes_through_a_transfer(backend):
    source, destination = Nic(backend, 1, 9000), Nic(backend, 0, 1500)
    transfer = carry(source, destination)
    assert transfer.check()
    assert destination.log == ["prepare"] and destination.values["link"] == 0
    transfer.commit()
    assert destination.log == ["prepare", "commit"]
    assert destination.values == {"link": 1, "mtu": 9000}


def test_device_may_refuse(backend):
    source, destination = Nic(backend, 1, 9000), Nic(backend, 0, 0)
    with pytest.raises(GLib.Error, match="nic0: refuses the state"):
        carry(source, destination).check()
    assert destination.values == {"link": 0, "mtu": 0}


def test_transfer_through_a_pipe(backend):
    source, destination = Nic(backend, 1, 9000), Nic(backend, 0, 1500)
    reading, writing = os.pipe()
    out = Migdesc.Transfer.new_save(source.set, None, False)
    assert out.run_fd(writing, None)
    os.close(writing)
    into = Migdesc.Transfer.new_load(destination.set, None)
    assert into.run_fd(reading, None)
    os.close(reading)
    into.check()
    into.commit()
    assert destination.values["mtu"] == 9000


def test_unmigratable_device_joins_no_set(backend):
    backend.parse(["--migration-version=debug"])
    assert backend.blocker == "it traces"
    with pytest.raises(Migdesc.RefusedFailure, match="nic0 cannot be migrated: it traces"):
        backend.add_device(Migdesc.DeviceSet.new(), "nic0", lambda: None)


PROGRAM = """
import sys, gi
gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc
backend = Migdesc.Backend({document!r})
backend.set_capabilities("net", ["mq"])
print(backend.run(), backend["num-queues"])
"""


def run(backend, *args):
    program = PROGRAM.format(document=backend.descriptor.to_string())
    return subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True,
                          timeout=60)


def test_program_goes_on_prints_or_fails(backend):
    done = run(backend, "--m-num-queues", "7", "file")
    assert (done.returncode, done.stdout, done.stderr) == (0, "['file'] 7\n", "")
    done = run(backend, "--m-num-queues=0", "--print-migration-info-json=v4")
    assert (done.returncode, json.loads(done.stdout)) == (
        0, {"models": {"vendor-a.com/my-nic": {"versions": ["1", "2", "debug"]}}})
    done = run(backend, "--print-capabilities")
    assert json.loads(done.stdout) == {"type": "net", "features": ["mq"]}
    done = run(backend, "--m-num-queues=0", "--m-rss=\udcff")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        '-c: --m-NAME: the value "\\xff" is not UTF-8 without control characters\n'
        "-c: --m-num-queues: num-queues=0 is not allowed; the model accepts 1-64; "
        "use num-queues >= 1\n")


TESTED_PROGRAM = """
import sys
import gi
gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc

backend = Migdesc.Backend(Migdesc.Descriptor.load("document.json"))
assert backend.run() == []
kept = [Migdesc.State(backend.state_type, {"link": 1, "mtu": 1500})]


def load(state):
    kept[0] = state


devices = Migdesc.DeviceSet()
backend.add_device(devices, "nic0", lambda: kept[0], commit=load)
print(backend.wants_test(), file=sys.stderr)
status = backend.run_test(devices)
sys.exit(9 if status < 0 else status)
"""


def test_a_program_in_python_tests_its_device(tmp_path):
    (tmp_path / "program.py").write_text(TESTED_PROGRAM)
    (tmp_path / "document.json").write_text(str(builder().build()))

    def run(*arguments, given=b""):
        return subprocess.run([sys.executable, "program.py", *arguments], cwd=tmp_path,
                              input=given, capture_output=True)

    saved = run("--migration-version=2", "--migration-test=save")
    assert (saved.returncode, saved.stderr) == (0, b"True\n")
    loaded = run("--migration-version=2", "--migration-test=load", given=saved.stdout)
    assert (loaded.returncode, loaded.stderr) == (0, b"True\n")
    assert loaded.stdout == saved.stdout
    reader = Migdesc.StreamReader.new(None, None)
    reader.read_bytes(GLib.Bytes.new(saved.stdout))
    state = reader.get_state("nic0")
    assert state.lookup("link").get_uint() == 0 and state.lookup("mtu").get_uint() == 3014
    assert run().returncode == 9
    wrong = run("--migration-test=x")
    assert (wrong.returncode, wrong.stderr) == (
        1, b'program.py: --migration-test="x": expected save or load\n')
