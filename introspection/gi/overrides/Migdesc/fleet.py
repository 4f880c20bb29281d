# SPDX-License-Identifier: LGPL-2.1-or-later

"""Fleets: many hosts, asked in one call."""

import json
from collections.abc import Mapping

from gi.module import get_introspection_module
from gi.repository import GLib

from .answers import _VERDICTS
from .descriptor import _reader
from .errors import _failure, _raising
from .lists import _as_list
from .register import override

Migdesc = get_introspection_module("Migdesc")

_HOST_VERDICTS = _VERDICTS + ("not answered",)

# Looked up once: of a check from Python the calls are what costs.
_check = Migdesc.Fleet.check


def _column(data, kind):
    """Numbers of a GLib.Bytes without a copy of each; numpy.frombuffer takes it as it is."""
    return memoryview(data.get_data() or b"").cast(kind)


class Slot:
    """What one slot of a host takes: so many devices of what the descriptor says."""

    def __init__(self, fleet, position, number):
        self.name = fleet.get_slot_name(position, number)
        self.count = fleet.get_slot_count(position, number)
        self._get = fleet.get_slot_descriptor, position, number

    @property
    def descriptor(self):
        get, *place = self._get
        return get(*place)

    def __repr__(self):
        return f"<Migdesc.Slot {self.name} for {self.count}>"


class Host:
    """One row of a fleet. It is found by its position, so that what changes the fleet ends it."""

    def __init__(self, fleet, position):
        self._fleet, self.position = fleet, position

    name = property(lambda self: self._fleet.get_name(self.position))
    shape = property(lambda self: self._fleet.get_shape(self.position))
    error = property(lambda self: self._fleet.get_error(self.position)[0])

    @property
    def labels(self):
        return {name: self._fleet.get_label(self.position, name)
                for name in self._fleet.dup_label_names(self.position)}

    @property
    def slots(self):
        return [Slot(self._fleet, self.position, number)
                for number in range(self._fleet.get_n_slots(self.position))]

    def to_dict(self):
        return json.loads(self._fleet.host_to_json(self.position))

    def __repr__(self):
        return f"<Migdesc.Host {self.name}>"


