# SPDX-License-Identifier: LGPL-2.1-or-later

"""Migration streams that were cut or changed: each has a verdict, with place and section, and every
byte of it belongs to something."""

import json
import re
import socket
import subprocess
import time

import pytest
from gi.repository import Migdesc

import qemu_streams as q

INNER = [q.field("a", "uint8", 1), q.field("b", "bool", 1)]
DESC = q.described(
    q.device("timer", [q.field("n", "uint32", 4), q.field("t", "timer", 8)], version=2),
    q.device("0000:00:02.0/nic", [q.struct_field("s", 2, INNER, array_len=2),
                                  q.field("config", "shpc", 6), q.field("p", "nullptr", 1)],
             [{"vmsd_name": "nic/more", "version": 1, "fields": INNER}]))


def rich():
    pages = (q.word(0, q.ZERO, "ram") + b"\0" + q.word(0x400, q.PAGE | q.CONTINUE) + bytes(1024)
             + q.word(0x400, q.XBZRLE | q.CONTINUE) + b"\1" + q.be16(2) + b"ab" + q.word(0, q.EOS))
    return q.stream(
        q.command(2, b"ping"),
        q.section(q.START, 2, "ram", q.blocks(ram=0x1000) + q.word(0, q.EOS), version=4),
        q.section(q.START, 3, "dirty-bitmap", b"\x1c\4disk\3map" + q.be32(65536) + b"\1\1"),
        q.part(q.PART, 2, pages), q.part(q.END, 2, q.word(0, q.EOS)), q.part(q.END, 3, b"\1"),
        q.full(0, "timer", q.be32(7) + q.be64(-1), version=2),
        q.full(5, "0000:00:02.0/nic", b"\1\0\2\1" + b"config" + b"0"
               + q.subsection("nic/more", b"\3\1")),
        desc={**DESC, "page_size": 1024})


def real(folder):
    """The smallest that QEMU makes."""
    path, control = folder / "stream", folder / "control"
    qemu = subprocess.Popen(["qemu-system-x86_64", "-S", "-M", "none", "-display", "none",
                             "-nodefaults", "-qmp", f"unix:{control},server=on,wait=off"])
    try:
        with connect(control) as connection, connection.makefile("rw") as file:
            file.readline()
            for command in ({"execute": "qmp_capabilities"},
                            {"execute": "migrate", "arguments": {"uri": f"exec:cat > {path}"}}):
                ask(file, command)
            while ask(file, {"execute": "query-migrate"})["status"] != "completed":
                time.sleep(0.01)
            ask(file, {"execute": "quit"})
    finally:
        qemu.wait(timeout=60)
    return path.read_bytes()


def connect(control):
    connection = socket.socket(socket.AF_UNIX)
    for _ in range(1000):
        try:
            connection.connect(str(control))
            return connection
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(control)


def ask(file, command):
    file.write(json.dumps(command) + "\n")
    file.flush()
    while True:
        answer = json.loads(file.readline())
        if "return" in answer:
            return answer["return"]


@pytest.fixture(scope="module", params=["written", "real"])
def data(request, tmp_path_factory):
    return rich() if request.param == "written" else real(tmp_path_factory.mktemp("qemu"))


def read(data):
    """All of it looked at; None where it is no stream."""
    try:
        stream = Migdesc.QemuStream.load(data)
    except Migdesc.Failure as failure:
        assert re.search(r"\(byte \d+\)$", str(failure))
        return None
    at = 0
    for section in stream:
        assert section.offset == at, f"a gap, or an overlap, at {at}"
        at += section.length
        if section.has_state():
            section.state.to_dict()
    assert at == stream.size == len(data)
    return stream


def blockers(stream):
    return [finding.message for finding in stream.report.get_findings()
            if finding.get_severity() == Migdesc.Severity.BLOCKER]


def test_whole(data):
    stream = read(data)

    assert stream.report and len(stream.report.get_findings()) == 0


def test_every_truncation(data):
    for length in range(len(data)):
        stream = read(data[:length])
        if stream is None:
            assert length < 8
            continue
        # all is there but the description, which is no part of the machine
        whole = len(data) - len(data[data.rindex(b"\0\6"):]) + 1
        if length != whole:
            assert any(re.search(r"ends (in it|without an end mark) \(byte \d+\)$", message)
                       for message in blockers(stream)), length


@pytest.mark.parametrize("change", [lambda byte: byte ^ 1, lambda byte: byte ^ 0x80])
def test_every_byte_changed(data, change):
    for place, byte in enumerate(data):
        stream = read(data[:place] + bytes([change(byte)]) + data[place + 1:])
        if stream is None:
            assert place < 8
        for message in blockers(stream) if stream else []:
            assert re.search(r"\(byte \d+\)$", message), message


