# SPDX-License-Identifier: LGPL-2.1-or-later

"""Reports, findings, and the other answers."""

import json

from gi.module import get_introspection_module
from gi.repository import GLib

from .errors import _failure, _raising
from .lists import _as_list
from .register import override, reduced
from .values import _ByValue, _from_variant, _Settings, _word

Migdesc = get_introspection_module("Migdesc")

_VERDICTS = ("compatible", "incompatible", "undecided")


@override
class Finding(_ByValue, Migdesc.Finding):
    code = property(lambda self: self.get_code())
    severity = property(lambda self: _word(self.get_severity()))
    message = property(lambda self: self.get_message())
    remedy = property(lambda self: self.get_remedy())
    model = property(lambda self: self.get_model())
    param = property(lambda self: self.get_param())
    source = property(lambda self: _from_variant(self.get_source_value()))
    accepted = property(lambda self: self.get_accepted())
    origin = property(lambda self: self.get_origin())
    pointer = property(lambda self: self.get_pointer())
    line = property(lambda self: self.get_line() or None)
    column = property(lambda self: self.get_column() or None)
    category = property(lambda self: Migdesc.category_to_string(self.get_category()))
    witness = property(lambda self: self.get_witness())
    reason = property(lambda self: self.get_reason())
    old_origin = property(lambda self: self.get_old_origin())
    old_pointer = property(lambda self: self.get_old_pointer())
    old_line = property(lambda self: self.get_old_line() or None)
    old_column = property(lambda self: self.get_old_column() or None)

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Finding {self.code}: {self.message}>"


@override
class Report(_ByValue, Migdesc.Report):
    """A sequence of findings, true if the answer is yes."""

    verdict = property(lambda self: _word(self.get_verdict()))
    findings = property(lambda self: list(self))
    omitted = property(lambda self: self.get_n_omitted())

    def to_dict(self):
        return json.loads(self.to_json())

    @staticmethod
    def from_json(text):
        return _raising(Migdesc.Report.new_from_json)(text, -1)

    @staticmethod
    def from_dict(answer):
        return Report.from_json(json.dumps(answer))

    def __reduce__(self):
        return reduced(Report, "from_json", self.to_json())

    def __bool__(self):
        return self.is_compatible()

    def __len__(self):
        return self.get_n_findings()

    def __getitem__(self, position):
        if isinstance(position, slice):
            return [self[i] for i in range(*position.indices(len(self)))]
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return self.get_finding(position)

    def __iter__(self):
        return (self.get_finding(i) for i in range(len(self)))

    def __contains__(self, code):
        return isinstance(code, str) and self.lookup_code(code) is not None

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Report {self.verdict}, {len(self)} findings>"


@override
class BoundList(Migdesc.BoundList):
    """A list resolved against a model; true if the model takes it."""

    verdict = property(lambda self: _VERDICTS[self.get_verdict()])

    def __bool__(self):
        return self.is_compatible()


@override
class Comparison(Migdesc.Comparison):
    relation = property(lambda self: _word(self.get_relation()))
    report = property(lambda self: self.get_report())
    constraints = property(lambda self: list(self.get_constraints()))

    @property
    def agreeing_values(self):
        return {name: self.get_agreeing_values(name) for name in self.dup_params()}

    def to_dict(self):
        return json.loads(self.to_json())

    def __bool__(self):
        return self.relation in ("identical", "compatible")

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Comparison {self.relation}>"


@override
class Plan(_Settings, Migdesc.Plan):
    """A mapping of the destination's params to the values that it has to be set to."""

    def render(self, style="argv-m"):
        known, value = Migdesc.plan_style_from_string(style)
        if not known:
            raise ValueError(f"unknown style {style}")
        return _raising(Migdesc.Plan.render)(self, value)

    def __str__(self):
        return "\n".join(self.render())

    def __repr__(self):
        return f"<Migdesc.Plan for {self.model}>"


