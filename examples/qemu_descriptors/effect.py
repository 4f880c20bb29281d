# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which of a live device's settings are in effect.

A setting says what the user allows. What the guest gets also depends on other settings, and on
what is behind the device.
"""

from .properties import DEVICE_ID
from .qmp import Refused

# Features that virtio-net only offers if its back end can do them.
OFFLOADS = {
    "csum", "guest_csum", "guest_ecn", "guest_tso4", "guest_tso6", "guest_ufo", "host_ecn",
    "host_tso4", "host_tso6", "host_ufo",
}
FEATURE_PREFIX = "VIRTIO_NET_F_"

# What counts only while another setting has a value: {name: (other, value)}.
CONDITIONS = {
    "any_layout": ("disable-legacy", "off"),
    "gso": ("disable-legacy", "off"),
    "iommu_platform": ("disable-modern", False),
    "notify_on_empty": ("disable-legacy", "off"),
    "packed": ("disable-modern", False),
    "queue_reset": ("disable-modern", False),
    "rsc_interval": ("guest_rsc_ext", True),
    "x-ats-page-aligned": ("ats", True),
}

# Settings with which a device leaves out of the stream what its guest needs, and why that is so.
LOSING = [
    ({"migrate-extra": False, "disable-modern": False},
     "without migrate-extra the modern interface loses its queues"),
]


def blocker(settings):
    """Why a device with these settings can't be migrated, which QEMU doesn't say; or None."""
    for losing, why in LOSING:
        if losing.items() <= settings.items():
            return why
    return None


def in_effect(qmp, settings, model, device_id=DEVICE_ID):
    """{param: value} of a live device, where a setting without effect has its off value."""
    offered = offered_features(qmp, device_id)
    found = dict(settings)
    for name, value in settings.items():
        other, needed = CONDITIONS.get(name, (name, value))
        if settings.get(other, needed) != needed:
            found[name] = model[name].off_value
        elif value is True and offered is not None and name in OFFLOADS - offered:
            found[name] = False
    return found


def offered_features(qmp, device_id=DEVICE_ID):
    """The features of virtio-net that a live device offers, named like its properties.

    None for a device that is no virtio device.
    """
    path = f"/machine/peripheral/{device_id}/virtio-backend"
    try:
        status = qmp.execute("x-query-virtio-status", path=path)
    except Refused:
        return None
    names = (text.partition(":")[0] for text in status["host-features"]["dev-features"])
    return {name.removeprefix(FEATURE_PREFIX).lower() for name in names}
