# SPDX-License-Identifier: LGPL-2.1-or-later

"""Debian's own mdevctl: what it has defined is read, and what a plan prints it takes."""

import json
import os
import random
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("MIGDESC_SRCDIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("MIGDESC_BUILDDIR", ROOT / "build"))
MIGDESC = BUILD / "tools" / "migdesc"
NIC = ROOT / "examples" / "data" / "my-nic.json"
CONFIG = Path("/etc/mdevctl.d")


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60,
                          **options).stdout


class Device:
    """A definition in mdevctl of a device that no hardware has."""

    def __init__(self):
        self.uuid = str(uuid.uuid4())
        # A domain that no PCI bus has
        self.parent = f"fffe:{random.randrange(256):02x}:{random.randrange(32):02x}.0"
        self.made_parent = not (CONFIG / self.parent).exists()
        run("mdevctl", "define", "--uuid", self.uuid, "--parent", self.parent, "--type", "my-nic")

    def add(self, name, value):
        run("mdevctl", "modify", "--uuid", self.uuid, "--parent", self.parent, f"--addattr={name}",
            f"--value={value}")

    def dump(self):
        return run("mdevctl", "list", "--defined", "--dumpjson")

    def attributes(self):
        """As mdevctl itself tells them"""
        return json.loads(run("mdevctl", "list", "--defined", "--dumpjson", "--uuid",
                              self.uuid))["attrs"]

    def remove(self):
        """Whatever has happened, nothing of it stays. mdevctl leaves the parent's folder."""
        subprocess.run(["mdevctl", "undefine", "--uuid", self.uuid, "--parent", self.parent],
                       check=False, capture_output=True, timeout=60)
        (CONFIG / self.parent / self.uuid).unlink(missing_ok=True)
        if self.made_parent:
            shutil.rmtree(CONFIG / self.parent, ignore_errors=True)


@pytest.fixture
def device():
    made = Device()
    try:
        yield made
    finally:
        made.remove()
        assert not (CONFIG / made.parent / made.uuid).exists()
        assert made.uuid not in run("mdevctl", "list", "--defined", "--dumpjson")


def list_instance(device, dump):
    return run(MIGDESC, "list", "--instance", device.uuid, "-", input=dump)


def test_mdevctl_is_debians():
    assert shutil.which("mdevctl") in ("/usr/sbin/mdevctl", "/usr/bin/mdevctl")
    assert run("mdevctl", "--version").startswith("mdevctl ")


def test_device_without_attributes(device):
    assert list_instance(device, device.dump()) == "\n"


def test_attributes_are_the_list(device):
    device.add("migration/num-queues", "8")
    device.add("migration/new-feature", "on")
    device.add("assign_adapter", "5")

    assert list_instance(device, device.dump()) == "num-queues=8,new-feature=on\n"


def test_model_and_version(device):
    device.add("migration/device_model", "vendor-a.com/gpu")
    device.add("migration/version", "4GB-v1")

    assert list_instance(device, device.dump()) == "vendor-a.com/gpu?version=4GB-v1\n"


def test_values_that_need_care(device):
    value = 'a,b "c" \\ d=e é'
    device.add("migration/name", value)

    assert list_instance(device, device.dump()) == f"name={value.replace(',', ',,')}\n"


def test_dump_of_one_parent(device):
    device.add("migration/num-queues", "8")
    dump = run("mdevctl", "list", "--defined", "--dumpjson", "--parent", device.parent)

    assert list_instance(device, dump) == "num-queues=8\n"


def test_dump_of_one_device(device):
    """As `--uuid` prints it, without saying which device that is"""
    device.add("migration/num-queues", "8")
    dump = run("mdevctl", "list", "--defined", "--dumpjson", "--uuid", device.uuid)

    assert device.uuid not in dump
    assert list_instance(device, dump) == "num-queues=8\n"


def test_dump_of_one_device_on_two_parents(device):
    """Asked for one UUID, mdevctl prints the usual list where that is on several parents."""
    device.add("migration/num-queues", "8")
    other = "ffff" + device.parent[4:]
    run("mdevctl", "define", "--uuid", device.uuid, "--parent", other, "--type", "my-nic")
    try:
        dump = run("mdevctl", "list", "--defined", "--dumpjson", "--uuid", device.uuid)
    finally:
        run("mdevctl", "undefine", "--uuid", device.uuid, "--parent", other)
        shutil.rmtree(CONFIG / other, ignore_errors=True)

    assert dump.startswith("[")
    assert list_instance(device, dump) == "num-queues=8\n"


def test_two_devices(device):
    other = Device()
    try:
        device.add("migration/num-queues", "8")
        other.add("migration/num-queues", "4")
        dump = other.dump()
        assert list_instance(device, dump) == "num-queues=8\n"
        assert list_instance(other, dump) == "num-queues=4\n"
    finally:
        other.remove()


def test_program_of_the_dump(device, tmp_path):
    """From the file that a management tool keeps"""
    device.add("migration/num-queues", "8")
    path = tmp_path / "dump.json"
    path.write_text(device.dump())

    assert run(MIGDESC, "list", "--instance", device.uuid, path) == "num-queues=8\n"


def test_what_a_plan_prints_comes_back(device):
    """A plan's attributes make a device whose list passes the same check."""
    listed = "num-queues=8,new-feature=on"
    attributes = json.loads(run(MIGDESC, "plan", "--style", "mdevctl", listed, NIC))
    for attribute in attributes:
        for name, value in attribute.items():
            device.add(name, value)

    assert device.attributes() == attributes
    back = list_instance(device, device.dump()).rstrip("\n")
    assert run(MIGDESC, "plan", listed, NIC) == run(MIGDESC, "plan", back, NIC)


def test_device_that_is_gone(device):
    dump = device.dump()
    device.remove()
    assert list_instance(device, dump) == "\n"
    done = subprocess.run([MIGDESC, "list", "--instance", device.uuid, "-"], input=device.dump(),
                          text=True, capture_output=True, check=False, timeout=60)

    assert (done.returncode, done.stderr) == (4, f"migdesc: -: there is no device {device.uuid}\n")
