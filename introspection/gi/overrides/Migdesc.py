# SPDX-License-Identifier: LGPL-2.1-or-later

"""What makes libmigdesc feel like Python in Python.

Values are Python's own (bool, int, str), sets of things are mappings and
sequences, answers have a truth value, and errors are exceptions by kind.
Everything of the C interface stays reachable under its own name.
"""

import functools
import json
from collections.abc import Mapping

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import GLib

Migdesc = get_introspection_module("Migdesc")

__all__ = []


def _export(thing):
    __all__.append(thing.__name__)
    return thing


# --- Exceptions ---------------------------------------------------------------


@_export
class Failure(GLib.Error):
    """A question that could not be answered. `nick` is the stable code."""

    @property
    def nick(self):
        return Migdesc.error_get_nick(self.code)

    def __str__(self):
        return self.message


@_export
class DocumentFailure(Failure, ValueError):
    """A document, or a value in one, is malformed. `report` tells everything that is wrong, if it was read."""

    report = None


@_export
class ListFailure(Failure, ValueError):
    """A migration parameter list is malformed."""


@_export
class LimitFailure(Failure, ValueError):
    """Something is larger than its limit."""


@_export
class NotFoundFailure(Failure, LookupError):
    """Nothing has that name, or several things could be meant."""


@_export
class HostFailure(Failure):
    """Something cannot be read or run."""


@_export
class RefusedFailure(Failure, ValueError):
    """Understood and refused. `report` tells why."""

    report = None


_KINDS = (
    ("list-", ListFailure),
    ("limit-", LimitFailure),
    ("model-not-found", NotFoundFailure),
    ("not-unique", NotFoundFailure),
    ("cannot-", HostFailure),
    ("program-", HostFailure),
    ("cancelled", HostFailure),
    ("conversion-", RefusedFailure),
    ("plan-", RefusedFailure),
    ("refused", RefusedFailure),
)


def _failure(error, report=None):
    """The exception for a GLib.Error of ours; any other error is returned as it is."""
    if not error.matches(Migdesc.error_quark(), error.code):
        return error
    nick = Migdesc.error_get_nick(error.code)
    kind = next((kind for prefix, kind in _KINDS if nick.startswith(prefix)), DocumentFailure)
    failure = kind(error.message, error.domain, error.code)
    if report is not None:
        failure.report = report
    return failure


