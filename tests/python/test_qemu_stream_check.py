# SPDX-License-Identifier: LGPL-2.1-or-later

"""A stream against one of the destination: what QEMU compares before it loads a device, and what
cannot be compared."""

import struct
import time

import pytest

import qemu_opaque as make
import qemu_streams as q
from gi.repository import Migdesc
from qemu_pairs import dev, f
from qemu_streams import load

EOS = q.word(0, q.EOS)
ONE = q.described(q.device("dev", [q.field("n", "uint16", 2)]))
DEV = q.full(7, "dev", b"\x12\x34")


def memory(name="ram", version=4, **sizes):
    return (q.section(q.START, 2, name, q.blocks(**sizes) + EOS, version=version)
            + q.part(q.END, 2, EOS))


def against(stream, other):
    """What a check says: (section, path, code, verdict, message)."""
    return [(one.section, one.path, one.code, one.verdict, one.message)
            for one in load(stream).check(load(other))]


def named(machine, *subsections):
    return q.HEADER + q.configuration(machine, *subsections) + DEV + q.END_MARK + q.description(ONE)


@pytest.mark.parametrize("source, destination, verdict, message", [
    ("pc-7.2", "pc-7.2", None, None),
    ("pc-7.1", "pc-7.2", "breaks-always", "the machine is pc-7.1, the destination's is pc-7.2"),
    ("pc-q35-4.0.1", "pc-q35-4.0", "breaks-always",
     "the machine is pc-q35-4.0.1, the destination's is pc-q35-4.0"),
    ("pc-q35-4.0", "pc-q35-4.0.1", "unknown",
     "the machine is pc-q35-4.0, the destination's is pc-q35-4.0.1: QEMU takes the one for the "
     "other, since it begins like it"),
])
def test_the_machine_type(source, destination, verdict, message):
    assert against(named(source), named(destination)) == (
        [] if verdict is None
        else [("configuration", "name", "qemu-machine", verdict, message)])


def test_a_machine_without_a_configuration():
    old = q.HEADER + DEV + q.END_MARK + q.description(ONE)

    assert against(old, named("pc")) == [
        ("configuration", "name", "qemu-machine", "breaks-always",
         "the machine has no name, and the destination expects one")]
    assert against(named("pc"), old) == [
        ("configuration", "name", "qemu-machine", "breaks-always",
         "the machine has a name, and the destination's is too old to read one")]
    assert against(old, old) == []


UUID = "configuration/uuid"
CAPABILITIES = "configuration/capabilities"
BITS = "configuration/target-page-bits"


def capabilities(*names):
    return q.be32(len(names)) + b"".join(map(q.str8, names))


@pytest.mark.parametrize("name, source, destination, message", [
    (UUID, bytes(16), bytes(16), None),
    (UUID, bytes(16), b"\1" * 16, "the destination's UUID is another"),
    (UUID, bytes(16), None, None),
    (UUID, None, bytes(16), None),
    (CAPABILITIES, capabilities("x-ignore-shared"), capabilities("x-ignore-shared"), None),
    (CAPABILITIES, capabilities("x-ignore-shared"), capabilities(),
     "the destination's capabilities are others"),
    (CAPABILITIES, capabilities("x-ignore-shared"), None,
     "the destination's capabilities are others"),
    (CAPABILITIES, None, capabilities("x-ignore-shared"),
     "the destination's capabilities are others"),
    (BITS, q.be32(16), q.be32(16), None),
    (BITS, q.be32(16), q.be32(12), "the destination's pages are of another size"),
    (BITS, q.be32(12), None, "the destination's pages are of another size"),
])
def test_the_configuration(name, source, destination, message):
    streams = [named("virt", *([] if data is None else [q.subsection(name, data)]))
               for data in (source, destination)]

    assert against(*streams) == (
        [] if message is None
        else [("configuration", name, "qemu-machine", "breaks-always", message)])


def test_blocks_of_memory():
    source = q.stream(memory(pc_ram=0x4000, vga=0x2000, card=0x1000), DEV, desc=ONE)
    other = q.stream(memory(pc_ram=0x8000, vga=0x2000, more=0x1000), DEV, desc=ONE)

    assert against(source, source) == []
    assert against(source, other) == [
        ("ram", "pc.ram", "qemu-block", "breaks-always",
         "the block of memory has 16384 bytes, the destination's has 32768"),
        ("ram", "card", "qemu-block", "breaks-always",
         "the destination has no such block of memory"),
        ("ram", "more", "qemu-block", "unknown",
         "the destination has a block of memory that is not sent: it stays as it is, and QEMU does "
         "not say so")]


