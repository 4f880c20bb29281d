# SPDX-License-Identifier: LGPL-2.1-or-later
"""Diff and lint, by trying every configuration.

"Diff (old, new descriptor of one model) -> what changed, each rule with a code and a category";
"forward (old source to new destination), backward (new source set to an old version, to an old
destination)".  State schemas are not modelled."""

from itertools import product

from oracle_check import check_models
from oracle_compare import classes_of, universe
from oracle_lists import ParamList, apply_list, complete_list

SUPPORT = ["none", "best-effort", "forward", "bidirectional"]


def is_in_effect(param, value):
    return not param.is_off(value)


def keeps_its_meaning(name, value, old, new):
    """Whether the new side takes this value of one param for what it is at the old side."""
    before, now = old.params.get(name), new.params[name]
    if before is None:
        return now.has_off
    if before.kind != now.kind:
        return False
    if before.is_off(value):
        return now.is_off(value)
    return value in now.accepted and not now.is_off(value)


def new_values(config, new):
    """What a configuration of the old side is at the new one; params that only it has are off."""
    return {name: config.get(name, param.off) for name, param in new.params.items()}


def param_rules(old, new, configs):
    """Rules about the values of configurations.  -> {(code, param)}"""
    found = set()
    for config in configs:
        for name, before in old.params.items():
            now, value = new.params.get(name), config[name]
            if now is None:
                if is_in_effect(before, value):
                    found.add(("param-removed", name))
            elif now.kind != before.kind:
                found.add(("param-type-changed", name))
            elif before.is_off(value):
                if not now.is_off(value):
                    found.add(("off-value-changed", name))
            elif value not in now.accepted:
                found.add(("value-no-longer-allowed", name))
            elif now.is_off(value):
                found.add(("off-value-changed", name))
    return found


def constraint_rules(old, new, configs):
    """ "constraint tightened": of each new constraint, whether it forbids a configuration of the
    old side, the params that it names being what they were."""
    found = set()
    for position, constraint in enumerate(new.constraints):
        for config in configs:
            if all(keeps_its_meaning(name, config.get(name), old, new)
                   for name in constraint.names) and (
                       constraint.violated_by(new_values(config, new))):
                found.add(("constraint-tightened", f"constraints/{position}"))
    return found


def works(plist, source, model):
    return check_models(plist, model, source, True).verdict != "incompatible"


def breaks(plist, old, new):
    """Used to work, and no longer does."""
    return works(plist, old, old) and not works(plist, old, new)


def of_version(model, name):
    return ParamList(model.name, name, [])


def in_effect_of(model, name):
    config = model.expansions[name]
    if model.is_v4:
        return config
    return {key: (model.params[key].kind, value) for key, value in config.items()
            if is_in_effect(model.params[key], value)}


def version_rules(old, new):
    found = set()
    order = [version.name for version in new.versions]
    latest, ordered = -1, True
    for version in old.versions:
        place = f"versions/{old.versions.index(version)}"
        now = new.version(version.name)
        severity = "blocker" if breaks(of_version(old, version.name), old, new) else "info"
        if now is None:
            found.add(("version-removed", place, severity))
            continue
        changed = in_effect_of(old, now.name) != in_effect_of(new, now.name)
        if changed:
            found.add(("version-changed", place, severity))
            found |= taken(old, new, now)
        for flag in ("load", "create"):
            if getattr(version, flag) and not getattr(now, flag) and (
                    new.refuses(new.expansions[now.name], flag)):
                found.add((f"version-{flag}-withdrawn", place,
                           severity if flag == "load" else "blocker"))
        if order.index(now.name) < latest and ordered:
            found.add(("version-order-changed", place, "warning"))
            ordered = False
        latest = max(latest, order.index(now.name))
    for version in new.versions:
        if old.version(version.name) is None:
            found.add(("version-added", f"new {version.name}", "info"))
            found |= taken(old, new, version)
    return found


def taken(old, new, version):
    """Configurations that became a version that cannot be loaded or migrated."""
    if new.is_v4:
        return set()
    config = new.expansions[version.name]
    if not breaks(complete_list(new, config), old, new):
        return set()
    found = set()
    if not version.load and new.refuses(config, "load"):
        found.add(("version-load-withdrawn", f"new {version.name}", "blocker"))
    if version.support == "none":
        found.add(("blocker-added", f"new {version.name}", "blocker"))
    return found


def promise_of(model, version):
    """ "`none` anywhere blocks; else, of model and version, the strongest promise holds"."""
    both = [model.support, version.support]
    return "none" if "none" in both else max(both, key=SUPPORT.index)


def loss(before, now):
    """The directions that a lower promise no longer covers"""
    lost = set()
    if "none" in (before, now):
        return lost
    if before == "bidirectional" and now != "bidirectional":
        lost.add("backward")
    if before in ("bidirectional", "forward") and now == "best-effort":
        lost.add("forward")
    return lost


def promise_rules(old, new):
    found = set()
    pairs = [(version, new.version(version.name)) for version in old.versions
             if new.version(version.name)]
    if old.support != "none":
        lost = loss(old.support, new.support) if not old.versions else set()
        for before, now in pairs:
            if before.support == now.support:
                lost |= loss(promise_of(old, before), promise_of(new, now))
        if new.support == "none":
            found.add(("blocker-added", "model", "blocker"))
        elif lost:
            found.add(("support-lowered", "model", "blocker"))
    for before, now in pairs:
        place = f"versions/{old.versions.index(before)}"
        if before.support == now.support or promise_of(old, before) == "none":
            continue
        if now.support == "none":
            worked = breaks(of_version(old, before.name), old, new)
            found.add(("blocker-added", place, "blocker" if worked else "info"))
        elif loss(promise_of(old, before), promise_of(new, now)):
            found.add(("support-lowered", place, "blocker"))
    tested = set().union(*[version.tested for version in new.versions])
    for before, now in pairs:
        for pair in before.tested - tested:
            if all(new.version(name) for name in pair):
                found.add(("tested-pair-dropped", "", "warning"))
    return found


