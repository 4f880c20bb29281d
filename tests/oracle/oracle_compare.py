# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compare: every configuration of the source's model, tried against the destination's."""

from itertools import product

from oracle_check import check_models
from oracle_document import UINT64_MAX, Constraint, ValueSet, load
from oracle_findings import accepted_of
from oracle_lists import complete_list

STEPS = 10 ** 6
FRESH = "~fresh~"


def cut_points(name, models):
    """Every int at which some rule may change its answer for the param: the ends of all sets that
    name it, and all values that the documents give it."""
    sets, values = [], []
    for model in models:
        param = model.params.get(name)
        if param is not None and param.kind == "int":
            sets.append(param.accepted)
            values += [param.init] + ([param.off] if param.has_off else [])
            values += [version.values[name] for version in model.versions if name in version.values]
            for constraint in model.constraints:
                for part in (constraint.condition, constraint.then or {}):
                    sets += [part[name]] if name in part else []
    points = {0}
    for value in values:
        points |= {value, value + 1}
    for entry in sets:
        for low, high in entry.items or ():
            points |= {low, high + 1}
    return sorted(point for point in points if point <= UINT64_MAX)


def int_classes(param, models):
    """The accepted ints of the source's param in runs that no rule can tell apart: (min, max)."""
    points = cut_points(param.name, models)
    runs = zip(points, [point - 1 for point in points[1:]] + [UINT64_MAX])
    return [run for run in runs if run[0] in param.accepted]


def str_classes(param, models):
    """The accepted strings; for a set of any string those that are named anywhere, and one more."""
    if param.accepted.items is not None:
        return sorted(param.accepted.items)
    named = {FRESH}
    for model in models:
        other = model.params.get(param.name)
        if other is None or other.kind != "str":
            continue
        named |= {other.init} | (other.accepted.items or set()) | ({other.off} - {None})
        named |= {version.values[param.name] for version in model.versions
                  if param.name in version.values}
        for constraint in model.constraints:
            for part in (constraint.condition, constraint.then or {}):
                if param.name in part:
                    named |= part[param.name].items or set()
    return sorted(named)


def classes_of(param, models):
    """[(value, JSON form of what it stands for)]: one value for each class of values."""
    if param.kind == "int":
        return [(low, ValueSet("int", [(low, high)])) for low, high in int_classes(param, models)]
    if param.kind == "bool":
        return [(value, ValueSet("bool", [value])) for value in (False, True)
                if value in param.accepted]
    return [(value, ValueSet("str", [value])) for value in str_classes(param, models)]


def universe(source, model):
    """ "a configuration of the source is any that its allowed values and constraints permit,
    whatever the flags".  -> list of configurations, one for each class, or None past 10^6"""
    if source.is_v4:
        return [{"version": version.name} for version in source.versions]
    columns = [[value for value, _ in classes_of(param, (source, model))]
               for param in source.params.values()]
    size = 1
    for column in columns:
        size *= len(column)
    if size > STEPS:
        return None
    configs = (dict(zip(source.params, values)) for values in product(*columns))
    return [config for config in configs
            if not any(constraint.violated_by(config) for constraint in source.constraints)]


def _statement(model):
    """What `identical` looks at: "same params, versions, flags, constraints and promises,
    whatever the order and descriptions"; "The order of versions counts for identical; unit,
    affects, runtime, blocker, tested and descriptions do not".  That is what the documents state:
    allowed_values without the implied off value, the values that a version names."""
    params = {param.name: (param.kind, param.allowed, typed(param.init), param.has_off,
                           typed(param.off)) for param in model.params.values()}
    versions = [(version.name, {name: typed(value) for name, value in version.values.items()},
                 version.create, version.load, version.support) for version in model.versions]
    constraints = {constraint.key() for constraint in model.constraints}
    return params, versions, constraints, model.support, model.is_v4


def typed(value):
    """True is not 1."""
    return type(value).__name__, value


