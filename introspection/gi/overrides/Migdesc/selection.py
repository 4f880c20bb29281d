# SPDX-License-Identifier: LGPL-2.1-or-later

"""Selecting hosts of a fleet, and its baseline."""

import json

from gi.module import get_introspection_module

from .errors import _raising
from .fleet import Fleet, _column
from .lists import _as_list
from .register import override
from .values import _word

Migdesc = get_introspection_module("Migdesc")

_RANKS = ("return", "compatible", "undecided", "near-miss", "impossible", "not-answered",
          "excluded")


@override
class Selector(Migdesc.Selector):
    """Which devices want a place, and what is preferred: Selector("m?a=1", "m?a=2", top=5)."""

    def __new__(cls, *devices, source=None, top=None):
        return Migdesc.Selector.new()

    def __init__(self, *devices, source=None, top=None):
        for device in devices:
            self.add(device, source)
        if top is not None:
            self.set_top(top)

    def add(self, params, source=None):
        _raising(Migdesc.Selector.add_device)(self, _as_list(params), source)
        return self

    def require(self, name, value=None):
        self.require_label(name, value)
        return self

    def exclude(self, name, value=None):
        self.exclude_label(name, value)
        return self

    def prefer(self, name, value=None, weight=1.0):
        self.add_weight(name, value, weight)
        return self

    def what_if(self, device=0, hosts=None, **params):
        """What if a device were set otherwise, or hosts, by name, published something else."""
        for name, value in params.items():
            text = _as_list({name: value}).lookup(name) if value is not None else None
            _raising(Migdesc.Selector.change_param)(self, device, name, text)
        for name, descriptor in (hosts or {}).items():
            self.change_host(name, descriptor)
        return self

    def __len__(self):
        return self.get_n_devices()

    def __bool__(self):
        return True

    def __repr__(self):
        return f"<Migdesc.Selector of {len(self)} devices>"


class Result:
    """One host of a selection."""

    def __init__(self, selection, number):
        self._selection, self._number = selection, number

    name = property(lambda self: self._selection.get_name(self._number))
    position = property(lambda self: self._selection.get_position(self._number))
    rank = property(lambda self: _RANKS[int(self._selection.get_rank(self._number))])
    remedies = property(lambda self: self._selection.get_n_remedies(self._number))
    score = property(lambda self: self._selection.get_score(self._number))

    def slot(self, device=0):
        return self._selection.get_slot(self._number, device)

    def report(self, device=0):
        return self._selection.get_report(self._number, device)

    def return_path(self, device=0):
        return self._selection.get_return_path(self._number, device)

    def to_dict(self):
        return json.loads(self._selection.result_to_json(self._number))

    def __repr__(self):
        return f"<Migdesc.Result {self.name}: {self.rank}>"


@override
class Selection(Migdesc.Selection):
    """The best hosts, a sequence; true if one of them can take all devices. `ranks` and `remedies`
    are columns of all hosts."""

    RANKS = _RANKS

    ranks = property(lambda self: _column(self.dup_ranks(), "B"))
    remedies = property(lambda self: _column(self.dup_remedies(), "I"))

    @property
    def counts(self):
        return {word: self.count(Migdesc.Rank(number)) for number, word in enumerate(_RANKS)}

    @property
    def reasons(self):
        """Why not, most hosts first: dicts with "code", "param", "hosts", "message", "ways"."""
        return json.loads(self.summary_to_json())["reasons"]

    def to_dict(self):
        return json.loads(self.to_json())

    def __len__(self):
        return self.get_n_results()

    def __getitem__(self, number):
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        return Result(self, number)

    def __iter__(self):
        return (Result(self, number) for number in range(len(self)))

    def __bool__(self):
        return self.count(Migdesc.Rank.RETURN) + self.count(Migdesc.Rank.COMPATIBLE) > 0

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Selection of {self.get_n_hosts()} hosts, {len(self)} listed>"


@override
class FleetBaseline(Migdesc.FleetBaseline):
    """What all hosts take; `front` has what leaving hosts behind would gain."""

    verdict = property(lambda self: _word(self.get_verdict()))
    param_list = property(lambda self: self.get_param_list())
    report = property(lambda self: self.get_report())
    exact = property(lambda self: self.is_exact())

    @property
    def front(self):
        """Most hosts first: dicts with "hosts", "features", "list", "left_behind", "names"."""
        return self.to_dict()["front"]

    @property
    def costs(self):
        """The kinds of hosts that cost something: dicts with "name", of the first of them,
        "hosts", how many, and "list_without", the baseline without them."""
        return self.to_dict()["costs"]

    @property
    def kinds(self):
        """Of each host the number of its kind: hosts of one descriptor are of a kind."""
        return _column(self.dup_kinds(), "I")

    def covered(self, point):
        """Of each host whether a point of the front covers it."""
        return _column(self.dup_point_covered(point), "B")

    def to_dict(self):
        return json.loads(self.to_json())

    def __len__(self):
        return self.get_n_points()

    def __bool__(self):
        return self.verdict == "compatible"

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.FleetBaseline {self.verdict}, {len(self)} points>"


_select = Migdesc.Fleet.select
_baseline = Migdesc.Fleet.baseline


def select(fleet, *devices, source=None, top=None, selector=None, cancellable=None):
    """Ranks the hosts by how well they take these devices, or those of a selector."""
    selector = selector or Selector(*devices, source=source, top=top)
    return _raising(_select)(fleet, selector, cancellable)


def fleet_baseline(fleet, model=None, limits=None, cancellable=None):
    """The best configuration that all hosts take, and what leaving some behind would gain."""
    return _raising(_baseline)(fleet, model, limits, cancellable)


Fleet.select = select
Fleet.baseline = fleet_baseline