def diff_models(old, new):
    """-> {(code, what it is about, severity)}, or None past 10^6 configurations"""
    if old.is_v4 != new.is_v4:
        return {("model-kind-changed", "", "info" if old.support == "none" else "blocker")}
    configs = [] if old.is_v4 else universe(old, new)
    if configs is None:
        return None
    # of configurations that could be loaded and migrated
    configs = [config for config in configs if not old.refuses(config, "load")
               and not any(version.support == "none" for version in old.equal_versions(config))]
    found = {(code, about, "blocker") for code, about in
             param_rules(old, new, configs) | constraint_rules(old, new, configs)}
    for name, before in old.params.items():
        now = new.params.get(name)
        if now is not None and before.kind == now.kind and before.init != now.init:
            found.add(("init-value-changed", name, "warning"))
    for name, now in new.params.items():
        if name not in old.params:
            found.add(("param-added", name, "info") if now.has_off else
                      ("param-added-without-off", name, "blocker"))
    found |= version_rules(old, new) | promise_rules(old, new)
    if old.support == "none":
        found = {(code, about, "info" if severity == "blocker" else severity)
                 for code, about, severity in found}
    return found


def lists_of(old, new):
    """All devices of the old side: by version, and by configuration.  None past 10^6"""
    lists = [of_version(old, version.name) for version in old.versions]
    configs = [] if old.is_v4 else universe(old, new)
    if configs is None:
        return None
    return lists + [complete_list(old, config) for config in configs]


def ever_worked(old, new):
    return any(works(plist, old, old) for plist in lists_of(old, new))


def breaks_forward(old, new):
    """Whether a device that worked between two old hosts is refused by a new one: any
    configuration of the old model, and any of its versions by name.  None past 10^6"""
    lists = lists_of(old, new)
    return None if lists is None else any(breaks(plist, old, new) for plist in lists)


def breaks_backward(old, new):
    """Whether a new source cannot be set to an old version that worked, or if it is, is refused by
    an old host."""
    for version in old.versions:
        plist = of_version(old, version.name)
        if not works(plist, old, old):
            continue
        if new.version(version.name) is None:
            return True
        outcome = apply_list(new, version.name, [], "off")
        created = outcome.config is not None and not new.refuses(outcome.config, "create")
        if version.create and not created:
            return True
        if created and not works(complete_list(new, outcome.config), new, old):
            return True
    return False


# --- Lint -------------------------------------------------------------------------------------

def all_configs(model):
    """All that the allowed values permit, whatever the constraints"""
    columns = [[value for value, _ in classes_of(param, (model,))]
               for param in model.params.values()]
    return [dict(zip(model.params, values)) for values in product(*columns)]


def lint_constraints(model, configs):
    found, active = set(), list(model.constraints)
    for position, constraint in enumerate(model.constraints):
        others = [other for other in active if other is not constraint]
        permitted = [config for config in configs
                     if not any(other.violated_by(config) for other in others)]
        if not any(constraint.violated_by(config) for config in permitted):
            found.add(("constraint-never-bites", f"constraints/{position}"))
            active = others
        elif constraint.then is not None and not any(
                all(config[name] in allowed for name, allowed in constraint.condition.items())
                and not constraint.violated_by(config) for config in permitted):
            found.add(("constraint-never-holds", f"constraints/{position}"))
    return found


def lint_values(model, permitted):
    found = set()
    named = set().union(*[constraint.names for constraint in model.constraints])
    for param in model.params.values():
        values = [value for value, _ in classes_of(param, (model,)) if value in param.allowed]
        if param.name in named and {(type(value), value) for value in values} - {
                (type(config[param.name]), config[param.name]) for config in permitted}:
            found.add(("value-never-possible", param.name))
    return found


def lint_versions(model, permitted, runtime):
    found = set()
    for position, version in enumerate(model.versions):
        config = model.expansions[version.name]
        if not model.is_v4 and model.equal_versions(config)[0] is not version:
            found.add(("version-redundant", f"versions/{position}"))
        if version.create or version.load or any(
                equal.create or equal.load for equal in model.equal_versions(config)):
            continue
        if not any(all(start[name] == config[name] or name in runtime for name in start)
                   and not model.refuses(start, "create") for start in permitted):
            found.add(("version-unreachable", f"versions/{position}"))
    return found


def lint_model(model, runtime):
    """runtime: the names of the params that may change while the device is open.
    -> {(code, what it is about)}"""
    configs = all_configs(model)
    permitted = [config for config in configs if not any(
        constraint.violated_by(config) for constraint in model.constraints)]
    found = lint_versions(model, [] if model.is_v4 else permitted, runtime)
    if model.constraints:
        found |= lint_constraints(model, configs) | lint_values(model, permitted)
    if model.versions and not model.is_v4:
        init = {param.name: param.init for param in model.params.values()}
        if not model.equal_versions(init):
            found.add(("init-not-a-version", "params"))
    if model.versions:
        found |= {("param-never-set", name) for name in model.params
                  if not any(name in version.values for version in model.versions)}
    return found


__all__ = ["breaks_backward", "breaks_forward", "diff_models", "ever_worked", "lint_model"]
