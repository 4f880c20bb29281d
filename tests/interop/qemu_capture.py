# SPDX-License-Identifier: LGPL-2.1-or-later
"""Streams of Debian's unmodified QEMU, each with what QMP and HMP said of the stopped machine."""

import contextlib
import functools
import pathlib
import shutil
import socket
import struct
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples"))
import qemu_guest  # noqa: E402
import qemu_machines  # noqa: E402
import qemu_truths  # noqa: E402
from qemu_descriptors.qmp import Failure, Refused  # noqa: E402
from qemu_descriptors.vm import Vm, wait_for_migration  # noqa: E402
from qemu_truth.machine import Guest  # noqa: E402

FIRMWARE_SECONDS = 60
GAVE_UP = "No bootable device."
# A message of the return path
SHUT = 1
IDLE_SECONDS = 0.5


class Capture:
    """A stream in a file, and the truth: see qemu_truths.read()."""

    def __init__(self, machine, path, truth):
        self.machine, self.path, self.truth = machine, path, truth

    @functools.cached_property
    def data(self):
        return self.path.read_bytes()


class Captures:
    """Takes each stream once; its folder goes with the object's `close`."""

    def __init__(self):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="qemu-capture-"))
        self._taken = {}

    def close(self):
        shutil.rmtree(self._folder)

    def __getitem__(self, name):
        if name not in self._taken:
            [machine] = [one for one in qemu_machines.MACHINES if one.name == name]
            folder = self._folder / name
            folder.mkdir()
            self._taken[name] = take(machine, folder)
        return self._taken[name]


def take(machine, folder):
    """Runs the machine, reads the truth, and migrates to a file of the folder."""
    path = folder / "stream"
    (folder / "program").write_bytes(machine.code)
    with running(machine, folder) as (vm, guest):
        if machine.firmware:
            _run_firmware(vm.qmp, folder / "firmware")
        if machine.seconds:
            vm.qmp.execute("cont")
            time.sleep(machine.seconds)
            vm.qmp.execute("stop")
        seen = qemu_guest.drive(guest) if machine.driver else {}
        truth = {**qemu_truths.read(vm.qmp, guest, machine), "driver": seen}
        truth["migration"] = migrate(vm.qmp, machine, path, guest)
    return Capture(machine, path, truth)


@contextlib.contextmanager
def running(machine, folder):
    """A stopped QEMU: yields (vm, guest)."""
    with contextlib.ExitStack() as stack:
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        stack.enter_context(theirs)
        arguments = ["-accel", "tcg", "-m", machine.memory,
                     *(text.format(folder=folder) for text in machine.arguments)]
        if machine.name != "none":
            arguments += ["-chardev", f"socket,id=qtest,fd={theirs.fileno()}",
                          "-object", "qtest,id=guest,chardev=qtest,log=/dev/null"]
        if machine.firmware:
            arguments += ["-chardev", f"file,id=firmware,path={folder}/firmware",
                          "-device", "isa-debugcon,iobase=0x402,chardev=firmware"]
        yield stack.enter_context(Vm(machine.program, machine.machine, arguments,
                                     [theirs.fileno()])), Guest(ours)


def _run_firmware(qmp, log):
    qmp.execute("cont")
    until = time.monotonic() + FIRMWARE_SECONDS
    while GAVE_UP not in log.read_text(errors="replace"):
        if time.monotonic() > until:
            raise Failure(f"the firmware goes on: {log.read_text(errors='replace')[-200:]}")
        time.sleep(0.02)
    qmp.execute("stop")


def migrate(qmp, machine, path, guest=None):
    """The stream into the file; says how it went. Refused has QEMU's words why it does not."""
    if machine.capabilities:
        qmp.execute("migrate-set-capabilities", capabilities=[
            {"capability": name, "state": True} for name in machine.capabilities])
    if machine.bitmaps:
        for name, granularity in (("first", 65536), ("second", 131072)):
            qmp.execute("block-dirty-bitmap-add", node="b", name=name, granularity=granularity,
                        persistent=False)
    if machine.second:
        qemu_guest.hold(qmp, guest)
    with _written(path, machine.has_return_path) as uri:
        qmp.execute("migrate", uri=uri)
        if machine.second:
            qemu_guest.go_on(qmp, guest, machine.second)
        wait_for_migration(qmp)
    ended = qmp.execute("query-migrate")
    if ended["status"] != "completed":
        raise Failure(f"the migration {ended['status']}: {ended.get('error-desc')}")
    return ended


@contextlib.contextmanager
def _written(path, has_return_path):
    """A URI whose bytes are in the file at the end of the with block."""
    path.touch()
    if not has_return_path:
        yield f"exec:cat >> {path}"
        return
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{path}.socket")
        listener.listen()
        destination = threading.Thread(target=_be_destination, args=(listener, path), daemon=True)
        destination.start()
        yield f"unix:{path}.socket"
        destination.join()


def _be_destination(listener, path):
    """Takes all that comes; when nothing more does, it says on the return path that all is well."""
    connection, _ = listener.accept()
    with connection, path.open("wb") as file:
        connection.settimeout(IDLE_SECONDS)
        while True:
            try:
                received = connection.recv(1 << 20)
            except TimeoutError:
                connection.sendall(struct.pack(">HHI", SHUT, 4, 0))
                connection.settimeout(None)
                continue
            if not received:
                return
            file.write(received)


__all__ = ["Capture", "Captures", "Refused", "migrate", "running", "take"]