def test_a_block_that_may_be_resized():
    one, other = (q.stream(memory(**{"/rom@etc/acpi/tables": size}), DEV, desc=ONE)
                  for size in (0x20000, 0x40000))

    assert against(one, other) == [
        ("ram", "/rom@etc/acpi/tables", "qemu-block", "unknown",
         "the block of memory has 131072 bytes, the destination's has 262144: whether it may be "
         "resized so far only QEMU can tell")]


def test_what_is_sent_in_parts_has_a_version():
    one, other = (q.stream(memory(version=version, pc_ram=0x1000), DEV, desc=ONE)
                  for version in (4, 3))

    assert against(one, other) == [
        ("ram", "", "qemu-version-range", "breaks-always",
         "version 4 is sent, and the newest that can be read is 3")]
    assert against(q.stream(DEV, desc=ONE), q.stream(memory(pc_ram=0x1000), DEV, desc=ONE)) == [
        ("ram", "pc.ram", "qemu-block", "unknown",
         "the destination has a block of memory that is not sent: it stays as it is, and QEMU does "
         "not say so"),
        ("ram", "", "qemu-section-not-sent", "unknown",
         "the destination has a device whose state is not sent: it stays as it is after a reset, "
         "and QEMU does not say so")]


def test_bitmaps_are_there_only_on_request():
    bitmap = q.section(q.START, 3, "dirty-bitmap", b"\1") + q.part(q.END, 3, b"\1")

    assert against(q.stream(bitmap, DEV, desc=ONE), q.stream(DEV, desc=ONE)) == []


# What cannot be compared

NOT_COMPARED = ("dev", "", "qemu-not-compared", "unknown",
                "it is not decoded, and so its fields are not compared")


def test_a_state_that_is_not_decoded():
    whole, cut = (q.stream(q.full(7, "dev", data), desc=desc)
                  for data, desc in ((b"\x12\x34", ONE), (b"\x12\x35", None)))

    assert against(cut, cut) == []
    assert against(cut, whole) == [NOT_COMPARED]
    assert against(whole, cut) == [NOT_COMPARED]
    assert against(q.stream(q.full(7, "dev", b"\x12\x34")), whole) == []


def test_values_that_are_not_decoded():
    whole, cut = (load(q.stream(q.full(7, "dev", data), desc=desc))
                  for data, desc in ((b"\x12\x34", ONE), (b"\x12\x35", None)))

    for stream, other in ((cut, whole), (whole, cut)):
        report = stream.check_values(None, other)
        assert report.verdict == "undecided"
        assert [(one.code, one.message) for one in report] == [
            ("qemu-not-compared", "dev: it is not decoded, and so its values are not compared")]
    assert cut.check_values(None, cut).verdict == "compatible"


DUMP = {"dev": {"Name": "dev", "version_id": 1, "minimum_version_id": 1, "Description": {
    "name": "dev", "version_id": 1, "minimum_version_id": 1, "Fields": [
        {"field": "n", "version_id": 0, "field_exists": False, "size": 2}]}}}


def against_dump(data):
    return [(one.section, one.path, one.code, one.verdict, one.message)
            for one in load(data).check(Migdesc.QemuDump.from_dict(DUMP))]


def test_a_dump_and_a_state_that_is_not_decoded():
    assert against_dump(q.stream(DEV, desc=ONE)) == []
    assert against_dump(q.stream(DEV)) == [NOT_COMPARED]


# Without footers and a description nothing tells where the first device ends

OLD = (q.HEADER + q.section(q.START, 2, "ram", q.blocks(pc_ram=0x1000) + EOS, version=4, end=b"")
       + q.part(q.END, 2, EOS, end=b"")
       + q.full(7, "dev", b"\x12\x34", end=b"") + q.full(8, "dev", b"\x12\x35", 1, end=b"")
       + q.END_MARK)
REST = ("dev", "", "qemu-not-compared", "unknown",
        "where it ends is not known, and what is behind it is not compared")


def test_an_old_stream_is_no_damaged_one():
    stream = load(OLD)

    assert [(one.code, one.message) for one in stream.report] == [
        ("qemu-no-description", "the stream has no description: the states of its devices cannot "
         f"be decoded without another's (byte {len(OLD)})")]
    assert stream.report.verdict == "undecided"
    assert sum(one.length for one in stream) == len(OLD)


def test_an_old_stream_is_not_compared():
    new = (q.HEADER + memory(pc_ram=0x1000) + DEV + q.full(8, "dev", b"\0\0", 1) + q.END_MARK
           + q.description(q.described(*(q.device("dev", [q.field("n", "uint16", 2)], instance=i)
                                         for i in range(2)))))

    assert against(OLD, new) == [REST]
    assert against(new, OLD) == [REST]
    assert against_dump(OLD) == [REST]


# Sections that have all in common

def twice(first, second):
    return q.stream(q.full(7, "dev", first), q.full(8, "dev", second), desc=q.described(
        *[q.device("dev", [q.field("n", "uint16", 2)])] * 2))


