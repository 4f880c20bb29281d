# SPDX-License-Identifier: LGPL-2.1-or-later

"""Migration streams: what is in them, by streams that are written here byte by byte."""

import io
import os
import threading

import pytest
from gi.repository import Gio, GLib, Migdesc

import qemu_streams as q
from qemu_streams import findings, load

ONE = q.described(q.device("dev", [q.field("n", "uint16", 2)]))
GOOD = q.stream(q.full(7, "dev", b"\x12\x34"), desc=ONE)


def test_every_byte_belongs_to_a_section():
    stream = load(GOOD)

    assert [(s.kind, s.label, s.offset, s.length, s.footer) for s in stream] == [
        ("header", None, 0, 8, "none"),
        ("configuration", "configuration/0", 8, 12, "none"),
        ("full", "dev/0", 20, 24, "good"),
        ("eof", None, 44, 1, "none"),
        ("description", None, 45, len(GOOD) - 45, "none"),
    ]
    assert (stream.machine, stream.page_size, stream.size) == ("pc-test", 4096, len(GOOD))
    assert stream["dev"].data == b"\x12\x34"
    assert stream["dev"]["n"] == 0x1234
    assert stream.report


# Memory

def memory(*chunks):
    return (q.section(q.START, 2, "ram", chunks[0], version=4)
            + b"".join(q.part(q.PART, 2, chunk) for chunk in chunks[1:-1])
            + q.part(q.END, 2, chunks[-1]))


EOS = q.word(0, q.EOS)
BLOCKS = q.blocks(pc_ram=0x4000, vga=0x2000) + EOS


def page(byte, size=4096):
    return bytes([byte]) * size


def test_memory_is_counted_and_not_kept():
    pages = (q.word(0, q.ZERO, "pc.ram") + b"\0" + q.word(0x1000, q.PAGE | q.CONTINUE) + page(1)
             + q.word(0, q.PAGE, "vga") + page(2)
             + q.word(0x1000, q.XBZRLE | q.CONTINUE) + b"\1" + q.be16(3) + b"abc"
             + q.word(0x2000, q.COMPRESSED, "pc.ram") + q.be32(5) + b"zlib!" + q.word(0, q.FLUSH)
             + EOS)
    stream = load(q.stream(memory(BLOCKS, pages, EOS), q.full(7, "dev", b"\1\2"), desc=ONE))

    assert findings(stream) == []
    assert stream.memory == [("pc.ram", 0x4000, {"zero": 1, "plain": 1, "compressed": 1}),
                             ("vga", 0x2000, {"plain": 1, "xbzrle": 1})]
    assert [stream.get_block_bytes(0, kind) for kind in map(Migdesc.QemuPage, range(4))] == [
        8 + 7 + 1, 8 + 4096, 0, 8 + 7 + 4 + 5]
    assert [(s.kind, s.label, s.data) for s in stream][2:5] == [
        ("start", "ram/0", None), ("part", "ram/0", None), ("end", "ram/0", None)]


@pytest.mark.parametrize("size", [1024, 4096, 8192, 16384, 65536])
@pytest.mark.parametrize("known", ["given", "configuration", "description", "nothing"])
def test_page_sizes(size, known):
    pages = (q.word(0, q.PAGE, "ram") + page(0x55, size) + q.word(size, q.PAGE | q.CONTINUE)
             + page(0xaa, size) + EOS)
    data = (q.HEADER + q.configuration("virt", *([q.subsection(
        "configuration/target-page-bits", q.be32(size.bit_length() - 1))]
        if known == "configuration" else []))
        + memory(q.blocks(ram=4 * size) + EOS, pages, EOS) + q.full(7, "dev", b"\1\2")
        + q.END_MARK + q.description({**ONE, "page_size": size}))
    other = Migdesc.QemuDescription.from_json(q.json.dumps({**ONE, "page_size": size}))
    stream = load(data, page_size=size if known == "given" else 0,
                  description=other if known == "description" else None)

    assert findings(stream) == []
    assert stream.page_size == size
    assert stream.memory == [("ram", 4 * size, {"plain": 2})]


def test_blocks_with_page_sizes_and_addresses():
    first = (q.word(0x3000, q.SIZE) + q.str8("a") + q.be64(0x1000) + q.be64(0x200000)
             + q.str8("b") + q.be64(0x2000) + q.be64(0x40000000) + EOS)
    stream = load(q.stream(memory(first, EOS), desc=q.described()))

    assert findings(stream) == []
    assert stream.memory == [("a", 0x1000, {}), ("b", 0x2000, {})]