def _raising(function):
    """Makes a function raise exceptions by kind."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except GLib.Error as error:
            raise _failure(error) from None

    return call


def _refused(report):
    failure = RefusedFailure(str(report), "migdesc-error-quark", int(Migdesc.Error.REFUSED))
    failure.report = report
    return failure


# --- Values -------------------------------------------------------------------


def _to_variant(value):
    if isinstance(value, bool):
        return GLib.Variant("b", value)
    if isinstance(value, int):
        if not 0 <= value < 1 << 64:
            raise ValueError(f"{value} is not an integer from 0 to 2^64-1")
        return GLib.Variant("t", value)
    if isinstance(value, str):
        return GLib.Variant("s", value)
    raise TypeError(f"a value is a bool, an int or a str, not {type(value).__name__}")


def _from_variant(variant):
    return None if variant is None else variant.unpack()


def _to_text(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (int, str)):
        return str(value)
    raise TypeError(f"a value is a bool, an int or a str, not {type(value).__name__}")


def _word(enumerator):
    """The word that documents and answers use for an enumerator."""
    return enumerator.value_nick


# --- Mixins -------------------------------------------------------------------


class _ByValue:
    """== and hash by value, as the C functions define them."""

    def __eq__(self, other):
        return self.equal(other) if isinstance(other, type(self)) else NotImplemented

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def __hash__(self):
        return self.hash()


class _Names(Mapping):
    """A mapping over things that have a name, in their order."""

    __slots__ = ("_items", "_lookup")

    def __init__(self, items, lookup):
        self._items = items
        self._lookup = lookup

    def __getitem__(self, name):
        item = self._lookup(name) if isinstance(name, str) else None
        if item is None:
            raise KeyError(name)
        return item

    def __contains__(self, name):
        return isinstance(name, str) and self._lookup(name) is not None

    def __iter__(self):
        return (item.get_name() for item in self._items)

    def __len__(self):
        return self._items.get_n_items()

    def __repr__(self):
        return f"<{', '.join(self)}>"


def _unpickle(cls, method, *args):
    return getattr(cls, method)(*args)


# --- Value sets -----------------------------------------------------------------


@_export
@override
class ValueSet(_ByValue, Migdesc.ValueSet):
    """ValueSet("1-64,128") of ints, ValueSet(["a", "b"]), ValueSet([False, True]), ValueSet([1, 5]), ValueSet.any("int")."""

    def __new__(cls, members=None):
        if isinstance(members, str):
            return _raising(Migdesc.ValueSet.new_from_string)(Migdesc.ValueType.INT, members)
        members = list(members or ())
        if all(isinstance(member, bool) for member in members):
            return Migdesc.ValueSet.new_bools(False in members, True in members)
        if all(isinstance(member, int) for member in members):
            text = ",".join(map(str, members))
            return _raising(Migdesc.ValueSet.new_from_string)(Migdesc.ValueType.INT, text)
        return _raising(Migdesc.ValueSet.new_strings)(members)

    def __init__(self, members=None):
        pass

    @classmethod
    def any(cls, value_type):
        return Migdesc.ValueSet.new_any(_VALUE_TYPES[value_type])

    @property
    def type(self):
        return _word(self.get_value_type())

    @property
    def count(self):
        """How many values; 2^64-1 also stands for more."""
        return self.get_count()

    @property
    def intervals(self):
        return [self.get_interval(i)[1:] for i in range(self.get_n_intervals())]

    def __contains__(self, value):
        return self.contains(_to_variant(value))

    def __bool__(self):
        return not self.is_empty()

    def __and__(self, other):
        return self.intersect(other)

    def __or__(self, other):
        return self.unite(other)

    def __le__(self, other):
        return self.is_subset(other)

    def __ge__(self, other):
        return other.is_subset(self)

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.ValueSet {self.type} {self.to_string()}>"

    def __reduce__(self):
        if self.is_any():
            return _unpickle, (Migdesc.ValueSet, "new_any", int(self.get_value_type()))
        return _unpickle, (Migdesc.ValueSet, "new_from_string", int(self.get_value_type()), self.to_string())


_VALUE_TYPES = {
    "bool": Migdesc.ValueType.BOOL,
    "int": Migdesc.ValueType.INT,
    "str": Migdesc.ValueType.STR,
}


# --- The data model ---------------------------------------------------------------


@_export
@override
class Param(_ByValue, Migdesc.Param):
    name = property(lambda self: self.get_name())
    type = property(lambda self: _word(self.get_value_type()))
    description = property(lambda self: self.get_description())
    unit = property(lambda self: self.get_unit())
    allowed_values = property(lambda self: self.get_allowed_values())
    init_value = property(lambda self: _from_variant(self.get_init_value()))
    off_value = property(lambda self: _from_variant(self.get_off_value()))
    affects = property(lambda self: set(self.get_affects().value_nicks))
    runtime = property(lambda self: self.is_runtime())
    inferred = property(lambda self: self.is_inferred())

    def __repr__(self):
        return f"<Migdesc.Param {self.name} {self.type} {self.allowed_values}>"


@_export
@override
class Version(_ByValue, Migdesc.Version):
    name = property(lambda self: self.get_name())
    description = property(lambda self: self.get_description())
    create = property(lambda self: self.can_create())
    load = property(lambda self: self.can_load())
    support = property(lambda self: _word(self.get_support()))
    blocker = property(lambda self: self.get_blocker())

    @property
    def settings(self):
        """The values of the params in effect, as a dict."""
        return {name: _from_variant(self.get_value(name)) for name in self.get_params().dup_names()}

    @property
    def tested(self):
        return [self.get_tested(i)[1:] for i in range(self.get_n_tested())]

    def __repr__(self):
        return f"<Migdesc.Version {self.name}>"


@_export
@override
class Constraint(_ByValue, Migdesc.Constraint):
    description = property(lambda self: self.get_description())
    forbid = property(lambda self: self.is_forbid())

    @property
    def if_values(self):
        return {name: self.get_if_values(name) for name in self.dup_if_params()}

    @property
    def then_values(self):
        return {name: self.get_then_values(name) for name in self.dup_then_params()}

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Constraint {self.to_string()}>"


@_export
@override
class Model(_ByValue, Migdesc.Model):
    """A mapping of its params' names to its params."""

    name = property(lambda self: self.get_name())
    description = property(lambda self: self.get_description())
    support = property(lambda self: _word(self.get_support()))
    blocker = property(lambda self: self.get_blocker())
    version_only = property(lambda self: self.is_version_only())
    params = property(lambda self: _Names(self.get_params(), self.lookup_param))
    versions = property(lambda self: _Names(self.get_versions(), self.lookup_version))
    latest = property(lambda self: self.get_latest_version())
    constraints = property(lambda self: list(self.get_constraints()))

    @property
    def state_schema(self):
        text = self.dup_state_schema()
        return None if text is None else json.loads(text)

    def __getitem__(self, name):
        return self.params[name]

    def __contains__(self, name):
        return name in self.params

    def __iter__(self):
        return iter(self.params)

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        # A model without params is a model all the same.
        return True

    def expand(self, overrides=None, version=None):
        """The configuration of a version, or of a fresh device, with overrides. Raises RefusedFailure."""
        overrides = None if overrides is None else _as_list(overrides)
        config, report = Migdesc.Model.expand(self, version, overrides)
        if config is None:
            raise _refused(report)
        return config

    def bind(self, params):
        """The list resolved against this model, for asking again and again."""
        return Migdesc.Model.bind(self, _as_list(params))

    def compare(self, destination):
        return Migdesc.Model.compare(self, destination)

    def __repr__(self):
        return f"<Migdesc.Model {self.name}>"

    def __reduce__(self):
        return _unpickle_model, (self.get_descriptor().to_string(), self.name)


