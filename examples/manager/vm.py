# SPDX-License-Identifier: LGPL-2.1-or-later
"""A VM's device: its journal, and the places where it is or will be."""

from . import ledger as ledgers
from .failure import Failure, Unfinished
from .ledger import Place


class Vm:
    """What migrate and recover work on, while the journal is held."""

    def __init__(self, name, journal, site, layout):
        self.name = name
        self.site = site
        self.layout = layout
        self.ledger = ledgers.fold(journal.records, journal.path)
        self._journal = journal

    @property
    def home(self):
        """Where the device is, as far as it is decided."""
        home = self.ledger.home
        if home is None:
            raise Failure(f"{self.name}: there is no such VM")
        return home

    def append(self, kind, **members):
        after = ledgers.follow(self.ledger, {"kind": kind, **members}, self._journal.path)
        self._journal.append(kind, **members)
        self.ledger = after

    def reserve(self):
        """A disk that is full from now on keeps nobody from undoing or finishing a migration."""
        self._journal.reserve()

    # --- places

    def new_place(self, answer, style="argv-m"):
        number = self.ledger.last_number + 1
        return Place(number, answer.host, answer.backend.program,
                     self.layout.folder(answer.host, self.name, number), answer.settings(style))

    def spool(self, place):
        """The file for the state on its way to the place."""
        return self.layout.spool(self.name, place.number)

    # --- the backend of a place

    def process(self, place):
        return self.ledger.process(place)

    def start(self, place, *options):
        """Starts the backend; its identity is written down before it can do anything."""
        gate = self.site.gate(place, *options)
        try:
            self.append("spawned", place=place.number, process=gate.process.to_dict())
        except (Failure, OSError):
            gate.cancel()
            raise
        gate.release()
        return self.site.wait_ready(place, gate.process)

    def status(self, place):
        return self.site.status(place, self.process(place))

    def end(self, place):
        """The place's backend is dead afterwards."""
        self.site.end(self.process(place))

    def call(self, command, place=None, **arguments):
        place = place or self.home
        return self.site.call(place, self.process(place), command, **arguments)

    def query(self):
        """What the running device says of itself."""
        status = self.status(self.home)
        if status is None:
            raise Unfinished(f"{self.name} does not run on {self.home}; `manager recover` starts "
                             "it again")
        return status
