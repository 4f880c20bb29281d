# SPDX-License-Identifier: LGPL-2.1-or-later
"""The decoder of binary streams: the example of docs/state-format.md, and what is refused."""

import os
import re
from pathlib import Path

import pytest

from state_decoder import decode, xxh64
from state_place import Refused
from state_spoil import Part, put_together, take_apart

PAGE = (Path(os.environ["MIGDESC_SRCDIR"]) / "docs" / "state-format.md").read_text()
ROWS = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} ?)+)", PAGE, re.M)
EXAMPLE = bytes.fromhex("".join(ROWS))
DIGEST = re.search(rb"sha256:[0-9a-f]{64}", EXAMPLE)[0].decode()
SCHEMA = {
    "name": "nic", "version": 1, "minimum": 1,
    "structs": [{"name": "queue", "fields": [
        {"name": "size", "type": "u16", "min": 1, "max": 32768},
        {"name": "head", "type": "u16", "min": 0, "max": 32767}]}],
    "fields": [
        {"name": "mtu", "type": "u16", "min": 68, "max": 9216},
        {"name": "link", "type": "enum8", "words": ["down", "up"]},
        {"name": "queues", "type": "struct", "struct": "queue", "maximum": 4},
        {"name": "label", "type": "string", "maximum": 15},
        {"name": "rss", "type": "section", "version": 1, "minimum": 1, "needed": "nic_has_key",
         "droppable": True,
         "fields": [{"name": "key", "type": "u32", "min": 0, "max": 4294967295}]},
    ]}
STATE = {"mtu": 1500, "link": 1, "queues": [{"size": 256, "head": 7}, {"size": 512, "head": 0}],
         "label": "left", "rss": {"@version": 1, "key": 0xfeedbeef}}


def read(data: bytes, schema=SCHEMA):
    return decode(data, {DIGEST: schema}).states


def changed(change) -> bytes:
    head, parts = take_apart(EXAMPLE)
    change(parts)
    return put_together(head, parts)


def refusal(data: bytes, schema=SCHEMA) -> str:
    with pytest.raises(Refused) as caught:
        read(data, schema)
    return str(caught.value)


@pytest.mark.parametrize("data, seed, hash_", [
    (b"", 0, 0xef46db3751d8e999),
    (b"a", 0, 0xd24ec4f1a98c6e5b),
    (b"abc", 0, 0x44bc2cf5ad770999),
    (b"Nobody inspects the spammish repetition", 0, 0xfbcea83c8a378bf1),
])
def test_xxh64(data, seed, hash_):
    assert xxh64(data, seed) == hash_


def test_the_example_of_the_page():
    assert read(EXAMPLE) == {"net0": STATE}


def test_every_prefix_and_every_bit():
    for length in range(len(EXAMPLE)):
        assert refusal(EXAMPLE[:length]).startswith(f"{length:#x}: ") or length < 8
    for bit in range(8 * len(EXAMPLE)):
        flipped = bytearray(EXAMPLE)
        flipped[bit // 8] ^= 1 << bit % 8
        refusal(bytes(flipped))


def set_body(position: int, at: int, data: bytes):
    def change(parts: list[Part]):
        body = parts[position].body
        parts[position].body = body[:at] + data + body[at + len(data):]
    return change


@pytest.mark.parametrize("change, message", [
    (set_body(1, 4, b"\0\0"), "0xe1: mtu: 0 is not in 68 to 9216"),
    (set_body(1, 6, b"\2"), "0xe3: link: 2 is not in 0 to 1"),
    (set_body(1, 7, b"\xff\xff\xff\xff"), "0xe4: queues: 4294967295 of at most 4"),
    (set_body(1, 13, b"\xff\xff"), "0xea: queues[0].head: 65535 is not in 0 to 32767"),
    (set_body(1, 19, b"\x05"), "0xf8: label: the section ends, 1 bytes too soon"),
    (set_body(1, 19, b"\x03"), "0xf7: 1 bytes behind the last field"),
    (set_body(1, 23, b"\0"), "0xf0: label: a NUL"),
    (set_body(1, 23, b"\xff"), "0xf0: label: not UTF-8"),
    (set_body(1, 2, b"\1"), "0xdd: the body of a device has neither flags nor a version"),
    (set_body(2, 0, b"\3"), "0x108: flags 0x3 of a section"),
    (set_body(2, 2, b"s"), None),
    (set_body(2, 5, b"\2"), "0x10f: rss: the version 2"),
    (lambda parts: parts.pop(2), None),
    (lambda parts: parts.pop(1), "0xd5: the device 0 has no body"),
    (lambda parts: parts.insert(2, parts[2]), "0x12a: the section 'rss' twice or out of order"),
    (lambda parts: parts.insert(2, Part(0x7f, 0, 0, b"")), "0x100: a record of the type 0x7f"),
    (lambda parts: parts.insert(2, Part(0xff, 9, 9, b"")), None),
    (lambda parts: parts.insert(2, Part(ord("X"), 0, 0, b"no")), "0x100: given up: no"),
    (lambda parts: parts.insert(0, Part(0xff, 0, 0, b"")), "0x1c: not the manifest"),
])
def test_changes_behind_the_hashes(change, message):
    data = changed(change)
    if message is None:
        assert read(data)["net0"]["mtu"] == 1500
    else:
        assert refusal(data) == message


def test_numbers_are_in_one_chunk_and_bytes_in_any():
    def split(where):
        def change(parts):
            body = parts[1].body
            parts[1:2] = [Part(ord("S"), 2, 0, body[:where]), Part(ord("S"), 1, 0, body[where:])]
        return changed(change)

    inside = [where for where in range(4, 27) if where in (5, 8, 9, 10, 12, 14, 16, 18, 20, 21, 22)]
    for where in range(4, 28):
        if where in inside:
            assert "the chunk ends within the number" in refusal(split(where))
        else:
            assert read(split(where)) == {"net0": STATE}


def test_a_section_that_is_needed():
    needed = {**SCHEMA, "fields": [{k: v for k, v in one.items() if k != "needed"}
                                   for one in SCHEMA["fields"]]}
    assert refusal(changed(lambda parts: parts.pop(2)),
                   needed) == "0x100: the section 'rss' is missing"
