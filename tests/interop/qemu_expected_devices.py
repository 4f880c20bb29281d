# SPDX-License-Identifier: LGPL-2.1-or-later
"""As qemu_expected.py, of PCI and virtio devices."""

import re
import struct

from qemu_expected import Mismatch, same

POWER, EXPRESS, MSIX = 0x01, 0x10, 0x11
STATUS_BITS = {"ACKNOWLEDGE": 1, "DRIVER": 2, "DRIVER_OK": 4, "FEATURES_OK": 8,
               "DEVICE_NEEDS_RESET": 64, "FAILED": 128}


def structs(state):
    """All structs in a state, the outer ones first."""
    try:
        state.keys()
    except (AttributeError, TypeError):
        return
    yield state
    for value in state.values():
        yield from structs(value)


def find(state, member, wanted=object):
    """The first struct that has the member; None where there is none."""
    return next((one for one in structs(state)
                 if member in one.keys() and isinstance(one[member], wanted)), None)


# PCI


def configurations(states, truth):
    """What the guest sees of a configuration space is what the stream has."""
    count = 0
    for place, device in truth["pci"].items():
        name, state = find_function(states, place)
        config = find(state, "class_code")
        count += same(f"{name} identity", (config["vendor"], config["device"]),
                      (device["id"]["vendor"], device["id"]["device"]))
        if device["config"]:
            count += _head(name, config, device["config"])
            for identity, offset in _capabilities(device["config"]):
                count += _capability(f"{name} capability", config, identity, offset,
                                     device["config"])
        if device["vectors"]:
            count += _vectors(name, state, device["vectors"])
    return count


def find_function(states, place):
    """(section, state) of the function at (bus, slot, function); bus 1 is behind a root port."""
    bus, slot, function = place
    pattern = (rf"0000:00:{slot:02x}\.{function}/[^/]+" if bus == 0
               else rf"0000:00:[^/]+:{slot:02x}\.{function}/[^/]+")
    for (name, _), state in states.items():
        if re.fullmatch(pattern, name) and find(state, "class_code"):
            return name, state
    raise Mismatch(f"no section has the configuration space of {place}")


def _head(name, state, config):
    fields = ("vendor", "device", "command", "status", "revision")
    count = same(f"{name} head", [state[field] for field in fields],
                 list(struct.unpack_from("<HHHHB", config)))
    count += same(f"{name} class", state["class_code"], int.from_bytes(config[9:12], "little"))
    count += same(f"{name} interrupt", [state["interrupt_line"], state["interrupt_pin"]],
                  list(config[0x3C:0x3E]))
    if state["function"] is not None:
        count += same(f"{name} bars", list(state["function"]["bars"]),
                      list(struct.unpack_from("<6I", config, 0x10)))
    else:
        buses = ("primary_bus", "secondary_bus", "subordinate_bus")
        count += same(f"{name} buses", [state["bridge"][field] for field in buses],
                      list(config[0x18:0x1B]))
    return count + same(f"{name} capabilities", [(one["id"], one["offset"])
                                                 for one in state["capabilities"]],
                        list(_capabilities(config)))


def _capabilities(config):
    at = config[0x34] if config[6] & 0x10 else 0
    while at:
        yield config[at], at
        at = config[at + 1]


def _capability(what, state, identity, offset, config):
    if identity == MSIX:
        control, table, pending = struct.unpack_from("<HII", config, offset + 2)
        return same(what, state["msix"].to_dict(), {
            "control": control, "vectors": (control & 0x7FF) + 1, "table": table,
            "pending": pending})
    if identity == EXPRESS:
        fields = ("capabilities", "device_capabilities", "device_control")
        return same(what, [state["express"][field] for field in fields],
                    list(struct.unpack_from("<HIH", config, offset + 2)))
    if identity == POWER:
        return same(what, list(state["power"].values()),
                    list(struct.unpack_from("<HH", config, offset + 2)))
    return 0


def _vectors(name, state, data):
    table = find(state, "vectors", wanted=type(state))["vectors"]
    wanted = list(struct.iter_unpack("<QII", data))
    found = [(one["address"], one["data"], one["control"]) for one in table]
    return len(wanted) * same(f"{name} vectors", found, wanted)


