# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values that QEMU writes by hand, made by a writer of ours and read by the tables."""

import struct

import pytest
import qemu_opaque as make
from gi.repository import Migdesc

ROWS = [(256, 0x200000, 7), (256, 0x210000, 8), (64, 0x220000, 9)]
NET = "0000:00:03.0/virtio-net"
LEGACY = make.pci(vectors=0) + make.common(config=bytes(8)) + make.queues(ROWS) + make.net()
FEATURES = 1 << 32 | 0x24
OFFLOADS = make.pci() + make.common(FEATURES, bytes(8)) + make.queues(ROWS, vectors=True) \
    + make.net(offloads=5)
MODERN = OFFLOADS + make.modern(FEATURES, ROWS)


def read(kind, data, section=NET):
    return Migdesc.qemu_opaque(kind, data, section).to_dict()


def refuse(kind, data, section=NET):
    with pytest.raises(Migdesc.DocumentFailure) as caught:
        Migdesc.qemu_opaque(kind, data, section)
    return caught.value


# PCI


def test_a_configuration_space():
    config = read("pci config", make.config_space(vectors=3, express=True))
    assert (config["vendor"], config["device"], config["command"]) == (0x1AF4, 0x1000, 7)
    assert (config["class_code"], config["interrupt_line"], config["interrupt_pin"]) == (
        0x020000, 11, 1)
    assert config["function"]["bars"] == [0xC001, 0xFEBE0000, 0, 0, 0, 0]
    assert config["function"]["subsystem"] == 1 and config["bridge"] is None
    assert [(one["id"], one["offset"], one["name"]) for one in config["capabilities"]] == [
        (0x11, 0x98, "msix"), (0x10, 0x40, "express")]
    assert config["msix"] == {"control": 0x8002, "vectors": 3, "table": 1, "pending": 0x801}
    assert config["express"]["device_capabilities"] == 0x8000
    assert not any(config["others"]) and len(config["others"]) == 4096


def test_a_bridge():
    data = bytearray(256)
    data[0x0E] = 0x81
    data[0x18:0x1B] = bytes([1, 2, 3])
    struct.pack_into("<HHH", data, 0x20, 0xFEA0, 0xFEB0, 0xFEC1)
    struct.pack_into("<H", data, 0x3E, 0x1234)
    data[0x40] = 0x55
    config = read("pci config", bytes(data))
    bridge = config["bridge"]
    assert config["function"] is None and config["header_type"] == 0x81
    assert (bridge["primary_bus"], bridge["secondary_bus"], bridge["subordinate_bus"]) == (1, 2, 3)
    assert (bridge["memory_base"], bridge["memory_limit"], bridge["prefetch_base"]) == (
        0xFEA0, 0xFEB0, 0xFEC1)
    assert bridge["bridge_control"] == 0x1234
    assert config["others"] == bytes(0x40) + b"\x55" + bytes(0xBF)


def test_every_byte_of_a_configuration_space_is_somewhere():
    before = Migdesc.qemu_opaque("pci config", make.config_space(vectors=3, express=True))
    for at in range(256):
        for bit in range(8):
            data = bytearray(make.config_space(vectors=3, express=True))
            data[at] ^= 1 << bit
            assert Migdesc.qemu_opaque("pci config", data) != before, (at, bit)


def test_a_capability_list_that_goes_back_into_itself_ends():
    data = bytearray(make.config_space(vectors=3))
    data[0x99] = 0x98
    assert [one["offset"] for one in read("pci config", bytes(data))["capabilities"]] == [0x98] * 48


def test_extended_capabilities_that_go_back_into_themselves_end():
    data = bytearray(make.config_space(express=True))
    struct.pack_into("<HH", data, 0x100, 1, 0x100 << 4 | 2)
    extended = read("pci config", bytes(data))["extended"]
    assert len(extended) == 960
    assert extended[0] == {"id": 1, "version": 2, "offset": 0x100, "name": "error reporting"}


