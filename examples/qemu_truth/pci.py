# SPDX-License-Identifier: LGPL-2.1-or-later
"""What firmware does to one PCI Express device, and what its configuration space shows."""

import struct

# Where the configuration space is put, and the root port's windows.
WINDOW = 0xB0000000
PORT_SLOT = 2
IO_BASE = 0xC000
MEMORY_BASE = 0xC0000000
MEMORY_LIMIT = 0xC07FFFFF
PREFETCH_BASE = 0xD0000000
PREFETCH_LIMIT = 0xD07FFFFF

CONFIG_BYTES = 4096
COMMAND = 0x04
BARS = 0x10
CAPABILITIES = 0x34
IO_MEMORY_MASTER = 0x7
EXPRESS_CAPABILITY = 0x10
DEVICE_CONTROL = 0x08
FUNCTION_RESET = 0x8000


class Device:
    """The device behind the root port: bus 1, slot 0, function 0."""

    def __init__(self, guest):
        self.guest = guest
        self._config = WINDOW + (1 << 20)

    def get(self, size, offset):
        return self.guest.load(size, self._config + offset)

    def set(self, size, offset, value):
        self.guest.store(size, self._config + offset, value)

    def config(self):
        return self.guest.load_bytes(self._config, CONFIG_BYTES)

    def probe(self):
        """What the configuration space reads as once all ones were written everywhere.

        Tells the sizes of BARs and which bits can be written. The device is of no use after it.
        The one bit that would reset all others is left alone.
        """
        ones = bytearray(b"\xff" * CONFIG_BYTES)
        for kind, offset in self.capabilities():
            if kind == EXPRESS_CAPABILITY:
                struct.pack_into("<H", ones, offset + DEVICE_CONTROL, 0xFFFF & ~FUNCTION_RESET)
        self.guest.store_bytes(self._config, bytes(ones))
        return self.config()

    def capabilities(self):
        """[(id, offset)] of the capability list."""
        found, offset = [], self.get(1, CAPABILITIES)
        while offset and len(found) < 48:
            found.append((self.get(1, offset), offset))
            offset = self.get(1, offset + 1)
        return found

    def bars(self):
        """{index: (is I/O, address)} of those that firmware set."""
        found, index = {}, 0
        while index < 6:
            low = self.get(4, BARS + 4 * index)
            wide = low & 1 == 0 and low & 6 == 4
            high = self.get(4, BARS + 4 * (index + 1)) if wide else 0
            address = (high << 32 | low) & ~(3 if low & 1 else 15)
            if address:
                found[index] = (bool(low & 1), address)
            index += 2 if wide else 1
        return found


def is_open(guest):
    """Whether firmware has opened the window of the configuration space."""
    guest.port_out(4, 0xCF8, 0x80000060)
    return bool(guest.port_in(4, 0xCFC) & 1)


def enumerate_device(guest):
    """What firmware does: opens the root port and places the device's BARs."""
    _set_up_port(guest)
    device = Device(guest)
    places = {"io": IO_BASE, "memory": MEMORY_BASE, "prefetch": PREFETCH_BASE}
    index = 0
    while index < 6:
        index += _place_bar(device, index, places)
    device.set(2, COMMAND, IO_MEMORY_MASTER)
    return device


def _set_up_port(guest):
    guest.port_out(4, 0xCF8, 0x80000060)
    guest.port_out(4, 0xCFC, WINDOW | 1)
    port = WINDOW + (PORT_SLOT << 15)
    guest.store(4, port + 0x18, 0x00010100)
    guest.store(2, port + 0x1C, (IO_BASE >> 8 & 0xF0) | (IO_BASE & 0xF000))
    guest.store(4, port + 0x20, _window(MEMORY_BASE, MEMORY_LIMIT))
    guest.store(4, port + 0x24, _window(PREFETCH_BASE, PREFETCH_LIMIT))
    guest.store(2, port + COMMAND, IO_MEMORY_MASTER)


def _window(base, limit):
    return (base >> 16 & 0xFFF0) | (limit & 0xFFF00000)


def _place_bar(device, index, places):
    """Sizes and places a BAR; says how many registers it takes."""
    offset = BARS + 4 * index
    device.set(4, offset, 0xFFFFFFFF)
    mask = device.get(4, offset)
    if mask == 0:
        return 1
    wide = mask & 1 == 0 and mask & 6 == 4
    kind = "io" if mask & 1 else "prefetch" if mask & 8 else "memory"
    size = -(mask & ~(3 if mask & 1 else 15)) & (0xFFFF if mask & 1 else 0xFFFFFFFF)
    size = max(size, 0x100 if mask & 1 else 0x1000)
    address = (places[kind] + size - 1) & ~(size - 1)
    places[kind] = address + size
    device.set(4, offset, address)
    if wide:
        device.set(4, offset + 4, 0)
    return 2 if wide else 1


def shown(config):
    """A configuration space as {name: value}, four bytes at a time, zeros left out."""
    words = struct.unpack(f"<{CONFIG_BYTES // 4}I", config)
    return {f"config {4 * at:#x}": f"{word:08x}" for at, word in enumerate(words) if word}