def addresses(states, truth):
    """MAC addresses, where QEMU has them in a field of their own."""
    count = 0
    wanted = set(truth["nics"].values())
    for (name, _), state in states.items():
        for field, owner in (("mac", find(state, "mac", wanted=bytes)),
                             ("core.permanent_mac", find(state, "core.permanent_mac"))):
            if owner is not None:
                count += same(f"{name} MAC", bytes(owner[field]) in wanted, True)
    return count


# virtio


def virtio(states, truth):
    """Each device that QEMU tells of has a section with the same status, features and queues."""
    found = {name: state["virtio"] for (name, _), state in states.items()
             if "virtio" in state.keys()}
    count = same("virtio devices", len(found), len(truth["virtio"]))
    for path, wanted in truth["virtio"].items():
        candidates = [name for name in found
                      if name.endswith("/" + _section_name(wanted["name"]))]
        if len(candidates) != 1:
            raise Mismatch(f"{path}: sections {candidates}")
        count += _device(candidates[0], found[candidates[0]], wanted)
    return count


def _section_name(name):
    return {"virtio-serial": "virtio-console"}.get(name, name)


def _device(name, state, wanted):
    status = sum(bit for word, bit in STATUS_BITS.items()
                 for text in wanted["status"]["statuses"]
                 if text.startswith(f"VIRTIO_CONFIG_S_{word}:"))
    features = wanted["guest-features"]
    bits = (len(features["dev-features"]) + len(features["transports"])
            + bin(features.get("unknown-dev-features", 0)).count("1"))
    count = 0
    for field, value in (("device_status", status), ("isr", wanted["isr"]),
                         ("queue_select", wanted["queue-sel"]), ("broken", wanted["broken"]),
                         ("undecoded", b"")):
        count += same(f"{name} {field}", state[field], value)
    count += same(f"{name} features", bin(state["guest_features"]).count("1"), bits)
    queues = [queue for queue in wanted["queues"] if queue["vring-num"]]
    count += same(f"{name} queues", len(state["queues"]), len(queues))
    for place, queue in enumerate(queues):
        count += _queue(f"{name} queue {place}", state, place, queue)
    return count


def _queue(what, state, place, wanted):
    queue = state["queues"][place]
    count = same(f"{what} num", queue["num"], wanted["vring-num"])
    count += same(f"{what} desc", queue["desc"], wanted["vring-desc"])
    count += same(f"{what} index", queue["last_avail_idx"], wanted["last-avail-idx"])
    if state["mmio"] is not None:
        count += same(f"{what} align", queue["align"], wanted["vring-align"])
    if len(state["rings"]):
        ring = state["rings"][place]
        count += same(f"{what} rings", (ring["avail"], ring["used"]),
                      (wanted["vring-avail"], wanted["vring-used"]))
    if len(state["packed"]):
        packed = state["packed"][place]
        count += same(f"{what} packed", (packed["last_avail_idx"], packed["used_idx"],
                                         packed["in_use"]),
                      (wanted["last-avail-idx"], wanted["used-idx"], wanted["inuse"]))
    if len(state["sizes"]):
        count += same(f"{what} default", state["sizes"][place], wanted["vring-num-default"])
    return count


def driven(states, truth):
    """What our driver saw of its device after it had set it up."""
    [state] = [state["virtio"] for (name, _), state in states.items()
               if name.endswith("/virtio-net")]
    seen = truth["driver"]
    kind = "modern" if "modern status" in seen else "legacy"
    count = same("status", hex(state["device_status"]), seen[f"{kind} status"])
    count += same("features", hex(state["guest_features"]), seen[f"{kind} accepted features"])
    count += same("config", seen[f"{kind} device config"][:12], state["net"]["mac"].hex())
    for place, queue in enumerate(state["queues"]):
        count += same("size", queue["num"], seen[f"{kind} queue {place} size"])
        if kind == "legacy":
            count += same("ring", hex(queue["desc"] >> 12), seen[f"legacy queue {place} ring"])
            continue
        ring = state["rings"][place]
        count += same("vector", hex(queue["vector"]), seen[f"modern queue {place} vector"])
        count += same("enabled", int(state["modern"]["queues"][place]["enabled"]),
                      seen[f"modern queue {place} enabled"])
        count += same("rings", " ".join(map(hex, (queue["desc"], ring["avail"], ring["used"]))),
                      seen[f"modern queue {place} rings"])
    return count + same("space", _space(state["pci"]["config"]),
                        struct.unpack_from("<HHHH", seen["config"]))


def _space(config):
    return tuple(config[name] for name in ("vendor", "device", "command", "status"))
