# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values, value sets and models, read from a valid native document."""

import json

UINT64_MAX = 2 ** 64 - 1
EXACT_IN_JSON = 2 ** 53
PROMISES = ("none", "best-effort", "forward", "bidirectional")


def int_of_text(text):
    """ "int is `0` or `[1-9][0-9]*`", "`int` (0 .. 2^64-1)"; None if it is not one."""
    if not text or not text.isascii() or not text.isdigit():
        return None
    if len(text) > 1 and text[0] == "0":
        return None
    if len(text) > 20 or int(text) > UINT64_MAX:
        return None
    return int(text)


def value_of_text(kind, text):
    """ "Text: bool is `on`/`off` (`true`/`false` accepted), int is `0` or `[1-9][0-9]*`"."""
    if kind == "bool":
        return {"on": True, "true": True, "off": False, "false": False}.get(text)
    if kind == "int":
        return int_of_text(text)
    return text


def text_of_value(value):
    """ "Text: bool is `on`/`off` ..., int is `0` or `[1-9][0-9]*`"."""
    if value is True:
        return "on"
    if value is False:
        return "off"
    return str(value)


def value_of_json(kind, member):
    """ "an int is a JSON integer, or a decimal string"; "JSON values are native"; None if
    neither."""
    if kind == "bool":
        return member if isinstance(member, bool) else None
    if kind == "str":
        return member if isinstance(member, str) else None
    if isinstance(member, str):
        return int_of_text(member)
    if isinstance(member, int) and not isinstance(member, bool) and 0 <= member <= UINT64_MAX:
        return member
    return None


def json_of_int(number):
    """ "a decimal string (what the writer uses above 2^53, where other readers round)"."""
    return str(number) if number > EXACT_IN_JSON else number


def interval_of_json(member):
    """ "A range is `min-max` with both ends included and min <= max"; "`{"min": a, "max": b}` as
    another spelling of a range string"; a single int is an interval of one."""
    if isinstance(member, dict):
        ends = [value_of_json("int", member.get("min")), value_of_json("int", member.get("max"))]
    elif isinstance(member, str) and "-" in member:
        ends = [int_of_text(end) for end in member.split("-")]
    else:
        ends = [value_of_json("int", member)] * 2
    if len(ends) != 2 or None in ends or ends[0] > ends[1]:
        return None
    return ends[0], ends[1]


class ValueSet:
    """ "allowed values: any, or a sorted merged set of int intervals, or a set of strings or
    booleans".  `items` is None for any, a tuple of (min, max) for ints, else a frozenset."""

    __slots__ = ("kind", "items")

    def __init__(self, kind, items):
        self.kind = kind
        if items is not None:
            items = merged(items) if kind == "int" else frozenset(items)
        self.items = items

    @classmethod
    def of_json(cls, kind, members):
        """A valid `allowed_values` array; None (absent) is any."""
        if members is None:
            return cls(kind, None)
        if kind == "int":
            return cls(kind, [interval_of_json(member) for member in members])
        return cls(kind, members)

    def __contains__(self, value):
        if self.items is None:
            return True
        if self.kind == "int":
            return any(low <= value <= high for low, high in self.items)
        return value in self.items

    def __eq__(self, other):
        return self.kind == other.kind and self.items == other.items

    def __hash__(self):
        return hash((self.kind, self.items))

    def plus(self, value):
        """The set with one more value."""
        if self.items is None:
            return self
        if self.kind == "int":
            return ValueSet("int", self.items + ((value, value),))
        return ValueSet(self.kind, self.items | {value})

    def common(self, other):
        """The intersection."""
        if self.items is None:
            return other
        if other.items is None:
            return self
        if self.kind != other.kind:
            return ValueSet(self.kind, ())
        if self.kind != "int":
            return ValueSet(self.kind, self.items & other.items)
        return ValueSet("int", [(max(a, c), min(b, d)) for a, b in self.items
                                for c, d in other.items if max(a, c) <= min(b, d)])

    def to_json(self):
        """ "`accepted` is written like allowed_values"; None for any."""
        if self.items is None:
            return None
        if self.kind == "int":
            return [json_of_int(low) if low == high else f"{low}-{high}"
                    for low, high in self.items]
        return sorted(self.items)


def merged(intervals):
    """ "a sorted merged set of int intervals": neighbours that touch are one."""
    result = []
    for low, high in sorted(intervals):
        if result and low <= result[-1][1] + 1:
            result[-1][1] = max(result[-1][1], high)
        else:
            result.append([low, high])
    return tuple((low, high) for low, high in result)


