# SPDX-License-Identifier: LGPL-2.1-or-later
"""Small but nasty valid documents, and spoilt ones."""

import copy
import json

from oracle_document import Model

MODEL = "vendor-a.com/my-nic"
OTHER_MODELS = ["vendor-a.com/my-nik", "https://vendor-a.com/my-nic", "é.org/x/y", "a.b/c"]
NAMES = ["num-queues", "new-feature", "a", "b", "rx.size", "é", "__proto__", "A", "on"]
VERSIONS = ["1", "2", "3", "v4,x=1", "10", "é", "2.0-rc1"]
STRINGS = ["", "x", "y", "a,b", "k=v", "on", "1", "1-4", "é", ",", "z z", "x,,y", "?"]
INT_ITEMS = [0, 1, 2, 3, 4, 5, 8, 64, "1-3", "2-4", "5-6", "0-1", "6-8", {"min": 2, "max": 3}, "4",
             2 ** 53, str(2 ** 53 + 1), str(2 ** 64 - 1),
             "18446744073709551613-18446744073709551615"]
PROMISES = ["none", "best-effort", "forward", "forward", "bidirectional", "bidirectional"]


def members_of(kind, allowed):
    """Some JSON values that a param of this kind and allowed_values accepts, at least one."""
    if kind == "bool":
        return allowed or [False, True]
    if allowed is None:
        return ["x", "y", "w"] if kind == "str" else [0, 1, 3, 7, 2 ** 64 - 1]
    if kind == "str":
        return allowed
    values = []
    for entry in allowed:
        ends = [entry["min"], entry["max"]] if isinstance(entry, dict) else str(entry).split("-")
        values += [int(end) for end in ends]
    return [str(value) if value > 2 ** 53 else value for value in values]


def a_set(choose, kind, most=3):
    if kind == "bool":
        return choose.pick([[True], [False], [False, True]])
    if kind == "str":
        return choose.some(STRINGS, 1, most)
    return copy.deepcopy(choose.some(INT_ITEMS, 1, most))


def a_param(choose):
    kind = choose.pick(["bool", "int", "int", "str", "bool"])
    param = {"type": kind}
    if choose.chance(0.45 if kind == "bool" else 0.78):
        param["allowed_values"] = a_set(choose, kind)
    allowed = param.get("allowed_values")
    param["init_value"] = choose.pick(members_of(kind, allowed))
    if choose.chance(0.75):
        anything = {"bool": [False, False, True], "int": [0, 0, 1, 4, 7],
                    "str": ["", "", "x", "off"]}
        param["off_value"] = choose.pick(members_of(kind, allowed) if choose.chance(0.3)
                                         else anything[kind])
    if choose.chance(0.1):
        param["unit"] = choose.pick(["queues", "bytes"])
    if choose.chance(0.1):
        param["runtime"] = choose.chance(0.5)
    return param


def a_value(choose, param):
    """A JSON value that the param accepts."""
    if "off_value" in param and choose.chance(0.2):
        return param["off_value"]
    return choose.pick(members_of(param["type"], param.get("allowed_values")))


def a_conjunction(choose, params):
    names = choose.some(list(params), 1, 2)
    return {name: a_part(choose, params[name]) for name in names}


def a_part(choose, param):
    """Values for a condition, mostly such as the param accepts."""
    if choose.chance(0.2):
        return a_set(choose, param["type"], 2)
    known = members_of(param["type"], param.get("allowed_values"))
    if "off_value" in param:
        known = known + [param["off_value"]]
    return list(choose.some(known, 1, 2))


def a_constraint(choose, params):
    if choose.chance(0.4):
        return {"forbid": a_conjunction(choose, params)}
    return {"if": a_conjunction(choose, params), "then": a_conjunction(choose, params)}


def add_promise(choose, member, probability):
    if choose.chance(probability):
        member["support"] = choose.pick(PROMISES)
        if member["support"] == "none" and choose.chance(0.5):
            member["blocker"] = "holds a host resource"


def add_flags(choose, version):
    for flag in ("create", "load"):
        if choose.chance(0.2):
            version[flag] = choose.chance(0.2)


def a_version(choose, name, params):
    version = {"name": name}
    values = {key: a_value(choose, params[key]) for key in params if choose.chance(0.5)}
    if params or choose.chance(0.5):
        version["params"] = values
    add_flags(choose, version)
    add_promise(choose, version, 0.2)
    return version


def add_tested(choose, model):
    names = [version["name"] for version in model.get("versions", []) if isinstance(version, dict)]
    if not names or not choose.chance(0.5):
        return
    for version in model["versions"]:
        if isinstance(version, dict) and choose.chance(0.5):
            version["tested"] = [{"from": choose.pick(names), "to": choose.pick(names)}
                                 for _ in range(choose.between(1, 3))]


def a_v4_model(choose):
    names = choose.some(VERSIONS, 1, 4)
    model = {"versions": [name if choose.chance(0.3) else a_version(choose, name, {})
                          for name in names]}
    add_promise(choose, model, 0.3)
    add_tested(choose, model)
    return model