def test_the_second_goes_with_the_second():
    one, other = load(twice(b"\0\1", b"\0\2")), load(twice(b"\0\1", b"\0\3"))

    assert [other.find_match(section).data for section in one.devices
            if section.kind == "full"] == [b"\0\1", b"\0\3"]
    assert load(GOOD := q.stream(DEV, desc=ONE)).find_match(list(one)[3]) is None
    assert [load(GOOD).find_match(section) is None for section in load(GOOD)] == [
        True, False, False, True, True]


def test_many_sections_are_found_at_once():
    many = q.HEADER + b"".join(q.full(i, "d", b"", i) for i in range(30000)) + q.END_MARK
    stream, other = load(many), load(many)
    start = time.process_time()

    assert list(stream.check(other)) == []
    assert stream.check_values(None, other).verdict == "compatible"
    assert time.process_time() - start < 2


# What is sent in parts under a name that nobody knows

def test_memory_of_another_name():
    stream = load(q.stream(memory(name="rbm", pc_ram=0x1000), DEV, desc=ONE))

    assert [(one.code, one.message) for one in stream.report] == [
        ("qemu-not-described",
         "section 2, rbm/0: nothing of this name is known to be sent in parts (byte 20)")]
    assert stream.report.verdict == "undecided"


@pytest.mark.parametrize("name", ["spapr/htab", "s390-storage_attributes", "0000:00:02.0/vfio",
                                  "block"])
def test_what_is_known_to_be_sent_in_parts(name):
    stream = load(q.stream(q.section(q.START, 3, name, b"abc") + q.part(q.END, 3, b"d"), DEV,
                           desc=ONE))

    assert list(stream.report) == []


# Configuration spaces: what QEMU compares, and what a guest may have written

PLAIN = make.config_space(vectors=3, express=True, size=256)


def pci(config, name="config[1]"):
    return load(q.stream(q.full(7, "0000:00:01.0/nic", bytes(4) + config), desc=q.described(
        q.device("0000:00:01.0/nic", [q.field("version_id", "int32", 4),
                                      q.field(name, "pci config", 256)]))))


def changed(at, value, config=PLAIN):
    return config[:at] + bytes([value]) + config[at + 1:]


def rooms(source, destination, name="config[1]"):
    return [one.message for one in pci(source, name).check_values(None, pci(destination, name))]


@pytest.mark.parametrize("name", ["config", "config[0]", "config[1]"])
@pytest.mark.parametrize("at, field, values", [
    (0x00, "vendor", (0x1af5, 0x1af4)),
    (0x02, "device", (0x1001, 0x1000)),
    (0x08, "revision", (0, 1)),
    (0x09, "class_code", (0x020001, 0x020000)),
    (0x98 + 4, "msix.table", (0, 1)),
    (0x98 + 8, "msix.pending", (0x800, 0x801)),
])
def test_what_is_compared_of_a_configuration_space(name, at, field, values):
    mine, other = values

    assert rooms(changed(at, PLAIN[at] ^ 1), PLAIN, name) == [
        f"0000:00:01.0/nic: {name}.{field} is {mine}, the destination's is {other}"]


@pytest.mark.parametrize("at", [0x04, 0x0c, 0x10, 0x3c])
def test_what_a_guest_may_have_written(at):
    assert rooms(changed(at, PLAIN[at] ^ 0x40), PLAIN) == []


def test_capabilities_are_the_same_on_both_sides():
    fewer = make.config_space(vectors=3, size=256)
    at = "0000:00:01.0/nic: config[1].capabilities[1]"

    assert rooms(PLAIN, fewer) == [
        f"{at}.id is 16, the destination has no such value",
        f"{at}.offset is 64, the destination has no such value"]
    assert rooms(fewer, PLAIN) == [f"{at}.id is not sent, the destination's is 16"]


