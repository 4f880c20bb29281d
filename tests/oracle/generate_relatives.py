# SPDX-License-Identifier: LGPL-2.1-or-later
"""Relatives of a document: each change bites on one thing of a model, in place."""

import copy

from generate_documents import (MODEL, NAMES, OTHER_MODELS, PROMISES, VERSIONS, a_document, a_param,
                                a_set, a_value, a_version, add_constraint, members_of)
from oracle_validity import is_valid


def change_allowed(choose, model):
    param = choose.pick(list(model["params"].values()))
    if choose.chance(0.15):
        param.pop("allowed_values", None)
    elif "allowed_values" in param and param["type"] != "bool" and choose.chance(0.6):
        more = a_set(choose, param["type"], 2)
        old = param["allowed_values"]
        param["allowed_values"] = old + [entry for entry in more if entry not in old]
    else:
        param["allowed_values"] = a_set(choose, param["type"])


def change_off(choose, model):
    param = choose.pick(list(model["params"].values()))
    if "off_value" in param and choose.chance(0.25):
        del param["off_value"]
    else:
        param["off_value"] = choose.pick(members_of(param["type"], param.get("allowed_values")))


def change_init(choose, model):
    param = choose.pick(list(model["params"].values()))
    param["init_value"] = a_value(choose, param)


def change_type(choose, model):
    name = choose.pick(list(model["params"]))
    model["params"][name] = a_param(choose)


def add_param(choose, model):
    param = a_param(choose)
    if choose.chance(0.7):
        param.setdefault("off_value", param["init_value"])
    model["params"][choose.pick(NAMES)] = param


def remove_param(choose, model):
    name = choose.pick(list(model["params"]))
    del model["params"][name]
    for version in model.get("versions", []):
        version["params"].pop(name, None)
    model["constraints"] = [entry for entry in model.get("constraints", [])
                            if not any(name in part for part in entry.values())]


def reorder_params(choose, model):
    names = choose.some(list(model["params"]), 9, 9)
    model["params"] = {name: model["params"][name] for name in names}


def add_version(choose, model):
    known = [name_of(version) for version in model.get("versions", [])]
    names = [name for name in VERSIONS if name not in known] or ["last"]
    version = a_version(choose, choose.pick(names), model.get("params", {}))
    version["create"] = version["load"] = True
    model["versions"] = model.get("versions", []) + [version]


def remove_version(choose, model):
    drop_version(model, choose.pick(model["versions"]))


def remove_newest(choose, model):
    drop_version(model, model["versions"][-1])


def drop_version(model, gone):
    model["versions"] = [version for version in model["versions"] if version is not gone]
    for version in model["versions"]:
        if isinstance(version, dict):
            version["tested"] = [pair for pair in version.get("tested", [])
                                 if name_of(gone) not in pair.values()]


def reorder_versions(choose, model):
    model["versions"] = choose.some(model["versions"], 9, 9)


def change_version(choose, model):
    version = choose.pick([entry for entry in model["versions"] if isinstance(entry, dict)])
    name = choose.pick(list(model["params"]))
    if name in version["params"] and choose.chance(0.4):
        del version["params"][name]
    else:
        version["params"][name] = a_value(choose, model["params"][name])


def change_flags(choose, model):
    version = choose.pick([entry for entry in model["versions"] if isinstance(entry, dict)])
    flag = choose.pick(["create", "load"])
    version[flag] = not version.get(flag, True)


def change_promise(choose, model):
    places = [model] + [entry for entry in model.get("versions", []) if isinstance(entry, dict)]
    choose.pick(places)["support"] = choose.pick(PROMISES)


def change_tested(choose, model):
    names = [name_of(entry) for entry in model["versions"]]
    newest = [entry for entry in model["versions"] if isinstance(entry, dict)][-1]
    newest["tested"] = [{"from": one, "to": other} for one in names for other in names
                        if choose.chance(0.7)]


def change_constraints(choose, model):
    if model.get("constraints") and choose.chance(0.5):
        model["constraints"] = model["constraints"][1:]
    else:
        add_constraint(choose, model)


def change_words(choose, model):
    model["description"] = "reworded"
    reorder = dict(reversed(list(model.items())))
    model.clear()
    model.update(reorder)
    for param in model.get("params", {}).values():
        param["description"] = "reworded"
        param["affects"] = ["state"]


CHANGES = [*[change_allowed] * 2, *[change_off] * 3, change_init, change_type, *[add_param] * 2,
           *[remove_param] * 2, reorder_params, *[add_version] * 3, remove_version, remove_newest,
           reorder_versions, *[change_version] * 3, change_flags, change_promise, change_tested,
           *[change_constraints] * 2, change_words]


def changed_copy(choose, document):
    """A copy with one change, or None if the change has nothing to bite on or breaks a rule."""
    changed = copy.deepcopy(document)
    try:
        choose.pick(CHANGES)(choose, changed["models"][MODEL])
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    return changed if is_valid(changed) else None


def name_of(version):
    return version["name"] if isinstance(version, dict) else version


def a_relative(choose, document):
    """A valid document that differs from `document` in 0 to 4 things."""
    relative = copy.deepcopy(document)
    if MODEL not in relative["models"]:
        return relative
    wanted = choose.pick([0, 1, 1, 1, 2, 2, 3, 4])
    for _ in range(3 * wanted):
        changed = changed_copy(choose, relative)
        if changed is not None:
            relative, wanted = changed, wanted - 1
        if wanted == 0:
            break
    if choose.chance(0.03):
        relative["models"] = {OTHER_MODELS[0]: relative["models"][MODEL]}
    elif choose.chance(0.04):
        relative = a_document(choose)
    return relative
