# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a guest of ours does to a stopped machine's devices, through QEMU's test protocol."""

import time

from qemu_descriptors.qmp import Failure
from qemu_truth import pci, virtio_net

SECOND_PASS_SECONDS = 30
# The guest's RAM that is written again while a migration goes on
PAGES, PAGE, PAGE_COUNT = 0x200000, 4096, 64


def drive(guest):
    """Sets up a virtio-net behind a root port as a driver does; says what the device shows."""
    device = pci.enumerate_device(guest)
    driver = virtio_net.Driver(device)
    driver.drive()
    return {**driver.shown(), "config": device.config()}


def hold(qmp, guest):
    """RAM full of words, and a migration that will not get to its end by itself."""
    for page in range(PAGE_COUNT):
        guest.store_bytes(PAGES + page * PAGE, bytes([page + 1]) * PAGE)
    qmp.execute("migrate-set-parameters", **{"max-bandwidth": 1 << 20, "downtime-limit": 1})


def go_on(qmp, guest, how):
    """A little of each page is changed once it was sent; or postcopy begins."""
    if how == "postcopy":
        qmp.execute("migrate-start-postcopy")
    else:
        _write_again(qmp, guest)
    qmp.execute("migrate-set-parameters", **{"max-bandwidth": 1 << 40, "downtime-limit": 2000})


def _write_again(qmp, guest):
    until = time.monotonic() + SECOND_PASS_SECONDS
    while qmp.execute("query-migrate").get("ram", {}).get("dirty-sync-count", 0) < 2:
        if time.monotonic() > until:
            raise Failure("the migration has no second pass")
        for page in range(PAGE_COUNT):
            guest.store(1, PAGES + page * PAGE + 100, time.monotonic_ns() >> 10 & 255)
    for page in range(PAGE_COUNT):
        guest.store(4, PAGES + page * PAGE + 200, 0x12345678)
