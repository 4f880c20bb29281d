# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the manager does to the world outside of its journal: folders, processes, commands."""

import os
import shutil
from dataclasses import dataclass

from . import transfer
from .bus import Bus
from .control import PAUSE, Control, Deadline, Folder
from .failure import Failure
from .process import Gate, last_words

SOCKET = "control"
STATE = "state"
LOG = "log"


@dataclass(frozen=True)
class Timing:
    """Seconds for every wait; none is without end."""

    ask: float = 5        # until a backend has said what it can be
    start: float = 10     # until a backend listens
    answer: float = 5     # until a command is answered
    transfer: float = 60  # for the state, each way
    end: float = 5        # until a killed process is gone


class Site:
    """The places of one VM's device."""

    def __init__(self, timing, state_limit, bus=None):
        """`bus`: the address of one that carries the state of migrations, instead of a socket."""
        self.timing = timing
        self.state_limit = state_limit
        self.bus = bus
        self._gates = {}

    # --- folders

    def create(self, place):
        """Makes the place's folder; that of a manager that got no further may be there, empty."""
        try:
            os.makedirs(os.path.dirname(place.folder), mode=0o700, exist_ok=True)
            if os.path.isdir(place.folder):
                os.rmdir(place.folder)
            os.mkdir(place.folder, mode=0o700)
        except OSError as error:
            raise Failure(f"{place.folder}: {error.strerror}") from None

    def remove(self, place):
        shutil.rmtree(place.folder, ignore_errors=True)

    def has_state(self, place):
        return os.path.exists(os.path.join(place.folder, STATE))

    def state_identity(self, place):
        """Changes whenever the device has written its state; None before it ever did."""
        try:
            found = os.stat(os.path.join(place.folder, STATE))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Failure(f"{place}: {STATE}: {error.strerror}") from None
        return found.st_ino, found.st_size, found.st_mtime_ns

    # --- processes

    def gate(self, place, *options):
        """A process that becomes the backend once it is released."""
        gate = Gate([place.program, *place.settings, "--socket", SOCKET, "--state", STATE,
                     *options], place.folder, LOG)
        self._gates[gate.process] = gate
        return gate

    def is_alive(self, process):
        return process is not None and process.is_alive()

    def end(self, process):
        if process is not None:
            process.kill(self.timing.end)
            if process in self._gates:
                self._gates.pop(process).reap()

    # --- commands

    def status(self, place, process):
        """What the backend says of itself, or None if it is dead or does not answer."""
        if not self.is_alive(process):
            return None
        try:
            return self.call(place, process, "query")
        except Failure:
            return None

    def wait_ready(self, place, process):
        """What the backend says of itself as soon as it listens."""
        deadline = Deadline(self.timing.start)
        with self._folder(place) as folder:
            while (peer := folder.connect(SOCKET)) is None:
                if not process.is_alive():
                    said = last_words(os.path.join(place.folder, LOG))
                    raise Failure(f"{place}: the backend has ended" + (f": {said}" if said else ""))
                if deadline.left == 0:
                    raise Failure(f"{place}: the backend does not listen within "
                                  f"{deadline.seconds:g} s")
                deadline.wait(longest=PAUSE)
        with Control(str(place), peer) as control:
            control.check_peer(process)
            return control.call("query", Deadline(self.timing.answer))

    def call(self, place, process, command, **arguments):
        with self._folder(place) as folder, self._control(place, process, folder) as control:
            return control.call(command, Deadline(self.timing.answer), **arguments)

    def bus_options(self, name, place):
        """What puts a backend on the bus, where no two may have one Id. It is not for those that
        recover: the bus may be gone."""
        return ("--dbus", self.bus, "--id", f"{name}-{place.number}") if self.bus else ()

    def is_on_bus(self, process):
        with Bus(self.bus, Deadline(self.timing.answer)) as bus:
            return bus.has(process)

    def save_over_bus(self, place, process):
        with Bus(self.bus, Deadline(self.timing.transfer)) as bus:
            return bus.save(place, process)

    def load_over_bus(self, place, process, data):
        with Bus(self.bus, Deadline(self.timing.transfer)) as bus:
            bus.load(place, process, data)

    def save(self, place, process, spool, **arguments):
        with self._folder(place) as folder, self._control(place, process, folder) as control:
            return transfer.receive(control, folder, spool, Deadline(self.timing.transfer),
                                    self.state_limit, **arguments)

    def load(self, place, process, spool, expected):
        with self._folder(place) as folder, self._control(place, process, folder) as control:
            transfer.send(control, folder, spool, expected, Deadline(self.timing.transfer))

    def _folder(self, place):
        try:
            return Folder(place.folder)
        except OSError as error:
            raise Failure(f"{place.folder}: {error.strerror}") from None

    def _control(self, place, process, folder):
        peer = folder.connect(SOCKET)
        if peer is None:
            raise Failure(f"{place}: the backend does not listen")
        control = Control(str(place), peer)
        control.check_peer(process)
        return control