@pytest.mark.parametrize("size", [0, 1, 255, 257, 4095, 4097])
def test_a_configuration_space_has_one_of_two_sizes(size):
    error = refuse("pci config", bytes(size))
    assert error.nick == "state-damaged"
    assert error.message == f"its {size} bytes are no pci config"


def test_interrupt_pins():
    assert read("pci irq state", struct.pack(">4I", 1, 0, 0, 2)) == {"pins": [1, 0, 0, 2]}
    assert refuse("pci irq state", bytes(15)).message == \
        "its 15 bytes end within what is a pci irq state"
    assert refuse("pci irq state", bytes(17)).message == \
        "of its 17 bytes a pci irq state has 16"


@pytest.mark.parametrize("vectors", [1, 7, 8, 9, 2048])
def test_msix_vectors_are_as_many_as_the_size_says(vectors):
    found = read("msix state", make.msix(vectors, pending=[0, vectors - 1]))["vectors"]
    assert len(found) == vectors
    assert found[-1] == {"address": 0xFEE00000 + vectors - 1, "data": 0x4000 + vectors - 1,
                         "control": vectors - 1 & 1, "pending": True}
    assert [one["pending"] for one in found].count(True) == min(vectors, 2)


@pytest.mark.parametrize("size", [1, 16, 18, 34, 2049 * 16 + 257])
def test_other_sizes_are_no_vectors(size):
    assert refuse("msix state", bytes(size)).message == f"its {size} bytes are no msix state"


def test_a_pending_bit_of_no_vector():
    assert refuse("msix state", make.msix(1)[:-1] + b"\2").message == \
        "its 17 bytes are no msix state"


# virtio


def test_a_legacy_network_card():
    virtio = read("virtio", LEGACY)
    assert virtio["pci"]["config"]["vendor"] == 0x1AF4 and virtio["mmio"] is None
    assert (virtio["device_status"], virtio["isr"], virtio["queue_select"]) == (15, 1, 2)
    assert [(one["num"], one["desc"], one["last_avail_idx"], one["vector"])
            for one in virtio["queues"]] == [(*row, make.NO_VECTOR) for row in ROWS]
    assert virtio["net"]["mac"] == b"\x52\x54\0\1\2\3"
    flags = ("multi_overflow", "uni_overflow", "alluni", "nomulti", "nouni", "nobcast", "has_ufo")
    assert [virtio["net"][name] for name in flags] == [0, 1, 0, 1, 0, 1, 0]
    assert virtio["subsections"] == [] and virtio["undecoded"] == b""
    assert virtio["modern"] is None and virtio["rings"] == []


def test_a_modern_network_card():
    virtio = read("virtio", MODERN)
    assert virtio["guest_features"] == FEATURES and virtio["started"] is True
    assert [one["vector"] for one in virtio["queues"]] == [0, 1, 2]
    assert virtio["net"]["guest_offloads"] == 5
    assert virtio["rings"] == [{"avail": desc + 1, "used": desc + 2} for _, desc, _ in ROWS]
    assert virtio["modern"]["queues"] == [
        {"num": num, "enabled": True, "desc": desc, "avail": desc + 1, "used": desc + 2}
        for num, desc, _ in ROWS]
    assert virtio["modern"]["guest_features"] == FEATURES
    assert [one["name"] for one in virtio["subsections"]] == [
        "virtio/64bit_features", "virtio/virtqueues", "virtio/extra_state",
        "virtio_pci/modern_state", "virtio/started"]


def test_a_queue_has_a_path():
    state = Migdesc.qemu_opaque("virtio", MODERN, NET)
    assert state["queues[2].num"] == 64
    assert state["queues"][2].path == "queues[2]"


def test_a_queue_behind_the_last_is_shown_where_there_is_something():
    data = LEGACY + make.subsection("virtio/ringsize", make.every_queue(
        ">I", [(256,), (256,), (64,), (0,), (5,)]))
    assert read("virtio", data)["sizes"] == [256, 256, 64, 0, 5]


@pytest.mark.parametrize("express", [False, True])
def test_an_express_card_has_more_configuration(express):
    data = make.pci(express=express) + make.common(config=bytes(8)) \
        + make.queues(ROWS, vectors=True) + make.net()
    assert len(read("virtio", data)["pci"]["config"]["others"]) == (4096 if express else 256)