BAD_MEMORY = [
    (q.word(0, q.HOOK), "memory sent by RDMA: it is not in the stream"),
    (q.word(0, 0x1), "a word of memory with flags that are not known"),
    (q.word(0, 0), "a word of memory with flags that are not known"),
    (q.word(0, q.ZERO | q.CONTINUE) + b"\0",
     "a page of the same block as the one before, and there is none"),
    (q.word(0, q.ZERO, "rom") + b"\0", 'a page of the block "rom", which is none'),
    (q.word(0x4000, q.ZERO, "pc.ram") + b"\0", "a page behind the end of its block"),
    (q.word(0, q.XBZRLE, "pc.ram") + b"\2" + q.be16(0),
     "an XBZRLE page of an unknown encoding"),
]


@pytest.mark.parametrize("bad, message", BAD_MEMORY)
def test_memory_that_cannot_be_is_left_at_the_footer(bad, message):
    stream = load(q.stream(memory(BLOCKS, bad, EOS), q.full(7, "dev", b"\1\2"), desc=ONE))
    offset = stream.get_section(3).offset + 5

    assert findings(stream) == [("qemu-memory", f"section 2, ram/0: {message} (byte {offset})")]
    assert stream["dev"]["n"] == 258


@pytest.mark.parametrize("total, size", [(8 << 20, 16 << 20), (8 << 20, 0)])
def test_blocks_that_are_not_all_of_the_memory(total, size):
    stream = load(q.stream(memory(BLOCKS, q.word(total, q.SIZE) + q.str8("x") + q.be64(size), EOS),
                           desc=q.described()))

    [(code, message)] = findings(stream)
    assert (code, message.partition(" (")[0]) == (
        "qemu-memory", "section 2, ram/0: a block of memory that is empty, or larger than what is "
        "left of all")


def test_bitmaps_of_disks():
    def bits(flags, *data):
        return bytes([flags]) + b"".join(data)

    chunk = (bits(0x1c, q.str8("disk"), q.str8("bitmap0"), q.be32(65536), b"\1")
             + bits(0x42, q.be64(0), q.be32(128))
             + bits(0x40, q.be64(0), q.be32(1), q.be64(3), b"abc")
             + q.be16(0x8020) + q.be32(0xc0000020) + b"\1")
    stream = load(q.stream(q.section(q.START, 3, "dirty-bitmap", chunk),
                           q.part(q.END, 3, b"\1"), q.full(7, "dev", b"\1\2"), desc=ONE))

    assert findings(stream) == []
    assert [s.kind for s in stream][2:5] == ["start", "end", "full"]


# What is around the sections

COMMANDS = [(1, b"", "open-return-path"), (2, b"abcd", "ping"), (3, b"", "postcopy-advise"),
            (3, bytes(16), "postcopy-advise"), (4, b"", "postcopy-listen"),
            (5, b"", "postcopy-run"),
            (6, b"\0\3ram\0" + bytes(16), "postcopy-ram-discard"), (8, b"", "enable-colo"),
            (9, b"", "postcopy-resume"), (10, b"\3ram", "recv-bitmap"),
            (11, b"", "switchover-start")]


@pytest.mark.parametrize("number, data, name", COMMANDS)
def test_commands(number, data, name):
    stream = load(q.stream(q.command(number, data), q.full(7, "dev", b"\1\2"), desc=ONE))

    assert findings(stream) == []
    section = stream.get_section(2)
    assert (section.kind, section.name, section.command, section.data) == (
        "command", name, number, data)


def test_package_holds_sections():
    packed = q.command(4) + q.full(7, "dev", b"\1\2") + q.command(5)
    stream = load(q.stream(q.command(7, q.be32(len(packed))), packed))

    assert [s.kind for s in stream][2:6] == ["command", "command", "full", "command"]
    assert [code for code, _ in findings(stream)] == ["qemu-no-description"]


@pytest.mark.parametrize("number, data, message", [
    (12, b"", "the number 12 is not known"), (0, b"", "the number 0 is not known"),
    (2, b"abc", "ping with 3 bytes")])
def test_commands_that_are_none(number, data, message):
    stream = load(q.stream(q.command(number, data), desc=q.described()))

    [(code, text)] = findings(stream)
    assert code == "qemu-command"
    assert text.endswith(f": {message} (byte 20)")


def test_configuration_with_all_that_7_2_writes():
    config = q.configuration(
        "virt-7.2", q.subsection("configuration/target-page-bits", q.be32(12)),
        q.subsection("configuration/capabilities", q.be32(1) + q.str8("x-ignore-shared")),
        q.subsection("configuration/uuid", bytes(range(16))))
    stream = load(q.HEADER + config + q.full(7, "dev", b"\1\2") + q.END_MARK + q.description(ONE))

    assert findings(stream) == []
    assert stream["configuration"].state.to_dict() == {
        "len": 8, "name": b"virt-7.2",
        "configuration/target-page-bits": {"target_page_bits": 12},
        "configuration/capabilities": {"caps_count": 1, "capabilities": b"\x0fx-ignore-shared"},
        "configuration/uuid": {"uuid": bytes(range(16))}}


