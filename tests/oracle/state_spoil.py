# SPDX-License-Identifier: LGPL-2.1-or-later
"""Binary streams taken apart, changed, and put together again with hashes that are right, so that
a change reaches what is behind the hashes. """

import json
import struct
from dataclasses import dataclass

from state_decoder import FIRST, LAST, Records, xxh64

INTERESTING = (0, 1, 2, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 1 << 20)


@dataclass
class Part:
    kind: int
    flags: int
    device: int
    body: bytes


def take_apart(data: bytes) -> tuple[bytes, list[Part]]:
    records, parts = Records(data), []
    while records.at < len(data):
        record = records.next()
        parts.append(Part(record.kind, record.flags, record.device, record.body))
    return data[:20], parts


def put_together(head: bytes, parts: list[Part], renew_end: bool = True) -> bytes:
    hash_ = xxh64(head)
    stream = bytearray(head + struct.pack("<Q", hash_))
    for count, part in enumerate(parts):
        body = part.body
        if renew_end and part.kind == ord("Z") and len(body) == 12:
            body = struct.pack("<QI", len(stream), count)
        record = struct.pack("<IBBH", len(body), part.kind, part.flags, part.device) + body
        hash_ = xxh64(record, hash_)
        stream += record + struct.pack("<Q", hash_)
    return bytes(stream)


def rehash(data: bytes) -> bytes:
    """The same bytes, with hashes that are right."""
    made = bytearray(data)
    hash_ = xxh64(data[:20])
    struct.pack_into("<Q", made, 20, hash_)
    at = 28
    while at < len(made):
        length, = struct.unpack_from("<I", made, at)
        hash_ = xxh64(bytes(made[at:at + 8 + length]), hash_)
        struct.pack_into("<Q", made, at + 8 + length, hash_)
        at += 16 + length
    return bytes(made)


def flip_a_bit(choose, data: bytes) -> bytes:
    at = choose.between(0, 8 * len(data) - 1)
    return data[:at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1:]


def cut(choose, data: bytes) -> bytes:
    return data[:choose.between(0, len(data) - 1)]


def append(_choose, data: bytes) -> bytes:
    return data + b"\0"


def write_over(choose, data: bytes) -> bytes:
    """A number of 1, 2, 4 or 8 bytes somewhere, one of those that programs trip over."""
    size = choose.pick([1, 1, 2, 4, 8])
    if len(data) < size:
        return data
    at = choose.between(0, len(data) - size)
    number = choose.pick(INTERESTING) & (1 << 8 * size) - 1
    return data[:at] + number.to_bytes(size, "little") + data[at + size:]


def insert_or_delete(choose, data: bytes) -> bytes:
    at, size = choose.between(0, len(data)), choose.between(1, 4)
    if choose.chance(0.5):
        return data[:at] + data[at + size:]
    return data[:at] + bytes(choose.pick([0, 0, 255, 1]) for _ in range(size)) + data[at:]


def change_body(choose, parts: list[Part]):
    sections = [part for part in parts if part.kind == ord("S")]
    part = choose.pick(sections if choose.chance(0.8) else parts)
    change = choose.pick([flip_a_bit, write_over, write_over, insert_or_delete])
    if part.body:
        part.body = change(choose, part.body)


def change_head(choose, parts: list[Part]):
    part = choose.pick(parts)
    what = choose.pick(["kind", "flags", "device"])
    setattr(part, what, getattr(part, what) ^ 1 << choose.between(0, 15 if what == "device" else 7))


def remove(choose, parts: list[Part]):
    del parts[choose.between(0, len(parts) - 1)]


def repeat(choose, parts: list[Part]):
    at = choose.between(0, len(parts) - 1)
    parts.insert(choose.between(0, len(parts)), Part(**vars(parts[at])))


def swap(choose, parts: list[Part]):
    one, other = (choose.between(0, len(parts) - 1) for _ in range(2))
    parts[one], parts[other] = parts[other], parts[one]


def skip(choose, parts: list[Part]):
    part = Part(choose.between(0x80, 0xff), choose.between(0, 255), choose.between(0, 9), b"x")
    parts.insert(choose.between(0, len(parts)), part)


def give_up(choose, parts: list[Part]):
    at = choose.between(0, len(parts))
    parts[at:] = [Part(ord("X"), 0, 0, choose.pick([b"no more", b"", b"\xff"]))]


def split(choose, parts: list[Part]):
    """A section in more chunks, cut where it may be, or may not be."""
    at = choose.pick([i for i, part in enumerate(parts) if part.kind == ord("S")])
    part = parts[at]
    start = 4 + part.body[1] if part.flags & FIRST and len(part.body) > 1 else 0
    where = choose.between(min(start, len(part.body)), len(part.body))
    parts[at:at + 1] = [Part(part.kind, part.flags & ~LAST, part.device, part.body[:where]),
                        Part(part.kind, part.flags & ~FIRST, part.device, part.body[where:])]


def rename(choose, parts: list[Part]):
    """The head of a section in another form, or a section that nobody knows."""
    firsts = [i for i, part in enumerate(parts) if part.kind == ord("S") and part.flags & FIRST]
    at = choose.pick(firsts)
    name = choose.pick([b"", b"other", b"\xc3\xb6", b"\xff", b"a\0", b"x" * 255])
    head = struct.pack("<BB", choose.pick([0, 1, 1, 2]), len(name)) + name + struct.pack(
        "<H", choose.pick([0, 1, 2]))
    if choose.chance(0.5):
        parts[at].body = head + parts[at].body[4 + parts[at].body[1]:]
    else:
        parts.insert(at + 1, Part(ord("S"), FIRST | LAST, parts[at].device, head + b"data"))


def change_manifest(choose, parts: list[Part]):
    try:
        manifest = json.loads(parts[0].body)
    except ValueError:
        return
    device = choose.pick(manifest["devices"])
    name = choose.pick(["id", "model", "version", "state", "params", "schema", "more"])
    value = choose.pick(["", "x", "a\x01", "a\x7f", "ö", 1, 0, 2**32, 1.0, -1, None, True, {}, [],
                         {"p": 1}, {"p": "v"}, "sha256:" + 64 * "0", "i" * 255, "i" * 256])
    way = choose.between(0, 4)
    if way == 0:
        device.pop(name, None)
    elif way == 1:
        manifest["devices"].append(device)
    else:
        device[name] = value
    text = json.dumps(manifest, separators=(",", ":") if choose.chance(0.5) else None,
                      ensure_ascii=choose.chance(0.5))
    parts[0].body = text.encode()


ON_BYTES = (flip_a_bit, cut, append, write_over, insert_or_delete)
ON_RECORDS = (change_body,) * 8 + (split,) * 4 + (rename,) * 2 + (
    change_head, remove, repeat, swap, skip, give_up, change_manifest)


def spoil(choose, data: bytes) -> bytes:
    """The stream with one or two changes; that of the header sometimes with its right hash."""
    if choose.chance(0.2):
        return choose.pick(ON_BYTES)(choose, data)
    head, parts = take_apart(data)
    if choose.chance(0.05):
        head = write_over(choose, head)
    for _ in range(choose.pick([1, 1, 1, 2])):
        if not parts or parts[0].kind != ord("M") or ord("S") not in [one.kind for one in parts]:
            break
        choose.pick(ON_RECORDS)(choose, parts)
    return put_together(head, parts, choose.chance(0.9))