def test_a_size_that_the_capabilities_do_not_tell_is_found_by_what_fits():
    data = make.pci(vectors=0, size=4096) + make.common() + make.queues(ROWS) + make.net()
    virtio = read("virtio", data)
    assert len(virtio["pci"]["config"]["others"]) == 4096 and virtio["undecoded"] == b""


@pytest.mark.parametrize("config", [bytes(8) + b"\4\0", bytes(8) + b"\0\4", bytes(12)])
def test_queue_pairs_are_found_by_what_fits(config):
    data = make.pci(vectors=0) + make.common(config=config) + make.queues(ROWS) \
        + make.net(pairs=(4, 3)) + make.subsection("virtio/broken", b"\1")
    virtio = read("virtio", data)
    assert (virtio["net"]["max_queue_pairs"], virtio["net"]["curr_queue_pairs"]) == (4, 3)
    assert virtio["net"]["tx_waiting_others"] == [100, 101]
    assert virtio["broken"] is True and virtio["undecoded"] == b""


@pytest.mark.parametrize("pairs", [(4, 5), (1, 1), (4, 0)])
def test_numbers_of_queue_pairs_that_no_device_has(pairs):
    net = make.net(pairs=pairs)
    data = make.pci(vectors=0) + make.common(config=bytes(8) + b"\4\0") + make.queues(ROWS) + net
    virtio = read("virtio", data)
    assert virtio["net"] is None and virtio["undecoded"] == net


def test_addresses_of_a_filter():
    macs = [bytes([2, 0, 0, 0, 0, i]) for i in range(3)]
    data = LEGACY[:-len(make.net())] + make.net(macs=macs)
    assert read("virtio", data)["net"]["macs"] == b"".join(macs)


def test_hashes():
    rss = struct.pack(">BBBIHH", 1, 0, 1, 0x1FF, 4, 2) + bytes(range(40)) + struct.pack(
        ">4H", 3, 2, 1, 0)
    found = read("virtio", LEGACY + make.subsection("virtio-net-device/rss", rss))["net"]["rss"]
    assert found == {"enabled": 1, "redirect": 0, "populate_hash": 1, "hash_types": 0x1FF,
                     "default_queue": 2, "key": bytes(range(40)), "indirections": [3, 2, 1, 0]}


def test_registers_in_memory():
    data = make.mmio() + make.common() + make.queues(ROWS, align=True) + b"\0"
    virtio = read("virtio", data, "virtio-mmio@00000000feb02e00/virtio-blk")
    assert virtio["mmio"] == {"host_features_select": 1, "guest_features_select": 0,
                              "guest_page_shift": 12}
    assert [one["align"] for one in virtio["queues"]] == [4096] * 3
    assert virtio["undecoded"] == b"" and virtio["pci"] is None


@pytest.mark.parametrize("orb", [False, True])
def test_a_channel(orb):
    data = make.ccw(orb) + make.common() + make.queues(ROWS, vectors=True) + make.net()
    virtio = read("virtio", data, "/fe.0.1234/virtio-net")
    channel = virtio["ccw"]
    assert (channel["devno"], channel["schib"], channel["revision"]) == (
        0x1234, bytes(range(52)), -1)
    assert channel["orb"] == (bytes(range(12)) if orb else b"")
    assert (channel["indicator_offset"], channel["summary_offset"]) == (64, 9 if orb else 0)
    assert channel["indicators2"] == {"length": 8, "address": 0x2000}
    assert virtio["queues"][2]["vector"] == 2 and virtio["undecoded"] == b""


def device(name, data):
    begin = make.pci(vectors=0) + make.common() + make.queues(ROWS)
    return read("virtio", begin + data, f"0000:00:01.0/{name}")