def test_configuration_with_something_new():
    config = q.configuration("virt", q.subsection("configuration/new", b"data"))
    stream = load(q.HEADER + config + q.full(7, "dev", b"\1\2") + q.END_MARK + q.description(ONE))

    assert findings(stream) == [
        ("qemu-not-described", "the configuration: a subsection that is not known (byte 17)")]
    assert stream["dev"]["n"] == 258
    assert not stream["configuration"].has_state()


def old_stream(*sections, desc=None):
    return q.HEADER + b"".join(sections) + q.END_MARK + (b"" if desc is None
                                                        else q.description(desc))


TWO = q.described(q.device("dev", [q.field("n", "uint16", 2)]),
                  q.device("other", [q.field("m", "uint8", 1)], instance=3))


def test_stream_without_footers_and_configuration():
    data = old_stream(q.full(7, "dev", b"\1\2", end=b""), q.full(8, "other", b"\5", 3, end=b""),
                      desc=TWO)
    stream = load(data)

    assert findings(stream) == []
    assert (stream.machine, stream["dev"]["n"], stream["other/3"]["m"]) == (None, 258, 5)
    assert {s.footer for s in stream} == {"none"}


def test_stream_without_description_by_that_of_another():
    data = old_stream(q.full(7, "dev", b"\1\2", end=b""), q.full(8, "other", b"\5", 3, end=b""))
    other = load(q.stream(q.full(7, "dev", b"\0\0"), q.full(8, "other", b"\0", 3), desc=TWO))
    stream = load(data, description=other.description)

    assert findings(stream) == []
    assert (stream["dev"]["n"], stream["other"]["m"]) == (258, 5)
    assert stream.description is None


def test_stream_without_description():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), q.full(8, "other", b"\5", 3)))

    assert [s.label for s in stream.devices] == ["dev/0", "other/3"]
    assert [code for code, _ in findings(stream)] == ["qemu-no-description"]
    assert stream.report.get_verdict() == Migdesc.Verdict.UNDECIDED
    with pytest.raises(Migdesc.Failure, match="section 7, dev/0: the stream has no description"):
        stream["dev"].state


# What is wrong

def test_section_without_its_footer():
    stream = load(q.stream(q.full(7, "dev", b"\1\2", end=b""), q.full(8, "other", b"\5", 3),
                           desc=TWO))

    assert [code for code, _ in findings(stream)] == ["qemu-footer"]
    assert findings(stream)[0][1] == "section 7, dev/0: there is no footer (byte 39)"


def test_section_with_the_footer_of_another():
    stream = load(q.stream(q.full(6, "first", b""), q.full(7, "dev", b"\1\2", end=q.footer(9)),
                           q.full(8, "other", b"\5", 3), desc=TWO))

    assert ("qemu-footer", "section 7, dev/0: the footer is of section 9 (byte 63)") in \
        findings(stream)


def test_section_described_and_not_there():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), desc=TWO))

    assert findings(stream) == [("qemu-missing", "the description has other/3, the stream does not "
                                 f"(byte {stream.size})")]


def test_section_there_and_not_described():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), q.full(8, "new", b"\5"), desc=ONE))

    assert findings(stream) == [
        ("qemu-not-described", "section 8, new/0: the description does not have it (byte 44)")]


def test_section_twice():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), q.full(8, "dev", b"\3\4"), desc=ONE))

    assert findings(stream) == [
        ("qemu-duplicate", "section 8, dev/0: there is one of this name and instance already, at "
         "byte 20 (byte 44)")]


def test_section_of_another_version():
    stream = load(q.stream(q.full(7, "dev", b"\1\2", version=9), desc=ONE))

    assert findings(stream) == [
        ("qemu-version", "section 7, dev/0: version 9, the description is of version 1 (byte 20)")]


def test_bytes_of_nothing():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), b"\xffgarbage" + q.footer(7),
                           q.full(8, "other", b"\5", 3), desc=TWO))

    assert findings(stream) == [
        ("qemu-section", "0xff where a section begins; 13 bytes are passed over (byte 44)")]
    assert [s.kind for s in stream] == ["header", "configuration", "full", "unknown", "full", "eof",
                                       "description"]


def test_part_of_nothing():
    stream = load(q.stream(q.part(q.PART, 5, b"data"), q.full(7, "dev", b"\1\2"), desc=ONE))

    assert findings(stream) == [
        ("qemu-section", "section 5: a part of a section that has not begun (byte 20)")]


def test_bytes_behind_the_end():
    stream = load(GOOD + b"more")

    assert findings(stream) == [("qemu-trailing", f"4 bytes behind the end (byte {len(GOOD)})")]


