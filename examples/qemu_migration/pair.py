# SPDX-License-Identifier: LGPL-2.1-or-later
"""A VM whose helpers' states are carried by QEMU's dbus-vmstate object."""

import json

from qemu_descriptors.vm import Vm

MEMORY = "32M"


class Side(Vm):
    """A stopped QEMU on its bus: with a URI one that waits for a migration.

    Without id-list QEMU completes a migration that lost a state; None is for showing that.
    """

    def __init__(self, address, ids, incoming=None, program="qemu-system-x86_64", machine="pc",
                 arguments=()):
        vmstate = {"qom-type": "dbus-vmstate", "id": "vmstate", "addr": address}
        if ids is not None:
            vmstate["id-list"] = ",".join(ids)
        waiting = () if incoming is None else ("-incoming", incoming)
        super().__init__(program, machine, ["-m", MEMORY, "-object", json.dumps(vmstate),
                                            *waiting, *arguments])

    def poll(self):
        """The exit status of a QEMU that has ended."""
        return self._process.poll()


def set_return_path(qmp, state=True):
    """Without it a source takes a migration for completed that the destination refused."""
    qmp.execute("migrate-set-capabilities",
                capabilities=[{"capability": "return-path", "state": state}])