def test_a_console():
    ports = struct.pack(">IBBI", 0, 1, 0, 0) + struct.pack(">IBBI", 7, 0, 1, 0)
    data = struct.pack(">HHI", 80, 25, 33) + struct.pack(">III", 0x81, 1, 2) + ports
    console = device("virtio-console", data)["console"]
    assert (console["cols"], console["rows"], console["map"]) == (80, 25, [0x81, 1])
    assert console["ports"] == [{"id": 0, "guest_connected": 1, "host_connected": 0},
                                {"id": 7, "guest_connected": 0, "host_connected": 1}]


def test_a_balloon():
    data = struct.pack(">II", 5, 6) + make.subsection("virtio-balloon-device/page-poison",
                                                      struct.pack(">I", 170))
    balloon = device("virtio-balloon", data)["balloon"]
    assert (balloon["num_pages"], balloon["actual"], balloon["poison_value"]) == (5, 6, 170)


def test_an_iommu_without_domains():
    assert device("virtio-iommu", bytes(5) + b"\1")["iommu"] == {"bypass": 1}


def test_packed_queues():
    rows = [(7, 1, 8, 0, 2), (9, 0, 10, 1, 0), (0, 1, 0, 1, 0)]
    data = LEGACY + make.subsection("virtio/packed_virtqueues", make.every_queue(">HBHBI", rows))
    virtio = read("virtio", data)
    assert [tuple(one.values()) for one in virtio["packed"]] == rows
    assert list(virtio["packed"][0]) == [
        "last_avail_idx", "last_avail_wrap", "used_idx", "used_wrap", "in_use"]
    assert virtio["undecoded"] == b""


# What no table knows


@pytest.mark.parametrize("name, data", [
    ("virtio-blk", b"\1" + bytes(100)),
    ("virtio-console", struct.pack(">HHIIIIBBI", 80, 25, 1, 1, 1, 0, 1, 1, 1) + bytes(50)),
    ("virtio-iommu", b"\0\0\0\1" + b"\7" * 20),
    ("virtio-mem", b"\7" * 20),
    ("virtio-rng", make.subsection("virtio/256bit_features", bytes(16))),
])
def test_what_is_not_known_is_kept(name, data):
    virtio = device(name, data)
    assert virtio["undecoded"] == data and virtio["console"] is None
    assert len(virtio["queues"]) == 3


def test_a_subsection_that_is_there_twice_is_not_known():
    once = make.subsection("virtio/broken", b"\1")
    virtio = read("virtio", LEGACY + once + once)
    assert virtio["undecoded"] == once and len(virtio["subsections"]) == 1


def test_a_subsection_of_another_version_is_not_known():
    other = make.subsection("virtio/broken", b"\1").replace(b"\0\0\0\1", b"\0\0\0\2")
    assert read("virtio", LEGACY + other)["undecoded"] == other


@pytest.mark.parametrize("data", [
    LEGACY + make.subsection("virtio/broken", b"\2"),
    LEGACY + make.subsection("virtio/broken", b"\1\1"),
    OFFLOADS + make.subsection("virtio/64bit_features", struct.pack(">Q", 1)),
    make.pci(vectors=0) + make.common() + struct.pack(">I", 1025) + bytes(30000),
    make.mmio() + struct.pack(">BBHII", 0, 0, 0, 0, 65536) + bytes(80000),
    b"\2",
])
def test_what_contradicts_itself_is_refused(data):
    error = refuse("virtio", data)
    assert error.nick in ("state-damaged", "state-truncated")
    assert error.message in (f"its {len(data)} bytes are no virtio",
                             f"its {len(data)} bytes end within what is a virtio")


def test_every_truncation_is_refused_or_ends_between_subsections():
    ends = {len(OFFLOADS)}
    for name, data in (("virtio/64bit_features", 8), ("virtio/virtqueues", 16384),
                       ("virtio/extra_state", 0), ("virtio_pci/modern_state", 28688)):
        ends.add(max(ends) + 6 + len(name) + data)
    lengths = [*range(0, len(OFFLOADS) + 80), *range(len(OFFLOADS) + 80, len(MODERN), 97), *ends]
    for length in sorted(set(lengths)):
        try:
            virtio = read("virtio", MODERN[:length])
        except Migdesc.DocumentFailure as error:
            assert error.nick in ("state-damaged", "state-truncated")
            assert str(length) in error.message
            continue
        assert (virtio["undecoded"] == b"") == (length in ends), length