def _unpickle_model(text, name):
    return Descriptor.from_string(text)[name]


def _reader(dialect=None, lenient=False, strict=False, limits=None):
    reader = Migdesc.Reader.new()
    if dialect is not None:
        known, value = Migdesc.dialect_from_string(dialect)
        if not known:
            raise ValueError(f"unknown dialect {dialect}")
        reader.set_dialect(value)
    flags = Migdesc.ReadFlags(0)
    if lenient:
        flags |= Migdesc.ReadFlags.LENIENT
    if strict:
        flags |= Migdesc.ReadFlags.STRICT
    reader.set_flags(flags)
    if limits is not None:
        reader.set_limits(limits)
    return reader


@_export
@override
class Descriptor(_ByValue, Migdesc.Descriptor):
    """A mapping of its models' names to its models."""

    models = property(lambda self: _Names(self.get_models(), self.lookup_model))
    dialect = property(lambda self: _word(self.get_dialect()))
    origin = property(lambda self: self.get_origin())
    digest = property(lambda self: self.get_digest())

    @staticmethod
    def load(place, **options):
        """The one descriptor at a place: a file, a directory, "-", "exec:PROGRAM ARGS"."""
        return _raising(Migdesc.Descriptor.load)(str(place), _reader(**options), None)

    @staticmethod
    def from_string(text, origin=None, **options):
        data = text.encode() if isinstance(text, str) else bytes(text)
        return Descriptor._read(data, origin, options)

    @staticmethod
    def from_dict(document, origin=None, **options):
        return Descriptor._read(json.dumps(document).encode(), origin, options)

    @staticmethod
    def _read(data, origin, options):
        # One call that fails with the first error; the whole report is made only then.
        if not options and origin is None:
            try:
                return Migdesc.Descriptor.new_from_bytes(GLib.Bytes.new(data))
            except GLib.Error:
                pass
        reader = _reader(**options)
        try:
            return reader.read_bytes(GLib.Bytes.new(data), origin)[0]
        except GLib.Error as error:
            report = reader.validate_bytes(GLib.Bytes.new(data), origin)
            raise _failure(error, report) from None

    def to_dict(self):
        return json.loads(self.to_string())

    def convert(self, dialect, allow_loss=False):
        """The text in another dialect, and the report of what was lost."""
        known, value = Migdesc.dialect_from_string(dialect)
        if not known:
            raise ValueError(f"unknown dialect {dialect}")
        return tuple(_raising(Migdesc.Descriptor.convert)(self, value, allow_loss))

    def __getitem__(self, name):
        return self.models[name]

    def __contains__(self, name):
        return name in self.models

    def __iter__(self):
        return iter(self.models)

    def __len__(self):
        return self.get_n_models()

    def __bool__(self):
        return True

    def check(self, params, source=None, only=None):
        """Can this destination take a device of that parameter list? The report is true if it can."""
        try:
            return Migdesc.Descriptor.check(self, _as_list(params), source, only)
        except GLib.Error as error:
            raise _failure(error) from None

    def check_return_path(self, params, source, only=None):
        return _raising(Migdesc.Descriptor.check_return_path)(self, _as_list(params), source, only)

    def check_all(self, lists):
        """The verdicts of many lists in one call: "compatible", "incompatible", "undecided"."""
        codes = _raising(Migdesc.Descriptor.check_strings)(self, [str(item) for item in lists])
        return [_VERDICTS[code] for code in codes]

    def plan(self, params, force=False):
        """The settings for this destination. Raises RefusedFailure unless the answer is yes or `force` is given."""
        plan, report = self.plan_with_report(params, force)
        if plan is None:
            raise _refused(report)
        return plan

    def plan_with_report(self, params, force=False):
        """The plan, or None, and the report of the check that it is based on."""
        try:
            return Migdesc.Descriptor.plan(self, _as_list(params), force)
        except GLib.Error as error:
            raise _failure(error) from None

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Descriptor {', '.join(self)}>"

    def __reduce__(self):
        return _unpickle, (Descriptor, "from_string", self.to_string())