def test_description_that_is_none():
    stream = load(q.stream(q.full(7, "dev", b"\1\2"), desc=b"{not JSON}"))

    assert findings(stream) == [
        ("qemu-description", "the description cannot be read: 1:2: unexpected \"n\", expected a "
         "member's name or \"}\" (byte 50)")]


@pytest.mark.parametrize("data, message", [
    (b"", "the stream ends within its header (byte 0)"),
    (b"QEV", "the stream ends within its header (byte 3)"),
    (b"QFI\xfb" + bytes(60),
     "this is no migration stream of QEMU: it does not begin with QEVM (byte 0)"),
    (b"QEVM" + q.be32(2), "a migration stream of version 2, only 3 is known (byte 4)")])
def test_what_is_no_stream(data, message):
    with pytest.raises(Migdesc.Failure) as caught:
        load(data)
    assert str(caught.value) == message


def test_footer_within_data():
    """What looks like a footer with a section behind it is data, as the description knows."""
    inside = q.footer(7) + q.full(9, "fake", b"")
    desc = q.described(q.device("dev", [q.field("b", "buffer", len(inside) + 1)]))
    stream = load(q.stream(q.full(7, "dev", inside + b"!"), desc=desc))

    assert findings(stream) == []
    assert stream["dev"]["b"] == inside + b"!"


# Sections by name

def test_finding_sections():
    desc = q.described(*[q.device(name, [q.field("n", "uint8", 1)], instance=instance)
                         for name, instance in SECTIONS])
    stream = load(q.stream(*[q.full(i, name, b"\1", instance)
                             for i, (name, instance) in enumerate(SECTIONS)], desc=desc))

    assert stream["0000:00:02.0/e1000e/0"].label == "0000:00:02.0/e1000e/0"
    assert stream["e1000e"].label == "0000:00:02.0/e1000e/0"
    assert stream["serial/1"].label == "serial/1"
    assert stream["0000:00:03"].label == "0000:00:03.0/virtio-net/0"
    with pytest.raises(Migdesc.Failure) as caught:
        stream["serial"]
    assert str(caught.value) == '"serial" can be one of 2 sections: serial/0, serial/1'
    with pytest.raises(Migdesc.Failure) as caught:
        stream["nothing"]
    assert str(caught.value) == 'there is no section "nothing"'


SECTIONS = [("serial", 0), ("serial", 1), ("0000:00:02.0/e1000e", 0),
            ("0000:00:03.0/virtio-net", 0)]


# From anywhere

def summary(stream):
    return [(s.kind, s.label, s.offset, s.length, s.data) for s in stream], findings(stream)


def piped(data, size):
    read_end, write_end = os.pipe()

    def write():
        with open(write_end, "wb", buffering=0) as pipe:
            for start in range(0, len(data), size):
                pipe.write(data[start:start + size])

    writer = threading.Thread(target=write)
    writer.start()
    stream = load(read_end)
    writer.join()
    os.close(read_end)
    return stream


BIG = q.stream(memory(BLOCKS, q.word(0, q.PAGE, "pc.ram") + page(3) + EOS, EOS),
               q.full(7, "dev", b"\1\2"), q.full(8, "other", b"\5", 3), desc=TWO)


@pytest.mark.parametrize("data", [GOOD, BIG, BIG[:5000], BIG[:-20], BIG + b"more"])
def test_file_pipe_and_memory_are_one(tmp_path, data):
    path = tmp_path / "stream"
    path.write_bytes(data)
    wanted = summary(load(data))

    assert summary(load(path)) == wanted
    assert summary(piped(data, 7)) == wanted
    assert summary(load(Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new(data)))) == wanted


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(Migdesc.Failure) as caught:
        load(tmp_path / "none")
    assert str(caught.value) == f"{tmp_path}/none: cannot be read: No such file or directory"


def test_cancelled():
    cancellable = Gio.Cancellable()
    cancellable.cancel()

    with pytest.raises(Migdesc.Failure, match="reading the stream was cancelled"):
        load(Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new(GOOD)), cancellable=cancellable)


def test_description_knows_its_devices():
    description = load(BIG).description

    assert list(description) == [("dev", 0, 1), ("other", 3, 1)]
    assert description.page_size == 4096
    assert description.schema(0).equal(load(BIG)["dev"].get_schema())
    with pytest.raises(Migdesc.Failure, match="there is no device 2, the description has 2"):
        description.schema(2)


def test_schema_of_a_section_can_be_written_and_read():
    schema = load(GOOD)["dev"].get_schema()
    again = Migdesc.StateType.new_from_json(schema.to_json(False), -1, None)

    assert again.equal(schema)
    assert Migdesc.State.from_json(again, '{"n": 7}')["n"] == 7


def test_file_object(tmp_path):
    with io.FileIO(os.memfd_create("stream"), "w+") as file:
        file.write(GOOD)
        file.seek(0)
        assert summary(load(file)) == summary(load(GOOD))