def test_every_changed_byte_is_seen_or_refused():
    before = Migdesc.qemu_opaque("virtio", LEGACY, NET)
    for at in range(4, len(LEGACY)):
        data = bytearray(LEGACY)
        data[at] ^= 0x10
        try:
            assert Migdesc.qemu_opaque("virtio", data, NET) != before, at
        except Migdesc.DocumentFailure as error:
            assert error.nick in ("state-damaged", "state-truncated")


# The functions


def test_which_values_there_are_tables_for():
    assert all(map(Migdesc.qemu_opaque_is_known,
                   ("virtio", "pci config", "msix state", "pci irq state")))
    assert not any(map(Migdesc.qemu_opaque_is_known, ("", "buffer", "slbe", "virtio\n")))


def test_a_value_without_a_table():
    with pytest.raises(Migdesc.Failure, match=r"^there is no table for sl\\nbe$") as caught:
        Migdesc.qemu_opaque("sl\nbe", b"")
    assert caught.value.nick == "invalid-argument"


def test_a_section_need_not_be_known():
    assert Migdesc.qemu_opaque("pci irq state", bytes(16)).to_dict() == {"pins": [0, 0, 0, 0]}


def test_two_values_of_a_type_are_compared_by_name():
    first, second = (Migdesc.qemu_opaque("virtio", data, NET) for data in (
        MODERN, MODERN.replace(struct.pack(">IQH", 64, 0x220000, 9),
                               struct.pack(">IQH", 1024, 0x220000, 9))))
    assert first.diff(second) == {"queues[2].num": (64, 1024)}


# What came later


def memory(early=False, words=(5, 1 << 63)):
    region = struct.pack(">QQQI", 1 << 32, 128 << 20, 1 << 20, 1)
    data = (struct.pack(">QQ", 7, 9) if early else
            region + struct.pack(">QQQ", 7, 8, 9) + struct.pack(f">{len(words)}Q", *words))
    return (make.pci() + make.common(1 << 32, bytes(56)) + make.queues(ROWS[:1], vectors=True)
            + data + make.subsection("virtio/64bit_features", struct.pack(">Q", 1 << 32)))


MEM = "0000:00:04.0/virtio-mem"


def test_memory_that_can_be_plugged():
    virtio = read("virtio", memory(), MEM)

    assert virtio["mem"] == {
        "addr": 1 << 32, "region_size": 128 << 20, "block_size": 1 << 20, "node": 1,
        "usable_region_size": 7, "size": 8, "requested_size": 9, "bitmap": [5, 1 << 63]}
    assert (virtio["undecoded"], virtio["guest_features"]) == (b"", 1 << 32)


def test_memory_whose_blocks_were_sent_before():
    virtio = read("virtio", memory(early=True), MEM)

    assert virtio["mem"] == {
        "addr": 0, "region_size": 0, "block_size": 0, "node": 0, "usable_region_size": 7, "size": 0,
        "requested_size": 9, "bitmap": []}
    assert virtio["undecoded"] == b""


@pytest.mark.parametrize("words", [(5,), (5, 6, 7)])
def test_memory_with_a_bitmap_of_another_size(words):
    virtio = read("virtio", memory(words=words), MEM)

    assert virtio["mem"] is None
    assert virtio["undecoded"].startswith(struct.pack(">QQQI", 1 << 32, 128 << 20, 1 << 20, 1))


def test_features_from_bit_64_on():
    high = make.subsection("virtio/128bit_features", struct.pack(">Q", 1 << 2))
    virtio = read("virtio", OFFLOADS + high + make.subsection(
        "virtio/64bit_features", struct.pack(">Q", FEATURES)))

    assert (virtio["guest_features"], virtio["guest_features_high"]) == (FEATURES, 4)
    assert [one["name"] for one in virtio["subsections"]] == [
        "virtio/128bit_features", "virtio/64bit_features"]
    assert virtio["undecoded"] == b""
    assert read("virtio", MODERN)["guest_features_high"] == 0
