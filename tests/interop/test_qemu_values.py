# SPDX-License-Identifier: LGPL-2.1-or-later
"""A break inside a value: streams of the real QEMU, edited by hand."""

import json
import struct
import subprocess

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402

NET = "0000:00:02.0:00.0/virtio-net"
QUEUE = struct.pack(">IQ", 256, 0x200000)


def read(data):
    return Migdesc.QemuStream.new_from_bytes(GLib.Bytes.new(data), None, 0, None)


def replace(data, old, new):
    assert data.count(old) == 1 and len(old) == len(new)
    return data.replace(old, new)


@pytest.fixture(scope="module")
def data(captures):
    return captures["q35-modern"].data


@pytest.fixture(scope="module")
def stream(data):
    return read(data)


@pytest.fixture(scope="module")
def larger(data):
    """As QEMU 10.0 sends it: 11.1 says `VQ 0 vring.num 1024 exceeds allocated max 256`."""
    return read(replace(data, QUEUE, struct.pack(">IQ", 1024, 0x200000)))


def said(report):
    return [(finding.code, finding.message) for finding in report.findings]


def test_a_queue_that_is_larger_than_a_destination_takes(stream, larger):
    rules = ["*/virtio-net virtio.queues[*].num 2-256"]
    assert stream.check_values(rules, None).verdict == "compatible"
    report = larger.check_values(rules, None)
    assert report.verdict == "incompatible"
    assert said(report) == [
        ("qemu-value", f"{NET}: virtio.queues[0].num is 1024, accepted is 2-256")]
    [finding] = report.findings
    assert (finding.model, finding.param, finding.source) == (
        NET, "virtio.queues[0].num", 1024)


def test_a_queue_that_is_larger_than_the_destination_s(stream, larger):
    assert said(larger.check_values(None, stream)) == [
        ("qemu-room", f"{NET}: virtio.queues[0].num is 1024, the destination has room for 256")]
    assert said(stream.check_values(None, larger)) == []


def test_a_stream_has_room_for_itself(captures):
    for name in ("i440fx", "q35-scsi", "s390x", "virt"):
        stream = read(captures[name].data)
        report = stream.check_values(None, stream)
        assert (report.verdict, said(report)) == ("compatible", []), name


def test_another_device_in_the_place(data, stream):
    other = read(replace(data, struct.pack("<HH", 0x1AF4, 0x1041),
                         struct.pack("<HH", 0x1AF4, 0x1000)))
    assert said(stream.check_values(None, other)) == [
        ("qemu-room", f"{NET}: virtio.pci.config.device is 4161, the destination's is 4096")]


def test_features_that_are_not_offered(stream):
    found = 0x10130BF8024
    assert said(stream.check_values([f"*net virtio.guest_features bits {found:#x}"], None)) == []
    assert said(stream.check_values([f"*net virtio.guest_features bits {found & ~4}"], None)) == [
        ("qemu-value", f"{NET}: virtio.guest_features is {found}, "
                       f"accepted is only the bits {found & ~4:#x}")]


def test_places_anywhere(stream):
    report = stream.check_values(
        ["0000:00:* **.config[1].vendor 0", "*net **.queues[1].num 1-2"], None)
    assert said(report) == [
        ("qemu-value", "0000:00:02.0/pcie-root-port: parent_obj.parent_obj.parent_obj.config[1]"
                       ".vendor is 6966, accepted is 0"),
        ("qemu-value", f"{NET}: virtio.queues[1].num is 256, accepted is 1-2"),
        ("qemu-value", f"{NET}: virtio.modern.queues[1].num is 0, accepted is 1-2")]


def test_truth_values(stream):
    assert said(stream.check_values(["*net virtio.started 0"], None)) == [
        ("qemu-value", f"{NET}: virtio.started is 1, accepted is 0")]


def test_a_number_below_zero_is_in_no_set(captures):
    stream = read(captures["microvm"].data)
    every = f"0-{2**64 - 1}"
    assert said(stream.check_values([f"apic timer_expiry {every}"], None)) == [
        ("qemu-value", f"apic: timer_expiry is -1, accepted is {every}")]


@pytest.mark.parametrize("rule", ["*net virtio.queues[7].num 1", "e1000e core.x 1",
                                  "*net virtio.queues[*] 1-2", "*net virtio.queues[*].numb 1",
                                  "*net **.queues[x].num 1", "*net virtio.queues[1x.num 1"])
def test_a_rule_about_nothing(stream, rule):
    report = stream.check_values([rule], None)
    section, path, _ = rule.split()
    assert report.verdict == "undecided"
    assert said(report) == [("qemu-value-absent", f"nothing in the stream is {section} {path}")]


