# SPDX-License-Identifier: LGPL-2.1-or-later

"""The card of nic.c in Python: its state is a dict, which the schemas in schemas/ describe."""

import re
import time
from pathlib import Path

from gi.repository import GLib, Migdesc

SCHEMAS = Path(__file__).resolve().parent / "schemas"
VERSIONS = 4
RECEIVED, LINK_CHANGED = 1, 2
NO_INTERRUPT = -1


class Refused(Exception):
    """Why something was not done, with its code."""

    def __init__(self, message, code="refused"):
        super().__init__(message)
        self.code = code


def read_schema(version):
    text = (SCHEMAS / f"state-{version}.json").read_text(encoding="utf-8")
    return Migdesc.StateType.new_from_json(text, -1, None)


def make_type(newest):
    """The state of a program of that version, which speaks to all older ones."""
    changes = Migdesc.Transforms.new()
    for version in range(1, newest):
        changes.add_schema(read_schema(version))
    if newest >= 2:
        changes.add_default(1, 2, "mtu", GLib.Variant("q", 1500))
        changes.add_drop(2, 1, "mtu")
    if newest >= 3:
        changes.add_rename(2, 3, "link_state", "link")
        changes.add_rename(3, 2, "link", "link_state")
    if newest >= 4:
        for old, new, kind in ((3, 4, "u"), (4, 3, "q")):
            for path in ("queues[].size", "queues[].head"):
                changes.add_retype(old, new, path, kind)
    return Migdesc.StateType.new_with_transforms(read_schema(newest), changes)


def read_hex(text, separator=""):
    """Two digits a byte, or None."""
    parts = text.split(separator) if separator else re.findall("..?", text)
    if all(re.fullmatch("[0-9a-fA-F]{2}", part) for part in parts):
        return bytes(int(part, 16) for part in parts)
    return None


