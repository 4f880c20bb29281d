# SPDX-License-Identifier: LGPL-2.1-or-later

"""A world of the mind for the manager: devices are numbers, time is a count of moments.

Before and after everything that the manager does there is a moment: every running device counts a
frame, and the manager can be killed, a device can die, refuse, or answer too late.
"""

import pathlib
import sys
from types import SimpleNamespace

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples"))

from manager import Failure, Unfinished  # noqa: E402
from manager.process import Process  # noqa: E402

EFFECTS = {"stop": ("running", "paused"), "cont": ("paused", "running"),
           "start": ("prepared", "running")}


class Killed(BaseException):
    """The manager is no more."""


class Device:
    def __init__(self, place, pid):
        self.place, self.pid = place, pid
        self.status = "starting"
        self.counter = None


class World:
    def __init__(self, killed_at=None, fault_at=None, fault=None, late=None):
        self.killed_at, self.fault_at, self.fault, self.late = killed_at, fault_at, fault, late
        self.moment = 0
        self.acknowledged = 0
        self.violations = []
        self.devices = {}    # by pid
        self.files = {}      # by place: what the device wrote last, and how often
        self.spools = {}
        self.records = []
        self.old_commands = []
        self.last_pid = 0

    def tick(self, what):
        """A moment between two things; returns the fault that is due."""
        self.moment += 1
        self.execute_old_commands()
        self.send_frames()
        if self.moment == self.killed_at:
            raise Killed(what)
        if self.moment != self.fault_at:
            return None
        if self.fault.startswith("kill-"):
            self.kill_devices(self.fault.removeprefix("kill-"))
        return self.fault

    def execute_old_commands(self):
        for when, device, command in list(self.old_commands):
            if when <= self.moment:
                self.old_commands.remove((when, device, command))
                if device.pid in self.devices and device.status == EFFECTS[command][0]:
                    self.execute(device, command)

    def send_frames(self):
        running = [device for device in self.devices.values() if device.status == "running"]
        if len(running) > 1:
            self.violations.append(self.moment)
        for device in running:
            device.counter += 1
            self.acknowledged += 1
            self.write(device)

    def kill_devices(self, which):
        for device in list(self.devices.values()):
            is_source = device.place == 1
            if which == "both" or is_source == (which == "source"):
                del self.devices[device.pid]

    # --- devices

    def write(self, device):
        self.files[device.place] = (device.counter,
                                    self.files.get(device.place, (0, 0))[1] + 1)

    def execute(self, device, command):
        before, after = EFFECTS[command]
        if device.status != before:
            raise Failure(f"{command}: the device is {device.status}")
        device.status = after
        if command == "start":
            self.write(device)

    def boot(self, place, options, pid):
        device = self.devices[pid] = Device(place.number, pid)
        if "--incoming" in options:
            device.status = "incoming"
        else:
            device.counter = self.files.get(place.number, (0, 0))[0]
            device.status = "running"


class Gate:
    def __init__(self, world, place, options):
        self.world, self.place, self.options = world, place, options
        world.last_pid += 1
        self.process = Process(world.last_pid, 0, "")

    def release(self):
        if self.world.tick("release") != "lost":
            self.world.boot(self.place, self.options, self.process.pid)

    def cancel(self):
        pass


class Site:
    """As the manager's own, with devices of the world."""

    timing = SimpleNamespace(ask=0)
    bus = None

    def bus_options(self, name, place):
        return ()

    def __init__(self, world):
        self.world = world

    def create(self, place):
        if self.world.tick("create") in ("refused", "lost"):
            raise Failure("no folder")

    def remove(self, place):
        self.world.tick("remove")
        self.world.files.pop(place.number, None)

    def has_state(self, place):
        return place.number in self.world.files

    def state_identity(self, place):
        return self.world.files.get(place.number)

    def gate(self, place, *options):
        if self.world.tick("gate") in ("refused", "lost"):
            raise Failure("no process")
        return Gate(self.world, place, options)

    def device(self, process):
        device = self.world.devices.get(process.pid) if process else None
        if device is None:
            raise Failure("dead")
        return device

    def end(self, process):
        if process is not None:
            self.world.tick("end")
            self.world.devices.pop(process.pid, None)

    def status(self, place, process):
        try:
            return self.call(place, process, "query")
        except Failure:
            return None

    def wait_ready(self, place, process):
        return self.call(place, process, "query")

    def leave(self, process, command):
        """A command in the socket that nobody waits for any more."""
        if self.world.late and command in EFFECTS and process.pid in self.world.devices:
            self.world.old_commands.append((self.world.moment + self.world.late,
                                            self.device(process), command))

    def call(self, place, process, command, **arguments):
        """The effect may happen and not be told, or be told to have failed and happen later."""
        try:
            fault = self.world.tick(command)
        except Killed:
            self.leave(process, command)
            raise
        device = self.device(process)
        if fault == "refused":
            raise Failure("refused")
        if fault == "late":
            self.leave(process, command)
            raise Failure("too late")
        if command in EFFECTS:
            self.world.execute(device, command)
        if self.world.tick(f"{command} done") in ("lost", "late"):
            raise Failure("no answer")
        if command == "get":
            return {"state": {"counter": device.counter}}
        return {"status": device.status, "params": ""}

    def save(self, place, process, spool, **_):
        self.call(place, process, "save")
        if self.device(process).status != "paused":
            raise Failure("not paused")
        self.world.spools[spool] = self.device(process).counter
        self.call(place, process, "saved")
        return {"bytes": 1, "sha256": spool}

    def load(self, place, process, spool, expected):
        self.call(place, process, "load")
        device = self.device(process)
        if device.status != "incoming":
            raise Failure("not incoming")
        device.counter, device.status = self.world.spools[spool], "prepared"
        self.call(place, process, "loaded")


class Journal:
    path = "journal"

    def __init__(self, world):
        self.world = world
        self.records = world.records

    def reserve(self):
        if self.world.tick("reserve") in ("refused", "lost"):
            raise Failure("disk full")

    def append(self, kind, **members):
        if self.world.tick(f"append {kind}") in ("refused", "lost"):
            raise Failure("disk full")
        self.records.append({"kind": kind, **members})
        if self.world.tick(f"{kind} written") == "late":
            raise Unfinished("fsync failed")


class Layout:
    def __init__(self, world):
        self.world = world

    def folder(self, host, name, number):
        return f"{host}/{name}.{number}"

    def spool(self, name, number):
        return f"{name}.{number}.state"

    def remove_spools(self, name):
        self.world.tick("remove spools")
        self.world.spools.clear()
