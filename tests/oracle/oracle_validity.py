# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether a document is valid.  The page gives each rule "its own error code" but no names: the
names here are this oracle's, and only "valid or not" is compared."""

import json

from oracle_document import (PROMISES, Model, interval_of_json, value_of_json)
from oracle_lists import is_model_name, is_param_name
from unicodedata import category

TEXT_MAX = 4096
TYPES = ("bool", "int", "str")


class _Twice(Exception):
    """A member that stands twice in an object."""


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Twice
    return members


def _no_float(text):
    return ("fraction", text)


def _int(text):
    return ("minus-zero",) if text == "-0" else int(text)


def problems_of(document):
    """[] if the document (JSON text, or a dict) is valid, else the codes of its problems."""
    if isinstance(document, str):
        try:
            # "strict RFC 8259 text: ... no second document, no duplicate member"; "negative,
            # fractional, exponent and out-of-range numbers are errors, never rounded"; "`-0` and
            # leading zeros are errors"
            document = json.loads(document, object_pairs_hook=_object, parse_float=_no_float,
                                  parse_int=_int, parse_constant=_no_float)
        except _Twice:
            return ["duplicate-member"]
        except ValueError:
            return ["syntax"]
    return sorted(set(_document(document)))


def is_valid(document):
    """Whether no rule of the page is broken."""
    return not problems_of(document)


def _document(document):
    """ "at least one model"; "a newer major version is refused, a newer minor one is read with a
    warning"."""
    if not isinstance(document, dict) or not isinstance(document.get("models"), dict):
        yield "shape"
        return
    if not document["models"]:
        yield "no-model"
    if "migdesc" in document:
        major, dot, minor = str(document["migdesc"]).partition(".")
        if not isinstance(document["migdesc"], str) or not (dot and major.isdigit()
                                                            and minor.isdigit()):
            yield "format-version"
        elif major != "1":
            yield "format-version-newer"
    for name, member in document["models"].items():
        if not is_model_name(name):
            yield "model-name"
        yield from _model(member)


def _model(member):
    if not isinstance(member, dict):
        yield "shape"
        return
    params, versions = member.get("params", {}), member.get("versions", [])
    constraints = member.get("constraints", [])
    if not isinstance(params, dict) or not isinstance(versions, list) or (
            not isinstance(constraints, list)):
        yield "shape"
        return
    problems = list(_support(member))
    for name, param in params.items():
        if not is_param_name(name):
            problems.append("param-name")
        problems += _param(param)
    if not problems:
        problems += _versions(versions, params)
        problems += [code for entry in constraints for code in _constraint(entry, params)]
    yield from problems
    if not problems:
        yield from _satisfied(member)


def _support(member):
    """ "`bidirectional`, `forward`, `best-effort` (what absence means), `none` (with a `blocker`
    text)"; "`blocker` is optional"."""
    if "support" in member and member["support"] not in PROMISES:
        yield "support"
    if not isinstance(member.get("blocker", ""), str):
        yield "shape"


def _value(kind, member):
    """ "`str` (UTF-8, no newline, no control characters, <= 4096 bytes)"."""
    value = value_of_json(kind, member)
    if value is None:
        return "value-type"
    if kind == "str" and (len(value.encode()) > TEXT_MAX
                          or any(category(c) == "Cc" for c in value)):
        return "value-text"
    return None


def _set(kind, members):
    """ "an empty `allowed_values` is an error"; "A range is `min-max` with both ends included and
    min <= max"."""
    if not isinstance(members, list) or not members:
        yield "allowed-values"
        return
    for entry in members:
        if kind != "int":
            problem = _value(kind, entry)
            if problem:
                yield problem
        elif isinstance(entry, dict) and set(entry) != {"min", "max"}:
            yield "range"
        elif interval_of_json(entry) is None:
            yield "range"


def _param(member):
    """ "`init_value` and every version's value must be of the type and allowed; `off_value` must
    be of the type and is implicitly allowed"."""
    if not isinstance(member, dict) or member.get("type") not in TYPES:
        return ["param-type"]
    kind = member["type"]
    problems = list(_set(kind, member["allowed_values"])) if "allowed_values" in member else []
    if "off_value" in member:
        problems.append(_value(kind, member["off_value"]))
    problems.append(_value(kind, member["init_value"]) if "init_value" in member else "no-init")
    problems += _param_notes(member)
    problems = [problem for problem in problems if problem]
    if not problems and not _allows({"p": member}, "p", member["init_value"]):
        problems.append("init-not-allowed")
    return problems


def _param_notes(member):
    """ "description, unit (optional), `affects` (`hardware`, `state`; default both), `runtime`"."""
    for name in ("description", "unit"):
        if not isinstance(member.get(name, ""), str):
            yield "shape"
    if not isinstance(member.get("runtime", False), bool):
        yield "shape"
    affects = member.get("affects", ["hardware"])
    if not isinstance(affects, list) or not all(
            entry in ("hardware", "state") for entry in affects):
        yield "affects"


def _allows(params, name, member):
    model = Model("x.y/z", {"params": {name: params[name]}})
    param = model.params[name]
    return value_of_json(param.kind, member) in param.accepted


def _versions(versions, params):
    """ "a version may name only known params; version names are unique; `tested` names known
    versions; versions as plain strings only in a model without params"."""
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in versions]
    if not all(isinstance(name, str) and "\n" not in name for name in names):
        yield "version-name"
        return
    if len(set(names)) != len(names):
        yield "version-twice"
    for entry in versions:
        if isinstance(entry, str):
            if params:
                yield "version-as-text"
            continue
        yield from _support(entry)
        if not all(isinstance(entry.get(flag, True), bool) for flag in ("create", "load")):
            yield "shape"
        for pair in entry.get("tested", []):
            if set(pair) != {"from", "to"} or not set(pair.values()) <= set(names):
                yield "tested-unknown"
        for name, value in entry.get("params", {}).items():
            if name not in params:
                yield "version-param-unknown"
            elif _value(params[name]["type"], value):
                yield "version-value"
            elif not _allows(params, name, value):
                yield "version-value-not-allowed"


def _constraint(member, params):
    """ "Either `if` and `then`, or `forbid`; none of them empty; known params, values of their
    type"."""
    parts = set(member) - {"description"}
    if parts not in ({"if", "then"}, {"forbid"}):
        yield "constraint-shape"
        return
    for part in parts:
        if not member[part]:
            yield "constraint-empty"
        for name, values in member[part].items():
            if name not in params:
                yield "constraint-param-unknown"
            else:
                yield from _set(params[name]["type"], values)


def _satisfied(member):
    """ "every version, and the init configuration, must satisfy the constraints."."""
    model = Model("x.y/z", member)
    configs = list(model.expansions.values())
    configs.append({param.name: param.init for param in model.params.values()})
    for config in configs:
        if any(constraint.violated_by(config) for constraint in model.constraints):
            yield "constraint-violated"