@override
class Baseline(Migdesc.Baseline):
    """The best configuration that all hosts can create and load; true if there is one."""

    def __new__(cls, descriptors, model=None, limits=None):
        return _raising(Migdesc.Baseline.new)(list(descriptors), model, limits)

    def __init__(self, descriptors, model=None, limits=None):
        pass

    verdict = property(lambda self: _word(self.get_verdict()))
    param_list = property(lambda self: self.get_param_list())
    config = property(lambda self: self.get_config())
    report = property(lambda self: self.get_report())

    def without(self, position):
        """The list of the baseline without that host, or None."""
        return self.get_param_list_without(position)

    def to_dict(self):
        return json.loads(self.to_json())

    def __bool__(self):
        return self.verdict == "compatible"

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Baseline {self.verdict}>"


@override
class Matrix(Migdesc.Matrix):
    """The pairs of versions that a promise implies or that are tested, each a dict with "from",
    "to", "promise", "promised_by" and "tested"; true if all that is promised is tested."""

    def __new__(cls, descriptors, model=None, limits=None):
        return _raising(Migdesc.Matrix.new)(list(descriptors), model, limits)

    def __init__(self, descriptors, model=None, limits=None):
        pass

    model = property(lambda self: self.get_model())
    pairs = property(lambda self: self.to_dict()["pairs"])
    missing = property(lambda self: [pair for pair in self.pairs
                                     if "promise" in pair and not pair["tested"]])

    def to_dict(self):
        return json.loads(self.to_json())

    def __len__(self):
        return self.get_n_pairs()

    def __iter__(self):
        return iter(self.pairs)

    def __bool__(self):
        return self.get_n_missing() == 0

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Matrix of {self.model}, {self.get_n_missing()} missing>"


@override
class Path(Migdesc.Path):
    """The shortest chain of migrations from one of many hosts to another; a sequence of steps, true
    if there is one. A step is a dict with "source", "changes", "destination", "list" and
    "findings"; hosts are positions among the descriptors."""

    def __new__(cls, descriptors, params, source, destination, limits=None):
        return _raising(Migdesc.Path.find)(list(descriptors), _as_list(params), source, destination,
                                           limits)

    def __init__(self, descriptors, params, source, destination, limits=None):
        pass

    verdict = property(lambda self: _word(self.get_verdict()))
    model = property(lambda self: self.get_model())
    report = property(lambda self: self.get_report())
    return_path = property(lambda self: self.find_return())

    def _step(self, position):
        slots = {"source_slot": self.get_source_slot(position),
                 "destination_slot": self.get_destination_slot(position)}
        return {"source": self.get_source(position),
                "changes": dict(self.get_changes(position) or {}),
                "destination": self.get_destination(position),
                "list": str(self.get_param_list(position)),
                "findings": list(self.get_step_report(position)),
                **{name: slot for name, slot in slots.items() if slot is not None}}

    def to_dict(self):
        return json.loads(self.to_json())

    def __len__(self):
        return self.get_n_steps()

    def __getitem__(self, position):
        return [self._step(at) for at in range(len(self))][position]

    def __iter__(self):
        return (self._step(position) for position in range(len(self)))

    def __bool__(self):
        return self.verdict == "compatible"

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Path {self.verdict}, {len(self)} steps>"


@override
class Map(Migdesc.Map):
    """Which groups of hosts with equal descriptors can exchange devices; a mapping of the name of
    a group's first host to the number of its hosts. In a notebook it is a picture."""

    def __new__(cls, descriptors, names=None, model=None, max_groups=0, limits=None):
        return _raising(Migdesc.Map.new)(list(descriptors), names and list(names), model,
                                         max_groups, limits)

    def __init__(self, descriptors, names=None, model=None, max_groups=0, limits=None):
        pass

    model = property(lambda self: self.get_model())

    def relation(self, source, destination):
        """How two groups relate, by their positions."""
        return _word(self.get_relation(source, destination))

    def to_dict(self):
        return json.loads(self.to_json())

    def _repr_svg_(self):
        return self.to_svg()

    def __len__(self):
        return self.get_n_groups()

    def __iter__(self):
        return (self.get_name(group) for group in range(len(self)))

    def items(self):
        return [(self.get_name(group), self.get_n_hosts(group)) for group in range(len(self))]

    def __repr__(self):
        return f"<Migdesc.Map of {self.model}, {len(self)} groups>"
