# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a program without the library would write: Python's json, then the rules of the native
document by hand.

A yardstick for peers.py, meant to be quick and fair: it stops at the first thing that is wrong,
says where only roughly, and leaves out what json cannot tell (duplicate members, lines and columns)
and the limits. Everything else that makes a document a descriptor is checked.
"""

import json
import re

MODEL_NAME = re.compile(
    r"(?:https://)?(?=[^/]*\.)[^\s?=,/\x00-\x1f\x7f-\x9f]+(?:/[^\s?=,/\x00-\x1f\x7f-\x9f]+)+")
PARAM_NAME = re.compile(r"(?!(?:version|model)$)[^\s?=,/\x00-\x1f\x7f-\x9f]+")
RANGE = re.compile(r"(0|[1-9][0-9]*)-(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"0|[1-9][0-9]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
INT_MAX = (1 << 64) - 1
SUPPORT = {"none", "best-effort", "forward", "bidirectional"}
AFFECTS = {"hardware", "state"}
MODEL_MEMBERS = {"description", "params", "versions", "constraints", "support", "blocker", "state",
                 "ignore"}
PARAM_MEMBERS = {"type", "allowed_values", "init_value", "off_value", "description", "unit",
                 "affects", "runtime",
                 "inferred"}
VERSION_MEMBERS = {"name", "params", "description", "create", "load", "support", "blocker",
                   "state_version", "tested"}


class Wrong(ValueError):
    """A rule of the document is broken."""


def need(good, where, what):
    if not good:
        raise Wrong(f"{where}: {what}")


def typed(kind, value, where):
    """The value, or Wrong if it is not of that type."""
    if kind == "bool":
        good = value is True or value is False
    elif kind == "int":
        if type(value) is str and DECIMAL.fullmatch(value):
            value = int(value)
        good = type(value) is int and 0 <= value <= INT_MAX
    else:
        good = type(value) is str and (value.isalnum()
                                       or not CONTROL.search(value)) and len(value) <= 4096
    if not good:
        raise Wrong(f"{where}: not of type {kind}")
    return value


def interval(member, where):
    if type(member) is str and (match := RANGE.fullmatch(member)):
        low, high = int(match[1]), int(match[2])
    elif type(member) is dict:
        need(member.keys() == {"min", "max"}, where, "not a range")
        low, high = typed("int", member["min"], where), typed("int", member["max"], where)
    else:
        low = high = typed("int", member, where)
    need(low <= high < 1 << 64, where, "the ends are the wrong way round")
    return low, high


def value_set(kind, members, where):
    """Sorted and merged intervals of an int, a frozenset of anything else."""
    need(type(members) is list and members, where, "not an array with something in it")
    if kind != "int":
        return frozenset(typed(kind, member, where) for member in members)
    merged = []
    for low, high in sorted(interval(member, where) for member in members):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def within(kind, values, value):
    if values is None:
        return True
    if kind != "int":
        return value in values
    for low, high in values:
        if low <= value <= high:
            return True
    return False


def check_texts(thing, where, *names):
    for name in names:
        if name in thing:
            need(type(thing[name]) is str, where, f"{name} is not a string")


def check_support(thing, where):
    if "support" in thing:
        need(thing["support"] in SUPPORT, where, "no such support")
    check_texts(thing, where, "description", "blocker")


def warn_unknown(thing, known, where, warnings):
    if not thing.keys() <= known:
        warnings.extend(f"{where}: unknown member {name}" for name in thing.keys() - known)


def load_param(name, thing, warnings):
    need(len(name.encode()) <= 255 and PARAM_NAME.fullmatch(name), name, "not a param's name")
    need(type(thing) is dict, name, "not an object")
    kind = thing.get("type")
    need(kind in ("bool", "int", "str"), name, "no such type")
    allowed = value_set(kind, thing["allowed_values"], name) if "allowed_values" in thing else None
    off = typed(kind, thing["off_value"], name) if "off_value" in thing else None
    need("init_value" in thing, name, "no init_value")
    init = typed(kind, thing["init_value"], name)
    need(within(kind, allowed, init) or init == off, name, "init_value is not allowed")
    check_texts(thing, name, "description", "unit")
    if "affects" in thing:
        affects = thing["affects"]
        need(type(affects) is list and affects and AFFECTS.issuperset(affects)
             and len(set(affects)) == len(affects), name, "affects")
    for flag in ("runtime", "inferred"):
        if flag in thing:
            need(type(thing[flag]) is bool, name, f"{flag} is not a bool")
    warn_unknown(thing, PARAM_MEMBERS, name, warnings)
    return kind, allowed, init, off


def load_settings(settings, params, where):
    """The values that a version sets. The innermost loop: most values need no more than a look."""
    need(type(settings) is dict, where, "params is not an object")
    values = {}
    for key, value in settings.items():
        param = params.get(key)
        if param is None:
            raise Wrong(f"{where}: {key} is not known")
        kind, allowed, _, off = param
        if kind != "bool" or value.__class__ is not bool:
            value = typed(kind, value, where)
        if allowed is not None and value != off and not within(kind, allowed, value):
            raise Wrong(f"{where}: {key} is not allowed")
        values[key] = value
    return values


def load_version(version, params, warnings):
    """The name, and the values that it sets."""
    need(type(version) is dict, "versions", "not an object")
    name = version.get("name")
    need(type(name) is str and "\n" not in name, "versions", "no name")
    values = load_settings(version.get("params", {}), params, name)
    for flag in ("create", "load"):
        if flag in version:
            need(type(version[flag]) is bool, name, f"{flag} is not a bool")
    check_support(version, name)
    warn_unknown(version, VERSION_MEMBERS, name, warnings)
    return name, values


def check_tested(versions, names):
    for version in versions:
        for pair in version.get("tested", ()):
            need(type(pair) is dict and pair.keys() >= {"from", "to"}, "tested", "not a pair")
            need(pair["from"] in names and pair["to"] in names, "tested", "no such version")


def load_conditions(conditions, params):
    need(type(conditions) is dict and conditions, "constraints",
         "not an object with something in it")
    loaded = []
    for name, members in conditions.items():
        need(name in params, "constraints", f"{name} is not known")
        kind = params[name][0]
        loaded.append((name, kind, value_set(kind, members, "constraints")))
    return loaded


def load_constraint(thing, params):
    need(type(thing) is dict, "constraints", "not an object")
    check_texts(thing, "constraints", "description")
    if "forbid" in thing:
        need("if" not in thing and "then" not in thing, "constraints", "if beside forbid")
        return load_conditions(thing["forbid"], params), None
    need("if" in thing and "then" in thing, "constraints", "neither forbid nor if and then")
    return load_conditions(thing["if"], params), load_conditions(thing["then"], params)


def holds(conditions, values, base):
    for name, kind, members in conditions:
        if not within(kind, members, values[name] if name in values else base[name]):
            return False
    return True


def check_constraints(constraints, where, values, base):
    for when, then in constraints:
        if holds(when, values, base):
            need(then is not None and holds(then, values, base), where, "a constraint is violated")


def load_model(name, thing, warnings):
    need(len(name.encode()) <= 255 and MODEL_NAME.fullmatch(name), name, "not a model's name")
    need(type(thing) is dict and ("params" in thing or "versions" in thing), name,
         "neither params nor versions")
    members, versions = thing.get("params", {}), thing.get("versions", [])
    need(type(members) is dict and type(versions) is list, name, "params or versions")
    params = {key: load_param(key, member, warnings) for key, member in members.items()}
    base = {key: init if off is None else off for key, (_, _, init, off) in params.items()}
    if "params" not in thing and versions and type(versions[0]) is str:
        configurations = {version: {} for version in versions}
    else:
        configurations = dict(load_version(version, params, warnings) for version in versions)
        check_tested(versions, configurations)
    need(len(configurations) == len(versions), name, "two versions of one name")
    constraints = [load_constraint(item, params) for item in thing.get("constraints", ())]
    check_constraints(constraints, name, {}, {key: param[2] for key, param in params.items()})
    for version, values in configurations.items():
        check_constraints(constraints, version, values, base)
    check_support(thing, name)
    warn_unknown(thing, MODEL_MEMBERS, name, warnings)
    return params, configurations, constraints


def load(text):
    """The models of a native document, and warnings about members that nobody knows."""
    document = json.loads(text)
    warnings = []
    need(type(document) is dict and type(document.get("models")) is dict and document["models"],
         "document", "no models")
    if "migdesc" in document:
        need(re.fullmatch(r"1\.(?:0|[1-9][0-9]*)", document["migdesc"]), "document",
             "another format")
    warn_unknown(document, {"migdesc", "models", "ignore"}, "document", warnings)
    return {name: load_model(name, thing, warnings) for name,
            thing in document["models"].items()}, warnings
