# SPDX-License-Identifier: LGPL-2.1-or-later
"""An unmodified QEMU that runs just long enough to be asked."""

import os
import re
import socket
import subprocess
import tempfile
import time

from .qmp import Failure, Qmp, Refused

EXIT_SECONDS = 10
CANCEL_SECONDS = 10


class Vm:
    """A stopped QEMU of one machine type, asked through `qmp`; ends with the with block.

    The monitor is one end of a socket pair, so that nobody else can reach it and nothing stays
    behind in the file system.
    """

    def __init__(self, program, machine, arguments=()):
        ours, theirs = socket.socketpair()
        self._stderr = tempfile.TemporaryFile()
        command = [program, "-M", machine, "-S", "-nodefaults", "-display", "none",
                   "-chardev", f"socket,id=qmp,fd={theirs.fileno()}",
                   "-mon", "chardev=qmp,mode=control", *arguments]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                             stdout=subprocess.DEVNULL, stderr=self._stderr,
                                             pass_fds=[theirs.fileno()])
        except OSError as error:
            ours.close()
            self._stderr.close()
            raise Failure(f"{program}: {error.strerror}") from None
        finally:
            theirs.close()
        self._name = f"{program} -M {machine}"
        self.qmp = Qmp(ours)

    def __enter__(self):
        try:
            self.qmp.negotiate()
        except BaseException as error:
            self._end()
            if isinstance(error, Failure):
                raise self._explained(error) from None
            raise
        return self

    def __exit__(self, kind, error, _):
        asked = False
        try:
            if kind is None:
                self.qmp.execute("quit")
                asked = True
        except Failure:
            pass
        finally:
            self._end(asked)
        if isinstance(error, Failure) and not isinstance(error, Refused):
            raise self._explained(error) from None

    def _end(self, asked=False):
        """Ends the process whatever state it is in; one that was asked to quit gets the time."""
        self.qmp.close()
        if not asked:
            self._process.kill()
        try:
            self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _explained(self, error):
        self._stderr.seek(0)
        said = self._stderr.read(4096).decode("utf-8", "replace").strip()
        return Failure(f"{self._name}: {error}" + (f"\n{said}" if said else ""))


def version(program):
    """A QEMU's version, as query-version has it."""
    with Vm(program, "none") as vm:
        return vm.qmp.execute("query-version")


def machine_types(program, family):
    """The versioned machine types of a family (`pc-i440fx`), oldest first.

    A version is a dotted number, so 2.9 is older than 2.10. Each is (name, deprecated).
    """
    pattern = re.compile(re.escape(family) + r"-([0-9]+(?:\.[0-9]+)+)")
    found = []
    with Vm(program, "none") as vm:
        for machine in vm.qmp.execute("query-machines"):
            match = pattern.fullmatch(machine["name"])
            if match:
                number = tuple(int(part) for part in match.group(1).split("."))
                found.append((number, machine["name"], machine["deprecated"]))
    if not found:
        raise Failure(f"{program} has no machine type {family}-NUMBER")
    return [(name, deprecated) for _, name, deprecated in sorted(found)]


def migration_blocker(qmp):
    """QEMU's own words for why the VM can't be migrated, or None if it can.

    The only way to know is to try: the destination is a socket of ours that reads nothing, and a
    migration that does start is cancelled at once.
    """
    with tempfile.TemporaryDirectory(prefix="qemu-descriptors-") as folder, \
            socket.socket(socket.AF_UNIX) as listener:
        path = os.path.join(folder, "migration")
        listener.bind(path)
        listener.listen()
        try:
            qmp.execute("migrate", uri=f"unix:{path}")
        except Refused as refusal:
            return str(refusal)
        qmp.execute("migrate_cancel")
        deadline = time.monotonic() + CANCEL_SECONDS
        # QEMU 7.2 aborts if it is told to quit while a migration is still active.
        while qmp.execute("query-migrate")["status"] in ("setup", "active", "cancelling"):
            if time.monotonic() > deadline:
                raise Failure(f"a migration did not end {CANCEL_SECONDS} s after its cancellation")
            time.sleep(0.01)
    return None
