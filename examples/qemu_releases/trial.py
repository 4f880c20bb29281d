# SPDX-License-Identifier: LGPL-2.1-or-later
"""Saving with one release and loading with another."""

import pathlib
import shutil
import subprocess
import tempfile

from qemu_descriptors.qmp import Failure
from qemu_descriptors.vm import Vm, wait_for_migration

MACHINE = ["-m", "32", "-accel", "tcg"]
TEXT_MAX = 160


class Release:
    """The QEMU of a Debian that debootstrap has put into a folder; or the system's own, at /."""

    def __init__(self, name, root, folder):
        self.name, self.root = name, pathlib.Path(root)
        self.program = folder / f"qemu-{name}"
        enter = "" if str(root) == "/" else f"chroot {self.root} "
        self.program.write_text(f'#!/bin/sh\nexec {enter}qemu-system-x86_64 "$@"\n')
        self.program.chmod(0o755)

    def running(self, machine, arguments):
        return Vm(str(self.program), machine, [*MACHINE, *arguments])

    def folder(self):
        """One that both this QEMU and we see: (its name inside, its path outside)."""
        outside = pathlib.Path(tempfile.mkdtemp(prefix="qemu-releases-", dir=self.root / "tmp"))
        return pathlib.Path("/tmp") / outside.name, outside

    def dump(self, machine, path):
        inside, outside = self.folder()
        subprocess.run([self.program, "-M", machine, "-display", "none", "-dump-vmstate",
                        inside / "dump"], check=True, stderr=subprocess.DEVNULL)
        shutil.move(outside / "dump", path)
        outside.rmdir()


def first_line(text):
    """What QEMU says, without its warnings."""
    said = [line for line in text.splitlines() if "warning" not in line]
    return (said[0] if said else "").removeprefix("qemu-system-x86_64: ")[:TEXT_MAX]


def explain(failure):
    """Of a QEMU that did not start, what it said itself."""
    ours, _, said = str(failure).partition("\n")
    return first_line(said or ours)


def save(release, machine, arguments, path):
    """None, or why not."""
    inside, outside = release.folder()
    try:
        with release.running(machine, arguments) as vm:
            vm.qmp.execute("migrate", uri=f"exec:cat > {inside}/stream")
            if wait_for_migration(vm.qmp) != "completed":
                return first_line(vm.qmp.execute("query-migrate").get("error-desc", "failed"))
        shutil.move(outside / "stream", path)
    except Failure as failure:
        return explain(failure)
    finally:
        shutil.rmtree(outside)
    return None


def load(release, machine, arguments, path):
    """(whether it could be tried, None or QEMU's words)"""
    inside, outside = release.folder()
    shutil.copy(path, outside / "stream")
    try:
        with release.running(machine, [*arguments, "-incoming", "defer"]) as vm:
            try:
                vm.qmp.execute("migrate-incoming", uri=f"exec:cat {inside}/stream")
                status = wait_for_migration(vm.qmp)
            except Failure:
                status = "gone"
            if status == "completed":
                return True, None
            return True, first_line(vm.said()) or status
    except Failure as failure:
        return False, explain(failure)
    finally:
        shutil.rmtree(outside)