def test_memory_devices_are_the_same_on_both_sides():
    def memory(block_size):
        data = (make.pci() + make.common(0, bytes(56)) + make.queues([], vectors=True)
                + struct.pack(">QQQI", 1 << 32, 128 << 20, block_size, 0) + bytes(24)
                + bytes((128 << 20) // block_size // 8))
        name = "0000:00:04.0/virtio-mem"
        return load(q.stream(q.full(7, name, data), desc=q.described(
            q.device(name, [q.field("virtio", "virtio", len(data))]))))

    assert [one.message for one in memory(1 << 20).check_values(None, memory(1 << 21))] == [
        "0000:00:04.0/virtio-mem: virtio.mem.block_size is 1048576, the destination's is 2097152"]
    assert list(memory(1 << 20).check_values(None, memory(1 << 20))) == []


# The destination's stream is a sample: what a guest has not made a device send is not in it

def sampled(size, *fields, subsections=()):
    subs = [{"vmsd_name": f"dev/{name}", "version": 1, "fields": [q.field("m", "uint8", 1)]}
            for name in subsections]
    data = bytes(size) + b"".join(q.subsection(f"dev/{name}", b"\0") for name in subsections)
    return q.stream(q.full(7, "dev", data), desc=q.described(
        q.device("dev", list(fields), subsections=subs)))


N, IDENTIFY = q.field("n", "uint16", 2), q.field("identify", "buffer", 4)


def test_a_subsection_that_the_sample_lacks():
    plain, more = sampled(2, N), sampled(2, N, subsections=["used"])

    assert against(more, plain) == [("dev", "dev/used", "qemu-subsection-missing", "unknown",
                                     "the destination does not know the subsection")]
    assert against(plain, more) == []


def test_a_field_that_only_one_of_them_has():
    plain, more = sampled(2, N), sampled(6, N, IDENTIFY)

    assert against(more, plain) == [("dev", "identify", "qemu-field-not-read", "unknown",
                                     "4 bytes are sent that the destination does not read")]
    assert against(plain, more) == [("dev", "identify", "qemu-field-not-sent", "unknown",
                                     "the destination reads 4 bytes that are not sent")]


def test_a_field_of_another_size_is_another():
    [(_, path, code, verdict, _)] = against(sampled(2, N), sampled(4, q.field("n", "uint32", 4)))

    assert (path, code, verdict) == ("n", "qemu-field-size", "breaks-always")


def test_a_subsection_of_a_buffer_without_bytes():
    """As vmxnet3 sends it while there is no list."""
    stream = load(q.stream(
        q.full(7, "dev", b"\1\2" + q.subsection("dev/list", b"")), desc=q.described(q.device(
            "dev", [N], subsections=[{"vmsd_name": "dev/list", "version": 1,
                                      "fields": [q.field("list", "buffer", 0)]}]))))

    assert stream["dev"].state.to_dict() == {"n": 258, "dev/list": {}}
    assert list(stream.report) == []


@pytest.mark.parametrize("name, verdict", [
    ("ipmi-bmc-sim", "ok"), ("ipmi-interface", "ok"), ("ipmi-interface-isa-bt", "ok"),
    ("0000:00:07.0/eeprom", "ok"), ("0000:00:07.0/i82559c", "ok"), ("acme", "unknown")])
def test_what_is_in_no_dump(name, verdict):
    stream = load(q.stream(q.full(7, name, b"\1\2"), desc=q.described(q.device(name, [N]))))

    assert stream.check(Migdesc.QemuDump.from_dict(DUMP)).verdict == verdict


@pytest.mark.parametrize("name, verdict", [
    ("ram", "ok"), ("spapr/htab", "ok"), ("s390-storage_attributes", "ok"), ("acme", "unknown")])
def test_what_is_sent_in_parts_and_in_no_dump(name, verdict):
    stream = load(q.stream(memory(name=name, pc_ram=0x1000), desc=ONE))

    assert stream.check(Migdesc.QemuDump.from_dict(DUMP)).verdict == verdict


def fields_against(fields, data, *layout):
    """The same, of a device with these fields against a dump with that layout."""
    stream = (q.HEADER + q.full(7, "dev", data) + q.END_MARK
              + q.description(q.described(q.device("dev", fields))))
    return [(one.path, one.code, one.verdict)
            for one in load(stream).check_dump(Migdesc.QemuDump.from_dict(dev(*layout)))]


@pytest.mark.parametrize("count, layout, expected", [
    (5, [f("unused", 5)], []),
    (4, [f("unused", 5)], [("pending", "qemu-field-not-read", "breaks-always"),
                           ("unused", "qemu-field-not-sent", "breaks-always")]),
    (5, [f("pending", 1)], []),  # counts are not told
    (5, [f("pending", 1, num=5)], []),
    (5, [f("pending", 1, num=6)], [("pending", "qemu-field-count", "breaks-always")]),
    (5, [f("pending", 1), f("x", 1, num=2, test=True)], []),  # of variable length
])
def test_counts_of_a_stream(count, layout, expected):
    assert fields_against([q.field("pending", "bool", 1, array_len=count)], bytes(count),
                        *layout) == expected


def test_marks_of_pointers_are_no_fields():
    fields = [q.field("sq", "ptr-marker", 1), q.struct_field("sq", 1, [q.field("id", "uint8", 1)]),
              q.field("sq", "ptr-marker", 1), q.field("cq", "nullptr", 1), q.field("n", "uint8", 1)]

    assert fields_against(fields, b"1\x2a00\x2b", f("sq", 8, fields=[f("id", 1)]),
                        f("cq", 8, fields=[f("id", 1)]), f("n", 1)) == []
