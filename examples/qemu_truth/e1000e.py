# SPDX-License-Identifier: LGPL-2.1-or-later
"""A driver of e1000e, and what that device shows."""

RINGS = 0x200000
EEPROM_WORDS = 64
EEPROM_READ = 0x14

SHOWN = {
    "CTRL": 0x00000, "STATUS": 0x00008, "CTRL_EXT": 0x00018, "VET": 0x00038, "IMS": 0x000D0,
    "RCTL": 0x00100, "TCTL": 0x00400, "LEDCTL": 0x00E00, "PBA": 0x01000, "RDBAL": 0x02800,
    "RDLEN": 0x02808, "TDBAL": 0x03800, "TDLEN": 0x03808, "RXCSUM": 0x05000, "RFCTL": 0x05008,
    "RAL": 0x05400, "RAH": 0x05404, "MANC": 0x05820, "SWSM": 0x05B50, "FWSM": 0x05B54,
}
# What a driver sets up: rings, the receiver and the transmitter, and its interrupts.
DRIVEN = {"RDBAL": RINGS, "RDLEN": 0x1000, "TDBAL": RINGS + 0x1000, "TDLEN": 0x1000,
          "RCTL": 0x2, "TCTL": 0x2, "IMS": 0x9D}


class Driver:
    def __init__(self, device):
        self._guest = device.guest
        _, self._address = device.bars()[0]

    def _get(self, register):
        return self._guest.load(4, self._address + register)

    def _set(self, register, value):
        self._guest.store(4, self._address + register, value)

    def drive(self):
        for name, value in DRIVEN.items():
            self._set(SHOWN[name], value)

    def _eeprom_word(self, word):
        self._set(EEPROM_READ, word << 2 | 1)
        return self._get(EEPROM_READ) >> 16

    def shown(self):
        seen = {name: f"{self._get(register):08x}" for name, register in SHOWN.items()}
        words = [self._eeprom_word(word) for word in range(EEPROM_WORDS)]
        return seen | {"EEPROM": "".join(f"{word:04x}" for word in words)}
