# SPDX-License-Identifier: LGPL-2.1-or-later

"""examples/qemu-watch with files in libvirt's place, and dumps of the real QEMU."""

import json
import os
import pathlib
import subprocess

import pytest
import qemu_dumps_of

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "examples" / "qemu-watch" / "qemu-watch"

DOMAIN = """<domain type='kvm'><name>{name}</name>
<os><type arch='x86_64' machine='{machine}'>hvm</type></os>
<devices>
<disk type='file' device='disk'><target dev='vda' bus='virtio'/></disk>
<controller type='usb' model='qemu-xhci'/><controller type='pci' model='pcie-root'/>
<interface type='network'><model type='{nic}'/></interface>
<input type='tablet' bus='usb'/><input type='mouse' bus='ps2'/>
<serial type='pty'><target type='isa-serial'><model name='isa-serial'/></target></serial>
<console type='pty'/><sound model='ich9'/>
<video><model type='{video}'/></video><memballoon model='virtio'/>
</devices></domain>
"""


@pytest.fixture(scope="module")
def here():
    return json.loads(qemu_dumps_of.dump_of("qemu-system-x86_64"))


@pytest.fixture
def ask(tmp_path, here):
    """The status and what is printed, for a QEMU whose dump is changed by a function."""
    def run(change, *domains, known=None):
        there = json.loads(json.dumps(here))
        change(there)
        (tmp_path / "here.json").write_text(json.dumps(here))
        (tmp_path / "there.json").write_text(json.dumps(there))
        options = []
        if known:
            (tmp_path / "known.json").write_text(json.dumps(known))
            options = ["--known", "known.json"]
        for i, domain in enumerate(domains):
            (tmp_path / f"{i}.xml").write_text(domain)
        done = subprocess.run([PROGRAM, "here.json", "there.json", *options,
                               *(f"{i}.xml" for i in range(len(domains)))], cwd=tmp_path,
                              capture_output=True, text=True, check=False, env=os.environ)
        assert done.stderr == ""
        return done.returncode, done.stdout
    return run


def domain(name="vm", machine="pc-q35-7.2", nic="e1000e", video="virtio"):
    return DOMAIN.format(name=name, machine=machine, nic=nic, video=video)


def change_nic(dump):
    dump["e1000e"]["Description"]["Fields"].append(
        {"field": "news", "version_id": 0, "field_exists": False, "size": 4})


def drop_cirrus(dump):
    del dump["cirrus-vga"]


def test_the_same_qemu_takes_all(ask):
    assert ask(lambda dump: None, domain("one"), domain("two", machine="pc-i440fx-7.2")) == (
        0, "one: ok\ntwo: ok\n")


def test_only_guests_with_the_device_cannot_go(ask):
    assert ask(change_nic, domain("one"), domain("two", nic="virtio")) == (
        1, "one: breaks-always\n"
           "  e1000e: news: the destination reads 4 bytes that are not sent\ntwo: ok\n")


def test_a_device_that_is_gone(ask):
    assert ask(drop_cirrus, domain(video="cirrus")) == (
        1, "vm: breaks-when\n"
           "  cirrus-vga: the destination has no such device (when the device is present)\n")
    assert ask(drop_cirrus, domain()) == (0, "vm: ok\n")


def test_what_is_known_is_no_obstacle(ask):
    known = {"migdesc-qemu-known": 1, "differences": [
        {"section": "e1000e", "code": "qemu-field-not-sent", "reason": "a test"}]}

    assert ask(change_nic, domain(), known=known) == (0, "vm: ok\n")


def test_strange_devices_are_unknown(ask):
    assert ask(lambda dump: None, domain(nic="acme")) == (
        5, "vm: unknown\n  interface acme: not known to devices.json\n")


def test_the_table_names_devices_of_the_real_qemu(here):
    table = json.loads((PROGRAM.parent / "devices.json").read_text())
    named = {one for kinds in table.values() for types in kinds.values() for one in types}

    assert named - set(here) == set()