def try_all(source, model):
    """Every configuration of the source's universe with the verdict of its check.  "compare, select
    and path always have both descriptors."  -> [(config, verdict)] or None past 10^6 steps"""
    configs = universe(source, model)
    if configs is None:
        return None
    return [(config, check_models(complete_list(source, config), model, source, True).verdict)
            for config in configs]


def compare_models(source, model):
    """ "All refused is incompatible; else, if any is undecided, undecided; else conditional or
    compatible."; "identical holds even if unmigratable".  -> (verdict, tried)"""
    if model is None:
        return "incompatible", []
    tried = try_all(source, model)
    if _statement(source) == _statement(model):
        return "identical", tried
    if tried is None:
        return "undecided", None
    verdicts = {verdict for _, verdict in tried}
    if verdicts <= {"incompatible"}:
        return "incompatible", tried
    if "undecided" in verdicts:
        return "undecided", tried
    return ("conditional" if "incompatible" in verdicts else "compatible"), tried


def projection(source, model, configs):
    """ "the exact agreeing set (one value set a param plus the constraints: "yes while num-queues
    is 1-4")": for each param the values it has in some agreeing configuration, as
    allowed_values."""
    if source.is_v4:
        return {"version": sorted(config["version"] for config in configs)}
    sets = {}
    for param in source.params.values():
        present = {config[param.name] for config in configs}
        items = [entry for value, entry in classes_of(param, (source, model)) if value in present]
        if param.kind == "int":
            sets[param.name] = ValueSet("int", [run for entry in items for run in entry.items])
        else:
            sets[param.name] = ValueSet(param.kind, [value for entry in items
                                                     for value in entry.items])
    return {name: entry.to_json() for name, entry in sets.items()}


def permits_exactly(agreeing, source, model, tried):
    """Whether what `agreeing` permits ({"params": {name: allowed_values}, "constraints": [...]})
    are the configurations that pass: the exact agreeing set is "one value set a param plus the
    constraints"."""
    params = source.seen
    inside = {name: ValueSet.of_json(params[name].kind, values)
              for name, values in agreeing["params"].items()}
    constraints = [Constraint(entry, params) for entry in agreeing.get("constraints", ())]
    if set(inside) != set(params) or not _keep_classes_whole(inside, constraints, source, model):
        return False
    for config, verdict in tried:
        permitted = all(config[name] in allowed for name, allowed in inside.items()) and not any(
            constraint.violated_by(config) for constraint in constraints)
        if permitted != (verdict == "compatible"):
            return False
    return True


def _keep_classes_whole(inside, constraints, source, model):
    """Whether each set has all or nothing of what one tried value stands for."""
    sets = list(inside.items())
    for constraint in constraints:
        sets += [*constraint.condition.items(), *(constraint.then or {}).items()]
    for name, allowed in sets:
        classes = [] if source.is_v4 else classes_of(source.params[name], (source, model))
        for _, whole in classes:
            shared = whole.common(allowed)
            if shared.items and shared != whole:
                return False
    return True


def compare(source_doc, dest_doc, model=None):
    """ "**Compare** (source model, destination model)".  The model is the source's only one, or
    named.

    -> {"verdict", "agreeing": {param: allowed_values form}}, agreeing if some pass;
    {"refused": "model-not-supported"} if the source lacks the model; {"error": "usage"}"""
    sources, models = load(source_doc), load(dest_doc)
    if model is None:
        if len(sources) != 1:
            return {"error": "usage"}
        model = next(iter(sources))
    if model not in sources:
        return {"refused": "model-not-supported"}
    source, dest = sources[model], models.get(model)
    verdict, tried = compare_models(source, dest)
    result = {"verdict": verdict}
    if verdict in ("identical", "compatible"):
        # all that the source accepts
        result["agreeing"] = {name: accepted_of(param) for name, param in source.seen.items()}
    if verdict == "conditional":
        configs = [config for config, answer in tried if answer == "compatible"]
        result["agreeing"] = projection(source, dest, configs)
    return result
