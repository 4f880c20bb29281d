# SPDX-License-Identifier: LGPL-2.1-or-later

"""What `-dump-vmstate` of Debian's QEMU says, once for each program."""

import functools
import pathlib
import subprocess
import tempfile

MACHINES = {"qemu-system-x86_64": "pc", "qemu-system-s390x": "s390-ccw-virtio",
            "qemu-system-ppc64": "pseries"}


@functools.cache
def dump_of(program):
    """The text."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "dump.json"
        subprocess.run([program, "-M", MACHINES.get(program, "virt"), "-display", "none",
                        "-dump-vmstate", path], check=True)
        return path.read_text()
