# SPDX-License-Identifier: LGPL-2.1-or-later
"""What QEMU does with a pair: it takes the device or refuses it, and what the guest then sees.

A source is saved once, to a file, and loaded into many destinations.
"""

import collections
import csv
import itertools
import re
import shlex
import time

from qemu_descriptors.qmp import Failure
from qemu_descriptors.vm import MIGRATION_SECONDS, wait_for_migration

from . import pairs, pci, view
from .machine import machine

RESULTS = pairs.DATA / "truth" / "results.tsv"

BEFORE, AFTER = "before", "after"
STATES = (BEFORE, AFTER)
REFUSED, BROKEN = "refused", "broken"
REFUSAL = "load of migration failed"

# What a guest sees: the same device; another one once it reboots or writes where it did not write
# before; another one at once.
SAME, LATER, NOW = "same", "later", "now"

Source = collections.namedtuple("Source", "file present latent")
# `word` is one of those, or REFUSED, or BROKEN: something else went wrong.
Outcome = collections.namedtuple("Outcome", "word detail")


def _bring_up(device, guest, state):
    """The firmware has run; after negotiation a driver has, too."""
    pci.enumerate_device(guest)
    if state == AFTER:
        view.driver(device, guest).drive()


def save(program, device, settings, state, path):
    """Runs a source, saves it to a file, and looks at it."""
    with machine(program, device, settings) as (vm, guest):
        _bring_up(device, guest, state)
        present = view.present(device, guest)
        vm.qmp.execute("migrate", uri=f"exec:cat >{shlex.quote(str(path))}")
        status = wait_for_migration(vm.qmp)
        if status != "completed":
            raise Failure(f"the source was not saved: {status}\n{vm.said()}")
        return Source(path, present, view.latent(device, vm.qmp, guest))


def load(program, device, settings, source):
    """Loads a saved source into a destination."""
    try:
        with open(source.file, "rb") as file, \
                machine(program, device, settings, file) as (vm, guest):
            _wait_until_loaded(vm.qmp)
            return _accepted(device, vm.qmp, guest, source)
    except Failure as failure:
        return _refused(failure)


def move(program, device, source_settings, destination_settings, state, path):
    """The same with two live VMs and a socket at `path`."""
    try:
        with machine(program, device, source_settings) as (source, source_guest), \
                machine(program, device, destination_settings,
                        f"unix:{path}") as (destination, guest):
            _bring_up(device, source_guest, state)
            present = view.present(device, source_guest)
            # Without a return path the source would not hear that the destination refused.
            source.qmp.execute("migrate-set-capabilities", capabilities=[
                {"capability": "return-path", "state": True}])
            source.qmp.execute("migrate", uri=f"unix:{path}")
            status = wait_for_migration(source.qmp)
            if status == "completed":
                _wait_until_loaded(destination.qmp)
                latent = view.latent(device, source.qmp, source_guest)
                return _accepted(device, destination.qmp, guest,
                                 Source(None, present, latent))
            destination.qmp.execute("query-status")
            raise Failure(f"the migration {status}, but the destination goes on")
    except Failure as failure:
        return _refused(failure)


def _wait_until_loaded(qmp):
    deadline = time.monotonic() + MIGRATION_SECONDS
    while time.monotonic() < deadline:
        if qmp.execute("query-migrate").get("status") == "completed":
            return
        time.sleep(0.005)
    raise Failure(f"the destination did not load within {MIGRATION_SECONDS} s")


def _accepted(device, qmp, guest, source):
    at_once = view.differences(source.present, view.present(device, guest))
    later = view.differences(source.latent, view.latent(device, qmp, guest))
    seen = NOW if at_once else LATER if later else SAME
    return Outcome(seen, "; ".join((at_once or later)[:3]))


def _refused(failure):
    """The reason is the first thing that the destination said that is no warning."""
    if REFUSAL not in str(failure):
        return Outcome(BROKEN, " ".join(str(failure).split()))
    said = str(failure).partition("\n")[2]
    # Not everything that QEMU says ends in a newline.
    reasons = [text for text in re.split(r"\n|qemu-system-\w+: ", said)
               if text and not text.startswith(("warning:", "info:"))]
    return Outcome(REFUSED, reasons[0])


def groups(table):
    """[(device, source, state, [pairs])]: all that one saved source serves."""
    found = {}
    for pair in table:
        for state in STATES:
            found.setdefault((pair.device, pair.source, state), []).append(pair)
    return [(*key, members) for key, members in found.items()]


class Runner:
    """Runs groups of trials; several threads may use it."""

    def __init__(self, program, folder, live=False):
        self._program, self._folder, self._live = program, folder, live
        self._numbers = itertools.count()

    def run(self, group):
        """{(pair, state): Outcome} of a group."""
        device, side, state, members = group
        settings = pairs.settings(device, side)
        path = self._folder / str(next(self._numbers))
        if self._live:
            return {(pair.name, state): self._move(pair, settings, state) for pair in members}
        try:
            source = save(self._program, device, settings, state, path)
        except Failure as failure:
            return {(pair.name, state): _refused(failure) for pair in members}
        try:
            return {(pair.name, state): load(self._program, device,
                                             pairs.settings(device, pair.destination), source)
                    for pair in members}
        finally:
            path.unlink()

    def _move(self, pair, settings, state):
        path = self._folder / str(next(self._numbers))
        return move(self._program, pair.device, settings,
                    pairs.settings(pair.device, pair.destination), state, path)


def write(table, outcomes, path=RESULTS):
    """Keeps the outcomes, two lines for a pair."""
    lines = ["pair\tstate\toutcome\tdetail\n"]
    for pair in table:
        for state in STATES:
            outcome = outcomes[pair.name, state]
            lines.append(f"{pair.name}\t{state}\t{outcome.word}\t{outcome.detail}\n")
    path.write_text("".join(lines), encoding="utf-8")


def read(path=RESULTS):
    """{(pair, state): Outcome}"""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {(name, state): Outcome(word, detail) for name, state, word, detail in rows}