@override
class Fleet(Migdesc.Fleet):
    """A mapping of hosts' names to hosts. Fleet("hosts/"), Fleet({"a": DESCRIPTOR}), Fleet().

    fleet["a"] = DESCRIPTOR takes a descriptor, its text, a dict, or a host as
    {"labels": ..., "slots": [...]}."""

    def __new__(cls, hosts=None, **options):
        return Migdesc.Fleet.new(_reader(**options))

    def __init__(self, hosts=None, **options):
        if isinstance(hosts, Mapping):
            for name, host in hosts.items():
                self[name] = host
        elif hosts is not None:
            self.load(hosts)

    def load(self, place, cancellable=None):
        """Adds the hosts at a place: a file, a directory, "-", "exec:PROGRAM ARGS"."""
        _raising(Migdesc.Fleet.load)(self, str(place), None, None, cancellable)

    def add_lines(self, lines, origin=None, cancellable=None):
        """Adds hosts from lines of JSON, as text, bytes or GLib.Bytes."""
        data = lines.encode() if isinstance(lines, str) else lines
        data = data if isinstance(data, GLib.Bytes) else GLib.Bytes.new(data)
        _raising(Migdesc.Fleet.add_lines)(self, data, origin, None, None, cancellable)

    n_errors = property(lambda self: self.get_n_errors())
    n_shapes = property(lambda self: self.get_n_shapes())
    n_descriptors = property(lambda self: self.get_n_descriptors())

    @property
    def names(self):
        data, offsets = self.dup_names()
        text, places = data.get_data() or b"", _column(offsets, "Q")
        return [text[places[i]:places[i + 1]].decode() for i in range(len(places) - 1)]

    @property
    def shapes(self):
        """The number of each host's shape, as a buffer of 32-bit integers."""
        return _column(self.dup_shapes(), "I")

    @property
    def memory(self):
        """Bytes of columns, of names, and of what hosts are made of."""
        return self.get_memory()

    def check(self, params, source=None, only=None, cancellable=None):
        """Asks every host whether it can take a device of that list."""
        try:
            return _check(self, _as_list(params), source, only, cancellable)
        except GLib.Error as error:
            raise _failure(error) from None

    def path(self, params, source, destination, limits=None):
        """The Migdesc.Path of a device from one host to another, which are called by name; hosts of
        its steps are positions."""
        ends = []
        for name in (source, destination):
            found, position = self.lookup(name)
            if not found:
                raise KeyError(name)
            ends.append(position)
        return _raising(Migdesc.Fleet.find_path)(self, _as_list(params), *ends, limits)

    def map(self, model=None, max_groups=0, limits=None):
        """The Migdesc.Map of all hosts."""
        return _raising(Migdesc.Fleet.make_map)(self, model, max_groups, limits)

    def matrix(self, model=None, limits=None):
        """The Migdesc.Matrix of what all hosts promise."""
        return _raising(Migdesc.Fleet.make_matrix)(self, model, limits)

    def __len__(self):
        return self.get_n_hosts()

    def __bool__(self):
        return len(self) > 0

    def __iter__(self):
        return iter(self.names)

    def __contains__(self, name):
        return isinstance(name, str) and self.lookup(name)[0]

    def __getitem__(self, name):
        found, position = self.lookup(name)
        if not found:
            raise KeyError(name)
        return Host(self, position)

    def host(self, position):
        """The host at a position; what is counted is counted in positions."""
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return Host(self, position)

    def __setitem__(self, name, host):
        if isinstance(host, Migdesc.Descriptor):
            _raising(Migdesc.Fleet.put_descriptor)(self, name, host)
        elif isinstance(host, str):
            _raising(Migdesc.Fleet.put_text)(self, name, host, -1)
        elif "slots" in host:
            _raising(Migdesc.Fleet.put_json)(self, json.dumps({**host, "host": name}), -1)
        else:
            _raising(Migdesc.Fleet.put_text)(self, name, json.dumps(host), -1)

    def __delitem__(self, name):
        if not self.remove(name):
            raise KeyError(name)

    def __repr__(self):
        return f"<Migdesc.Fleet of {len(self)} hosts in {self.n_shapes} shapes>"


@override
class FleetCheck(Migdesc.FleetCheck):
    """What every host says, in columns: `verdicts` is a buffer of bytes, `first_reasons` one of
    32-bit integers, as numpy.frombuffer takes them."""

    VERDICTS = _HOST_VERDICTS

    verdicts = property(lambda self: _column(self.dup_verdicts(), "B"))
    first_reasons = property(lambda self: _column(self.dup_first_reasons(), "i"))

    @property
    def shape_reasons(self):
        """Of each shape the positions of its reasons: where they begin, and the positions."""
        reasons, offsets = self.dup_shape_reasons()
        return _column(offsets, "I"), _column(reasons, "I")

    @property
    def counts(self):
        return {word: self.count(number) for number, word in enumerate(_HOST_VERDICTS)}

    @property
    def reasons(self):
        """Why not, most hosts first: dicts with "code", "param", "hosts", "message", "ways"."""
        return self.to_dict()["reasons"]

    def report(self, position):
        """All that one host has to say."""
        return _raising(Migdesc.FleetCheck.get_report)(self, position)

    def to_dict(self):
        return json.loads(self.to_json())

    def __len__(self):
        return self.get_n_hosts()

    def __getitem__(self, position):
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return _HOST_VERDICTS[self.get_verdict(position)]

    def __iter__(self):
        return (_HOST_VERDICTS[verdict] for verdict in self.verdicts)

    def __bool__(self):
        return self.count(0) > 0

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.FleetCheck {self.count(0)} of {len(self)} compatible>"
