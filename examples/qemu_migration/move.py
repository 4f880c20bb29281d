# SPDX-License-Identifier: LGPL-2.1-or-later
"""A VM and its network card, moved together: QEMU carries the card's state.

What QEMU says of a migration is not enough to know how it ended, so these rules are kept:

* return-path is set on the source, and id-list on both sides;
* the destination runs only when QEMU said `completed`, its card has all of its state, and the
  source's card has ended;
* in every other case the source goes on, and what there is of the destination ends.
"""

import contextlib
import os
import tempfile

import gi
from manager.failure import Failure, printable
from qemu_descriptors import qmp
from qemu_descriptors.vm import wait_for_migration

from .backend import Card, descriptor_of
from .bus import PrivateBus
from .pair import Side, set_return_path

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

ID = "nic0"


class Machine:
    """A QEMU, its bus and its card. Whoever has one ends it."""

    def __init__(self, program, settings, qemu, *options, incoming=None):
        with contextlib.ExitStack() as stack:
            bus = stack.enter_context(PrivateBus())
            self.card = stack.enter_context(Card(program, settings, bus.address, ID, *options))
            self.vm = stack.enter_context(Side(bus.address, [ID], incoming, qemu))
            self._stack = stack.pop_all()

    def end(self):
        self._stack.close()

    def said(self):
        """What QEMU and the card had to say, since only they know why."""
        texts = {"QEMU": self.vm.said().strip(), self.card.name: self.card.said()}
        return "; ".join(f"{name}: {printable(text)}" for name, text in texts.items() if text)

    def is_running(self):
        return (self.card.status == "running"
                and self.vm.qmp.execute("query-status")["status"] == "running")


class Refusal(Failure):
    """The library's no, before anything was started."""

    def __init__(self, report):
        super().__init__("\n".join(f"{finding.code}: {finding.message}" for finding in report))
        self.report = report


def start(program, settings, qemu):
    """A machine that runs."""
    machine = Machine(program, settings, qemu)
    try:
        machine.vm.qmp.execute("cont")
    except BaseException:
        machine.end()
        raise
    return machine


def plan(params, source, program):
    """The settings that make a program the card; Refusal when it cannot be."""
    descriptor = descriptor_of(program)
    report = descriptor.check(params, source=source)
    if not report:
        raise Refusal(report)
    return descriptor.plan(params).to_argv(Migdesc.PlanStyle.ARGV_M)


def migrate(source, source_program, program, qemu, tell=lambda line: None):
    """The machine at the destination, which runs; the source has ended. After a Failure the source
    runs, and nothing else does."""
    params = source.card.ask("query")["params"]
    settings = plan(params, descriptor_of(source_program), program)
    tell(f"{os.path.basename(program)} can take it, with {' '.join(settings)}")
    with tempfile.TemporaryDirectory(prefix="qemu-migration-") as folder:
        uri = "unix:" + os.path.join(folder, "migration")
        destination = Machine(program, settings, qemu, "--incoming", incoming=uri)
        try:
            _move(source, destination, uri, tell)
        except BaseException:
            destination.end()
            raise
    return destination


def _move(source, destination, uri, tell):
    set_return_path(source.vm.qmp)
    source.card.ask("stop")
    try:
        source.vm.qmp.execute("migrate", uri=uri)
        status = wait_for_migration(source.vm.qmp)
        tell(f"QEMU says {status}; the card at the destination is {destination.card.status}")
        if status != "completed" or destination.card.status != "prepared":
            raise Failure(f"the migration {status}, the card is {destination.card.status}")
    except (Failure, qmp.Failure) as failure:
        _go_on(source)
        said = [machine.said() for machine in (source, destination)]
        raise Failure("\n".join([str(failure), *filter(None, said)])) from None
    # From here on there is only the destination.
    source.end()
    destination.card.ask("start")
    destination.vm.qmp.execute("cont")


def _go_on(source):
    """Whatever QEMU thinks of it: after a state was lost it can say that it has migrated."""
    if not source.vm.qmp.execute("query-status")["running"]:
        source.vm.qmp.execute("cont")
    if source.card.status == "paused":
        source.card.ask("cont")
