# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which QOM properties of a device are migration parameters, and as what type.

QEMU doesn't say which of a device's properties the guest can see. What is known to be none of
the guest's business is named here; everything else counts.
"""

from .qmp import Failure, Refused

DEVICE_ID = "d"

# What a device can't be made without, as (options of -device, arguments in front of it).
NEEDS = {
    "nvme": (",serial=migdesc", ()),
    "usb-tablet": ("", ("-device", "qemu-xhci")),
    "virtio-blk-pci": (",drive=disk", ("-blockdev", "null-co,node-name=disk,read-zeroes=on")),
}

# Life of the object, not settings of the device.
OBJECT = {"attached", "hotpluggable", "hotplugged", "realized", "type"}

# Who this one device is, where the user put it, what of the host serves it, and how the host goes
# about that. A destination chooses these anew, or they belong to the VM's own description.
HOST = {
    # identity
    "failover_pair_id", "mac", "serial",
    # place
    "acpi-index", "addr", "bootindex", "port",
    # names of objects and files of the host
    "display", "drive", "head", "netdev", "pcap", "romfile",
    # found by looking at the drive
    "cyls", "heads", "secs",
    # how the host does its work
    "account-failed", "account-invalid", "backend_defaults", "disable_vnet_hdr", "ioeventfd",
    "request-merging", "rerror", "share-rw", "tx", "werror", "x-txburst", "x-txtimer",
    # what is checked while the device is made, and forgotten
    "x-disable-legacy-check", "x-ignore-backend-features",
}

# What romsize reads as when nobody set it and there is no file to take it from.
NO_ROM = 2**32 - 1

INTEGERS = {"int", "int8", "int16", "int32", "int64", "size", "uint8", "uint16", "uint32", "uint64"}


def device_arguments(device, options="", device_id=DEVICE_ID):
    """The QEMU arguments that make one device."""
    needed_options, needed_arguments = NEEDS.get(device, ("", ()))
    return [*needed_arguments, "-device", f"{device},id={device_id}{needed_options}{options}"]


def read(qmp, device_id=DEVICE_ID):
    """The settings of a live device: {name: (QOM type, value)}, host settings included.

    Left out are children, links, what can't be read, and what is not a setting. A size of a ROM
    that is not there is no size.
    """
    path = f"/machine/peripheral/{device_id}"
    try:
        listed = qmp.execute("qom-list", path=path)
    except Refused as refusal:
        raise Failure(f"no device with the id {device_id}: {refusal}") from None
    names = {entry["name"] for entry in listed}
    found = {}
    for entry in listed:
        name, kind = entry["name"], entry["type"]
        if kind.startswith(("child<", "link<")) or name in OBJECT or _is_twin(name, names):
            continue
        try:
            value = qmp.execute("qom-get", path=path, property=name)
        except Refused:
            continue
        if isinstance(value, (bool, int, str)):
            found[name] = (kind, value)
    if "romsize" in found and found.get("romfile", ("", ""))[1] == "":
        found["romsize"] = (found["romsize"][0], NO_ROM)
    return found


def read_type(qmp, device_id=DEVICE_ID):
    """The name of a live device's type, which is what -device calls it."""
    try:
        return qmp.execute("qom-get", path=f"/machine/peripheral/{device_id}", property="type")
    except Refused as refusal:
        raise Failure(f"no device with the id {device_id}: {refusal}") from None


def descriptions(qmp, device):
    """{name: description} of a device type, without those that only repeat the type."""
    return {entry["name"]: entry["description"]
            for entry in qmp.execute("device-list-properties", typename=device)
            if not entry.get("description", "on/off").startswith("on/off")}


def param_type(observed):
    """The parameter type of a property, from everything observed: [(QOM type, value)].

    Parameters have no negative integers; a property that shows one is a string throughout.
    """
    kinds = {kind for kind, _ in observed}
    if kinds == {"bool"}:
        return "bool"
    if kinds <= INTEGERS and all(value >= 0 for _, value in observed):
        return "int"
    return "str"


def param_value(value, kind):
    """A QOM value as the value of a parameter of the type `kind`."""
    return value if kind != "str" else str(value)


def _is_twin(name, names):
    """QEMU adds legacy-addr, the text form of addr; nvme's legacy-cmb is a setting of its own."""
    return name.startswith("legacy-") and name[len("legacy-"):] in names