def test_every_byte_taken_out(data):
    for place in range(8, len(data)):
        assert read(data[:place] + data[place + 1:]) is not None


def change(data, place):
    return data[:place] + bytes([data[place] ^ 0x15]) + data[place + 1:]


def test_structure_that_is_changed_is_noticed():
    """What is neither a value of a device nor of a page: all of it."""
    data = rich()
    stream = Migdesc.QemuStream.load(data)
    silent = []
    for section in stream:
        if section.kind == "full":
            ends = section.offset + section.length
            header = range(section.offset + 5, section.get_data_offset())
            silent += [place for place in [section.offset, *header, *range(ends - 5, ends)]
                       if read(change(data, place)).report]
    # a version that is another is only told: all else blocks
    assert {place - section.get_data_offset() for place in silent
            for section in stream if section.kind == "full"
            and section.offset <= place < section.get_data_offset()} == {-4, -3, -2, -1}


HUGE = [
    ("a name", lambda: q.HEADER + bytes([q.FULL]) + q.be32(1) + b"\xff" + b"x" * 40),
    ("a machine", lambda: q.HEADER + bytes([q.CONFIGURATION]) + q.be32(-1) + b"x"),
    ("a description", lambda: q.HEADER + b"\0\6" + q.be32(-1) + b"{}"),
    ("capabilities", lambda: q.HEADER + q.configuration("m", q.subsection(
        "configuration/capabilities", q.be32(-1)))),
    ("memory", lambda: q.stream(q.section(q.START, 2, "ram", q.word(2**63, q.SIZE) + q.str8("r")
                                          + q.be64(2**63)))),
    ("a compressed page", lambda: q.stream(q.section(
        q.START, 2, "ram", q.blocks(ram=4096) + q.word(0, q.COMPRESSED, "ram") + q.be32(-1)))),
    ("bits", lambda: q.stream(q.section(
        q.START, 3, "dirty-bitmap", b"\x40" + q.be64(0) + q.be32(1) + q.be64(-1)))),
    ("a command", lambda: q.HEADER + bytes([q.COMMAND]) + q.be16(2) + b"\xff\xff"),
]


@pytest.mark.parametrize("what, make", HUGE, ids=[what for what, _ in HUGE])
def test_lengths_that_cannot_be(what, make):
    stream = read(make())

    assert blockers(stream)


def described_as(*fields, data=b"\1"):
    return read(q.stream(q.full(1, "dev", data), desc=q.described(q.device("dev", list(fields)))))


def test_counts_that_cannot_be():
    empty = q.struct_field("s", 0, [], array_len=2**32 - 1)
    big = q.field("f", "uint64", 8, array_len=2**32 - 1)
    nested = q.struct_field("s", 0, [q.struct_field("t", 0, [], array_len=2**20)],
                            array_len=2**20)

    assert any("structs and elements" in text or "1 bytes of data" in text
               for text in blockers(described_as(empty, q.field("n", "uint8", 1))))
    assert any("larger" in text or "more than 4294967295 bytes" in text
               for text in blockers(described_as(big)))
    assert blockers(described_as(nested, q.field("n", "uint8", 1)))


def test_nesting_that_cannot_be():
    inner = q.field("n", "uint8", 1)
    for _ in range(200):
        inner = q.struct_field("s", 1, [inner])
    stream = described_as(inner)

    assert [finding.code for finding in stream.report.get_findings()] == ["qemu-description"]
    assert "more than 128 objects and arrays inside each other" in blockers(stream)[0]


def test_nesting_that_a_schema_cannot_have():
    inner = q.field("n", "uint8", 1)
    for _ in range(36):
        inner = q.struct_field("s", 1, [inner])
    stream = described_as(inner)

    assert not stream["dev"].has_state()
    assert blockers(stream) == ["section 1, dev/0: the description has structs and arrays more "
                                "than 32 levels deep (byte 37)"]


@pytest.mark.parametrize("name", ["", "a\nb", "\x1b[31m", "x" * 256])
def test_names_that_cannot_be(name):
    stream = described_as(q.field(name, "uint8", 1))

    assert "a name is 1 to 255 bytes without control characters" in blockers(stream)[0]


def test_findings_are_kept_within_their_limit():
    limits = Migdesc.Limits.new()
    limits.set(Migdesc.Limit.FINDINGS, 5)
    data = q.stream(*[q.full(i, f"x{i}", b"") for i in range(20)], desc=q.described())
    stream = Migdesc.QemuStream.load(data, limits=limits)

    assert len(stream.report.get_findings()) == 5
    assert stream.report.get_n_omitted() == 15
