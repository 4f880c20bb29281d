# SPDX-License-Identifier: LGPL-2.1-or-later

"""A fleet on the machines of a Dask cluster, asked as one is that fits on one machine.

    from dask.distributed import Client
    from migdesc.dask import Fleet

    fleet = Fleet.from_files(Client("tcp://scheduler:8786"), ["rack-1.jsonl", "rack-2.jsonl"])
    answer = fleet.select("vendor-a.com/my-nic?num-queues=8", source=DESCRIPTOR, top=20)

The hosts are read by the workers and stay there; what travels is the question and each part's
answer. A part that is lost with its worker is read again by another."""

import os
import threading
from pathlib import Path

import gi

gi.require_version("Migdesc", "1.0")
from gi.repository import Migdesc  # noqa: E402

from . import hosts  # noqa: E402

# How often a part may be asked anew because its worker is gone
RETRIES = 5


class _Slice:
    """Whole lines of a file that every worker can read, from one byte to another."""

    def __init__(self, path, start=0, end=None):
        self.path, self.start, self.end = str(path), start, end

    def load(self, fleet):
        with open(self.path, "rb") as file:
            file.seek(self.start)
            lines = file.read(-1 if self.end is None else self.end - self.start)
        fleet.add_lines(lines, f"{self.path}")


class _Place:
    """All that Migdesc.Fleet.load() reads there: a directory, a file of lines or documents."""

    def __init__(self, path):
        self.path = str(path)

    def load(self, fleet):
        fleet.load(self.path)


class _Lines:
    """Lines that come with the task, for want of a file."""

    def __init__(self, lines):
        self.lines = lines

    def load(self, fleet):
        fleet.add_lines(self.lines)


class _Part:
    """A part of the fleet in a worker's memory. Should it have to go to another worker after all,
    only where its hosts come from goes, and they are read there."""

    def __init__(self, origin):
        self.origin = origin
        self.lock = threading.Lock()  # a fleet is for one thread at a time
        self.fleet = Migdesc.Fleet()
        origin.load(self.fleet)

    def ask(self, question):
        with self.lock:
            return hosts.ask_part(self.fleet, question)

    def __len__(self):
        return len(self.fleet)

    def __reduce__(self):
        return _Part, (self.origin,)

    def __sizeof__(self):
        """Moving it costs reading all of it, which the scheduler is to know."""
        return max(sum(self.fleet.memory) * 100, 1 << 20)


def _load(origin):
    return _Part(origin)


def _ask(part, question):
    return part.ask(question)


def _slices(path, parts):
    """About equal ones that end where lines end."""
    size = os.path.getsize(path)
    starts = [0]
    with open(path, "rb") as file:
        for number in range(1, parts):
            file.seek(max(size * number // parts, starts[-1]))
            file.readline()
            starts.append(min(file.tell(), size))
    return [_Slice(path, start, end) for start, end in zip(starts, [*starts[1:], size])
            if start < end]


class Fleet:
    """Parts of a fleet, in the order of its hosts, as futures of a cluster."""

    def __init__(self, client, origins):
        self.client = client
        self.parts = [client.submit(_load, origin, pure=False, retries=RETRIES)
                      for origin in origins]

    @classmethod
    def from_files(cls, client, places):
        """A part for each place, which the workers read themselves: a directory of descriptors, a
        file of lines."""
        return cls(client, [_Place(Path(place).absolute()) for place in places])

    @classmethod
    def from_lines_file(cls, client, path, parts):
        """Parts of one file of lines of JSON, a host each, which every worker can read."""
        return cls(client, _slices(Path(path).absolute(), parts))

    @classmethod
    def from_lines(cls, client, lines, parts):
        """Parts of lines of JSON in this process; they are sent once, to who keeps them."""
        data = lines.encode() if isinstance(lines, str) else bytes(lines)
        rows = data.splitlines(keepends=True)
        cuts = [len(rows) * number // parts for number in range(parts + 1)]
        return cls(client, [_Lines(b"".join(rows[start:end]))
                            for start, end in zip(cuts, cuts[1:]) if start < end])

    def __len__(self):
        return sum(self.client.gather(self.client.map(len, self.parts, pure=False,
                                                      retries=RETRIES)))

    def select(self, devices, source=None, top=hosts.TOP, **preferences):
        """What migdesc.hosts.select() says of the same hosts on one machine."""
        question = hosts.Question(devices, source, top, **preferences)
        answers = self.client.map(_ask, self.parts, question=question, pure=False,
                                  retries=RETRIES)
        return hosts.merge(self.client.gather(answers), question)


def select(fleet, devices, source=None, top=hosts.TOP, **preferences):
    """Of a fleet, here or on a cluster, the hosts that suit devices best, as
    migdesc.hosts.select()."""
    if isinstance(fleet, Fleet):
        return fleet.select(devices, source, top, **preferences)
    return hosts.select(fleet, devices, source, top, **preferences)
