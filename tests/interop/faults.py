#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later

"""faults.py [N [SEED]]: N migrations, in each of which something is killed at a random moment.

What is killed, with SIGKILL, is the source, the destination, the manager, the bus, or several of
them. One VM is a network card, whose state goes over sockets, between two versions; another is a
counter, whose state goes over a bus. All the while a guest sends frames to whatever device runs,
and counts those that are acknowledged. After each migration the managers that are left recover, and
then exactly one device runs and has every acknowledged frame; the wire's lock, which a running
device holds, tells if two ever did.

The seed says what is killed when: at a share of the time that a migration takes, or some
milliseconds after a record appears in the journal.
"""

import collections
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from manager_fleet import COMMAND, CardFleet, FleetFolder

from manager import Failure, journal, ledger, recover
from manager.control import Folder

from qemu_migration.bus import PrivateBus

KINDS = ("source", "destination", "manager", "manager twice", "manager and source",
         "manager and destination", "all", "nothing")
RECOVERIES = 5
BUS_KINDS = (*KINDS, "bus", "bus", "bus and manager", "bus and source", "bus and destination")


# The exit status of the manager that migrates
ENDS = {0: "moved", 1: "failed, device untouched", 5: "left it to recover", -9: "killed"}


class Doubled(Exception):
    """What must never be."""


class Moment:
    """At a share of the time that a migration takes; or soon after one of its records."""

    def __init__(self, random):
        self.share = random.random()
        self.records = random.choice((0, *range(1, 10)))
        self.after = random.random() ** 3 * 0.02

    def wait(self, span, manager, path):
        end = time.monotonic() + (5 * span if self.records else self.share * span)
        already = self._count(path)
        while manager.poll() is None and time.monotonic() < end:
            if self.records and self._count(path) >= already + self.records:
                time.sleep(self.after)
                return
            time.sleep(0.001)

    def _count(self, path):
        return path.read_bytes().count(b"\n")

    def __str__(self):
        if self.records:
            return f"{1000 * self.after:.1f} ms after record {self.records}"
        return f"at {self.share:.3f} of the time"


class Guest(threading.Thread):
    """Sends frames to whatever device of a VM runs, wherever it is."""

    def __init__(self, fleet):
        super().__init__(daemon=True)
        self.runs = fleet.folder / "hosts"
        self.acknowledged = 0
        self.sent = 0
        self._over = threading.Event()
        self._idle = threading.Event()
        self._wanted = threading.Event()

    def run(self):
        while not self._over.is_set():
            if not self._wanted.is_set():
                self._idle.set()
                self._wanted.wait(0.1)
                continue
            for place in sorted(self.runs.glob("*/run/*")):
                self._talk(place)
            time.sleep(0.005)

    def _talk(self, place):
        """As long as the device takes frames."""
        with contextlib.suppress(OSError, ValueError), Folder(place) as folder:
            peer = folder.connect("control")
            if peer is None:
                return
            with peer:
                peer.settimeout(2)
                while self._wanted.is_set() and self._send_frame(peer):
                    time.sleep(0.002)

    def _send_frame(self, peer):
        self.sent += 1
        peer.sendall(b'{"execute": "receive", "arguments": {"queue": 0, "frames": 1, '
                     b'"bytes": 64}}\n')
        answer = b""
        while not answer.endswith(b"\n"):
            more = peer.recv(65536)
            if not more:
                return False
            answer += more
        if "return" not in json.loads(answer):
            self.sent -= 1
            return False
        self.acknowledged += 1
        return True

    def resume(self):
        self._idle.clear()
        self._wanted.set()

    def pause(self):
        self._wanted.clear()
        self._idle.wait(10)

    def end(self):
        self._over.set()
        self.join(10)


