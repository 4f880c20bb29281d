# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a stopped QEMU says of itself: by QMP, by HMP, and by looking at it as a guest does."""

import re

from qemu_descriptors.qmp import Refused

CONFIG_BYTES = 256
EXPRESS_BYTES = 4096
# Where aarch64's virt shows the configuration space of its bus
VIRT_CONFIG = 0x4010000000


def read(qmp, guest, machine):
    """{subject: what there is of it}; what a machine does not have is empty."""
    name = qmp.execute("qom-get", path="/machine", property="type")
    return {
        "machine": name.removesuffix("-machine"),
        "uuid": qmp.execute("query-uuid")["UUID"],
        "status": qmp.execute("query-status")["status"],
        "registers": _registers(_hmp(qmp, "info registers -a")),
        "register text": _hmp(qmp, "info registers -a"),
        "ram": _ram(_hmp(qmp, "info ramblock")),
        "size": qmp.execute("query-memory-size-summary")["base-memory"],
        "nics": _nics(_hmp(qmp, "info network")),
        "pci": _pci(qmp, guest, machine),
        "virtio": _virtio(qmp),
        "rtc": _optional(qmp, "qom-get", path="/machine", property="rtc-time"),
        "lapic": _hmp(qmp, "info lapic"),
        "pic": _hmp(qmp, "info pic"),
    }


def _hmp(qmp, line):
    text = qmp.execute("human-monitor-command", **{"command-line": line})
    return "" if text.startswith(("unknown command", "No CPU", "Error")) else text.replace("\r", "")


def _optional(qmp, command, **arguments):
    try:
        return qmp.execute(command, **arguments)
    except Refused:
        return None


def _registers(text):
    """[{name: number}] by processor, of `NAME=hex`; of what is more than a word, the first.

    s390x's program status is `mask` and `addr`. Power's are `NAME hex`, and of general registers
    four with the first one's name.
    """
    found = []
    for part in re.split(r"^CPU#\d+", text, flags=re.MULTILINE)[1:]:
        registers = {name: int(value, 16) for name, value in
                     re.findall(r"\b([A-Za-z][A-Za-z0-9]*) *= *([0-9a-f]+)\b", part)}
        for name, value in re.findall(r"\b(mask|addr|NIP|LR|CTR|MSR|FPSCR) ([0-9a-f]{16})", part):
            registers[name] = int(value, 16)
        for first, values in re.findall(r"^([FG]PR\d\d)((?: [0-9a-f]{16})+)", part, re.MULTILINE):
            for at, value in enumerate(values.split()):
                registers[f"{first[:3]}{int(first[3:]) + at:02}"] = int(value, 16)
        found.append(registers)
    return found


def _ram(text):
    """{block: used bytes}"""
    return {words[0]: int(words[4], 16)
            for words in (line.split() for line in text.splitlines()[1:]) if len(words) >= 6}


def _nics(text):
    """{id: MAC}"""
    return {name: bytes.fromhex(mac.replace(":", "")) for name, mac in
            re.findall(r"(\w+): index=0,type=nic,model=[\w-]+,macaddr=([0-9a-f:]+)", text)}


def _devices(buses):
    for device in buses:
        yield device
        yield from _devices(device.get("pci_bridge", {}).get("devices", ()))


def _pci(qmp, guest, machine):
    """{(bus, slot, function): what query-pci has, and `config`, the bytes that the guest sees}"""
    found = {}
    for bus in _optional(qmp, "query-pci") or ():
        for device in _devices(bus["devices"]):
            place = device["bus"], device["slot"], device["function"]
            config = _config(guest, machine, place)
            found[place] = {**device, "config": config, "vectors": _vectors(guest, device, config)}
    return found


def _vectors(guest, device, config):
    """The table of MSI-X as the guest sees it; empty where it has no place yet."""
    at = config[0x34] if config and config[6] & 0x10 else 0
    while at and config[at] != 0x11:
        at = config[at + 1]
    if not at or not config[4] & 2:
        return b""
    count = (int.from_bytes(config[at + 2:at + 4], "little") & 0x7FF) + 1
    table = int.from_bytes(config[at + 4:at + 8], "little")
    for region in device["regions"]:
        if region["bar"] == table & 7 and region["address"] not in (-1, 0):
            return guest.load_bytes(region["address"] + (table & ~7), 16 * count)
    return b""


def _config(guest, machine, place):
    bus, slot, function = place
    if machine.program == "qemu-system-aarch64":
        at = VIRT_CONFIG + (bus << 20 | slot << 15 | function << 12)
        return guest.load_bytes(at, EXPRESS_BYTES)
    if machine.program != "qemu-system-x86_64":
        return b""
    before = guest.port_in(4, 0xCF8)
    data = bytearray()
    for offset in range(0, CONFIG_BYTES, 4):
        guest.port_out(4, 0xCF8, 1 << 31 | bus << 16 | slot << 11 | function << 8 | offset)
        data += guest.port_in(4, 0xCFC).to_bytes(4, "little")
    guest.port_out(4, 0xCF8, before)
    return bytes(data)


def _virtio(qmp):
    """{QOM path: its status, and `queues`}"""
    found = {}
    for device in _optional(qmp, "x-query-virtio") or ():
        path = device["path"]
        status = qmp.execute("x-query-virtio-status", path=path)
        queues = [qmp.execute("x-query-virtio-queue-status", path=path, queue=number)
                  for number in range(status["num-vqs"])]
        found[path] = {**status, "queues": queues}
    return found
