# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the values that QEMU writes by hand, in another way than their tables read them."""

import struct

QUEUES = 1024
NO_VECTOR = 0xFFFF


def subsection(name, data=b""):
    return struct.pack(">BB", 5, len(name)) + name.encode() + struct.pack(">I", 1) + data


def every_queue(pack, rows):
    """Something for each of the most queues that there can be."""
    empty = bytes(struct.calcsize(pack))
    return b"".join(struct.pack(pack, *rows[i]) if i < len(rows) else empty
                    for i in range(QUEUES))


def config_space(device=0x1000, vectors=0, express=False, size=None):
    """A virtio device's configuration space."""
    data = bytearray(size or (4096 if express else 256))
    struct.pack_into("<HHHHB", data, 0, 0x1AF4, device, 7, 0, 1)
    data[9:12] = (0x020000).to_bytes(3, "little")
    struct.pack_into("<IIII", data, 0x10, 0xC001, 0xFEBE0000, 0, 0)
    struct.pack_into("<HH", data, 0x2C, 0x1AF4, 1)
    data[0x3C:0x3E] = bytes([11, 1])
    link = 0x34
    for identity, at, body in (
            (0x11, 0x98, struct.pack("<HII", 0x8000 | vectors - 1, 1, 0x801) if vectors else None),
            (0x10, 0x40, struct.pack("<HIHH", 2, 0x8000, 0, 0) if express else None)):
        if body:
            data[link], data[at], link = at, identity, at + 1
            data[at + 2:at + 2 + len(body)] = body
            data[6] |= 0x10
    return bytes(data)


def msix(vectors, pending=()):
    entries = b"".join(struct.pack("<QII", 0xFEE00000 + i, 0x4000 + i, i & 1)
                       for i in range(vectors))
    bits = bytearray((vectors + 7) // 8)
    for vector in pending:
        bits[vector // 8] |= 1 << vector % 8
    return entries + bytes(bits)


def pci(vectors=3, config_vector=0, **more):
    tail = msix(vectors) + struct.pack(">H", config_vector) if vectors else b""
    return struct.pack(">I", 2) + config_space(vectors=vectors, **more) + bytes(16) + tail


def mmio():
    return struct.pack(">III", 1, 0, 12)


def ccw(orb=True):
    head = struct.pack(">BBHHB", 0xFE, 0, 3, 0x1234, 1) + bytes(range(52)) + bytes(307)
    more = subsection("s390_subch_dev/orb", bytes(range(12))) if orb else b""
    indicators = b"".join(struct.pack(">IQ", 8, 0x1000 * n) for n in (1, 2, 3))
    tail = struct.pack(">HQ", NO_VECTOR, 64)
    offset = subsection("s390_adapter_info/summary_offset", struct.pack(">I", 9)) if orb else b""
    return head + more + indicators + tail + offset + struct.pack(">Bi", 3, -1)


def common(features=0, config=b"", status=15):
    return struct.pack(">BBHII", status, 1, 2, features & 0xFFFFFFFF, len(config)) + config


def queues(rows, align=False, vectors=False):
    data = struct.pack(">I", len(rows))
    for number, (num, desc, index) in enumerate(rows):
        data += struct.pack(">I", num) + (struct.pack(">I", 4096) if align else b"")
        data += struct.pack(">QH", desc, index) + (struct.pack(">H", number) if vectors else b"")
    return data


def net(mac=b"\x52\x54\0\1\2\3", macs=(), pairs=None, offloads=None):
    data = mac + struct.pack(">IIHBBI", 1, 1, 1, 1, 0, len(macs)) + b"".join(macs)
    data += bytes([255]) * 512 + struct.pack(">I7B", 1, 0, 1, 0, 1, 0, 1, 0)
    if pairs:
        most, current = pairs
        data += struct.pack(">HH", most, current) + b"".join(
            struct.pack(">I", 100 + i) for i in range(current - 1))
    return data + (b"" if offloads is None else struct.pack(">Q", offloads))


def modern(features, rows):
    """What virtio 1 needs: everything twice, once as the driver has written it."""
    proxy = struct.pack(">IIII", 1, 1, features & 0xFFFFFFFF, features >> 32) + every_queue(
        ">HBB6I", [(num, 0, 1, desc, 0, desc + 1, 0, desc + 2, 0) for num, desc, _ in rows])
    return (subsection("virtio/64bit_features", struct.pack(">Q", features))
            + subsection("virtio/virtqueues", every_queue(
                ">QQ", [(desc + 1, desc + 2) for _, desc, _ in rows]))
            + subsection("virtio/extra_state") + subsection("virtio_pci/modern_state", proxy)
            + subsection("virtio/started", b"\1"))