class Card:
    """What the guest does with the card, and what it gives and takes when it moves."""

    def __init__(self, config, version, params):
        self.config = config
        self.version = version
        self.params = params
        self.type = make_type(version)
        self.schema = Migdesc.StateType.new_effective(self.type, version, params)
        self.link = "link" if version >= 3 else "link_state"
        self.running_since = None
        self.loading = None
        self.state = self.fresh()

    def fresh(self):
        """As it comes out of the box."""
        state = {
            "control": 1, "interrupt_mask": RECEIVED | LINK_CHANGED, "interrupt_cause": 0,
            "moderation": 0, "interrupt_due": NO_INTERRUPT, "interrupts": 0, "clock": 0,
            self.link: 1,
            "eeprom": bytes.fromhex("525400123456") + bytes(58),
            "queues": [{"ring": 0x10000 * (i + 1), "size": 256, "head": 0, "frames": 0, "bytes": 0}
                       for i in range(self.config["num-queues"])],
            "filters": [],
        }
        if self.version >= 2:
            state["mtu"] = 1500
        if self.config.get("rss"):
            state["rss"] = {"@version": 1, "rss_key": bytes(16)}
        return state

    def tree(self, state=None):
        """The state as a tree, checked by the schema."""
        return Migdesc.State.from_dict(self.schema, self.state if state is None else state)

    # The clock

    def settle(self):
        """The clock moves while the card runs, and interrupts are due by it."""
        if self.running_since is None:
            return
        now = time.monotonic_ns()
        self.state["clock"] += now - self.running_since
        self.running_since = now
        if self.state["interrupt_due"] != NO_INTERRUPT \
                and self.state["clock"] >= self.state["interrupt_due"]:
            self.state["interrupts"] += 1
            self.state["interrupt_cause"] = 0
            self.state["interrupt_due"] = NO_INTERRUPT

    def run(self):
        self.running_since = time.monotonic_ns()

    def pause(self):
        self.settle()
        self.running_since = None

    def interrupt(self, cause):
        state = self.state
        state["interrupt_cause"] |= cause
        if cause & state["interrupt_mask"] and state["interrupt_due"] == NO_INTERRUPT:
            state["interrupt_due"] = state["clock"] + state["moderation"] * 1000

    # The guest

    def queue(self, number):
        if number < len(self.state["queues"]):
            return self.state["queues"][number]
        raise Refused(f"there is no queue {number}, the card has {len(self.state['queues'])}")

    def change(self, part, name, value):
        """Checked by the schema, as what comes in a stream is."""
        before = part[name]
        part[name] = value
        try:
            self.tree()
        except Migdesc.Failure:
            part[name] = before
            raise

    def receive(self, queue, frames, bytes):
        if frames == 0:
            raise Refused("receive: frames is 1 or more", "bad-argument")
        target = self.queue(queue)
        if not self.state["control"] & 1 or self.state[self.link] != 1:
            raise Refused("the receiver is off, or the link is down")
        target["frames"] = (target["frames"] + frames) % 2 ** 64
        target["bytes"] = (target["bytes"] + bytes) % 2 ** 64
        target["head"] = (target["head"] + frames) % target["size"]
        self.interrupt(RECEIVED)

    def write(self, register, value):
        names = {"control": ("control", 32), "interrupt-mask": ("interrupt_mask", 32),
                 "moderation": ("moderation", 16), "link": (self.link, 8)}
        if self.version >= 2:
            names["mtu"] = ("mtu", 16)
        if register not in names:
            raise Refused("there is no such register")
        name, bits = names[register]
        if value >> bits:
            raise Refused(f"the register has {bits} bits")
        before = self.state[name]
        self.change(self.state, name, value)
        if name == "mtu" and value != 1500 and not self.config["jumbo"]:
            self.state[name] = before
            raise Refused("mtu is not 1500, and jumbo is off")
        if name == self.link and value != before:
            self.interrupt(LINK_CHANGED)

    def write_queue(self, queue, size):
        target = self.queue(queue)
        bits = 32 if self.version >= 4 else 16
        if size >> bits:
            raise Refused(f"the register has {bits} bits")
        before = dict(target)
        target["head"] = 0
        try:
            self.change(target, "size", size)
        except Migdesc.Failure:
            target.update(before)
            raise

    def write_eeprom(self, offset, data):
        new = read_hex(data)
        if not new or len(new) > 64:
            raise Refused("the data are 1 to 64 bytes, two hexadecimal digits each")
        if offset + len(new) > 64:
            raise Refused("the EEPROM has 64 bytes")
        old = self.state["eeprom"]
        self.state["eeprom"] = old[:offset] + new + old[offset + len(new):]

    def write_rss_key(self, key):
        if not self.config.get("rss"):
            raise Refused("the card has no receive side scaling")
        new = read_hex(key)
        if new is None or len(new) != 16:
            raise Refused("the key is 16 bytes, two hexadecimal digits each")
        self.state["rss"]["rss_key"] = new

    def find_filter(self, mac, vlan):
        address = read_hex(mac, ":")
        if address is None or len(address) != 6:
            raise Refused("the MAC address is of the form 52:54:00:12:34:56")
        if vlan > 4095:
            raise Refused("the VLAN is 0 to 4095")
        found = [item for item in self.state["filters"]
                 if (item["mac"], item["vlan"]) == (address, vlan)]
        return address, found[0] if found else None

    def add_filter(self, mac, vlan=0, drop=False):
        address, found = self.find_filter(mac, vlan)
        if found:
            raise Refused("there is such a filter")
        if len(self.state["filters"]) >= self.config["rx-filter-size"]:
            raise Refused("there is no room for another filter")
        self.state["filters"].append({"mac": address, "vlan": vlan, "action": int(drop)})

    def remove_filter(self, mac, vlan=0):
        found = self.find_filter(mac, vlan)[1]
        if not found:
            raise Refused("there is no such filter")
        self.state["filters"].remove(found)

    # In a device set

    def capture(self, *_):
        self.settle()
        return self.tree()

    def load(self, _id, step, state, *_):
        if step == Migdesc.LoadStep.PREPARE:
            self.check(state)
            self.loading = state.to_dict()
            return True
        if step == Migdesc.LoadStep.COMMIT:
            self.state = self.loading
        self.loading = None
        return True

    def check(self, state):
        """The schema knows the bounds of every field; only the card knows how it was created."""
        queues, filters = len(state["queues"]), len(state["filters"])
        reason = None
        if queues != self.config["num-queues"]:
            reason = f"{queues} queues, this card has {self.config['num-queues']}"
        elif filters > self.config["rx-filter-size"]:
            reason = f"{filters} filters, this card has room for {self.config['rx-filter-size']}"
        elif state.get("mtu", 1500) != 1500 and not self.config["jumbo"]:
            reason = f"mtu is {state['mtu']}, and jumbo is off"
        if reason:
            raise GLib.Error.new_literal(Migdesc.error_quark(), reason, Migdesc.Error.REFUSED)