@pytest.mark.parametrize("rule", ["", "a", "a b", "a b ", "a b x", "a b bits", "a b bits x",
                                  "a b 2-1", "a b 1 2", "a b bits 0x1ffffffffffffffff"])
def test_what_is_no_rule(stream, rule):
    with pytest.raises(GLib.Error) as caught:
        stream.check_values([rule], None)
    assert caught.value.code == Migdesc.Error.INVALID_ARGUMENT
    assert caught.value.message == (
        f"{rule}: a rule is SECTION PATH VALUES, with values such as 2-256,512 or bits 0x1f")


def test_an_opaque_value_that_does_not_fit_its_table(data):
    """More queues than there can be: the bytes stay, and a finding says so."""
    begin = data.index(struct.pack(">I", 3) + QUEUE)
    stream = read(data[:begin] + struct.pack(">I", 5000) + data[begin + 4:])
    [finding] = [one for one in stream.get_report().findings if one.code == "qemu-opaque"]
    assert f" {NET}/0: virtio: its 50012 bytes are no virtio (byte " in finding.message
    [section] = [one for one in stream.get_sections() if one.get_name() == NET]
    assert len(section.get_state()["virtio"]) == 50012
    assert section.get_schema().equal(section.get_state().get_schema())


# The command


@pytest.fixture(scope="module")
def files(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("values")
    (folder / "vm.qemu").write_bytes(data)
    (folder / "larger.qemu").write_bytes(replace(data, QUEUE, struct.pack(">IQ", 1024, 0x200000)))
    return folder


def migdesc(files, *arguments):
    done = subprocess.run(["migdesc", "qemu", *arguments], capture_output=True, text=True,
                          cwd=files, timeout=60)
    return done.returncode, done.stdout, done.stderr


RULE = "*/virtio-net virtio.queues[*].num 2-256"


def test_the_command_says_yes_or_no(files):
    assert migdesc(files, "values", "--rule", RULE, "vm.qemu") == (0, "compatible\n", "")
    assert migdesc(files, "values", "--rule", RULE, "larger.qemu") == (
        1, "incompatible\nblocker: qemu-value: " + NET
        + ": virtio.queues[0].num is 1024, accepted is 2-256\n", "")
    assert migdesc(files, "values", "--like", "vm.qemu", "larger.qemu") == (
        1, "incompatible\nblocker: qemu-room: " + NET
        + ": virtio.queues[0].num is 1024, the destination has room for 256\n", "")


def test_the_command_does_not_know(files):
    assert migdesc(files, "values", "--rule", "e1000e x 1", "vm.qemu") == (
        5, "undecided\nwarning: qemu-value-absent: nothing in the stream is e1000e x\n", "")


def test_the_command_in_json(files):
    status, text, _ = migdesc(files, "values", "--json", "--rule", RULE, "larger.qemu")
    answer = json.loads(text)
    assert (status, answer["file"], answer["verdict"]) == (1, "larger.qemu", "incompatible")
    [finding] = answer["findings"]
    assert (finding["code"], finding["param"], finding["source"]) == (
        "qemu-value", "virtio.queues[0].num", 1024)


def test_the_command_is_asked_nothing(files):
    assert migdesc(files, "values", "vm.qemu") == (
        2, "", "migdesc: there is nothing to check: --rule or --like is missing\n")
    assert migdesc(files, "values", "--rule", "x", "vm.qemu") == (
        2, "", "migdesc: --rule x: a rule is SECTION PATH VALUES, with values such as "
               "2-256,512 or bits 0x1f\n")
    status, _, talk = migdesc(files, "values", "--like", "none", "vm.qemu")
    assert (status, talk) == (4, "migdesc: none: cannot be read: No such file or directory\n")


def test_a_value_is_shown_by_its_path(files):
    assert migdesc(files, "get", "larger.qemu", "virtio-net", "virtio.queues[0].num") == (
        0, "1024\n", "")
    status, text, _ = migdesc(files, "show", "vm.qemu", "virtio-net")
    assert status == 0 and "\n    queues: 3 elements\n      [0]:\n        num: 256\n" in text


def test_check_asks_for_the_values_too(files):
    status, text, _ = migdesc(files, "check", "--json", "--against", "vm.qemu", "larger.qemu")
    [against] = json.loads(text)["against"]
    assert (status, against["verdict"], against["values"]["verdict"]) == (
        1, "breaks-always", "incompatible")
    assert [one["code"] for one in against["values"]["findings"]] == ["qemu-room"]
    assert migdesc(files, "check", "--against", "larger.qemu", "vm.qemu") == (
        0, "vm.qemu: compatible\nagainst larger.qemu: ok\n", "")
