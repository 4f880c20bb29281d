# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/demo.sh, and the hosts and the trial migration that it shows."""

import os
import pathlib
import re
import subprocess

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
DATA = EXAMPLES / "data" / "qemu-7.2"
NIC = "qemu.org/virtio-net-pci"
HOSTS = ["new", "offload", "old", "open", "storage"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What the demo prints, as {command line: output}."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run([EXAMPLES / "demo.sh"], capture_output=True, text=True, timeout=280,
                          env=os.environ | {"TMPDIR": str(folder), "COLUMNS": "80"})
    assert (done.returncode, done.stderr) == (0, "")
    assert list(folder.iterdir()) == [], "something was left behind"
    steps = re.split(r"^\$ (.*)\n", re.sub(r"\n\n(#.*\n)+", "\n", done.stdout), flags=re.MULTILINE)
    return list(zip(steps[1::2], steps[2::2]))


def outputs(demo, start):
    return [output for command, output in demo if command.startswith(start)]


def verdicts(table):
    return dict(re.findall(r"^(\w+)\.json +(\w+)", table, flags=re.MULTILINE))


def test_the_nic_is_a_version_with_overrides(demo):
    assert outputs(demo, "qemu-descriptors --running") == [
        f"{NIC}?version=pc-i440fx-6.2,csum=off\n",
        f"{NIC}?version=pc-i440fx-6.2,vectors=3\n",
    ]


def test_each_host_gets_its_verdict_and_the_advice_helps(demo):
    before, after = outputs(demo, "migdesc check")
    assert verdicts(before) == {"new": "compatible", "offload": "incompatible",
                                "old": "incompatible", "open": "undecided",
                                "storage": "incompatible"}
    assert "remedy: restart the source with csum=on" in before
    assert "remedy: restart the source with vectors=3" in before
    assert verdicts(after) == {"new": "compatible", "offload": "compatible", "old": "compatible",
                               "open": "compatible", "storage": "incompatible"}


def test_the_settings_are_short_as_a_version_and_exact_in_full(demo):
    short, full, after = outputs(demo, "migdesc plan")
    assert short == (f"--migration-model {NIC}\n--migration-version pc-i440fx-7.1\n--m-csum=off\n")
    nic = Migdesc.Descriptor.load(DATA / "virtio-net-pci.json")[NIC]
    expected = nic.expand({"csum": False}, version="pc-i440fx-6.2")
    words = {True: "on", False: "off"}
    assert dict(setting.split("=", 1) for setting in full.split()) == {
        f"--m-{name}": words[value] if isinstance(value, bool) else str(value)
        for name, value in expected.items()}
    assert after == f"--migration-model {NIC}\n--migration-version pc-i440fx-4.2\n"


def test_qemu_agrees(demo):
    refused, taken = outputs(demo, "qemu-migrate")
    assert refused.startswith("failed\n") and "Bad config data" in refused
    assert taken == "completed\n"


def test_no_line_but_a_command_and_what_qemu_says_is_wider_than_a_terminal(demo):
    for command, output in demo:
        if not command.startswith(("qemu-migrate", "migdesc plan")):
            assert max(map(len, output.splitlines()), default=0) <= 80, command


# The move


def test_a_card_moves_to_an_older_program_and_back(tmp_path):
    done = subprocess.run([EXAMPLES / "demo-move.sh"], capture_output=True, text=True, timeout=120,
                          env=os.environ | {"TMPDIR": str(tmp_path),
                                            "MIGDESC_BUILD": os.environ["MIGDESC_BUILDDIR"]})
    assert (done.returncode, done.stderr) == (0, "")
    told = re.findall(r"^web runs on \w+$|^queue 1 .*", done.stdout, flags=re.MULTILINE)
    assert told == ["web runs on alpha", "queue 1 has received 5 frames",
                    "web runs on beta", "queue 1 has received 5 frames",
                    "queue 1 has received 10 frames",
                    "web runs on alpha", "queue 1 has received 10 frames",
                    "web runs on alpha", "queue 1 has received 10 frames"]
    assert list(tmp_path.iterdir()) == [], "something was left behind"


# The hosts


def make_hosts(folder):
    both = Migdesc.Descriptor.load(DATA / "virtio-net-pci.json").to_dict()
    tablet = Migdesc.Descriptor.load(DATA / "usb-tablet.json").to_dict()
    both["models"] |= tablet["models"]
    made = Migdesc.Descriptor.from_dict(both)
    (folder / "here.json").write_text(str(made))
    subprocess.run([EXAMPLES / "make-demo-hosts", folder / "here.json", folder], check=True)
    return made, {host: Migdesc.Descriptor.load(folder / f"{host}.json") for host in HOSTS}


def test_a_host_is_the_real_descriptor_but_for_what_it_lacks(tmp_path):
    made, hosts = make_hosts(tmp_path)
    assert hosts["new"] == made
    assert list(hosts["storage"]) == ["qemu.org/usb-tablet"]
    assert str(hosts["offload"][NIC]["csum"].allowed_values) == "on"
    old = hosts["old"][NIC]
    assert (len(old.versions), old.latest.name) == (22, "pc-i440fx-4.2")
    assert old["vectors"].allowed_values == Migdesc.ValueSet("3")
    assert old["vectors"].init_value == 3
    for version in old.versions:
        assert old.expand(version=version).to_dict() == made[NIC].expand(version=version).to_dict()
    assert hosts["open"][NIC]["vectors"].allowed_values == Migdesc.ValueSet.any("int")


def test_hosts_need_a_descriptor_with_the_nic(tmp_path):
    done = subprocess.run([EXAMPLES / "make-demo-hosts", tmp_path / "none.json", tmp_path],
                          capture_output=True, text=True)
    assert done.returncode == 1 and "none.json" in done.stderr
    done = subprocess.run([EXAMPLES / "make-demo-hosts", DATA / "nvme.json", tmp_path],
                          capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.endswith(f"nvme.json: not a descriptor of {NIC} and another model\n")


# The trial


def test_a_trial_takes_only_settings(tmp_path):
    for word in ("csum=off", "--m-csum", "--csum=off"):
        done = subprocess.run([EXAMPLES / "qemu-migrate", "--running", tmp_path / "qmp", word],
                              capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr.endswith(f"qemu-migrate: error: {word} is no --m-NAME=VALUE\n")


def test_a_trial_needs_a_live_vm(tmp_path):
    done = subprocess.run([EXAMPLES / "qemu-migrate", "--running", tmp_path / "qmp"],
                          capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1, f"qemu-migrate: {tmp_path}/qmp: No such file or directory\n")