class Param:
    """ "name, type, allowed values, init value, off value (optional)"."""

    __slots__ = ("name", "kind", "allowed", "init", "off", "has_off", "accepted")

    def __init__(self, name, kind, allowed, init=None, off=None, has_off=False):
        self.name = name
        self.kind = kind
        self.allowed = allowed
        self.init = init
        self.off = off
        self.has_off = has_off
        # "`off_value` must be of the type and is implicitly allowed"
        self.accepted = allowed.plus(off) if has_off else allowed

    @classmethod
    def of_json(cls, name, member):
        kind = member["type"]
        has_off = "off_value" in member
        off = value_of_json(kind, member["off_value"]) if has_off else None
        return cls(name, kind, ValueSet.of_json(kind, member.get("allowed_values")),
                   value_of_json(kind, member["init_value"]), off, has_off)

    def is_off(self, value):
        return self.has_off and value == self.off

    def is_open(self):
        """ "a listed int or str param has no `allowed_values`"."""
        return self.allowed.items is None and self.kind != "bool"


class Version:
    """ "name, the values of the params in effect, `create` and `load` flags (default true), support
    promise, tested pairs"."""

    __slots__ = ("name", "values", "create", "load", "support", "tested")

    def __init__(self, name, values, member):
        self.name = name
        self.values = values
        self.create = member.get("create", True)
        self.load = member.get("load", True)
        # "`best-effort` (what absence means)"
        self.support = member.get("support", "best-effort")
        self.tested = {(pair["from"], pair["to"]) for pair in member.get("tested", [])}


class Constraint:
    """ "`if` a conjunction of (param in set), `then` a conjunction of (param in set); or
    `forbid`: a conjunction that must not hold"."""

    __slots__ = ("condition", "then", "names")

    def __init__(self, member, params):
        def conjunction(part):
            return {name: ValueSet.of_json(params[name].kind, values)
                    for name, values in part.items()}
        if "forbid" in member:
            self.condition, self.then = conjunction(member["forbid"]), None
        else:
            self.condition, self.then = conjunction(member["if"]), conjunction(member["then"])
        self.names = set(self.condition) | set(self.then or {})

    def violated_by(self, values):
        if not all(values[name] in allowed for name, allowed in self.condition.items()):
            return False
        if self.then is None:
            return True
        return not all(values[name] in allowed for name, allowed in self.then.items())

    def key(self):
        return (frozenset(self.condition.items()),
                None if self.then is None else frozenset(self.then.items()))


class Model:
    """ "a device model: name, params, ordered versions, constraints, support promise"."""

    def __init__(self, name, member):
        self.name = name
        self.params = {key: Param.of_json(key, value)
                       for key, value in member.get("params", {}).items()}
        self.versions = [self._version(entry) for entry in member.get("versions", [])]
        self.constraints = [Constraint(entry, self.params)
                            for entry in member.get("constraints", [])]
        self.support = member.get("support", "best-effort")
        # "A model with versions and no params (RFC v4) behaves in every rule as if its version were
        # a required str param whose allowed values are the version names"
        self.is_v4 = bool(self.versions) and not self.params
        self.seen = self.params
        if self.is_v4:
            names = ValueSet("str", [version.name for version in self.versions])
            self.seen = {"version": Param("version", "str", names)}
        self.expansions = {version.name: self._expansion(version) for version in self.versions}

    def _version(self, entry):
        if isinstance(entry, str):
            return Version(entry, {}, {})
        values = {name: value_of_json(self.params[name].kind, value)
                  for name, value in entry.get("params", {}).items()}
        return Version(entry["name"], values, entry)

    def _expansion(self, version):
        """ "with a version, every param at its off value, or at its init value where it has none,
        then the version's values"."""
        if self.is_v4:
            return {"version": version.name}
        values = {param.name: param.off if param.has_off else param.init
                  for param in self.params.values()}
        values.update(version.values)
        return values

    def version(self, name):
        return next((version for version in self.versions if version.name == name), None)

    def equal_versions(self, config):
        """The versions whose expansion is `config`, oldest first."""
        return [version for version in self.versions if self.expansions[version.name] == config]

    def refuses(self, config, flag):
        """ "Both flags belong to the resulting configuration: it is refused if it equals a version
        whose flag is false and none whose flag is true."  `flag` is "create" or "load"."""
        flags = [getattr(version, flag) for version in self.equal_versions(config)]
        return bool(flags) and not any(flags)

    def refusing(self, config, flag):
        """The position of the latest version for which config is refused, or None."""
        if not self.refuses(config, flag):
            return None
        return self.versions.index(self.equal_versions(config)[-1])


def load(document):
    """{name: Model} of a native document: JSON text, a dict, or what this function returned."""
    if isinstance(document, str):
        document = json.loads(document)
    if "models" in document:
        return {name: Model(name, member) for name, member in document["models"].items()}
    return document
