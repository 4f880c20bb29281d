# SPDX-License-Identifier: LGPL-2.1-or-later
"""examples/qemu-descriptors against the real QEMU, and against programs that only look like one."""

import contextlib
import functools
import json
import pathlib
import socket
import subprocess
import sys
import time

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
DATA = EXAMPLES / "data" / "qemu-7.2"
PROGRAM = EXAMPLES / "qemu-descriptors"
QEMU = "qemu-system-x86_64"
FAMILY = "pc-i440fx"
DEVICES = ["e1000e", "nvme", "usb-tablet", "virtio-blk-pci", "virtio-net-pci"]
NEWEST = f"{FAMILY}-7.2"

# The issue's own command line, written out once more so that the program is not its own oracle.
DEVICE_ARGUMENTS = {
    "e1000e": ["-device", "e1000e,id=d"],
    "nvme": ["-device", "nvme,id=d,serial=1"],
    "usb-tablet": ["-device", "qemu-xhci", "-device", "usb-tablet,id=d"],
    "virtio-blk-pci": ["-blockdev", "null-co,node-name=n,read-zeroes=on",
                       "-device", "virtio-blk-pci,id=d,drive=n"],
    "virtio-net-pci": ["-device", "virtio-net-pci,id=d"],
}

# What the descriptors leave out, of all that these devices have and can be read.
LEFT_OUT = {
    "account-failed", "account-invalid", "acpi-index", "addr", "attached", "backend_defaults",
    "bootindex", "cyls", "disable_vnet_hdr", "display", "drive", "failover_pair_id", "head",
    "heads", "hotpluggable", "hotplugged", "ioeventfd", "legacy-addr", "mac", "netdev", "pcap",
    "port", "realized", "request-merging", "rerror", "romfile", "secs", "serial", "share-rw", "tx",
    "type", "werror", "x-txburst", "x-txtimer",
}
# What is left out unless machine types differ in it, by device.
KEPT = {"usb-tablet": {"serial"}, "virtio-net-pci": {"romfile"}}
# What tells apart devices of one machine.
OWN = {"addr", "legacy-addr", "mac"}

sys.path.insert(0, str(EXAMPLES))
from qemu_descriptors import document, effect, properties, qmp  # noqa: E402


def run(*arguments, timeout=60):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          timeout=timeout)


