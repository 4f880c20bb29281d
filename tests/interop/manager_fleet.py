# SPDX-License-Identifier: LGPL-2.1-or-later

"""A fleet in a folder, whose hosts have the fake backend, or network cards."""

import contextlib
import io
import os
import pathlib
import signal
import subprocess
import sys
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples"))

from manager import Fleet, Timing, cli  # noqa: E402

FAKE = ROOT / "tests" / "interop" / "fake_backend.py"
COMMAND = ROOT / "examples" / "manager" / "manager"
BUILD = pathlib.Path(os.environ.get("MIGDESC_BUILDDIR", ROOT / "build"))
CARDS = BUILD / "examples" / "nic-backend"
LIST = "example.org/counter?size=1000,fast=on"


@dataclass
class Done:
    status: int
    out: str
    err: str


class FleetFolder:
    """Hosts by name with the largest size that each takes."""

    program = "counter"
    params = "example.org/counter?size=256,fast=on"

    def __init__(self, folder, hosts, deadline=20, start_deadline=60):
        self.folder = pathlib.Path(folder)
        self.wire = self.folder / "wire"
        self.deadline = deadline
        self.start_deadline = start_deadline
        for host, most in hosts.items():
            self.add_host(host, self.backend(host, most))

    def backend(self, host, most):
        return (f"/usr/bin/python3 -IS {FAKE} --max-size {most} "
                f"--fault {self.folder}/{host}.fault")

    def add_host(self, host, command):
        backends = self.folder / "hosts" / host / "backends"
        backends.mkdir(parents=True)
        program = backends / self.program
        program.write_text(f'#!/bin/sh\nexec {command} --wire {self.wire} "$@"\n')
        program.chmod(0o755)

    def fault(self, host, *words):
        (self.folder / f"{host}.fault").write_text(" ".join(words))

    @property
    def fleet(self):
        return Fleet(self.folder, Timing(self.start_deadline, self.start_deadline, self.deadline,
                                         self.deadline))

    def manager(self, *arguments):
        """The command, in this process."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.main(self.options(*arguments))
        return Done(status, out.getvalue(), err.getvalue())

    def manager_program(self, *arguments, **options):
        """The command, in a process of its own."""
        done = subprocess.run(["/usr/bin/python3", str(COMMAND), *self.options(*arguments)],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=120, **options)
        return Done(done.returncode, done.stdout, done.stderr)

    def options(self, *arguments):
        return ["--fleet", str(self.folder), "--deadline", str(self.deadline),
                "--start-deadline", str(self.start_deadline), *arguments]

    def look(self, name="web"):
        """(host, status)"""
        ledger, status = self.fleet.look(name)
        return str(ledger.home), (status or {}).get("status")

    def send(self, command, name="web", **arguments):
        with self.fleet.vm(name) as vm:
            return vm.call(command, **arguments)

    def counter(self, name="web"):
        return self.count(self.send("get", name)["state"])

    def count(self, state):
        """The frames that a device has received."""
        return state["counter"]

    @property
    def doubled(self):
        violations = self.folder / "wire.violations"
        return violations.read_text() if violations.exists() else ""

    @property
    def processes(self):
        """Of this fleet, by what their command lines name."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if entry.name.isdigit() and str(self.folder).encode() in line:
                found.append(int(entry.name))
        return [pid for pid in found if pid != os.getpid()]

    def end(self):
        for pid in self.processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


class CardFleet(FleetFolder):
    """Hosts by name with the version of the network card that each has."""

    program = "nic"
    params = "example.org/nic?num-queues=2,rx-filter-size=16,jumbo=on"

    def backend(self, host, version):
        return CARDS / f"nic-backend-{version}"

    def count(self, state):
        return sum(int(queue["frames"]) for queue in state["queues"])