def a_model(choose):
    """A valid model."""
    if choose.chance(0.12):
        return a_v4_model(choose)
    names = choose.some(NAMES, 0 if choose.chance(0.05) else 1, 4)
    params = {name: a_param(choose) for name in names}
    model = {"params": params}
    if params and choose.chance(0.8):
        # versions keep the order of the pool mostly: relatives then know each other's newest
        versions = choose.some(VERSIONS, 1, 3)
        if choose.chance(0.8):
            versions.sort(key=VERSIONS.index)
        model["versions"] = [a_version(choose, name, params) for name in versions]
        if len(versions) > 1 and choose.chance(0.15):
            model["versions"][-1]["params"] = dict(model["versions"][0]["params"])
    if params and choose.chance(0.15) and model.get("versions"):
        follow_init(choose, model)
    while params and choose.chance(0.6) and len(model.get("constraints", [])) < 3:
        add_constraint(choose, model)
    add_promise(choose, model, 0.3)
    add_tested(choose, model)
    return model


def follow_init(choose, model):
    """Make a version equal the init configuration, as is usual."""
    choose.pick(model["versions"])["params"] = {name: param["init_value"]
                                                for name, param in model["params"].items()}


def add_constraint(choose, model):
    """One more constraint that init and all versions satisfy, if luck finds one."""
    for _ in range(4):
        constraint = a_constraint(choose, model["params"])
        tried = dict(model, constraints=model.get("constraints", []) + [constraint])
        if satisfied(tried):
            model["constraints"] = tried["constraints"]
            return


def satisfied(member):
    model = Model(MODEL, member)
    init = {param.name: param.init for param in model.params.values()}
    return not any(constraint.violated_by(config) for constraint in model.constraints
                   for config in [init, *model.expansions.values()])


def a_document(choose):
    document = {"models": {MODEL: a_model(choose)}}
    if choose.chance(0.3):
        document["migdesc"] = "1.0"
    if choose.chance(0.15):
        document["models"][choose.pick(OTHER_MODELS)] = a_model(choose)
    return document


def spoil_document(choose, document):
    """A copy with one thing changed that may make it invalid, as text."""
    document = copy.deepcopy(document)
    model = choose.pick(list(document["models"].values()))
    params = model.get("params") or {"p": {"type": "int", "init_value": 1}}
    if choose.chance(0.05):
        return json.dumps(document) + choose.pick(["", " ", "{}", ",", "//x"])
    place, member = choose.pick([
        (choose.pick(list(params.values())), choose.pick(DOCUMENT_SPOILERS["param"])),
        (choose.pick(list(params.values())), choose.pick(DOCUMENT_SPOILERS["param"])),
        (model, choose.pick(DOCUMENT_SPOILERS["model"])),
        (document, choose.pick(DOCUMENT_SPOILERS["document"]))])
    place.update(copy.deepcopy(member))
    return json.dumps(document)


DOCUMENT_SPOILERS = {
    "param": [{"allowed_values": []}, {"allowed_values": ["3-1"]}, {"allowed_values": ["1-"]},
              {"allowed_values": [-1]}, {"allowed_values": [1.5]}, {"allowed_values": ["01"]},
              {"allowed_values": [2 ** 64]}, {"allowed_values": ["0-18446744073709551615"]},
              {"allowed_values": [{"min": 3, "max": 2}]}, {"allowed_values": [{"min": 3}]},
              {"init_value": "x"}, {"init_value": 99}, {"init_value": True}, {"init_value": "1"},
              {"off_value": "off"}, {"off_value": 1}, {"off_value": None}, {"off_value": "a\nb"},
              {"type": "float"}, {"type": "int"}, {"type": "str"}, {"unit": "x"}, {"unit": 1},
              {"affects": ["hardware"]}, {"affects": ["software"]}, {"runtime": True},
              {"runtime": 1}, {"other": 1}],
    "model": [{"versions": ["1", "2"]}, {"versions": [{"name": "1"}, {"name": "1"}]},
              {"versions": [{"name": "a\nb"}]}, {"versions": [{"name": "1", "params": {"zz": 1}}]},
              {"versions": [{"name": "1", "tested": [{"from": "1", "to": "7"}]}]},
              {"versions": [{"name": "1", "create": "on"}]}, {"support": "strong"},
              {"support": "forward"}, {"constraints": [{}]}, {"constraints": [{"forbid": {}}]},
              {"constraints": [{"forbid": {"zz": [1]}}]}, {"constraints": [{"if": {"a": [1]}}]},
              {"params": {"version": {"type": "int", "init_value": 1}}},
              {"params": {"a=b": {"type": "int", "init_value": 1}}},
              {"params": {"": {"type": "int", "init_value": 1}}}, {"blocker": "x"},
              {"params": {"a b": {"type": "int", "init_value": 1}}}],
    "document": [{"models": {}}, {"migdesc": "1.1"}, {"migdesc": "2.0"}, {"migdesc": 1},
                 {"models": {"nodot/x": {"params": {}}}}, {"models": {"a.b": {"params": {}}}},
                 {"models": {"a.b//c": {"params": {}}}}, {"other": {}}],
}