def output(*arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def kept_model(device):
    return json.loads((DATA / f"{device}.json").read_text())["models"][f"qemu.org/{device}"]


def expand(model, version):
    """A version's configuration, as the document format defines it."""
    values = {name: param["off_value"] for name, param in model["params"].items()}
    [entry] = [entry for entry in model["versions"] if entry["name"] == version]
    return values | entry.get("params", {})


def text(value):
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


@contextlib.contextmanager
def machine(*arguments):
    """A stopped QEMU whose QMP is on its standard input and output; yields (execute, process)."""
    process = subprocess.Popen(
        [QEMU, "-S", "-nodefaults", "-display", "none", "-qmp", "stdio", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def execute(command, **values):
        print(json.dumps({"execute": command, "arguments": values}), file=process.stdin, flush=True)
        for line in process.stdout:
            message = json.loads(line)
            if "return" in message or "error" in message:
                return message.get("return", message.get("error"))
        raise AssertionError(f"QEMU ended at {command}")

    try:
        assert "QMP" in json.loads(process.stdout.readline())
        execute("qmp_capabilities")
        yield execute, process
    finally:
        process.kill()
        process.communicate()


def read_all(execute, device):
    """{name: value} of every readable property of a device that is no child and no link."""
    path = f"/machine/peripheral/{device}"
    values = {entry["name"]: execute("qom-get", path=path, property=entry["name"])
              for entry in execute("qom-list", path=path)
              if not entry["type"].startswith(("child<", "link<"))}
    return {name: value for name, value in values.items() if not isinstance(value, dict)}


def observe(machine_type, *arguments):
    with machine("-M", machine_type, *arguments) as (execute, _):
        return read_all(execute, "d")


@functools.cache
def genuine(machine_type):
    """What each device is on a machine type, by its name: all of them in one machine."""
    arguments = [argument.replace("id=d", f"id={device}")
                 for device in DEVICES for argument in DEVICE_ARGUMENTS[device]]
    with machine("-M", machine_type, *arguments) as (execute, _):
        return {device: read_all(execute, device) for device in DEVICES}


def listed(text_form):
    """(model, {name: text}) of a migration parameter list without commas in values."""
    model, _, pairs = text_form.strip().partition("?")
    return model, dict(pair.split("=", 1) for pair in pairs.split(",") if pair)


# The kept data


@pytest.mark.parametrize("device", DEVICES)
def test_the_kept_descriptor_is_what_qemu_says_today(device):
    assert output(device) == (DATA / f"{device}.json").read_text()


def test_several_devices_make_one_document():
    made = json.loads(output("e1000e", "usb-tablet"))
    assert made == {"migdesc": "1.0", "models": {"qemu.org/e1000e": kept_model("e1000e"),
                                                 "qemu.org/usb-tablet": kept_model("usb-tablet")}}


def test_the_versions_are_the_thirty_one_machine_types_oldest_first():
    numbers = ("1.4 1.5 1.6 1.7 2.0 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 3.0 3.1 "
               "4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1 6.2 7.0 7.1 7.2").split()
    for device in DEVICES:
        assert [version["name"] for version in kept_model(device)["versions"]] \
            == [f"{FAMILY}-{number}" for number in numbers]


@pytest.mark.parametrize("device", DEVICES)
def test_every_version_expands_to_exactly_what_qemu_has_there(device):
    model = kept_model(device)
    for version in model["versions"]:
        observed = genuine(version["name"])[device]
        expanded = expand(model, version["name"])
        assert set(observed) - set(expanded) <= LEFT_OUT - KEPT.get(device, set())
        assert expanded == {
            name: str(observed[name]) if param["type"] == "str" else observed[name]
            for name, param in model["params"].items()}


@pytest.mark.parametrize("device", DEVICES)
def test_the_library_expands_a_version_the_same_way(device):
    model = Migdesc.Descriptor.load(DATA / f"{device}.json")[f"qemu.org/{device}"]
    for version in model.versions:
        assert model.expand(version=version).to_dict() == expand(kept_model(device), version)


@pytest.mark.parametrize("device", DEVICES)
def test_init_is_the_newest_off_the_oldest_and_allowed_what_was_seen(device):
    model = kept_model(device)
    versions = [version["name"] for version in model["versions"]]
    configurations = [expand(model, version) for version in versions]
    loaded = Migdesc.Descriptor.load(DATA / f"{device}.json")[f"qemu.org/{device}"]
    for name, param in model["params"].items():
        seen = {configuration[name] for configuration in configurations}
        assert param["init_value"] == configurations[-1][name]
        assert param["off_value"] == configurations[0][name]
        if param["type"] == "bool":
            assert param["allowed_values"] == [False, True]
        else:
            assert loaded[name].allowed_values == Migdesc.ValueSet(sorted(seen))


@pytest.mark.parametrize("device", DEVICES)
def test_the_params_of_a_version_make_that_device_on_the_newest_machine_type(device):
    """So they are settings, and no setting that tells versions apart is missing."""
    model = kept_model(device)
    *before, last = DEVICE_ARGUMENTS[device]
    tried = []
    for version in model["versions"]:
        expanded = expand(model, version["name"])
        if expanded in tried:
            continue
        tried.append(expanded)
        # A string that nobody set reads as empty, and virtio-net's duplex can't be set to that.
        settings = "".join(f",{name}={text(value)}" for name, value in expanded.items()
                           if name != "duplex")
        observed = observe(NEWEST, *before, last + settings)
        there = genuine(version["name"])[device] | {"type": device}
        assert set(observed) == set(there), version["name"]
        assert {name for name in there if observed[name] != there[name]} <= OWN, version["name"]


def test_only_nvme_cannot_be_migrated_and_says_why_in_qemus_words():
    for device in DEVICES:
        model = kept_model(device)
        if device != "nvme":
            assert "support" not in model and "blocker" not in model
    with machine("-M", NEWEST, *DEVICE_ARGUMENTS["nvme"]) as (execute, _):
        refusal = execute("migrate", uri="unix:/nonexistent")
    model = kept_model("nvme")
    assert (model["support"], model["blocker"]) == ("none", refusal["desc"])
    assert refusal["desc"] == "State blocked by non-migratable device '0000:00:02.0/nvme'"


def test_another_family_has_versions_of_its_own():
    [model] = json.loads(output("--family", "pc-q35", "usb-tablet"))["models"].values()
    names = [version["name"] for version in model["versions"]]
    assert (len(names), names[0], names[-1]) == (24, "pc-q35-2.4", "pc-q35-7.2")
    assert names[names.index("pc-q35-4.0"):][:3] == ["pc-q35-4.0", "pc-q35-4.0.1", "pc-q35-4.1"]


# Which properties become parameters, and of what type


@pytest.mark.parametrize("observed, expected", [
    ([("bool", True), ("bool", False)], "bool"),
    ([("uint32", 3), ("uint32", 4)], "int"),
    ([("size", 2**64 - 1)], "int"),
    ([("int32", 256)], "int"),
    ([("int32", -1), ("int32", 1000)], "str"),
    ([("OnOffAuto", "auto")], "str"),
    ([("str", "")], "str"),
])
def test_the_type_of_a_parameter(observed, expected):
    assert properties.param_type(observed) == expected


def test_a_negative_integer_is_a_string():
    assert kept_model("virtio-net-pci")["params"]["speed"] == {
        "type": "str", "allowed_values": ["-1"], "init_value": "-1", "off_value": "-1"}


def test_a_legacy_property_is_left_out_only_as_the_twin_of_another():
    params = kept_model("nvme")["params"]
    assert "legacy-cmb" in params
    assert "legacy-addr" not in params


def test_devices_whose_properties_differ_in_name_are_refused(monkeypatch):
    monkeypatch.setattr(document, "ask", lambda *_: [{"x": ("bool", True)}, {"y": ("bool", True)}])
    with pytest.raises(qmp.Failure, match="not every machine type has the properties x, y"):
        document.add_model(Migdesc.DescriptorBuilder(), QEMU, "e1000e", [(NEWEST, False)] * 2, 1)


# Which settings are in effect


class Offers:
    """Answers like a QEMU whose virtio-net offers some features; None: it is no virtio device."""

    def __init__(self, *features):
        self._features = features

    def execute(self, command, path):
        assert (command, path) == ("x-query-virtio-status", "/machine/peripheral/d/virtio-backend")
        if self._features == (None,):
            raise qmp.Refused("no such object")
        return {"host-features": {"dev-features": [f"{name}: words" for name in self._features]}}


def in_effect(monitor, **settings):
    model = Migdesc.Descriptor.load(DATA / "virtio-net-pci.json")["qemu.org/virtio-net-pci"]
    return effect.in_effect(monitor, {name.replace("__", "-"): value
                                      for name, value in settings.items()}, model)


def test_an_offload_that_the_back_end_cannot_do_is_not_in_effect():
    monitor = Offers("VIRTIO_NET_F_HOST_TSO4", "VIRTIO_NET_F_MAC")
    assert in_effect(monitor, csum=True, host_tso4=True, host_ufo=False, status=True) \
        == {"csum": False, "host_tso4": True, "host_ufo": False, "status": True}
    assert in_effect(Offers(None), csum=True) == {"csum": True}


@pytest.mark.parametrize("settings, expected", [
    ({"rsc_interval": 1, "guest_rsc_ext": False}, 300000),
    ({"rsc_interval": 1, "guest_rsc_ext": True}, 1),
    ({"rsc_interval": 1}, 1),
])
def test_a_setting_that_needs_another_is_in_effect_with_that_only(settings, expected):
    assert in_effect(Offers(), **settings)["rsc_interval"] == expected


def test_a_legacy_feature_needs_the_legacy_interface():
    assert in_effect(Offers(), gso=True, disable__legacy="off")["gso"] is True
    model_off = kept_model("virtio-net-pci")["params"]["gso"]["off_value"]
    assert in_effect(Offers(), gso=not model_off, disable__legacy="on")["gso"] is model_off


def test_a_device_that_loses_its_queues_cannot_be_migrated():
    losing = {"migrate-extra": False, "disable-modern": False}
    assert effect.blocker(losing) == "without migrate-extra the modern interface loses its queues"
    assert effect.blocker(losing | {"disable-modern": True}) is None
    assert effect.blocker({"init-vet": False}) is None


def test_a_rom_that_is_not_there_has_no_size(tmp_path):
    device = "virtio-net-pci,id=d,romsize=262144"
    sizes = []
    for romfile in ("efi-virtio.rom", ""):
        folder = tmp_path / (romfile or "none")
        folder.mkdir()
        with live(folder, NEWEST, "-device", f"{device},romfile={romfile}") as path, \
                qmp.Qmp.connect(path) as monitor:
            sizes.append(properties.read(monitor)["romsize"][1])
    assert sizes == [262144, 2**32 - 1]


# A live VM


@contextlib.contextmanager
def live(folder, machine_type, *arguments):
    path = str(folder / "qmp")
    with machine("-M", machine_type, "-qmp", f"unix:{path},server=on,wait=off", *arguments):
        yield path


def test_a_live_device_is_listed_with_all_that_is_not_off(tmp_path):
    device = "virtio-net-pci,id=net0,vectors=3,csum=off,mac=52:54:00:00:00:01"
    with live(tmp_path, f"{FAMILY}-6.2", "-device", device) as path:
        model, pairs = listed(output("--running", path, "--id", "net0",
                                     "--descriptor", DATA / "virtio-net-pci.json"))
    params = kept_model("virtio-net-pci")
    expected = expand(params, f"{FAMILY}-6.2") | {"vectors": 3, "csum": False}
    assert model == "qemu.org/virtio-net-pci"
    assert pairs == {name: text(value) for name, value in expected.items()
                     if value != params["params"][name]["off_value"]}


def test_a_live_device_is_listed_as_its_version_and_what_differs(tmp_path):
    device = "virtio-net-pci,id=d,vectors=3,csum=off"
    with live(tmp_path, f"{FAMILY}-6.2", "-device", device) as path:
        assert output("--running", path, "--version") \
            == "qemu.org/virtio-net-pci?version=pc-i440fx-6.2,csum=off,vectors=3\n"


def test_a_live_device_of_the_oldest_version_is_an_empty_list(tmp_path):
    with live(tmp_path, f"{FAMILY}-1.4", "-device", "e1000e,id=d") as path:
        kept = DATA / "e1000e.json"
        assert output("--running", path, "--descriptor", kept) == "qemu.org/e1000e?\n"


def test_a_comma_in_a_value_is_doubled(tmp_path):
    arguments = ["-device", "qemu-xhci", "-device", "usb-tablet,id=d,serial=a,,b"]
    with live(tmp_path, f"{FAMILY}-1.4", *arguments) as path:
        kept = DATA / "usb-tablet.json"
        assert output("--running", path, "--descriptor", kept) \
            == "qemu.org/usb-tablet?serial=a,,b\n"


def test_a_list_makes_a_destination_that_takes_the_guest(tmp_path):
    """And one that was left at the defaults does not."""
    model = kept_model("virtio-net-pci")
    source = "virtio-net-pci,id=d,vectors=3,csum=off"
    with live(tmp_path, f"{FAMILY}-6.2", "-device", source) as path:
        _, pairs = listed(output("--running", path, "--descriptor", DATA / "virtio-net-pci.json"))
    values = {name: text(param["off_value"]) for name, param in model["params"].items()} | pairs
    del values["duplex"]
    settings = "".join(f",{name}={value}" for name, value in values.items())
    assert migrate(tmp_path, source, f"virtio-net-pci,id=d{settings}") == "completed"
    assert migrate(tmp_path, source, "virtio-net-pci,id=d") == "failed"


def migrate(folder, source, destination):
    """The status of a migration between two VMs of one machine type."""
    path = folder / "migration"
    path.unlink(missing_ok=True)
    return_path = {"capabilities": [{"capability": "return-path", "state": True}]}
    with machine("-M", f"{FAMILY}-6.2", "-device", destination,
                 "-incoming", f"unix:{path}") as (_, _), \
            machine("-M", f"{FAMILY}-6.2", "-device", source) as (execute, _):
        execute("migrate-set-capabilities", **return_path)
        execute("migrate", uri=f"unix:{path}")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            status = execute("query-migrate")["status"]
            if status in ("completed", "failed"):
                return status
            time.sleep(0.02)
    raise AssertionError(f"the migration is still {status}")


# When it does not work


@pytest.mark.parametrize("arguments, message", [
    (["--qemu", "/nonexistent"], "/nonexistent: No such file or directory"),
    (["--qemu", "/bin/true"], "/bin/true -M none: the monitor closed the connection"),
    (["--family", "pc"], "qemu-system-x86_64 has no machine type pc-NUMBER"),
    (["--running", "/nonexistent"], "/nonexistent: No such file or directory"),
])
def test_a_failure_says_what_failed(arguments, message):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"qemu-descriptors: {message}\n"


def test_a_failure_of_qemu_shows_what_qemu_said():
    done = run("no-such-device")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "qemu-descriptors: qemu-system-x86_64 -M pc-i440fx-1.4: "
        "the monitor closed the connection\n")
    assert done.stderr.endswith("'no-such-device' is not a valid device model name\n")


@pytest.mark.parametrize("arguments, message", [
    (["--id", "other"],
     "no device with the id other: Device '/machine/peripheral/other' not found"),
    (["--descriptor", DATA / "nvme.json"], "no model qemu.org/e1000e"),
    (["--descriptor", "/nonexistent"], "No such file or directory"),
    (["--descriptor", DATA / "e1000e.json", "--version"], "has no version pc-q35-7.2"),
])
def test_a_question_that_does_not_fit_the_live_vm(tmp_path, arguments, message):
    with live(tmp_path, "pc-q35-7.2", "-device", "e1000e,id=d") as path:
        done = run("--running", path, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("qemu-descriptors: ") and message in done.stderr


OTHER_QEMU = """#!/usr/bin/python3
import json, re, socket, sys
fd = int(re.search("fd=([0-9]+)", " ".join(sys.argv)).group(1))
with socket.socket(fileno=fd) as monitor, monitor.makefile("rw") as lines:
    print('{"QMP": {}}', file=lines, flush=True)
    for line in lines:
        known = {"query-version": {"package": "another", "qemu": {}}}
        answer = known.get(json.loads(line)["execute"], {})
        print(json.dumps({"return": answer}), file=lines, flush=True)
"""


def test_another_qemu_is_not_asked_about_a_live_vm(tmp_path):
    program = tmp_path / "other"
    program.write_text(OTHER_QEMU)
    program.chmod(0o755)
    with live(tmp_path, NEWEST, "-device", "e1000e,id=d") as path:
        done = run("--running", path, "--qemu", program)
    assert (done.returncode, done.stderr) == (
        1, f"qemu-descriptors: the VM runs another QEMU than {program}; "
           "name its own with --qemu, or its descriptor with --descriptor\n")


def test_a_descriptor_of_another_qemu_is_noticed(tmp_path):
    text = (DATA / "e1000e.json").read_text().replace("init-vet", "init-tpid")
    other = tmp_path / "other.json"
    other.write_text(text)
    with live(tmp_path, NEWEST, "-device", "e1000e,id=d") as path:
        done = run("--running", path, "--descriptor", other)
    assert done.returncode == 1
    assert done.stderr == ("qemu-descriptors: the descriptor is not of the VM's QEMU: "
                           "only one of them has init-tpid, init-vet\n")


@pytest.mark.parametrize("arguments", [
    ["--version"], ["--descriptor", "x"], ["--running", "x", "e1000e"], ["--jobs", "0"], ["--nope"],
])
def test_a_command_line_that_makes_no_sense_is_refused(arguments):
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize("greeting, message", [
    (b"hello\n", "it does not speak JSON"),
    (b"[]\n", "a message is no JSON object"),
    (b'{"a": 1}\n', "its first message is no greeting"),
    (b"", "the monitor closed the connection"),
])
def test_what_is_no_monitor_is_not_taken_for_one(greeting, message):
    ours, theirs = socket.socketpair()
    with theirs, qmp.Qmp(ours) as client:
        theirs.sendall(greeting)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(qmp.Failure, match=message):
            client.negotiate()


def test_an_endless_message_is_cut_off(monkeypatch):
    monkeypatch.setattr(qmp, "LINE_BYTES", 1000)
    ours, theirs = socket.socketpair()
    with theirs, qmp.Qmp(ours) as client:
        theirs.sendall(b"x" * 100000)
        with pytest.raises(qmp.Failure, match="longer than 1000 bytes"):
            client.negotiate()
