# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a guest sees of a device, and how two views differ."""

import time

from qemu_descriptors.qmp import Failure

from . import e1000e, pci, virtio_net

RESET_SECONDS = 30
# Longer values are shown in part.
SHORT = 20
DRIVERS = {"e1000e": e1000e.Driver, "virtio-net-pci": virtio_net.Driver}


def driver(device_name, guest):
    """The driver of a device that firmware has placed."""
    return DRIVERS[device_name](pci.Device(guest))


def present(device_name, guest):
    """What reads show, without changing anything that matters to the device."""
    return {**driver(device_name, guest).shown(), **pci.shown(pci.Device(guest).config())}


def latent(device_name, qmp, guest):
    """What the guest would see after a reboot, and where it can write.

    The device is of no use after it.
    """
    qmp.execute("system_reset")
    _wait_for_reset(guest)
    pci.enumerate_device(guest)
    seen = {f"after a reset: {name}": value for name, value in present(device_name, guest).items()}
    probed = pci.shown(pci.Device(guest).probe())
    return seen | {f"all ones written: {name}": value for name, value in probed.items()}


def _wait_for_reset(guest):
    """The reset comes a little after the command; it closes the configuration space's window."""
    deadline = time.monotonic() + RESET_SECONDS
    while pci.is_open(guest):
        if time.monotonic() > deadline:
            raise Failure(f"the VM was not reset within {RESET_SECONDS} s")
        time.sleep(0.001)


def differences(one, other):
    """What differs: ["NAME: A, then B"], in the order of the first view."""
    names = [*one, *(name for name in other if name not in one)]
    return [f"{name}: {_contrast(str(one.get(name, 0)), str(other.get(name, 0)))}"
            for name in names if one.get(name) != other.get(name)]


def _contrast(one, other):
    """Two texts, long ones from where they begin to differ."""
    start = 0
    if min(len(one), len(other)) > SHORT:
        start = next(at for at, (a, b) in enumerate(zip(one, other)) if a != b)
    return ", then ".join("…" * (start > 0) + text[start:start + SHORT]
                          + "…" * (len(text) > start + SHORT) for text in (one, other))
