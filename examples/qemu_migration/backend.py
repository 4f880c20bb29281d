# SPDX-License-Identifier: LGPL-2.1-or-later
"""A backend of a VM's device: its process, its control socket and what it says."""

import os
import subprocess
import tempfile
import time

from manager.control import Control, Deadline, Folder
from manager.failure import Failure
from manager.hosts import Backend

from .bus import end_with_parent

SECONDS = 20
SAID_BYTES = 4096


def descriptor_of(program):
    """What a program says it can be."""
    backend = Backend("", os.fspath(program)).asked(SECONDS)
    if backend.descriptor is None:
        raise Failure(f"{backend.name}: {backend.problem}")
    return backend.descriptor


class Card:
    """A backend on a bus; ends with the with block."""

    def __init__(self, program, settings, address, id, *options):
        self.name = os.path.basename(program)
        self._folder = tempfile.TemporaryDirectory(prefix="qemu-migration-")
        self._said = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                [program, *settings, "--socket", "control", "--dbus", address, "--id", id,
                 *options], cwd=self._folder.name, stdin=subprocess.DEVNULL, stdout=self._said,
                stderr=self._said, preexec_fn=end_with_parent)
        except OSError as error:
            self._folder.cleanup()
            raise Failure(f"{program}: {error.strerror}") from None
        try:
            self._control = self._connect()
        except BaseException:
            self.end()
            raise

    def _connect(self):
        deadline = Deadline(SECONDS)
        with Folder(self._folder.name) as folder:
            while self._process.poll() is None and deadline.left:
                peer = folder.connect("control")
                if peer is not None:
                    return Control(self.name, peer)
                time.sleep(0.01)
        raise Failure(f"{self.name}: does not listen: {self.said()}")

    def ask(self, command, **arguments):
        return self._control.call(command, Deadline(SECONDS), **arguments)

    @property
    def status(self):
        return self.ask("query")["status"]

    def said(self):
        self._said.seek(0)
        return self._said.read(SAID_BYTES).decode("utf-8", "replace").strip()

    def end(self):
        """Ended for certain when this returns."""
        self._process.kill()
        self._process.wait()
        self._said.close()
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._control.peer.close()
        self.end()