_VERDICTS = ("compatible", "incompatible", "undecided")


# --- Lists and configurations -------------------------------------------------------


def _as_list(params):
    if isinstance(params, Migdesc.ParamList):
        return params
    return ParamList(params)


@_export
@override
class ParamList(_ByValue, Migdesc.ParamList):
    """ParamList("m?a=1,b=on"), or ParamList({"a": 1, "b": True}, model="m", version="2"). A mapping of names to texts."""

    def __new__(cls, params="", model=None, version=None):
        try:
            if isinstance(params, str) and model is None and version is None:
                return Migdesc.ParamList.new_from_string(params)
            if isinstance(params, str):
                raise TypeError("model and version go with a dict, or into the text")
            names = list(params)
            return Migdesc.ParamList.new(model, version, names, [_to_text(params[name]) for name in names])
        except GLib.Error as error:
            raise _failure(error) from None

    def __init__(self, params="", model=None, version=None):
        pass

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())

    @staticmethod
    def from_dict(document):
        return ParamList.from_json(json.dumps(document))

    @staticmethod
    def from_json(text):
        return _raising(Migdesc.ParamList.new_from_json)(text, -1)

    def to_dict(self):
        return json.loads(self.to_json())

    def __getitem__(self, name):
        value = self.lookup(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name):
        return isinstance(name, str) and self.lookup(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def items(self):
        return [(name, self.lookup(name)) for name in self.dup_names()]

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.ParamList {self.to_string()}>"

    def __reduce__(self):
        return _unpickle, (ParamList, "from_json", self.to_json())


@_export
@override
class Config(_ByValue, Migdesc.Config):
    """A mapping of all params' names to their values."""

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())
    param_list = property(lambda self: self.to_param_list())
    short_param_list = property(lambda self: self.to_short_param_list())

    def to_dict(self):
        return {name: self[name] for name in self}

    def __getitem__(self, name):
        value = self.get_value(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value.unpack()

    def __contains__(self, name):
        return isinstance(name, str) and self.get_value(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return self.get_n_params()

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def items(self):
        return list(self.to_dict().items())

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Config {self.to_param_list().to_string()}>"

    def __reduce__(self):
        return _unpickle_config, (self.model, self.to_param_list())


def _unpickle_config(model, params):
    # The list is complete, so that what it leaves out is off, not at its init value.
    values = {name: param.off_value for name, param in model.params.items() if param.has_off_value()}
    values.update(params.items())
    return model.expand(values, version=params.version)


# --- Answers ----------------------------------------------------------------------------


@_export
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

    def __str__(self):
        return self.to_string()

    def __repr__(self):
        return f"<Migdesc.Finding {self.code}: {self.message}>"


@_export
@override
class Report(_ByValue, Migdesc.Report):
    """A sequence of findings, true if the answer is yes."""

    verdict = property(lambda self: _word(self.get_verdict()))
    findings = property(lambda self: list(self))
    omitted = property(lambda self: self.get_n_omitted())

    def to_dict(self):
        return json.loads(self.to_json())

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


@_export
@override
class BoundList(Migdesc.BoundList):
    """A list resolved against a model; true if the model takes it."""

    verdict = property(lambda self: _VERDICTS[self.get_verdict()])

    def __bool__(self):
        return self.get_verdict() == 0


@_export
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


@_export
@override
class Plan(Migdesc.Plan):
    """A mapping of the destination's params to the values that it has to be set to."""

    model = property(lambda self: self.get_model())
    version = property(lambda self: self.get_version())

    def render(self, style="argv-m"):
        known, value = Migdesc.plan_style_from_string(style)
        if not known:
            raise ValueError(f"unknown style {style}")
        return _raising(Migdesc.Plan.render)(self, value)

    def to_dict(self):
        return {name: self[name] for name in self}

    def __getitem__(self, name):
        value = self.get_value(name) if isinstance(name, str) else None
        if value is None:
            raise KeyError(name)
        return value.unpack()

    def __contains__(self, name):
        return isinstance(name, str) and self.get_value(name) is not None

    def __iter__(self):
        return iter(self.dup_names())

    def __len__(self):
        return len(self.dup_names())

    def __bool__(self):
        return True

    def keys(self):
        return self.dup_names()

    def __str__(self):
        return "\n".join(self.render())

    def __repr__(self):
        return f"<Migdesc.Plan for {self.model}>"


@_export
@override
class Baseline(Migdesc.Baseline):
    """The best configuration that all hosts can create and load; true if there is one."""

    def __new__(cls, descriptors, model=None):
        return _raising(Migdesc.Baseline.new)(list(descriptors), model)

    def __init__(self, descriptors, model=None):
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


# --- The builder --------------------------------------------------------------------------


@_export
@override
class DescriptorBuilder(Migdesc.DescriptorBuilder):
    """Takes native values, and returns itself so that calls chain."""

    def model(self, name, description=None, support=None, blocker=None):
        self.add_model(name, description)
        if support is not None or blocker is not None:
            self.set_support(_SUPPORT[support or "best-effort"], blocker)
        return self

    def param(self, name, init_value, off_value=None, allowed_values=None, description=None, unit=None,
              affects=("hardware", "state"), runtime=False):
        init = _to_variant(init_value)
        off = None if off_value is None else _to_variant(off_value)
        if allowed_values is not None and not isinstance(allowed_values, Migdesc.ValueSet):
            allowed_values = ValueSet(allowed_values)
        value_type = {"b": "bool", "t": "int", "s": "str"}[init.get_type_string()]
        self.add_param(name, _VALUE_TYPES[value_type], allowed_values, init, off)
        flags = Migdesc.Affects(0)
        for word in affects:
            flags |= {"hardware": Migdesc.Affects.HARDWARE, "state": Migdesc.Affects.STATE}[word]
        self.set_param_info(description, unit, flags, runtime)
        return self

    def version(self, name, settings=None, description=None, create=True, load=True, support=None, blocker=None):
        self.add_version(name, description)
        for param, value in (settings or {}).items():
            self.set_version_value(param, _to_variant(value))
        self.set_version_flags(create, load)
        if support is not None or blocker is not None:
            self.set_version_support(_SUPPORT[support or "best-effort"], blocker)
        return self

    def tested(self, source, destination):
        self.add_tested(source, destination)
        return self

    def constraint(self, if_values=None, then_values=None, forbid=None, description=None):
        self.add_constraint(description)
        roles = Migdesc.ConditionRole
        for role, conditions in ((roles.IF, if_values), (roles.THEN, then_values), (roles.FORBID, forbid)):
            for param, values in (conditions or {}).items():
                self.add_condition(role, param, values if isinstance(values, Migdesc.ValueSet) else ValueSet(values))
        return self

    def build(self):
        try:
            return Migdesc.DescriptorBuilder.build(self)[0]
        except GLib.Error as error:
            raise _failure(error) from None


_SUPPORT = {
    "best-effort": Migdesc.Support.BEST_EFFORT,
    "none": Migdesc.Support.NONE,
    "forward": Migdesc.Support.FORWARD,
    "bidirectional": Migdesc.Support.BIDIRECTIONAL,
}


@_export
def baseline(descriptors, model=None):
    """The best configuration that every one of these hosts can both create and load."""
    return Baseline(descriptors, model)


@_export
def explain(code):
    """What the code of a finding or error means."""
    if not Migdesc.code_is_known(code):
        raise KeyError(code)
    return Migdesc.code_get_explanation(code)
