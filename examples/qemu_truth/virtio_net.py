# SPDX-License-Identifier: LGPL-2.1-or-later
"""A driver of virtio-net-pci, and what that device shows."""

VENDOR_CAPABILITY = 0x09
MSIX_CAPABILITY = 0x11
COMMON_CONFIG, NOTIFY, ISR, DEVICE_CONFIG = 1, 2, 3, 4

ACKNOWLEDGE, DRIVER, DRIVER_OK, FEATURES_OK = 1, 2, 4, 8
BAD_FEATURE = 1 << 30
NO_VECTOR = 0xFFFF
CONFIG_SHOWN = 32
RINGS = 0x200000
RING_BYTES = 0x10000


class Registers:
    """A part of a BAR, whichever kind it is."""

    def __init__(self, guest, is_io, address):
        self._read = guest.port_in if is_io else guest.load
        self._write = guest.port_out if is_io else guest.store
        self._address = address

    def get(self, size, offset):
        return self._read(size, self._address + offset)

    def set(self, size, offset, value):
        self._write(size, self._address + offset, value)


class Modern:
    """The interface of version 1."""

    name = "modern"
    FEATURES = ((0x00, 0x04), (0x08, 0x0C))

    def __init__(self, common, config):
        self._common, self._config = common, config

    def _features(self, which):
        select, window = self.FEATURES[which]
        words = []
        for half in (1, 0):
            self._common.set(4, select, half)
            words.append(self._common.get(4, window))
        return words[0] << 32 | words[1]

    def drive(self, has_msix):
        for status in (ACKNOWLEDGE, ACKNOWLEDGE | DRIVER):
            self._common.set(1, 0x14, status)
        accepted = self._features(0) & ~BAD_FEATURE
        for half in (1, 0):
            self._common.set(4, 0x08, half)
            self._common.set(4, 0x0C, accepted >> 32 * half & 0xFFFFFFFF)
        self._common.set(1, 0x14, ACKNOWLEDGE | DRIVER | FEATURES_OK)
        if not self._common.get(1, 0x14) & FEATURES_OK:
            raise AssertionError("the device refused the features that it offers")
        for queue in range(self._common.get(2, 0x12)):
            self._set_up(queue, has_msix)
        self._common.set(2, 0x16, 0)
        self._common.set(1, 0x14, ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK)

    def _set_up(self, queue, has_msix):
        ring = RINGS + queue * RING_BYTES
        self._common.set(2, 0x16, queue)
        self._common.set(2, 0x1A, 0 if has_msix else NO_VECTOR)
        for offset, address in ((0x20, ring), (0x28, ring + 0x4000), (0x30, ring + 0x8000)):
            self._common.set(4, offset, address)
            self._common.set(4, offset + 4, 0)
        self._common.set(2, 0x1C, 1)

    def shown(self):
        common, queues = self._common, self._common.get(2, 0x12)
        seen = {"features": hex(self._features(0)), "accepted features": hex(self._features(1)),
                "status": hex(common.get(1, 0x14)), "queues": queues,
                "config vector": hex(common.get(2, 0x10))}
        for queue in range(queues):
            common.set(2, 0x16, queue)
            seen[f"queue {queue} size"] = common.get(2, 0x18)
            seen[f"queue {queue} vector"] = hex(common.get(2, 0x1A))
            seen[f"queue {queue} enabled"] = common.get(2, 0x1C)
            seen[f"queue {queue} rings"] = " ".join(
                hex(common.get(4, offset)) for offset in (0x20, 0x28, 0x30))
        common.set(2, 0x16, 0)
        seen["device config"] = bytes(self._config.get(1, at)
                                      for at in range(CONFIG_SHOWN)).hex()
        return seen


class Legacy:
    """The interface before version 1. MSI-X stays off, so the config begins at 20."""

    name = "legacy"

    def __init__(self, registers):
        self._registers = registers
        self._config = 20

    def drive(self, has_msix):
        registers = self._registers
        for status in (ACKNOWLEDGE, ACKNOWLEDGE | DRIVER):
            registers.set(1, 18, status)
        registers.set(4, 4, registers.get(4, 0) & ~BAD_FEATURE)
        for queue in range(16):
            registers.set(2, 14, queue)
            if registers.get(2, 12):
                registers.set(4, 8, (RINGS + queue * RING_BYTES) >> 12)
                if has_msix:
                    registers.set(2, 22, 0)
        registers.set(2, 14, 0)
        registers.set(1, 18, ACKNOWLEDGE | DRIVER | DRIVER_OK)

    def shown(self):
        registers = self._registers
        seen = {"features": hex(registers.get(4, 0)),
                "accepted features": hex(registers.get(4, 4)),
                "status": hex(registers.get(1, 18))}
        for queue in range(16):
            registers.set(2, 14, queue)
            if registers.get(2, 12):
                seen[f"queue {queue} size"] = registers.get(2, 12)
                seen[f"queue {queue} ring"] = hex(registers.get(4, 8))
        registers.set(2, 14, 0)
        seen["device config"] = bytes(registers.get(1, self._config + at)
                                      for at in range(CONFIG_SHOWN)).hex()
        return seen


class Driver:
    """Speaks the newest interface that the device has; looks at all of them."""

    def __init__(self, device):
        bars = device.bars()
        capabilities = device.capabilities()
        self._has_msix = any(kind == MSIX_CAPABILITY for kind, _ in capabilities)
        parts = {}
        for kind, offset in capabilities:
            if kind == VENDOR_CAPABILITY:
                bar, start = device.get(1, offset + 4), device.get(4, offset + 8)
                if bar in bars:
                    is_io, address = bars[bar]
                    parts.setdefault(device.get(1, offset + 3),
                                     Registers(device.guest, is_io, address + start))
        self._interfaces = []
        if COMMON_CONFIG in parts:
            self._interfaces.append(Modern(parts[COMMON_CONFIG], parts[DEVICE_CONFIG]))
        if bars.get(0, (False,))[0]:
            self._interfaces.append(Legacy(Registers(device.guest, *bars[0])))

    def drive(self):
        self._interfaces[0].drive(self._has_msix)

    def shown(self):
        return {f"{interface.name} {name}": value for interface in self._interfaces
                for name, value in interface.shown().items()}
