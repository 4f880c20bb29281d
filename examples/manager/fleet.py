# SPDX-License-Identifier: LGPL-2.1-or-later
"""A fleet is a folder: hosts/ with the hosts, vms/ with a journal for each VM."""

import glob
import os
from contextlib import contextmanager
from pathlib import Path

from . import journal, ledger
from .failure import Failure
from .hosts import Host, check_name
from .site import Site, Timing
from .vm import Vm

STATE_LIMIT = 1 << 30
JOURNAL = ".journal"


class Fleet:
    def __init__(self, folder, timing=Timing(), state_limit=STATE_LIMIT, bus=None):
        self.root = Path(folder).resolve()
        self.timing = timing
        self.state_limit = state_limit
        self.bus = bus

    @property
    def hosts(self):
        try:
            folders = sorted(entry for entry in (self.root / "hosts").iterdir() if entry.is_dir())
        except OSError as error:
            raise Failure(f"{self.root / 'hosts'}: {error.strerror}") from None
        return [Host(folder) for folder in folders]

    @property
    def names(self):
        """Of the VMs that have a journal."""
        return sorted(path.name.removesuffix(JOURNAL)
                      for path in (self.root / "vms").glob(f"*{JOURNAL}"))

    @contextmanager
    def vm(self, name, is_new=False):
        """The VM's device, with its journal held: one manager at a time."""
        path = self._journal(name)
        if is_new:
            (self.root / "vms").mkdir(mode=0o700, exist_ok=True)
        elif not os.path.exists(path):
            raise Failure(f"{name}: there is no such VM")
        with journal.Journal(path) as held:
            yield Vm(name, held, Site(self.timing, self.state_limit, self.bus), self)

    def look(self, name):
        """(the ledger, what the device says of itself or None), without holding the journal."""
        path = self._journal(name)
        found = ledger.fold(journal.read(path), path)
        site = Site(self.timing, self.state_limit)
        home = found.home
        return found, home and site.status(home, found.process(home))

    # --- where things are

    def _journal(self, name):
        return str(self.root / "vms" / f"{check_name('VM', name)}{JOURNAL}")

    def folder(self, host, name, number):
        return str(self.root / "hosts" / host / "run" / f"{name}.{number}")

    def spool(self, name, number):
        return str(self.root / "vms" / f"{name}.{number}.state")

    def remove_spools(self, name):
        """Also what was not finished."""
        start = glob.escape(str(self.root / "vms" / name))
        for path in glob.glob(f"{start}.*.state") + glob.glob(f"{start}.*.state.part"):
            if os.path.basename(path)[len(name) + 1:].partition(".")[0].isdigit():
                os.unlink(path)
