# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compare: every configuration of the source's model, tried against the destination's."""

from itertools import product

from oracle_check import check_models
from oracle_document import UINT64_MAX, ValueSet, load
from oracle_lists import complete_list
from oracle_readings import reading

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
    affects, runtime, blocker, tested and descriptions do not"."""
    stated = reading("identical-by-statement")

    def allowed(param):
        if stated:
            return param.allowed
        if param.kind == "bool" and param.allowed.items is None:
            return ValueSet("bool", (False, True))
        return param.accepted

    params = {param.name: (param.kind, allowed(param), typed(param.init), param.has_off,
                           typed(param.off)) for param in model.params.values()}
    versions = []
    for version in model.versions:
        values = version.values if stated else model.expansions[version.name]
        versions.append((version.name, {name: typed(value) for name, value in values.items()},
                         version.create, version.load, version.support))
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


def is_exact(sets, source, model, tried):
    """Whether `sets` ({param: allowed_values}) describes the agreeing set: of the source's
    configurations inside the sets, those that fail do so by a constraint or a flag, which speak of
    combinations; and every agreeing configuration is inside."""
    if source.is_v4:
        return sorted(sets.get("version", ())) == sorted(
            config["version"] for config, verdict in tried if verdict == "compatible")
    inside = {name: ValueSet.of_json(source.params[name].kind, values)
              for name, values in sets.items()}
    standing_for = {name: dict(classes_of(source.params[name], (source, model))) for name in inside}
    for config, verdict in tried:
        # what each value of the configuration stands for, and how much of it is inside the set
        wanted = [(standing_for[name][config[name]], allowed) for name, allowed in inside.items()]
        shared = [entry.common(allowed) for entry, allowed in wanted]
        if verdict == "compatible" and shared != [entry for entry, _ in wanted]:
            return False
        if verdict == "incompatible" and all(entry.items for entry in shared):
            codes = {entry[0] for entry in check_models(
                complete_list(source, config), model, source, True).findings
                if entry[1] == "blocker"}
            if not codes <= {"constraint-violated", "version-not-loadable", "unmigratable"}:
                return False
    return True


def compare(source_doc, dest_doc, model=None):
    """ "**Compare** (source model, destination model)".  The model is the source's only one, or
    named.

    -> {"verdict", "agreeing": {param: allowed_values form}} (agreeing only if conditional);
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
    if verdict == "conditional":
        configs = [config for config, answer in tried if answer == "compatible"]
        result["agreeing"] = projection(source, dest, configs)
    return result