class Lane:
    """A fleet with one VM, which is moved again and again."""

    def __init__(self, folder, number, seed, broken=None, kinds=KINDS):
        self.random = random.Random(f"{seed}-{number}")
        self.fleet = self.make_fleet(folder)
        self.broken = broken
        self.kinds = kinds
        self.guest = Guest(self.fleet)
        self.span = 1.0   # how long a migration takes, seconds; measured
        self.ends = collections.Counter()
        self.moves = 0

    def make_fleet(self, folder):
        return CardFleet(folder, {"alpha": 4, "beta": 3}, 20, 20)

    def begin(self):
        done = self.fleet.manager_program(*self.global_options(), "run", "web", "--params",
                                          self.fleet.params)
        if done.status:
            raise Doubled(f"can't begin: {done.err}")
        self.guest.start()

    def end(self):
        self.guest.end()
        self.fleet.end()

    # --- one migration

    def migrate(self):
        kind = self.random.choice(self.kinds)
        moment = Moment(self.random)
        home = self.home
        self.guest.resume()
        manager = self._start("migrate", "web")
        began = time.monotonic()
        if kind != "nothing":
            moment.wait(self.span, manager, self._journal)
            self._kill(kind, manager)
        self._await(manager)
        if kind == "nothing":
            self.span = 0.5 * self.span + 0.5 * (time.monotonic() - began)
        self.moves += self._recover(kind, moment) != home
        self.ends[kind, ENDS.get(manager.returncode, manager.returncode)] += 1
        self._check(f"{kind} killed {moment}")

    def global_options(self):
        return []

    def _start(self, *arguments):
        command = ["/usr/bin/python3", str(COMMAND)]
        if self.broken:
            command = ["/usr/bin/python3", "-c", self.broken]
        arguments = self.fleet.options(*self.global_options(), *arguments)
        return subprocess.Popen([*command, *arguments],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)

    def _await(self, manager):
        try:
            self.said = manager.communicate(timeout=60)[1].decode()
        except subprocess.TimeoutExpired:
            manager.kill()
            raise Doubled("a manager does not end") from None

    def _kill(self, kind, manager):
        if "manager" in kind or kind == "all":
            manager.kill()
        if "bus" in kind:
            self.kill_bus()
        places = self._processes()
        for name in ("source", "destination"):
            if (name in kind or kind == "all") and name in places:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(places[name].pid, signal.SIGKILL)

    @property
    def _journal(self):
        return self.fleet.folder / "vms" / "web.journal"

    def _ledger(self):
        return ledger.fold(journal.read(self._journal))

    @property
    def home(self):
        return self._ledger().home.number

    def _processes(self):
        """By the roles that they have in the migration, alive only."""
        found = self._ledger()
        migration = found.migration
        places = ({"source": migration.source, "destination": migration.destination} if migration
                  else {"source": found.home})
        processes = {name: found.process(place) for name, place in places.items()}
        return {name: process for name, process in processes.items()
                if process is not None and process.is_alive()}

    def _recover(self, kind, moment):
        """As often as it takes; the first one is killed as well, if that is what is tried."""
        if kind == "manager twice":
            manager = self._start("recover", "web")
            moment.wait(self.span, manager, self._journal)
            manager.kill()
            self._await(manager)
        for _ in range(RECOVERIES):
            try:
                with self.fleet.fleet.vm("web") as vm:
                    return recover(vm).number
            except Failure as failure:
                reason = failure
        self._check_wire(kind)
        raise Doubled(f"{kind} killed: recover does not get done: {reason}")

    # --- what must be so

    def _check_wire(self, what):
        if self.fleet.doubled:
            raise Doubled(f"{what}: two devices ran: {self.fleet.doubled}")

    def _check(self, what):
        self.guest.pause()
        self._check_wire(what)
        home = ledger.may_run(journal.read(self._journal))
        if self.fleet.look() != (home.host, "running"):
            raise Doubled(f"{what}: {self.fleet.look()}, and not running on {home}")
        counter = self.fleet.counter()
        if not self.guest.acknowledged <= counter <= self.guest.sent:
            raise Doubled(f"{what}: {counter} frames; {self.guest.acknowledged} of "
                          f"{self.guest.sent} were acknowledged")
        alive = len(self.fleet.processes)
        if alive != 1:
            raise Doubled(f"{what}: {alive} processes are left")

class BusLane(Lane):
    """With a bus, of which there is a new one whenever one was killed."""

    def __init__(self, folder, number, seed, broken=None, kinds=BUS_KINDS):
        super().__init__(folder, number, seed, broken, kinds)
        self.bus = PrivateBus()
        self.bus_is_alive = True

    def make_fleet(self, folder):
        return FleetFolder(folder, {"alpha": 4096, "beta": 4096}, 20, 20)

    def global_options(self):
        return ["--bus", self.bus.address]

    def kill_bus(self):
        self.bus.kill()
        self.bus_is_alive = False

    def migrate(self):
        if not self.bus_is_alive:
            self.bus.stop()
            self.bus, self.bus_is_alive = PrivateBus(), True
        super().migrate()

    def end(self):
        self.bus.stop()
        super().end()


LANES = (Lane, BusLane)


def program(text):
    """Python text that finds the package."""
    return text.format(path=sys.path)


def run_lane(lane, count, problems):
    """Until somebody has a problem."""
    try:
        lane.begin()
        for _ in range(count):
            if problems:
                break
            lane.migrate()
    finally:
        lane.end()


def run(count, seed, *broken):
    """(what happened, how often; how often the device moved; how many frames it counted)

    `broken`: the text of another manager that migrates, and what is killed then.
    """
    lanes, problems = [], []

    def one(number, share):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            try:
                lanes.append(LANES[number](folder, number, seed, *broken))
                run_lane(lanes[-1], share, problems)
            except (Doubled, Failure) as problem:
                problems.append(f"lane {number}: {problem}")

    shares = [count - count // 2, count // 2]
    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(shares)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise Doubled("\n".join(problems))
    ends = sum((lane.ends for lane in lanes), collections.Counter())
    return (ends, sum(lane.moves for lane in lanes),
            sum(lane.guest.acknowledged for lane in lanes))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(1 << 32))
    print(f"{count} migrations, seed {seed}", flush=True)
    began = time.monotonic()
    try:
        ends, moves, frames = run(count, seed)
    except Doubled as problem:
        sys.exit(f"seed {seed}: {problem}")
    for (kind, end), number in sorted(ends.items(), key=str):
        print(f"{number:4} x {kind} killed, manager: {end}")
    print(f"{sum(ends.values())} migrations, {moves} moved, {frames} frames, none lost, none "
          f"doubled; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
