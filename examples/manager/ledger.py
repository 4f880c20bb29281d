# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the records of a VM's journal say: where its device is, and who may run it.

The device has a place at a time: a folder of a host, with the backend that runs in it. A migration
makes another place. The rule is may_run(), and it looks at nothing but the records.

    created PLACE                   the first place
    removed                         it could not be started there
    spawned PLACE PROCESS           a process is about to become the place's backend
    begin SOURCE DESTINATION        a migration
    stopped                         the source was told to pause
    transferred SPOOL BYTES SHA256  the state is in a file
    prepared                        the destination has read and checked it
    source-ended                    the source's process is dead
    committed                       from here on it is the destination that may run
    started                         the destination runs
    done | aborted REASON           the end of the migration
    off | on                        whether the device is to run at all
"""

from dataclasses import asdict, dataclass, field, replace

from .failure import Failure
from .process import Process

# What may follow what during a migration; every step may be followed by `aborted` until committed.
STEPS = ("begin", "stopped", "transferred", "prepared", "source-ended", "committed", "started")


@dataclass(frozen=True)
class Place:
    number: int
    host: str
    program: str
    folder: str
    settings: tuple

    @staticmethod
    def from_dict(members):
        return Place(members["number"], members["host"], members["program"], members["folder"],
                     tuple(members["settings"]))

    def to_dict(self):
        return {**asdict(self), "settings": list(self.settings)}

    def __str__(self):
        return self.host


@dataclass(frozen=True)
class Migration:
    source: Place
    destination: Place
    step: str = "begin"
    spool: dict | None = None

    @property
    def is_committed(self):
        return STEPS.index(self.step) >= STEPS.index("committed")


@dataclass(frozen=True)
class Ledger:
    home: Place | None = None
    migration: Migration | None = None
    left: Place | None = None       # the place that the last migration left behind
    is_on: bool = True
    last_number: int = 0
    reason: str | None = None       # why the last migration was aborted
    processes: dict = field(default_factory=dict)

    def process(self, place):
        """The last process that was about to be the backend there, dead or alive, or None."""
        return self.processes.get(place.number)


def may_run(records):
    """The one place at which the device may run, or None."""
    ledger = fold(records)
    if not ledger.is_on:
        return None
    if ledger.migration is not None and ledger.migration.is_committed:
        return ledger.migration.destination
    return ledger.home


def fold(records, name="journal"):
    ledger = Ledger()
    for number, record in enumerate(records, 1):
        ledger = follow(ledger, record, f"{name}: record {number}")
    return ledger


def follow(ledger, record, place="journal"):
    """The ledger with one record more."""
    try:
        after = _APPLY[record["kind"]](ledger, record)
    except (KeyError, TypeError, AttributeError):
        after = None
    if after is None:
        raise Failure(f"{place}, {record.get('kind')}, does not follow from those before it")
    return after


def _created(ledger, record):
    place = Place.from_dict(record["place"])
    if ledger.home is None:
        return replace(ledger, home=place, last_number=place.number)
    return None


def _removed(ledger, _):
    if ledger.migration is None and ledger.home is not None:
        return Ledger(last_number=ledger.last_number)
    return None


def _spawned(ledger, record):
    process = Process.from_dict(record["process"])
    return replace(ledger, processes={**ledger.processes, record["place"]: process})


def _begin(ledger, record):
    destination = Place.from_dict(record["destination"])
    if ledger.migration is None and ledger.is_on and record["source"] == ledger.home.number:
        return replace(ledger, migration=Migration(ledger.home, destination),
                       last_number=destination.number, reason=None)
    return None


def _step(ledger, record):
    migration, kind = ledger.migration, record["kind"]
    if STEPS.index(kind) != STEPS.index(migration.step) + 1:
        return None
    spool = record["spool"] if kind == "transferred" else migration.spool
    return replace(ledger, migration=replace(migration, step=kind, spool=spool))


def _done(ledger, _):
    if ledger.migration.step == "started":
        return _settled(ledger, ledger.migration.destination, ledger.migration.source)
    return None


def _aborted(ledger, record):
    if not ledger.migration.is_committed:
        return replace(_settled(ledger, ledger.migration.source, ledger.migration.destination),
                       reason=record["reason"])
    return None


def _settled(ledger, home, left):
    """Processes of places before these are of no interest any more."""
    processes = {place.number: ledger.processes[place.number] for place in (home, left)
                 if place.number in ledger.processes}
    return replace(ledger, home=home, left=left, migration=None, processes=processes)


def _switched(ledger, record):
    is_on = record["kind"] == "on"
    if ledger.migration is None and ledger.home is not None and ledger.is_on != is_on:
        return replace(ledger, is_on=is_on)
    return None


_APPLY = {
    "created": _created,
    "removed": _removed,
    "spawned": _spawned,
    "begin": _begin,
    **dict.fromkeys(STEPS[1:], _step),
    "done": _done,
    "aborted": _aborted,
    "off": _switched,
    "on": _switched,
}
