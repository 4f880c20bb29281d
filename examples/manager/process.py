# SPDX-License-Identifier: LGPL-2.1-or-later
"""Processes that are known again: by number, time of start, and boot of the machine."""

import os
import select
import signal
import subprocess
from dataclasses import asdict, dataclass

from .failure import Failure, printable

# Waits for the word to go; without it, as when the manager dies first, nothing is run.
GATE = 'read -r go && exec "$@" </dev/null'


def _boot():
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()


def _stat(pid):
    """(state, time of start in clock ticks since boot), or None"""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return None
    return fields[0].decode(), int(fields[19])


@dataclass(frozen=True)
class Process:
    """No other process is equal to it, ever."""

    pid: int
    start: int
    boot: str

    @staticmethod
    def from_pid(pid):
        found = _stat(pid)
        return Process(pid, found[1], _boot()) if found else None

    @staticmethod
    def from_dict(members):
        return Process(members["pid"], members["start"], members["boot"])

    def to_dict(self):
        return asdict(self)

    def is_alive(self):
        """A zombie is not."""
        found = _stat(self.pid)
        return (found is not None and found[0] not in "ZX" and found[1] == self.start
                and _boot() == self.boot)

    def kill(self, seconds):
        """Ends it and all of its group, which it leads; returns when it is dead for certain."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            # From here on the number can't become another's unnoticed.
            if not self.is_alive():
                return
            os.killpg(self.pid, signal.SIGKILL)
            if not select.select([handle], [], [], seconds)[0]:
                raise Failure(f"process {self.pid} does not end, {seconds:g} s after it was killed")
        except ProcessLookupError:
            return
        finally:
            os.close(handle)


class Gate:
    """A process that is there, so that it can be written down, and does nothing until release()."""

    def __init__(self, command, folder, log):
        try:
            with open(os.path.join(folder, log), "ab", opener=_private) as said:
                self._child = subprocess.Popen(["/bin/sh", "-c", GATE, "sh", *command], cwd=folder,
                                               stdin=subprocess.PIPE, stdout=said, stderr=said,
                                               start_new_session=True)
        except OSError as error:
            raise Failure(f"{command[0]}: {error.strerror}") from None
        self.process = Process.from_pid(self._child.pid)

    def release(self):
        try:
            with self._child.stdin:
                self._child.stdin.write(b"go\n")
        except OSError:
            pass  # it was killed meanwhile, as those see that wait for it

    def cancel(self):
        """Nothing was run."""
        self._child.stdin.close()
        self._child.wait()

    def reap(self):
        self._child.poll()


def _private(path, flags):
    return os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def last_words(path, size=4096):
    """The end of what a program said."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - size))
            return printable(file.read(size).decode("utf-8", "replace"))
    except OSError:
        return ""
