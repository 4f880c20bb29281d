# SPDX-License-Identifier: LGPL-2.1-or-later
"""As much DER as it takes to change one value of a stream: items, and what they are in."""

import struct

BOOLEAN, INTEGER, OCTETS, NULL, REAL, ENUMERATED, UTF8, SEQUENCE = 1, 2, 4, 5, 9, 10, 12, 0x30
CONSTRUCTED = 0x20
DEVICES = 3  # of a Stream


class Item:
    """A tag, and bytes or, of what is constructed, items."""

    def __init__(self, tag: int, value):
        self.tag, self.value = tag, value

    def encode(self) -> bytes:
        body = self.value
        if isinstance(body, list):
            body = b"".join(item.encode() for item in body)
        return bytes([self.tag]) + length_of(body) + body


def length_of(body: bytes) -> bytes:
    if len(body) < 0x80:
        return bytes([len(body)])
    digits = len(body).to_bytes(4, "big").lstrip(b"\0")
    return bytes([0x80 | len(digits)]) + digits


def parse(data: bytes) -> list:
    items = []
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            n = length & 0x7f
            length = int.from_bytes(data[at:at + n], "big")
            at += n
        body = data[at:at + length]
        items.append(Item(tag, parse(body) if tag & CONSTRUCTED else body))
        at += length
    return items


def fields_of_device(stream: Item, n: int) -> list:
    """The items of the state of a device, in the order of its table."""
    return stream.value[DEVICES].value[n].value[1].value


def leaves(item: Item):
    if isinstance(item.value, list):
        for one in item.value:
            yield from leaves(one)
    else:
        yield item


def item_of(value, tag: int = INTEGER) -> Item:
    """An INTEGER, or what Python has no other kind for."""
    if isinstance(value, bool):
        return Item(BOOLEAN, b"\xff" if value else b"\0")
    if isinstance(value, int):
        return Item(tag, value.to_bytes((8 + (value + (value < 0)).bit_length()) // 8, "big",
                                        signed=True))
    if isinstance(value, float):  # those of which twice the value is odd
        return Item(REAL, struct.pack(">BbB", 0x80, -1, int(value * 2)))
    return Item(NULL, b"") if value is None else Item(UTF8, value.encode())
