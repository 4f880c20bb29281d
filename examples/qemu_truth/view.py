# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a guest sees of a device, and how two views differ."""

from . import e1000e, pci, virtio_net

DRIVERS = {"e1000e": e1000e.Driver, "virtio-net-pci": virtio_net.Driver}


def driver(device_name, guest):
    """The driver of a device that firmware has placed."""
    return DRIVERS[device_name](pci.Device(guest))


def present(device_name, guest):
    """What reads show, without changing anything that matters to the device."""
    return {**driver(device_name, guest).shown(), **pci.shown(pci.Device(guest).config())}


def latent(device_name, guest):
    """What the guest would see after it resets the device, and where it can write.

    The device is of no use after it.
    """
    device = driver(device_name, guest)
    device.reset()
    seen = {f"after a reset: {name}": value for name, value in device.shown().items()}
    probed = pci.shown(pci.Device(guest).probe())
    return seen | {f"all ones written: {name}": value for name, value in probed.items()}


def differences(one, other):
    """What differs: ["NAME a, not b"], in the order of the first view."""
    names = [*one, *(name for name in other if name not in one)]
    return [f"{name}: {one.get(name, 0)}, then {other.get(name, 0)}"
            for name in names if one.get(name) != other.get(name)]
