# SPDX-License-Identifier: LGPL-2.1-or-later
"""An unmodified QEMU that runs just long enough to be asked."""

import ctypes
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

from .qmp import Failure, Qmp, Refused

EXIT_SECONDS = 10
MIGRATION_SECONDS = 30
STDERR_BYTES = 4096


# Looked up before any fork: a child of a process with threads can do little.
_prctl = ctypes.CDLL(None).prctl
PR_SET_PDEATHSIG = 1


def _let_signals_through():
    """SIGTERM waits from the start of a QEMU until the with block is sure to end it."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _prepare_child(parent):
    """What cannot clean up, as after SIGKILL, takes its QEMU along.

    The kernel sends the signal when the thread ends that started the child: the with block is
    over by then.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _let_signals_through()


class Vm:
    """A stopped QEMU of one machine type, asked through `qmp`; ends with the with block.

    The monitor is one end of a socket pair, so that nobody else can reach it and nothing stays
    behind in the file system. `pass_fds` are what the arguments name by number.
    """

    def __init__(self, program, machine, arguments=(), pass_fds=()):
        ours, theirs = socket.socketpair()
        self._stderr = tempfile.TemporaryFile()
        command = [program, "-M", machine, "-S", "-nodefaults", "-display", "none",
                   "-chardev", f"socket,id=qmp,fd={theirs.fileno()}",
                   "-mon", "chardev=qmp,mode=control", *arguments]
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                             stdout=subprocess.DEVNULL, stderr=self._stderr,
                                             pass_fds=[theirs.fileno(), *pass_fds],
                                             preexec_fn=lambda: _prepare_child(parent))
        except OSError as error:
            _let_signals_through()
            ours.close()
            self._stderr.close()
            raise Failure(f"{program}: {error.strerror}") from None
        finally:
            theirs.close()
        self._name = f"{program} -M {machine}"
        self.qmp = Qmp(ours)

    def __enter__(self):
        try:
            _let_signals_through()
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

    def said(self):
        """What QEMU wrote to standard error so far, or the beginning of it."""
        self._stderr.seek(0)
        return self._stderr.read(STDERR_BYTES).decode("utf-8", "replace")

    def _explained(self, error):
        said = self.said().strip()
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
        # QEMU 7.2 aborts if it is told to quit while a migration is still active.
        wait_for_migration(qmp)
    return None


def wait_for_migration(qmp):
    """How the migration ended that the VM is in: completed, failed or cancelled."""
    deadline = time.monotonic() + MIGRATION_SECONDS
    while time.monotonic() < deadline:
        status = qmp.execute("query-migrate").get("status")  # none until it has begun
        if status in ("completed", "failed", "cancelled"):
            return status
        time.sleep(0.01)
    raise Failure(f"a migration did not end within {MIGRATION_SECONDS} s")
