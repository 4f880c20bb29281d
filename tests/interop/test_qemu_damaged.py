# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small stream of the real QEMU, cut at every byte and with every bit changed."""

import gi
import pytest

gi.require_version("Migdesc", "1.0")
from gi.repository import GLib, Migdesc  # noqa: E402


@pytest.fixture(scope="module")
def data(captures):
    return captures["none"].data


@pytest.fixture(scope="module")
def sections(data):
    return list(Migdesc.QemuStream.load(data))


def view(stream):
    """All that a user can see of it."""
    listed = [(one.kind, one.label, one.version, one.id, one.length, one.footer,
               one.state if one.has_state() else None) for one in stream]
    return stream.machine, stream.page_size, listed, [(finding.code, finding.message)
                                                      for finding in stream.report.findings]


def test_a_stream_that_is_cut_off_is_none(data):
    assert Migdesc.QemuStream.load(data).report.verdict == "compatible"
    for length in range(8):
        with pytest.raises(GLib.Error) as caught:
            Migdesc.QemuStream.load(data[:length])
        assert caught.value.message == f"the stream ends within its header (byte {length})"
    for length in range(8, len(data)):
        stream = Migdesc.QemuStream.load(data[:length])
        assert stream.report.verdict != "compatible", length
        assert sum(section.length for section in stream) == length
        if stream.report.verdict == "undecided":
            assert [one.code for one in stream.report.findings] == ["qemu-no-description"], length


def test_only_a_cut_between_two_sections_is_no_damage(data, sections):
    ends = {section.offset + section.length for section in sections}
    undecided = {length for length in range(8, len(data))
                 if Migdesc.QemuStream.load(data[:length]).report.verdict == "undecided"}
    # before its first footer, of 5 bytes, a stream could be one of those without
    [first] = [one for one in sections if one.kind == "start"]
    assert undecided <= ends | {first.offset + first.length - 5}


def test_every_changed_bit_is_seen(data, sections):
    """But in what nobody reads: bits in the words of memory, and members of the description."""
    before = view(Migdesc.QemuStream.load(data))
    text = sections[-1].offset + 5
    unread = {at for one in sections if one.name == "ram"
              for at in range(one.get_data_offset(),
                              one.get_data_offset() + one.get_data_length())}
    for at in range(len(data)):
        for bit in range(8) if at < text else (0, 5):
            changed = bytearray(data)
            changed[at] ^= 1 << bit
            try:
                after = view(Migdesc.QemuStream.load(changed))
            except GLib.Error as error:
                assert at < 8 and error.code in (Migdesc.Error.STATE_FORMAT,
                                                 Migdesc.Error.STATE_VERSION)
                continue
            if after == before:
                assert at >= text or at in unread, (at, bit)
